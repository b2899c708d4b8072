// How a case moves: one table of what can be and what can happen. Until it is resolved there is always a next step, for
// ever (CR-04); only a person's `resolved` ends a case. The moves themselves stand in
// case-paging.ts and case-deeds.ts.

import { invariant, unreachable } from '../model/invariant.ts';
import {
  acknowledge,
  giveVerdict,
  keepHandoff,
  keepQuiet,
  keepWatch,
  leaveList,
  lookAt,
  missAnswer,
  noteActivity,
  noteTextSafety,
  pageWithoutHolder,
  release,
  reopen,
  resolve,
  resumeNudges,
  takeFromHolder,
  takeOver,
} from './case-deeds.ts';
import {
  askHolder,
  climb,
  hear,
  hearInHandoff,
  hearReleased,
  open,
  pageNext,
  watchHandoff,
  watchReleased,
} from './case-paging.ts';
import { type Move, stay } from './case-step.ts';
import type { Escalation, EscalationEvent, EscalationStatus, EscalationStep } from './escalation.ts';

type EventKind = Exclude<EscalationEvent['kind'], 'opened'>;
type Row = { readonly [Kind in EventKind]: Move<Extract<EscalationEvent, { kind: Kind }>> };
/** A released case is an acknowledged one in which the bot may speak. */
type Standing = EscalationStatus | 'released';

/** Every state and every event. `stay`: such an event changes nothing there. docs/safety.md tells the same in words. */
const TABLE: { readonly [State in Standing]: Row } = {
  open: {
    new_text: hear,
    due: pageNext,
    step_failed: climb,
    acknowledged: acknowledge,
    handed_off: takeOver,
    released: stay,
    activity: noteActivity,
    answer_failed: stay,
    holder_gone: leaveList,
    resolved: resolve,
    reopened: stay,
    nudges_resumed: stay,
    text_safety: noteTextSafety,
    verdict_given: stay,
  },
  acknowledged: {
    new_text: hear,
    due: askHolder,
    step_failed: stay,
    acknowledged: stay,
    handed_off: takeOver,
    released: release,
    activity: keepWatch,
    answer_failed: stay,
    holder_gone: pageWithoutHolder,
    resolved: resolve,
    reopened: stay,
    nudges_resumed: stay,
    text_safety: noteTextSafety,
    verdict_given: stay,
  },
  released: {
    new_text: hearReleased,
    due: watchReleased,
    step_failed: stay,
    acknowledged: stay,
    handed_off: takeOver,
    released: stay,
    activity: keepQuiet,
    answer_failed: stay,
    holder_gone: pageWithoutHolder,
    resolved: resolve,
    reopened: stay,
    nudges_resumed: stay,
    text_safety: noteTextSafety,
    verdict_given: stay,
  },
  handed_off: {
    new_text: hearInHandoff,
    due: watchHandoff,
    step_failed: climb,
    acknowledged: lookAt,
    handed_off: takeFromHolder,
    released: release,
    activity: keepHandoff,
    answer_failed: missAnswer,
    holder_gone: pageWithoutHolder,
    resolved: resolve,
    reopened: stay,
    nudges_resumed: stay,
    text_safety: noteTextSafety,
    verdict_given: stay,
  },
  resolved: {
    new_text: stay,
    due: stay,
    step_failed: stay,
    acknowledged: stay,
    handed_off: stay,
    released: stay,
    activity: stay,
    answer_failed: stay,
    holder_gone: stay,
    resolved: stay,
    reopened: reopen,
    nudges_resumed: resumeNudges,
    text_safety: stay,
    verdict_given: giveVerdict,
  },
};

/** Opens a case: the channel hears of it at once, at any hour, whatever the tier. */
export function openEscalation(event: Extract<EscalationEvent, { kind: 'opened' }>): EscalationStep {
  return open(event);
}

/** Moves a case on. An event that no longer applies (a late timer, a second acknowledge) changes nothing. */
export function escalate(escalation: Escalation, event: EscalationEvent): EscalationStep {
  const row = TABLE[standingOf(escalation)];
  switch (event.kind) {
    case 'opened':
      invariant(false, 'a case is opened once; further texts are new_text');
      return stay(escalation);
    case 'new_text':
      return row.new_text(escalation, event);
    case 'due':
      return row.due(escalation, event);
    case 'step_failed':
      return row.step_failed(escalation, event);
    case 'acknowledged':
      return row.acknowledged(escalation, event);
    case 'handed_off':
      return row.handed_off(escalation, event);
    case 'released':
      return row.released(escalation, event);
    case 'activity':
      return row.activity(escalation, event);
    case 'answer_failed':
      return row.answer_failed(escalation, event);
    case 'holder_gone':
      return row.holder_gone(escalation, event);
    case 'resolved':
      return row.resolved(escalation, event);
    case 'reopened':
      return row.reopened(escalation, event);
    case 'nudges_resumed':
      return row.nudges_resumed(escalation, event);
    case 'text_safety':
      return row.text_safety(escalation, event);
    case 'verdict_given':
      return row.verdict_given(escalation, event);
    default:
      return unreachable(event);
  }
}

function standingOf({ status, released }: Escalation): Standing {
  return status === 'acknowledged' && released ? 'released' : status;
}
