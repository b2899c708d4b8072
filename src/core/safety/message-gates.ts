// Whether one outbound text may leave now: the class table of architecture 2.3 as one pure function. Nothing else
// decides, and everything that sends asks it twice, when a row is claimed and just before the call to the provider.

import { unreachable } from '../model/invariant.ts';
import type { Channel, MessageClass } from '../model/message.ts';
import type { ConsentState } from '../model/people.ts';

/** What the decision depends on. Instants are epoch milliseconds. */
export interface GateFacts {
  readonly now: number;
  readonly consent: ConsentState;
  /** From schedule/quiet-hours `sendWindow(now, zone)`, for the mentee's own zone. */
  readonly window: { readonly openUntil: number | null; readonly nextOpenAt: number };
  /** When the person's own text that this message answers arrived; null when it answers none. */
  readonly repliedAt: number | null;
  /** Whether a human holds the conversation, or distress took it from the bot. */
  readonly handedOff: boolean;
  /** Until when nothing unasked goes to this person, as an earlier case or a person left it; null when nothing pauses. */
  readonly pausedUntil: number | 'for_ever' | null;
  /** Unasked texts of the last seven days, and how many a week may have. */
  readonly unaskedThisWeek: number;
  readonly weeklyCap: number;
  /** Whether a person said that the mentee has died; left out: nobody did. */
  readonly isDeceased?: boolean;
  /** Whether the person has said, after this was written, that it is not safe to text them; left out: they have not. */
  readonly isNotSafe?: boolean;
  /** Whether the task that a nudge is about was closed since. */
  readonly taskClosed: boolean;
  /** Whether the last local day of that task is over: nobody is told to do it by a day that is past. */
  readonly deadlinePassed: boolean;
  /** Whether its conversation has gone on since it was written, or its deadline is another one now. */
  readonly overtaken: boolean;
  /** Whether the provider said that texts cannot reach this number. */
  readonly numberDead: boolean;
  /** Whether this is the one answer to STOP, START or HELP that has not gone out yet. */
  readonly mayPassOptOutOnce: boolean;
}

/** One outbound message that wants to leave. `isIntroduction`: the first text ever, which no weekly cap holds back. */
export interface GateRequest {
  readonly messageClass: MessageClass;
  readonly channel: Channel;
  readonly isIntroduction: boolean;
  readonly facts: GateFacts;
}

export type HoldReason = 'quiet_hours' | 'handed_off' | 'paused' | 'weekly_cap';
export type DropReason =
  | 'opted_out'
  | 'no_consent'
  | 'deceased'
  | 'not_safe'
  | 'task_closed'
  | 'deadline_passed'
  | 'overtaken'
  | 'too_late'
  | 'already_answered'
  | 'bad_number';

/** `validitySeconds` is for the provider (TX-08): how long the text may wait in its queue; null leaves its default. */
export type GateDecision =
  | { readonly kind: 'send'; readonly validitySeconds: number | null }
  | { readonly kind: 'hold'; readonly until: number; readonly reason: HoldReason }
  | { readonly kind: 'drop'; readonly reason: DropReason };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** QH-04: an answer passes quiet hours this long after the person's own text. */
export const ANSWER_FRESH_MS = 10 * MINUTE;
/** An answer that could not leave for so long (a handoff, a night) answers nothing any more. */
export const ANSWER_STALE_MS = 24 * HOUR;
/** TC-08: the confirmation of an opt-out is presumed fine within five minutes. Later it is not sent. */
export const KEYWORD_ANSWER_LIMIT_MS = 5 * MINUTE;
/** A text held by a handoff is looked at again after so long; one held by the cap when the next day opens. */
const HANDOFF_RECHECK_MS = 15 * MINUTE;
/** A pause without an end is asked about again after so long: a person may have ended it. */
const PAUSE_RECHECK_MS = 24 * HOUR;
/** TX-08: seconds kept free before quiet hours, the provider's bounds, and the longest that a nudge stays worth reading. */
const VALIDITY_MARGIN_SECONDS = 60;
const VALIDITY_MIN_SECONDS = 5;
const VALIDITY_MAX_SECONDS = 36_000;
const CLASS_LIMIT_SECONDS = 4 * 3600;

/** Decides by class. Staff messages are never gated; the mentee's pass only as the table says. */
export function decideSend(request: GateRequest): GateDecision {
  const { facts } = request;
  switch (request.messageClass) {
    case 'alert':
    case 'case_note':
    case 'notice':
      return SEND;
    case 'safety_reply':
      if (facts.isNotSafe === true) return drop('not_safe');
      return facts.consent === 'opted_out' ? drop('opted_out') : SEND;
    case 'human_text':
      return facts.consent === 'opted_out' ? drop('opted_out') : SEND;
    case 'keyword_answer':
      return decideKeywordAnswer(facts);
    case 'answer':
      return decideAnswer(facts);
    case 'nudge':
      return decideNudge(request);
    default:
      return unreachable(request.messageClass);
  }
}

const SEND: GateDecision = { kind: 'send', validitySeconds: null };

/** Of unknown age counts as late: after STOP there is one text in five minutes, or none. */
function decideKeywordAnswer(facts: GateFacts): GateDecision {
  if (!facts.mayPassOptOutOnce) return drop('already_answered');
  if (facts.consent !== 'opted_out') return SEND;
  const left = secondsUntil(
    facts.repliedAt === null ? facts.now : facts.repliedAt + KEYWORD_ANSWER_LIMIT_MS,
    facts.now,
  );
  return left < VALIDITY_MIN_SECONDS ? drop('too_late') : sendWithin(left);
}

function decideAnswer(facts: GateFacts): GateDecision {
  if (facts.consent === 'opted_out') return drop('opted_out');
  if (facts.isDeceased === true) return drop('deceased');
  if (facts.numberDead) return drop('bad_number');
  const age = facts.repliedAt === null ? Number.POSITIVE_INFINITY : facts.now - facts.repliedAt;
  if (facts.repliedAt !== null && age > ANSWER_STALE_MS) return drop('too_late');
  if (facts.handedOff) return recheckHandoff(facts);
  const byHours = decideByHours(facts);
  // By night the provider may keep it no longer than it stays fresh; by day no longer than any other text.
  return age <= ANSWER_FRESH_MS && byHours.kind !== 'send'
    ? sendWithin((ANSWER_FRESH_MS - Math.max(age, 0)) / SECOND)
    : byHours;
}

function decideNudge(request: GateRequest): GateDecision {
  const { facts } = request;
  if (facts.consent === 'opted_out') return drop('opted_out');
  if (facts.consent !== 'active') return drop('no_consent');
  if (facts.isDeceased === true) return drop('deceased');
  if (facts.numberDead) return drop('bad_number');
  if (facts.taskClosed) return drop('task_closed');
  if (facts.deadlinePassed) return drop('deadline_passed');
  if (facts.overtaken) return drop('overtaken');
  if (facts.handedOff) return recheckHandoff(facts);
  if (facts.pausedUntil !== null) return holdForPause(facts.now, facts.pausedUntil);
  if (!request.isIntroduction && facts.unaskedThisWeek >= facts.weeklyCap) {
    return hold(facts.window.nextOpenAt, 'weekly_cap');
  }
  return decideByHours(facts);
}

/** Sends inside the window, with a validity that ends before it does; else waits for the next one. */
function decideByHours(facts: GateFacts): GateDecision {
  if (facts.window.openUntil === null) return hold(facts.window.nextOpenAt, 'quiet_hours');
  const left = secondsUntil(facts.window.openUntil, facts.now) - VALIDITY_MARGIN_SECONDS;
  if (left < VALIDITY_MIN_SECONDS) return hold(facts.window.nextOpenAt, 'quiet_hours');
  return sendWithin(Math.min(left, CLASS_LIMIT_SECONDS));
}

/** Nobody knows when a human lets go: soon again, but at an hour at which it could leave. */
function recheckHandoff({ now, window }: GateFacts): GateDecision {
  const soon = now + HANDOFF_RECHECK_MS;
  return hold(window.openUntil !== null && soon < window.openUntil ? soon : window.nextOpenAt, 'handed_off');
}

/** At its end the other gates are asked anew. */
function holdForPause(now: number, until: number | 'for_ever'): GateDecision {
  return hold(until === 'for_ever' ? now + PAUSE_RECHECK_MS : until, 'paused');
}

function secondsUntil(at: number, now: number): number {
  return Math.floor((at - now) / SECOND);
}

function sendWithin(seconds: number): GateDecision {
  const whole = Math.floor(seconds);
  return { kind: 'send', validitySeconds: Math.min(Math.max(whole, VALIDITY_MIN_SECONDS), VALIDITY_MAX_SECONDS) };
}

function hold(until: number, reason: HoldReason): GateDecision {
  return { kind: 'hold', until, reason };
}

function drop(reason: DropReason): GateDecision {
  return { kind: 'drop', reason };
}
