// What people of the team do to a case: they acknowledge it, take it over, give it back to the bot, keep it, end it, open
// it again, or leave. First wins (CR-06): a deed that comes second changes nothing.

import { dueAt, type Move, opened, stay, texted } from './case-step.ts';
import {
  doNudgesWait,
  type Escalation,
  type EscalationEffect,
  type EscalationEvent,
  HOLDER_IDLE_MS,
  holderOf,
  isDistressWaiting,
  isLookedAt,
  isPagedAgain,
  isPaging,
  pageEveryMs,
  QUIET_CASE_MS,
  UNANSWERED_MS,
  waitsForMorning,
} from './escalation.ts';
import { outcomeBeside } from './verdict.ts';

type Deed<Kind extends EscalationEvent['kind']> = Move<Extract<EscalationEvent, { kind: Kind }>>;

/** What is shown and stopped whenever somebody is at it. */
const AT_IT: readonly EscalationEffect[] = [{ kind: 'update_alert' }, { kind: 'stop_paging' }];

/** Paging stops; after half an hour of silence whoever did this is asked whether they still are (CR-05). */
export const acknowledge: Deed<'acknowledged'> = (escalation, { at, by }) => {
  const taken = { ...escalation, acknowledgedBy: by, acknowledgedAt: at, lastActivityAt: at, askedAt: null };
  const known = { ...taken, status: 'acknowledged', tellMenteeAt: null, callNext: null } as const;
  return dueAt(known, at + HOLDER_IDLE_MS, AT_IT);
};

/** "I look at it", while the team is paged over the holder's head: the paging rests, the text still waits. */
export const lookAt: Deed<'acknowledged'> = (escalation, { at, by }) => {
  if (!isPagedAgain(escalation) || isLookedAt(escalation)) return stay(escalation);
  const seen = { ...escalation, acknowledgedBy: by, acknowledgedAt: at, lastActivityAt: at, callNext: null };
  return dueAt(seen, at + UNANSWERED_MS, AT_IT);
};

/**
 * From now on `by` writes with the mentee. Somebody who takes over and does nothing is asked like one who acknowledged
 * (CR-05): a hand-off without a word is no help.
 */
export const takeOver: Deed<'handed_off'> = (escalation, { at, by }) => {
  const acknowledgedBy = escalation.acknowledgedBy ?? by;
  const acknowledgedAt = escalation.acknowledgedAt ?? at;
  const held: Escalation = {
    ...escalation,
    status: 'handed_off',
    acknowledgedBy,
    acknowledgedAt,
    heldBy: by,
    heldAt: at,
    released: false,
    lastActivityAt: null,
    askedAt: null,
    unansweredSince: null,
    tellMenteeAt: null,
    callNext: null,
  };
  return dueAt(held, at + HOLDER_IDLE_MS, AT_IT);
};

/** Somebody else takes the conversation only while the team is paged for it; then the text that waits is theirs. */
export const takeFromHolder: Deed<'handed_off'> = (escalation, { at, by }) => {
  if (by === escalation.heldBy || !isPagedAgain(escalation)) return stay(escalation);
  const held = { ...escalation, heldBy: by, heldAt: at, round: 0, step: 0, lastActivityAt: at, askedAt: null };
  return dueAt({ ...held, callNext: null }, at + UNANSWERED_MS, AT_IT);
};

/**
 * The bot may speak; the case stays with whoever had it, who is asked once a day to end it. Not while words of distress
 * wait: nobody would be paged for them any more.
 */
export const release: Deed<'released'> = (escalation, { at, by }) => {
  if (isDistressWaiting(escalation)) return stay(escalation);
  const released: Escalation = {
    ...escalation,
    status: 'acknowledged',
    acknowledgedBy: holderOf(escalation) ?? by,
    acknowledgedAt: escalation.acknowledgedAt ?? at,
    heldBy: null,
    heldAt: null,
    released: true,
    lastActivityAt: at,
    askedAt: null,
    unansweredSince: null,
  };
  const { escalation: after, effects } = dueAt(released, at + QUIET_CASE_MS, AT_IT);
  return { escalation: after, effects: [...effects, { kind: 'give_back', at }] };
};

/** While nobody has it, work on a case stops no page; but a mentee who was reached is not told that nobody was. */
export const noteActivity: Deed<'activity'> = (escalation, { at, answersMentee }) => ({
  escalation: {
    ...escalation,
    lastActivityAt: at,
    tellMenteeAt: answersMentee ? null : escalation.tellMenteeAt,
  },
  effects: [],
});

/** Somebody is at it: half an hour more. */
export const keepWatch: Deed<'activity'> = (escalation, { at }) => keep(escalation, at, HOLDER_IDLE_MS);

/** In a released case nothing presses: the next question is a day away. */
export const keepQuiet: Deed<'activity'> = (escalation, { at }) => keep(escalation, at, QUIET_CASE_MS);

/** Only words to the mentee answer a text that waits; other work is noted and stops no page. */
export const keepHandoff: Deed<'activity'> = (escalation, { at, answersMentee }) => {
  if (escalation.unansweredSince === null) return keep(escalation, at, QUIET_CASE_MS);
  if (!answersMentee) return { escalation: { ...escalation, lastActivityAt: at }, effects: [] };
  const shown = isPagedAgain(escalation) ? AT_IT : [];
  const answered = { ...escalation, lastActivityAt: at, askedAt: null, unansweredSince: null, callNext: null };
  return dueAt(answered, at + QUIET_CASE_MS, shown);
};

/** What counted as an answer was none: the student waits as if they had just written. */
export const missAnswer: Deed<'answer_failed'> = (escalation, { at }) => {
  if (escalation.unansweredSince !== null) return stay(escalation);
  const waiting = { ...escalation, unansweredSince: at, round: 0, step: 0, askedAt: null, callNext: null };
  return dueAt(waiting, at + UNANSWERED_MS);
};

function keep(escalation: Escalation, at: number, forMs: number) {
  // A question on its way to whoever has it is answered before it arrived.
  const answered: readonly EscalationEffect[] = escalation.askedAt === null ? [] : [{ kind: 'stop_paging' }];
  return dueAt({ ...escalation, lastActivityAt: at, askedAt: null }, at + forMs, answered);
}

/** SL-24: whoever had it has left, so the team is paged at once, by the list of a new round. */
export const pageWithoutHolder: Deed<'holder_gone'> = (escalation, event) => {
  const { at, who, onCall } = event;
  if (holderOf(escalation) !== who) {
    const { escalation: known, effects } = leaveList(escalation, event);
    return { escalation: forget(known, who), effects };
  }
  const chain = (onCall ?? escalation.chain).filter((counselorId) => counselorId !== who);
  const [first] = chain;
  const person: EscalationEffect =
    first === undefined
      ? { kind: 'raise_alarm', reason: 'nobody_on_call' }
      : { kind: 'alert_by_sms', counselorId: first };
  const begun = { ...opened(escalation), chain, step: first === undefined ? 0 : 1, lastAlertAt: at };
  const { escalation: open, nextAt } = texted(begun, first ?? null, { at, pageAt: at + pageEveryMs(begun) });
  return dueAt(open, nextAt, [{ kind: 'update_alert' }, { kind: 'alert_channel' }, person]);
};

/** Somebody who acknowledged a case that another person holds: it is that person's alone now. */
function forget(escalation: Escalation, who: Escalation['heldBy']): Escalation {
  if (escalation.acknowledgedBy !== who) return escalation;
  const { heldBy, heldAt } = escalation;
  return { ...escalation, acknowledgedBy: heldBy, acknowledgedAt: heldAt };
}

/**
 * Somebody of the list has left without having the case: nobody waits for them any more. When they were the last one who
 * was texted, the next one is at once; in a high case, which rests by night, by the timer.
 */
export const leaveList: Deed<'holder_gone'> = (escalation, { at, who }) => {
  const { chain, step, callNext } = escalation;
  const left = chain.filter((counselorId, place) => place < step || counselorId !== who);
  const wasPaged = step > 0 && chain[step - 1] === who && isPaging(escalation) && !waitsForMorning(escalation);
  const next = wasPaged ? left[step] : undefined;
  if (left.length === chain.length && next === undefined) return stay(escalation);
  const shown: readonly EscalationEffect[] = isPaging(escalation) ? [{ kind: 'update_alert' }] : [];
  const stays = { ...escalation, chain: left, callNext: callNext?.who === who ? null : callNext };
  // Their call falls away, and with it the step that was due for it.
  const pageAt = callNext?.pageAt ?? escalation.nextAlertAt;
  const isCallGone = callNext?.who === who && pageAt !== null;
  if (next === undefined) return isCallGone ? dueAt(stays, pageAt, shown) : { escalation: stays, effects: shown };
  const effects: readonly EscalationEffect[] = [...shown, { kind: 'alert_by_sms', counselorId: next }];
  if (pageAt === null) return { escalation: { ...stays, step: step + 1 }, effects };
  const { escalation: after, nextAt } = texted({ ...stays, step: step + 1 }, next, { at, pageAt });
  return nextAt === after.nextAlertAt ? { escalation: after, effects } : dueAt(after, nextAt, effects);
};

/** A person ends it, from wherever it stands. */
export const resolve: Deed<'resolved'> = (escalation, { at, by, outcome, verdict = null, nudgesResumeAt }) => ({
  escalation: {
    ...escalation,
    status: 'resolved',
    nextAlertAt: null,
    heldBy: null,
    heldAt: null,
    released: false,
    lastActivityAt: at,
    askedAt: null,
    unansweredSince: null,
    resolvedBy: by,
    resolvedAt: at,
    outcome,
    verdict,
    nudgesResumeAt,
    tellMenteeAt: null,
    callNext: null,
  },
  effects: [{ kind: 'update_alert' }, { kind: 'clear_alert_timer' }, { kind: 'give_back', at: nudgesResumeAt }],
});

/** It was not over: it is with whoever says so. */
export const reopen: Deed<'reopened'> = (escalation, { at, by }) => {
  const again: Escalation = {
    ...opened(escalation),
    status: 'acknowledged',
    acknowledgedBy: by,
    acknowledgedAt: at,
    lastActivityAt: at,
    resolvedBy: null,
    resolvedAt: null,
    outcome: null,
    verdict: null,
    nudgesResumeAt: null,
  };
  return dueAt(again, at + HOLDER_IDLE_MS, [{ kind: 'update_alert' }]);
};

/** Nudges waited for a person's word, and this is it. */
export const resumeNudges: Deed<'nudges_resumed'> = (escalation, { at }) =>
  doNudgesWait(escalation)
    ? {
        escalation: { ...escalation, nudgesResumeAt: at },
        effects: [{ kind: 'update_alert' }, { kind: 'give_back', at }],
      }
    : stay(escalation);

/** Whether the page was right is often known days later. A verdict that the outcome makes impossible changes nothing. */
export const giveVerdict: Deed<'verdict_given'> = (escalation, { verdict }) => {
  const outcome = outcomeBeside(escalation.outcome, verdict);
  if (outcome === null) return stay(escalation);
  return { escalation: { ...escalation, verdict, outcome }, effects: [{ kind: 'update_alert' }] };
};

/** Whether it is safe to text them: the card says it. It pages nobody, and moves no step. */
export const noteTextSafety: Deed<'text_safety'> = (escalation, { at, said }) =>
  escalation.textSafety === said
    ? stay(escalation)
    : { escalation: { ...escalation, textSafety: said, textSafetyAt: at }, effects: [{ kind: 'update_alert' }] };
