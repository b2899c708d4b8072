// The case of one mentee in distress as a pure machine: which alert goes where, and when the next one is due. Until a
// person acknowledges there is always a next alert, for ever (CR-04); only a person's `resolved` ends the case.

import type { CounselorId } from '../model/ids.ts';
import { invariant, unreachable } from '../model/invariant.ts';
import { isGraver, type Tier } from '../model/message.ts';

/** The tiers that a case can have. A moderate one that a flow's author escalates is opened as `high`. */
export type EscalationTier = 'crisis' | 'high';

/**
 * `open` the team is paged · `acknowledged` somebody has it, the bot stays silent unless it was released · `handed_off`
 * somebody writes with the student through the case's thread · `resolved` a person ended it.
 */
export type EscalationStatus = 'open' | 'acknowledged' | 'handed_off' | 'resolved';

/** How a case ended, as the person who resolved it says. */
export const CASE_OUTCOMES = ['safe', 'connected', 'emergency', 'not_reached', 'false_alarm', 'other'] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** Stored state, plain JSON. Instants are epoch milliseconds. */
export interface Escalation {
  readonly status: EscalationStatus;
  readonly tier: EscalationTier;
  readonly openedAt: number;
  /** Rounds through the on-call list that are complete. */
  readonly round: number;
  /** The place in `chain` of the person who is texted next. */
  readonly step: number;
  /** On-call order, frozen when the case opens and read again with each round (CR-04). */
  readonly chain: readonly CounselorId[];
  /**
   * When the case's next step is due, whatever it is: the next alert while it is open, the question to whoever has it
   * while it is acknowledged or handed off. Null only once it is resolved.
   */
  readonly nextAlertAt: number | null;
  readonly lastAlertAt: number;
  readonly lastSignalAt: number;
  readonly acknowledgedBy: CounselorId | null;
  readonly acknowledgedAt: number | null;
  /** Who writes with the student; null unless it is handed off. */
  readonly heldBy: CounselorId | null;
  readonly heldAt: number | null;
  /** The holder gave the conversation back to the bot, though the case goes on. A further distress text takes it again. */
  readonly released: boolean;
  /** When a person of the team last did something in it; null before the first. */
  readonly lastActivityAt: number | null;
  /** When the person who has it was asked whether they still do; null when not, or since they answered. */
  readonly askedAt: number | null;
  /** The first text of the student in a hand-off that nobody has answered yet; null when none waits. */
  readonly unansweredSince: number | null;
  readonly resolvedBy: CounselorId | null;
  readonly resolvedAt: number | null;
  readonly outcome: CaseOutcome | null;
  /** When nudges come back, as chosen on Resolve; null while unresolved, and when nudges wait for a person's word. */
  readonly nudgesResumeAt: number | null;
}

/** Whether the bot says nothing unasked and answers nothing, because people have this conversation. */
export function isBotSilent(escalation: Escalation): boolean {
  return escalation.status !== 'resolved' && !escalation.released;
}

/** What can happen to a case. `nightEndsAt` is schedule's staffNightEndsAt: null by day. */
export type EscalationEvent =
  | {
      readonly kind: 'opened';
      readonly at: number;
      readonly tier: EscalationTier;
      readonly onCall: readonly CounselorId[];
    }
  /** The student wrote. `none`: nothing in it but that they wrote. */
  | { readonly kind: 'new_text'; readonly at: number; readonly tier: Tier }
  | {
      readonly kind: 'due';
      readonly at: number;
      readonly onCall: readonly CounselorId[];
      readonly nightEndsAt: number | null;
    }
  | { readonly kind: 'step_failed'; readonly at: number; readonly nightEndsAt: number | null }
  | { readonly kind: 'acknowledged'; readonly at: number; readonly by: CounselorId }
  /** Take over: from now on what `by` writes in the thread goes to the student. */
  | { readonly kind: 'handed_off'; readonly at: number; readonly by: CounselorId }
  /** The bot may speak again; the case stays with `by`. */
  | { readonly kind: 'released'; readonly at: number; readonly by: CounselorId }
  /** Somebody of the team did something: a remark, a call, "still on it", or a text to the student. */
  | { readonly kind: 'activity'; readonly at: number; readonly by: CounselorId; readonly answersStudent: boolean }
  /** Whoever has the case has left the workspace or the roster (SL-24): the team is paged at once. */
  | { readonly kind: 'holder_gone'; readonly at: number; readonly who: CounselorId }
  | {
      readonly kind: 'resolved';
      readonly at: number;
      readonly by: CounselorId;
      readonly outcome: CaseOutcome;
      /** Null: not before a person says so. */
      readonly nudgesResumeAt: number | null;
    }
  | { readonly kind: 'reopened'; readonly at: number; readonly by: CounselorId };

/** What is wanted. `update_alert` rewrites the alert already shown; `raise_alarm` is for the operator, not a counselor. */
export type EscalationEffect =
  | { readonly kind: 'alert_channel' }
  | { readonly kind: 'alert_by_sms'; readonly counselorId: CounselorId }
  | { readonly kind: 'update_alert' }
  | { readonly kind: 'set_alert_timer'; readonly dueAt: number }
  | { readonly kind: 'clear_alert_timer' }
  /** Asks whoever has it, in the thread and by direct message or SMS, before anybody else is paged. */
  | { readonly kind: 'ask_holder'; readonly counselorId: CounselorId; readonly question: 'still_on_it' | 'release' }
  /** The conversation goes back to the bot at `at`; null: not before a person says so. */
  | { readonly kind: 'give_back'; readonly at: number | null }
  | { readonly kind: 'raise_alarm'; readonly reason: 'nobody_on_call' | 'nobody_reachable' };

/** The case after an event and what is to be done. */
export interface EscalationStep {
  readonly escalation: Escalation;
  readonly effects: readonly EscalationEffect[];
}

/** CR-02: an alert that nobody acknowledges is sent again after five minutes. */
export const ALERT_REPEAT_MS = 5 * 60_000;
/** By less than this a clock may be set back, as time servers do, and nothing follows from it. */
const CLOCK_MEND_MS = 60_000;
/** CR-09: a further text of the same gravity alerts again only after ten minutes. */
export const NEW_TEXT_ALERT_MS = 10 * 60_000;

/** The tier a case is opened with, or null when none is: moderate goes to the mentor's list unless a flow escalates it. */
export function tierToOpen(tier: Tier, askedByFlow: boolean): EscalationTier | null {
  if (tier === 'crisis' || tier === 'high') return tier;
  return tier === 'moderate' && askedByFlow ? 'high' : null;
}

/** Opens a case: the channel hears of it at once, at any hour, whatever the tier. */
export function openEscalation(event: Extract<EscalationEvent, { kind: 'opened' }>): EscalationStep {
  const dueAt = event.at + ALERT_REPEAT_MS;
  const escalation: Escalation = {
    status: 'open',
    tier: event.tier,
    openedAt: event.at,
    round: 0,
    step: 0,
    chain: event.onCall,
    nextAlertAt: dueAt,
    lastAlertAt: event.at,
    lastSignalAt: event.at,
    acknowledgedBy: null,
    acknowledgedAt: null,
    resolvedBy: null,
    resolvedAt: null,
  };
  const alarm: EscalationEffect[] =
    event.onCall.length === 0 ? [{ kind: 'raise_alarm', reason: 'nobody_on_call' }] : [];
  return { escalation, effects: [{ kind: 'alert_channel' }, ...alarm, { kind: 'set_alert_timer', dueAt }] };
}

/** Moves a case on. An event that no longer applies (a late timer, a second acknowledge) changes nothing. */
export function escalate(escalation: Escalation, event: EscalationEvent): EscalationStep {
  if (escalation.status === 'resolved') return unchanged(escalation);
  switch (event.kind) {
    case 'opened':
      invariant(false, 'a case is opened once; further texts are new_text');
      return unchanged(escalation);
    case 'new_text':
      return takeText(escalation, event);
    case 'due':
      return alertAgain(escalation, event);
    case 'step_failed':
      return stepOn(escalation, event);
    case 'acknowledged':
      return acknowledge(escalation, event);
    case 'handed_off':
      return handOff(escalation, event);
    case 'resolved':
      return settle({
        ...escalation,
        status: 'resolved',
        nextAlertAt: null,
        resolvedBy: event.by,
        resolvedAt: event.at,
      });
    default:
      return unreachable(event);
  }
}

function unchanged(escalation: Escalation): EscalationStep {
  return { escalation, effects: [] };
}

function settle(escalation: Escalation): EscalationStep {
  return { escalation, effects: [{ kind: 'update_alert' }, { kind: 'clear_alert_timer' }] };
}

/** First wins; whoever comes second sees on the alert who has the case. */
function acknowledge(
  escalation: Escalation,
  event: Extract<EscalationEvent, { kind: 'acknowledged' }>,
): EscalationStep {
  if (escalation.status !== 'open') return unchanged(escalation);
  return settle({
    ...escalation,
    status: 'acknowledged',
    nextAlertAt: null,
    acknowledgedBy: event.by,
    acknowledgedAt: event.at,
  });
}

function handOff(escalation: Escalation, event: Extract<EscalationEvent, { kind: 'handed_off' }>): EscalationStep {
  const acknowledgedBy = escalation.acknowledgedBy ?? event.by;
  const acknowledgedAt = escalation.acknowledgedAt ?? event.at;
  return settle({ ...escalation, status: 'handed_off', nextAlertAt: null, acknowledgedBy, acknowledgedAt });
}

function takeText(escalation: Escalation, event: Extract<EscalationEvent, { kind: 'new_text' }>): EscalationStep {
  const heard = { ...escalation, lastSignalAt: event.at };
  if (isGraver(event.tier, escalation.tier)) return raise(heard, event.at);
  if (event.at - escalation.lastAlertAt < NEW_TEXT_ALERT_MS) {
    return { escalation: heard, effects: [{ kind: 'update_alert' }] };
  }
  const effects: EscalationEffect[] = [{ kind: 'update_alert' }, { kind: 'alert_channel' }];
  return { escalation: { ...heard, lastAlertAt: event.at }, effects };
}

/** The case has become graver: whoever acknowledged the lesser one is asked again. A handed-off one stays with its human. */
function raise(escalation: Escalation, at: number): EscalationStep {
  const graver: Escalation = { ...escalation, tier: 'crisis', lastAlertAt: at };
  const effects: EscalationEffect[] = [{ kind: 'update_alert' }, { kind: 'alert_channel' }];
  if (escalation.acknowledgedBy !== null)
    effects.push({ kind: 'alert_by_sms', counselorId: escalation.acknowledgedBy });
  if (escalation.status === 'handed_off') return { escalation: graver, effects };
  const dueAt = at + ALERT_REPEAT_MS;
  const open: Escalation = {
    ...graver,
    status: 'open',
    nextAlertAt: dueAt,
    acknowledgedBy: null,
    acknowledgedAt: null,
  };
  return { escalation: open, effects: [...effects, { kind: 'set_alert_timer', dueAt }] };
}

function alertAgain(escalation: Escalation, event: Extract<EscalationEvent, { kind: 'due' }>): EscalationStep {
  if (escalation.status !== 'open' || escalation.nextAlertAt === null) return unchanged(escalation);
  // A clock that was set back: the timer that rang is gone, so it is set again and paging cannot die of it.
  if (event.at < escalation.nextAlertAt && !isOutOfReach(escalation, event.at))
    return wait(escalation, escalation.nextAlertAt);
  if (escalation.tier === 'high' && event.nightEndsAt !== null) return wait(escalation, event.nightEndsAt);
  const turned = turnRound(escalation, event.onCall);
  const dueAt = event.at + ALERT_REPEAT_MS;
  const next = turned.chain[turned.step];
  const person: EscalationEffect =
    next === undefined
      ? { kind: 'raise_alarm', reason: 'nobody_on_call' }
      : { kind: 'alert_by_sms', counselorId: next };
  return {
    escalation: { ...turned, step: turned.step + 1, nextAlertAt: dueAt, lastAlertAt: event.at },
    effects: [{ kind: 'alert_channel' }, person, { kind: 'set_alert_timer', dueAt }],
  };
}

/**
 * Whether the next alert of a crisis is further away than it is ever set, because the clock was set back. It is due now
 * then: the hour that comes twice may not be an hour without an alert.
 */
export function isOutOfReach({ status, tier, nextAlertAt }: Escalation, now: number): boolean {
  return (
    status === 'open' &&
    tier === 'crisis' &&
    nextAlertAt !== null &&
    nextAlertAt - now > ALERT_REPEAT_MS + CLOCK_MEND_MS
  );
}

function wait(escalation: Escalation, dueAt: number): EscalationStep {
  return { escalation: { ...escalation, nextAlertAt: dueAt }, effects: [{ kind: 'set_alert_timer', dueAt }] };
}

/** At the end of the list it starts again, with the list as it stands now. */
function turnRound(escalation: Escalation, onCall: readonly CounselorId[]): Escalation {
  if (escalation.step < escalation.chain.length) return escalation;
  return { ...escalation, round: escalation.round + 1, step: 0, chain: onCall };
}

/**
 * CR-03: a channel or a phone refused, so the next person is texted at once; the relay keeps trying the one that
 * refused, and the timer stays armed. When the whole list has refused the operator hears of it.
 */
function stepOn(escalation: Escalation, event: Extract<EscalationEvent, { kind: 'step_failed' }>): EscalationStep {
  if (escalation.status !== 'open') return unchanged(escalation);
  if (escalation.tier === 'high' && event.nightEndsAt !== null) return unchanged(escalation);
  const next = escalation.chain[escalation.step];
  if (next === undefined) return { escalation, effects: [{ kind: 'raise_alarm', reason: 'nobody_reachable' }] };
  return {
    escalation: { ...escalation, step: escalation.step + 1 },
    effects: [{ kind: 'alert_by_sms', counselorId: next }],
  };
}
