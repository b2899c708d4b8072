// The case of one mentee in distress as values: its state, what can happen to it, what follows, and what can be read off
// a state. How a case moves is escalate.ts; nothing here changes one.

import type { CounselorId } from '../model/ids.ts';
import type { Tier } from '../model/message.ts';
import type { LadderPolicy, TierPace } from './ladder-policy.ts';
import type { TextSafety } from './text-safety.ts';

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

/** The tiers that a page can have been meant for; `moderate`: no page was needed, a person's look was. */
export const VERDICT_TIERS = ['crisis', 'high', 'moderate'] as const;

/** `real`: the page was right · `false_alarm`: nobody was needed · `wrong_tier`: somebody was, as `tier` says. Plain JSON. */
export type CaseVerdict =
  | { readonly kind: 'real' | 'false_alarm' }
  | { readonly kind: 'wrong_tier'; readonly tier: (typeof VERDICT_TIERS)[number] };

/** Stored state, plain JSON. Instants are epoch milliseconds. */
export interface Escalation {
  readonly status: EscalationStatus;
  readonly tier: EscalationTier;
  readonly openedAt: number;
  /** Rounds through the on-call list that are complete. */
  readonly round: number;
  /** The place in `chain` of the person who is texted next. */
  readonly step: number;
  /** On-call order as it was read when the first of it was texted; read again with each round (CR-04). */
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
  /** When a person of the team last did something in it; null before the first, and from each take over to the next deed. */
  readonly lastActivityAt: number | null;
  /** When the person who has it was asked whether they still do; null when not, or since they answered. */
  readonly askedAt: number | null;
  /** The first text of the student in a hand-off that nobody has answered yet; null when none waits. */
  readonly unansweredSince: number | null;
  readonly resolvedBy: CounselorId | null;
  readonly resolvedAt: number | null;
  readonly outcome: CaseOutcome | null;
  /** Whether the page was right, as a person says on Resolve or later; null while nobody has, and in cases of before. */
  readonly verdict: CaseVerdict | null;
  /** When nudges come back, as chosen on Resolve; null while unresolved, and when nudges wait for a person's word. */
  readonly nudgesResumeAt: number | null;
  /** When the mentee is told that nobody was reached yet; null once they were, and once somebody was at it. */
  readonly tellMenteeAt: number | null;
  /** When they were told so: once a case. */
  readonly menteeToldAt: number | null;
  /**
   * Whoever was texted last and is phoned before the next one's turn, and when that turn is; null once they were phoned,
   * and when nobody is to be.
   */
  readonly callNext: { readonly who: CounselorId; readonly pageAt: number } | null;
  /** The mentee's words say that it is now or tonight: a `high` case then pages one person by night as well. */
  readonly isUrgent: boolean;
  /** How fast it is paged, as the program said when it was opened. */
  readonly policy: LadderPolicy;
  /** Whether it is safe to text the mentee, once they told of abuse; null or left out: nobody asked. */
  readonly textSafety?: TextSafety | null | undefined;
  /** When they were asked, or said so. */
  readonly textSafetyAt?: number | null | undefined;
}

/** Whether the bot says nothing unasked and answers nothing, because people have this conversation. */
export function isBotSilent(escalation: Escalation): boolean {
  return escalation.status !== 'resolved' && !escalation.released;
}

/** Who has the case: who writes with the mentee, else who acknowledged it; null while it is open and once it is resolved. */
export function holderOf({ status, heldBy, acknowledgedBy }: Escalation): CounselorId | null {
  if (status === 'open' || status === 'resolved') return null;
  return heldBy ?? acknowledgedBy;
}

/**
 * Whether the team is paged again over the holder's head: a text of the mentee in the hand-off has waited for too long.
 * While it is, somebody else may take the conversation over.
 */
export function isPagedAgain({ status, unansweredSince, step }: Escalation): boolean {
  return status === 'handed_off' && unansweredSince !== null && step > 0;
}

/** Whether somebody has said "I look at it" since the team was paged again: then the next page rests for a while. */
export function isLookedAt(escalation: Escalation): boolean {
  const { acknowledgedAt, lastAlertAt } = escalation;
  return isPagedAgain(escalation) && acknowledgedAt !== null && acknowledgedAt >= lastAlertAt;
}

/**
 * Whether words of distress wait for a person: nobody has answered them in the hand-off, or nobody has done anything
 * since. Then the bot does not get the conversation back.
 */
export function isDistressWaiting(escalation: Escalation): boolean {
  const { status, released, unansweredSince, lastSignalAt, lastActivityAt } = escalation;
  if (status === 'handed_off') return unansweredSince !== null && lastSignalAt >= unansweredSince;
  return status === 'acknowledged' && !released && lastActivityAt !== null && lastSignalAt > lastActivityAt;
}

/** Whether the nudges of a case that is over wait until a person says that they may come again. */
export function doNudgesWait({
  status,
  outcome,
  nudgesResumeAt,
}: {
  readonly status: EscalationStatus;
  readonly outcome: CaseOutcome | null;
  readonly nudgesResumeAt: number | null;
}): boolean {
  return status === 'resolved' && outcome !== null && nudgesResumeAt === null;
}

/** Whether staff are texted about it, one after the other, until somebody is at it. */
export function isPaging(escalation: Escalation): boolean {
  return escalation.status === 'open' || isPagedAgain(escalation);
}

/** What can happen to a case. `unreachable`: whoever of the list no text can reach is skipped. `nightEndsAt` is schedule's staffNightEndsAt: null by day. */
export type EscalationEvent =
  | {
      readonly kind: 'opened';
      readonly at: number;
      readonly tier: EscalationTier;
      readonly onCall: readonly CounselorId[];
      /** Left out in events of before: it could wait, it was day, everybody could be reached, and nothing was set. */
      readonly isUrgent?: boolean | undefined;
      readonly nightEndsAt?: number | null | undefined;
      readonly unreachable?: readonly CounselorId[] | undefined;
      readonly policy?: LadderPolicy | undefined;
    }
  /** The student wrote. `none`: nothing in it but that they wrote. */
  | {
      readonly kind: 'new_text';
      readonly at: number;
      readonly tier: Tier;
      readonly isUrgent?: boolean | undefined;
    }
  | {
      readonly kind: 'due';
      readonly at: number;
      readonly onCall: readonly CounselorId[];
      readonly nightEndsAt: number | null;
      readonly unreachable?: readonly CounselorId[] | undefined;
    }
  | {
      readonly kind: 'step_failed';
      readonly at: number;
      readonly nightEndsAt: number | null;
      readonly unreachable?: readonly CounselorId[] | undefined;
    }
  | { readonly kind: 'acknowledged'; readonly at: number; readonly by: CounselorId }
  /** Take over: from now on what `by` writes in the thread goes to the student. */
  | { readonly kind: 'handed_off'; readonly at: number; readonly by: CounselorId }
  /** The bot may speak again; the case stays with `by`. */
  | { readonly kind: 'released'; readonly at: number; readonly by: CounselorId }
  /** Somebody of the team did something: a remark, a call, "still on it", or a text to the student. */
  | { readonly kind: 'activity'; readonly at: number; readonly by: CounselorId; readonly answersMentee: boolean }
  /** A text to the student that counted as an answer did not reach them, or nobody can say whether it did. */
  | { readonly kind: 'answer_failed'; readonly at: number }
  /**
   * Somebody has left the workspace or the roster (SL-24). When they had the case the team is paged at once, by the list
   * as it stands now; an event of before has none and goes by the list of the round.
   */
  | {
      readonly kind: 'holder_gone';
      readonly at: number;
      readonly who: CounselorId;
      readonly onCall?: readonly CounselorId[] | undefined;
    }
  | {
      readonly kind: 'resolved';
      readonly at: number;
      readonly by: CounselorId;
      readonly outcome: CaseOutcome;
      /** Left out, or null: nobody said whether the page was right. */
      readonly verdict?: CaseVerdict | null | undefined;
      /** Null: not before a person says so. */
      readonly nudgesResumeAt: number | null;
    }
  /** A person says afterwards whether the page was right. */
  | { readonly kind: 'verdict_given'; readonly at: number; readonly by: CounselorId; readonly verdict: CaseVerdict }
  | { readonly kind: 'reopened'; readonly at: number; readonly by: CounselorId }
  /** A person says that nudges may come again, which waited for just that. */
  | { readonly kind: 'nudges_resumed'; readonly at: number; readonly by: CounselorId }
  /** The mentee was asked whether it is safe to text them, or has said so. */
  | { readonly kind: 'text_safety'; readonly at: number; readonly said: TextSafety };

/** What is wanted. `update_alert` rewrites the alert already shown; `raise_alarm` is for the operator, not a counselor. */
export type EscalationEffect =
  | { readonly kind: 'alert_channel' }
  /** The first step, together with the channel: a direct message to whoever is on call. */
  | { readonly kind: 'alert_direct'; readonly counselorId: CounselorId }
  /** Pages one person: a text, and the same as a direct message in Slack. */
  | { readonly kind: 'alert_by_sms'; readonly counselorId: CounselorId }
  /** Whoever was texted has not acknowledged: their phone rings, and pressing 1 does. */
  | { readonly kind: 'alert_by_call'; readonly counselorId: CounselorId }
  /** A whole round was in vain: the operator hears of it while the next round begins. */
  | { readonly kind: 'tell_operator' }
  /** This person's turn has come and no text can reach them: the next one is paged at once. */
  | { readonly kind: 'skip_step'; readonly counselorId: CounselorId }
  /** Nobody has acknowledged for a quarter of an hour, and the mentee is told so, once. */
  | { readonly kind: 'tell_mentee_nobody_yet' }
  | { readonly kind: 'update_alert' }
  | { readonly kind: 'set_alert_timer'; readonly dueAt: number }
  | { readonly kind: 'clear_alert_timer' }
  /** Somebody is at it: what was to be texted to staff about this case and has not left is not sent any more. */
  | { readonly kind: 'stop_paging' }
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

/** After so many full rounds that nobody answered paging is slow, and after so many as slow as it ever is (CR-04). */
const FAST_ROUNDS = 2;
const SLOW_ROUNDS = 4;
/** CR-09: a further text of the same gravity alerts again only after ten minutes. */
export const NEW_TEXT_ALERT_MS = 10 * 60_000;
/** CR-05: so long whoever acknowledged may do nothing before they are asked whether they are still on it. */
export const HOLDER_IDLE_MS = 30 * 60_000;
/** So long whoever was asked may think; then the team is paged again. */
export const HOLDER_ANSWER_MS = 5 * 60_000;
/** So long a text of the mentee may wait in a hand-off before the team is paged again. */
export const UNANSWERED_MS = 10 * 60_000;
/** A hand-off or a released case in which nothing happens asks its holder after this, and again each time. */
export const QUIET_CASE_MS = 24 * 3_600_000;
/** By less than this a clock may be set back, as time servers do, and nothing follows from it. */
const CLOCK_MEND_MS = 60_000;
const HOUR_MS = 3_600_000;

/** The tier a case is opened with, or null when none is: moderate goes to the mentor's list unless a flow escalates it. */
export function tierToOpen(tier: Tier, askedByFlow: boolean): EscalationTier | null {
  if (tier === 'crisis' || tier === 'high') return tier;
  return tier === 'moderate' && askedByFlow ? 'high' : null;
}

/**
 * Whether the next step of a case cannot come about as it should: it is further away than it is ever set, because the
 * clock was set back, or it was never set (a case of before knew no step once it was acknowledged). It is due now then:
 * the hour that comes twice may not be an hour without an alert.
 */
export function isOutOfReach(escalation: Escalation, now: number): boolean {
  if (escalation.status === 'resolved') return false;
  const { nextAlertAt } = escalation;
  return nextAlertAt === null || nextAlertAt - now > longestWait(escalation) + CLOCK_MEND_MS;
}

/** How this case is paged, by its tier. */
export function paceOf({ policy, tier }: Pick<Escalation, 'policy' | 'tier'>): TierPace {
  return policy[tier];
}

/**
 * How long after a page the next one comes: slower once everybody has been paged twice in vain, never before the mentee
 * was told how things stand. A round through an empty list counts as none.
 */
export function pageEveryMs(escalation: Escalation): number {
  const { round, step, chain, tellMenteeAt, policy } = escalation;
  const { pageEveryMs: quick } = paceOf(escalation);
  const complete = chain.length > 0 && step >= chain.length ? round + 1 : round;
  if (tellMenteeAt !== null || complete < FAST_ROUNDS) return quick;
  return Math.max(quick, complete < SLOW_ROUNDS ? policy.slowMs : policy.slowestMs);
}

/** Whether it waits for the morning of staff: a `high` case does, unless it speaks of now or tonight. */
export function waitsForMorning({ tier, isUrgent }: Pick<Escalation, 'tier' | 'isUrgent'>): boolean {
  return tier === 'high' && !isUrgent;
}

function longestWait(escalation: Escalation): number {
  const { status, tier, released, unansweredSince, lastActivityAt } = escalation;
  if (status === 'handed_off' && unansweredSince !== null) return Math.max(UNANSWERED_MS, pageEveryMs(escalation));
  // A holder who has done nothing yet is asked like one who acknowledged.
  const isQuiet = status === 'handed_off' && lastActivityAt !== null;
  if (isQuiet || released) return QUIET_CASE_MS;
  if (tier === 'high') return longestNightMs(escalation.policy);
  return status === 'open' ? pageEveryMs(escalation) : HOLDER_IDLE_MS;
}

/** The hours in which a `high` case rests, and the one that comes twice. */
function longestNightMs({ high }: LadderPolicy): number {
  return (24 - (high.untilHour - high.fromHour) + 1) * HOUR_MS;
}
