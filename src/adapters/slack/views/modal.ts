// One door to the modals: what the app wants shown → a view.

import type { ModalView } from '@slack/types';
import type { Modal } from '../../../app/ports/staff-room.ts';
import { unreachable } from '../../../core/model/invariant.ts';
import { section } from './elements.ts';
import { renderCaseCall, renderCaseDetails, renderResolveCase } from './modal-case.ts';
import { renderExample } from './modal-example.ts';
import { renderPublish, renderRollBack } from './modal-flows.ts';
import { renderMenteeUpdate } from './modal-mentee.ts';
import { renderPause, renderRevive } from './modal-pause.ts';
import { renderAway, renderOverride, renderSlot, renderWord, renderWorried } from './modal-people.ts';
import { modalView } from './modal-view.ts';
import { renderWeeklyUpdate } from './modal-weekly.ts';

export function renderModal(modal: Modal): ModalView {
  switch (modal.kind) {
    case 'word':
      return renderWord(modal);
    case 'case_details':
      return renderCaseDetails(modal);
    case 'case_call':
      return renderCaseCall(modal);
    case 'resolve_case':
      return renderResolveCase(modal);
    case 'weekly_update':
      return renderWeeklyUpdate(modal);
    case 'mentee_update':
      return renderMenteeUpdate(modal);
    case 'pause_mentee':
      return renderPause(modal);
    case 'revive_mentee':
      return renderRevive(modal);
    case 'worried':
      return renderWorried(modal);
    case 'away':
      return renderAway(modal);
    case 'slot':
      return renderSlot(modal);
    case 'on_call_override':
      return renderOverride(modal);
    case 'safety_example':
      return renderExample(modal);
    case 'flows_publish':
      return renderPublish(modal);
    case 'flows_roll_back':
      return renderRollBack(modal);
    default:
      return unreachable(modal);
  }
}

/** What is opened at once, while the house still reads what it shows (SL-14). */
export function loadingModal(title: string): ModalView {
  return modalView({ callbackId: 'loading', title, blocks: [section('One moment.')] });
}
