// What every move of a case is made of: the state after it, its effects, and the one timer that says when the next step
// is due.

import type { CounselorId } from '../model/ids.ts';
import { type Escalation, type EscalationEffect, type EscalationStep, paceOf, pageEveryMs } from './escalation.ts';

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
    round: 0,
    step: 0,
    acknowledgedBy: null,
    acknowledgedAt: null,
    heldBy: null,
    heldAt: null,
    released: false,
    askedAt: null,
    unansweredSince: null,
    callNext: null,
  };
}

/**
 * Somebody was texted at `at`, and the turn of the next one is at `pageAt`: their own call comes before it, unless the
 * program phones nobody or there is no time left for it. Gives when the next step is due, whichever it is.
 */
export function texted(
  escalation: Escalation,
  who: CounselorId | null,
  { at, pageAt }: { readonly at: number; readonly pageAt: number },
): { readonly escalation: Escalation; readonly nextAt: number } {
  const { callAfterMs } = paceOf(escalation);
  const callAt = at + callAfterMs;
  if (who === null || callAfterMs === 0 || callAt >= pageAt)
    return { escalation: { ...escalation, callNext: null }, nextAt: pageAt };
  return { escalation: { ...escalation, callNext: { who, pageAt } }, nextAt: callAt };
}

/** Tells the channel and pages the next person of the list, which is read anew where a round begins. */
export function page(
  escalation: Escalation,
  paging: {
    readonly at: number;
    readonly onCall: Escalation['chain'];
    readonly unreachable?: readonly CounselorId[] | undefined;
    /** Every page begins at the start of the list: by night one person is paged, not the team one after the other. */
    readonly isFirstOnly?: boolean;
  },
): EscalationStep {
  const { at, onCall, unreachable = [], isFirstOnly = false } = paging;
  const begun = isFirstOnly ? { ...escalation, step: escalation.step === 0 ? 0 : escalation.chain.length } : escalation;
  const turn = takeTurn(turnRound(begun, onCall), unreachable);
  // Whoever is left of this round cannot be reached: the next round begins now, not in five minutes.
  const isRoundOver = turn.next === null && begun.step > 0 && begun.step < begun.chain.length;
  const anew = isRoundOver ? takeTurn(turnRound(turn.escalation, onCall), unreachable) : turn;
  const skipped = new Set([...turn.skipped, ...anew.skipped]);
  const turned = { ...anew.escalation, lastAlertAt: at };
  const { escalation: paged, nextAt } = texted(turned, anew.next, { at, pageAt: at + pageEveryMs(turned) });
  const inVain: EscalationEffect[] = paged.round > escalation.round ? [{ kind: 'tell_operator' }] : [];
  return dueAt(paged, nextAt, [
    { kind: 'alert_channel' },
    ...[...skipped].map((counselorId) => ({ kind: 'skip_step', counselorId }) as const),
    pagingOf(anew.next, 'nobody_on_call'),
    ...inVain,
  ]);
}

/** The page to a person, or the alarm when there is none. */
export function pagingOf(next: CounselorId | null, reason: 'nobody_on_call' | 'nobody_reachable'): EscalationEffect {
  return next === null ? { kind: 'raise_alarm', reason } : { kind: 'alert_by_sms', counselorId: next };
}

/** Whose turn it is, past everybody whom no text can reach. */
export interface Turn {
  readonly escalation: Escalation;
  readonly next: CounselorId | null;
  readonly skipped: readonly CounselorId[];
}

/** Goes on in the list to the next person who can be reached; to its end when there is none. */
export function takeTurn(escalation: Escalation, unreachable: readonly CounselorId[]): Turn {
  const { chain, step } = escalation;
  const ahead = chain.slice(step);
  const place = ahead.findIndex((who) => !unreachable.includes(who));
  const next = ahead[place] ?? null;
  // A round with nobody in it is over as well.
  const after = next === null ? Math.max(chain.length, 1) : step + place + 1;
  return {
    escalation: { ...escalation, step: after },
    next,
    skipped: next === null ? ahead : ahead.slice(0, place),
  };
}

/** CR-04: at the end of the list it starts again, and every round has the list as it stands when it begins. */
function turnRound(escalation: Escalation, onCall: Escalation['chain']): Escalation {
  if (escalation.step === 0) return { ...escalation, chain: onCall };
  if (escalation.step < escalation.chain.length) return escalation;
  const round = escalation.chain.length === 0 ? escalation.round : escalation.round + 1;
  return { ...escalation, round, step: 0, chain: onCall };
}
