// One door to the messages: what the app wants shown → text and blocks.

import type { StaffMessage } from '../../../app/ports/messages.ts';
import { unreachable } from '../../../core/model/invariant.ts';
import { renderAlert } from './alert.ts';
import {
  renderCaseQuestion,
  renderCaseText,
  renderMentorWords,
  renderRelayedText,
  renderRelayState,
} from './case-thread.ts';
import type { Rendered } from './elements.ts';
import { renderNotice } from './notice.ts';
import { renderSafetyReview } from './safety-review.ts';
import { renderOpenAgain, renderTextsDigest, renderTodo } from './staff-posts.ts';
import { renderWeeklyPrompt, renderWeeklySummary } from './weekly.ts';

export function render(message: StaffMessage): Rendered {
  switch (message.kind) {
    case 'alert':
      return renderAlert(message);
    case 'notice':
      return renderNotice(message);
    case 'case_text':
      return renderCaseText(message);
    case 'mentor_words':
      return renderMentorWords(message);
    case 'relayed_text':
      return renderRelayedText(message);
    case 'relay_state':
      return renderRelayState(message);
    case 'case_question':
      return renderCaseQuestion(message);
    case 'weekly_prompt':
      return renderWeeklyPrompt(message);
    case 'weekly_summary':
      return renderWeeklySummary(message);
    case 'todo':
      return renderTodo(message);
    case 'open_again':
      return renderOpenAgain(message);
    case 'texts_digest':
      return renderTextsDigest(message);
    case 'safety_review':
      return renderSafetyReview(message);
    default:
      return unreachable(message);
  }
}
