// What every move of a case is made of: the state after it, its effects, and the one timer that says when the next step
// is due.

import { ALERT_REPEAT_MS, type Escalation, type EscalationEffect, type EscalationStep } from './escalation.ts';

/** What an event makes of a case. */
export type Move<Event> = (escalation: Escalation, event: Event) => EscalationStep;

/** Nothing changes. */
export function stay(escalation: Escalation): EscalationStep {
  return { escalation, effects: [] };
}

/** The next step is due then. */
export function dueAt(escalation: Escalation, at: number, effects: readonly EscalationEffect[] = []): EscalationStep {
  return {
    escalation: { ...escalation, nextAlertAt: at },
    effects: [...effects, { kind: 'set_alert_timer', dueAt: at }],
  };
}

/** Nobody has it any more: open, with the list from its start. */
export function opened(escalation: Escalation): Escalation {
  return {
    ...escalation,
    status: 'open',
    step: 0,
    acknowledgedBy: null,
    acknowledgedAt: null,
    heldBy: null,
    heldAt: null,
    released: false,
    askedAt: null,
    unansweredSince: null,
  };
}

/** Tells the channel and texts the next person of the list, which is read anew where a round begins. */
export function page(
  escalation: Escalation,
  { at, onCall }: { readonly at: number; readonly onCall: Escalation['chain'] },
): EscalationStep {
  const turned = turnRound(escalation, onCall);
  const next = turned.chain[turned.step];
  const person: EscalationEffect =
    next === undefined
      ? { kind: 'raise_alarm', reason: 'nobody_on_call' }
      : { kind: 'alert_by_sms', counselorId: next };
  const paged = { ...turned, step: turned.step + 1, lastAlertAt: at };
  return dueAt(paged, at + ALERT_REPEAT_MS, [{ kind: 'alert_channel' }, person]);
}

/** CR-04: at the end of the list it starts again, and every round has the list as it stands when it begins. */
function turnRound(escalation: Escalation, onCall: Escalation['chain']): Escalation {
  if (escalation.step === 0) return { ...escalation, chain: onCall };
  if (escalation.step < escalation.chain.length) return escalation;
  return { ...escalation, round: escalation.round + 1, step: 0, chain: onCall };
}
