// What opens a case, what a further text does to it, and what its timer brings: who is told, who is asked, who is paged.
// Whatever is unresolved has a next step after each of these (CR-04, CR-05).

import { isGraver } from '../model/message.ts';
import { dueAt, type Move, opened, page, pagingOf, stay, takeTurn, texted } from './case-step.ts';
import {
  type Escalation,
  type EscalationEffect,
  type EscalationEvent,
  type EscalationStep,
  HOLDER_ANSWER_MS,
  holderOf,
  isOutOfReach,
  isPagedAgain,
  NEW_TEXT_ALERT_MS,
  paceOf,
  pageEveryMs,
  QUIET_CASE_MS,
  tierToOpen,
  UNANSWERED_MS,
  waitsForMorning,
} from './escalation.ts';
import { DEFAULT_LADDER } from './ladder-policy.ts';

type EventOf<Kind extends EscalationEvent['kind']> = Extract<EscalationEvent, { kind: Kind }>;
type Due = EventOf<'due'>;

const SHOW: readonly EscalationEffect[] = [{ kind: 'update_alert' }];
const SHOW_AND_TELL: readonly EscalationEffect[] = [{ kind: 'update_alert' }, { kind: 'alert_channel' }];

export function open(event: EventOf<'opened'>): EscalationStep {
  const { at, tier, onCall, isUrgent = false, nightEndsAt = null, unreachable = [], policy = DEFAULT_LADDER } = event;
  const escalation: Escalation = {
    status: 'open',
    tier,
    openedAt: at,
    round: 0,
    step: 0,
    chain: onCall,
    nextAlertAt: null,
    lastAlertAt: at,
    lastSignalAt: at,
    acknowledgedBy: null,
    acknowledgedAt: null,
    heldBy: null,
    heldAt: null,
    released: false,
    askedAt: null,
    unansweredSince: null,
    resolvedBy: null,
    resolvedAt: null,
    outcome: null,
    verdict: null,
    nudgesResumeAt: null,
    tellMenteeAt: at + policy[tier].tellMenteeAfterMs,
    menteeToldAt: null,
    callNext: null,
    isUrgent,
    policy,
    lastActivityAt: null,
  };
  const rests = nightEndsAt !== null && waitsForMorning(escalation);
  const first = rests ? undefined : onCall.find((who) => !unreachable.includes(who));
  return dueAt(escalation, at + paceOf(escalation).pageEveryMs, [
    { kind: 'alert_channel' },
    ...(first === undefined ? [] : [{ kind: 'alert_direct', counselorId: first } as const]),
    ...(onCall.length === 0 ? [{ kind: 'raise_alarm', reason: 'nobody_on_call' } as const] : []),
  ]);
}

/** A text while the team is paged or somebody has the case. One without distress in it is shown in the thread alone. */
export const hear: Move<EventOf<'new_text'>> = (before, { at, tier, isUrgent = false }) => {
  if (tierToOpen(tier, false) === null) return stay(before);
  const escalation = isUrgent && !before.isUrgent ? { ...before, isUrgent } : before;
  if (!isGraver(tier, escalation.tier)) return hurry(hearAlike(escalation, at), at, escalation !== before);
  // Whoever acknowledged the lesser case is asked again, and paging begins anew.
  const open = escalation.status === 'open' ? escalation : opened(escalation);
  const graver: Escalation = { ...open, tier: 'crisis', round: 0, callNext: null, lastAlertAt: at, lastSignalAt: at };
  return dueAt(awaitPerson(graver, at), at + quickMs(graver), [...SHOW_AND_TELL, ...tellHolder(escalation)]);
};

/** They were just told that a counselor is alerted; unless they have heard otherwise, they will when nobody comes. */
function awaitPerson(escalation: Escalation, at: number): Escalation {
  const { tellMenteeAfterMs } = paceOf(escalation);
  return { ...escalation, tellMenteeAt: escalation.menteeToldAt === null ? at + tellMenteeAfterMs : null };
}

function quickMs(escalation: Escalation): number {
  return paceOf(escalation).pageEveryMs;
}

/** CR-09: the channel is told again of the same gravity only after ten minutes; the card shows it at once. */
function hearAlike(escalation: Escalation, at: number): EscalationStep {
  const heard = { ...escalation, lastSignalAt: at };
  if (at - escalation.lastAlertAt < NEW_TEXT_ALERT_MS) return { escalation: heard, effects: SHOW };
  return { escalation: { ...heard, lastAlertAt: at }, effects: SHOW_AND_TELL };
}

/** Paging that had become slow, or rested until the morning, is quick again: whoever is in distress is still there. */
function hurry(step: EscalationStep, at: number, cannotWait: boolean): EscalationStep {
  const { escalation, effects } = step;
  const soon = at + quickMs(escalation);
  const isQuick = pageEveryMs(escalation) === quickMs(escalation) && !cannotWait;
  if (escalation.status !== 'open' || isQuick) return step;
  const quick = { ...escalation, round: 0 };
  return dueAt(quick, Math.min(escalation.nextAlertAt ?? soon, soon), effects);
}

/** The bot had the conversation back and somebody is in distress again: nobody is at it, so the team is paged anew. */
export const hearReleased: Move<EventOf<'new_text'>> = (escalation, { at, tier, isUrgent = false }) => {
  if (tierToOpen(tier, false) === null) return stay(escalation);
  const graver = isGraver(tier, escalation.tier) ? 'crisis' : escalation.tier;
  const again = { ...opened(escalation), isUrgent: isUrgent || escalation.isUrgent };
  const open: Escalation = { ...again, tier: graver, lastAlertAt: at, lastSignalAt: at };
  const holder = graver === 'crisis' ? tellHolder(escalation) : [];
  return dueAt(awaitPerson(open, at), at + quickMs(open), [...SHOW_AND_TELL, ...holder]);
};

/** In a hand-off every text waits for the holder; a graver one texts them at once. The case stays with its human. */
export const hearInHandoff: Move<EventOf<'new_text'>> = (escalation, { at, tier }) => {
  const isFirst = escalation.unansweredSince === null;
  const begun = { unansweredSince: at, round: 0, step: 0, askedAt: null, callNext: null };
  const waiting = isFirst ? { ...escalation, ...begun } : escalation;
  const { escalation: heard, effects } = tellOfText(waiting, at, tier);
  return isFirst ? dueAt(heard, at + UNANSWERED_MS, effects) : { escalation: heard, effects };
};

function tellOfText(escalation: Escalation, at: number, tier: EventOf<'new_text'>['tier']): EscalationStep {
  if (tierToOpen(tier, false) === null) return stay(escalation);
  if (!isGraver(tier, escalation.tier)) return hearAlike(escalation, at);
  const graver: Escalation = { ...escalation, tier: 'crisis', lastAlertAt: at, lastSignalAt: at };
  return { escalation: graver, effects: [...SHOW_AND_TELL, ...tellHolder(escalation)] };
}

function tellHolder(escalation: Escalation): EscalationEffect[] {
  const holder = holderOf(escalation);
  return holder === null ? [] : [{ kind: 'alert_by_sms', counselorId: holder }];
}

/**
 * Nobody has acknowledged: whoever was texted is phoned, then the channel is told again and the next person texted. A
 * `high` case waits for the morning; one that cannot wait pages one person by night, the first who can be reached.
 */
export const pageNext: Move<Due> = (escalation, event) => {
  const { escalation: told, effects } = tellNobodyYet(escalation, event.at);
  const isFirstOnly = told.tier === 'high' && event.nightEndsAt !== null;
  const step =
    waitFor(told, event, nightOf(told, event)) ?? phone(told, event) ?? page(told, { ...event, isFirstOnly });
  return { escalation: step.escalation, effects: [...effects, ...step.effects] };
};

/** Null when nobody is to be phoned now. Their call comes before the next one's turn, which it does not put off. */
function phone(escalation: Escalation, { at, unreachable = [] }: Due): EscalationStep | null {
  const { callNext } = escalation;
  if (callNext === null || unreachable.includes(callNext.who) || at >= callNext.pageAt) return null;
  // A clock that was set back puts nothing off either.
  const pageAt = Math.min(callNext.pageAt, at + pageEveryMs(escalation));
  return dueAt({ ...escalation, callNext: null }, pageAt, [{ kind: 'alert_by_call', counselorId: callNext.who }]);
}

/** Once a case, and also by night: it is no page, and whoever was promised a counselor shall not wait for one in vain. */
function tellNobodyYet(escalation: Escalation, at: number): EscalationStep {
  const { tellMenteeAt } = escalation;
  if (tellMenteeAt === null || at < tellMenteeAt) return stay(escalation);
  return {
    escalation: { ...escalation, tellMenteeAt: null, menteeToldAt: at },
    effects: [{ kind: 'tell_mentee_nobody_yet' }],
  };
}

/** CR-05: whoever has it is asked first; who does not answer has it no longer. */
export const askHolder: Move<Due> = (escalation, event) => {
  const waited = waitFor(escalation, event, nightOf(escalation, event));
  if (waited !== null) return waited;
  const asked = escalation.askedAt === null ? ask(escalation, event.at, 'still_on_it') : null;
  return asked ?? pageAnew(escalation, event);
};

/** A released case is nobody's worry by night, and none that pages: once a day its holder is asked to end it. */
export const watchReleased: Move<Due> = (escalation, event) =>
  waitFor(escalation, event, event.nightEndsAt) ?? ask(escalation, event.at, 'release') ?? pageAnew(escalation, event);

/**
 * A text that waits for too long pages the team, also by night, because the bot is silent for a person who said that
 * they are there. A holder who has done nothing at all is asked first, then that counts as unanswered too. Else once a
 * day: shall the bot have it back?
 */
export const watchHandoff: Move<Due> = (escalation, event) => {
  const { unansweredSince, heldAt, lastActivityAt, askedAt } = escalation;
  if (unansweredSince !== null)
    return waitFor(escalation, event, null) ?? phone(escalation, event) ?? pageOverHolder(escalation, event);
  const isIdleFromTheStart = lastActivityAt === null;
  const waited = waitFor(escalation, event, isIdleFromTheStart ? nightOf(escalation, event) : event.nightEndsAt);
  if (waited !== null) return waited;
  if (!isIdleFromTheStart) return ask(escalation, event.at, 'release') ?? pageAnew(escalation, event);
  if (askedAt === null) return ask(escalation, event.at, 'still_on_it') ?? pageAnew(escalation, event);
  return pageOverHolder({ ...escalation, unansweredSince: heldAt, round: 0, step: 0, callNext: null }, event);
};

/** The holder stays, so that their late text still reaches the mentee. */
function pageOverHolder(escalation: Escalation, event: Due): EscalationStep {
  const { escalation: paged, effects } = page(escalation, event);
  return { escalation: paged, effects: escalation.step === 0 ? [...SHOW, ...effects] : effects };
}

function pageAnew(escalation: Escalation, event: Due): EscalationStep {
  const { escalation: paged, effects } = page(opened(escalation), event);
  return { escalation: paged, effects: [...SHOW, ...effects] };
}

/** Null when nobody has it, and so nobody can be asked. */
function ask(escalation: Escalation, at: number, question: 'still_on_it' | 'release'): EscalationStep | null {
  const counselorId = holderOf(escalation);
  if (counselorId === null) return null;
  const againAt = at + (question === 'release' ? QUIET_CASE_MS : HOLDER_ANSWER_MS);
  return dueAt({ ...escalation, askedAt: at }, againAt, [{ kind: 'ask_holder', counselorId, question }]);
}

function nightOf(escalation: Escalation, { nightEndsAt }: Due): number | null {
  return waitsForMorning(escalation) ? nightEndsAt : null;
}

/**
 * Null when the step is due. Before its time, because the clock was set back, the timer that rang is gone: it is set
 * again, so that the case cannot die of it. What the mentee is to be told does not wait for the morning.
 */
function waitFor(escalation: Escalation, { at }: Due, nightEndsAt: number | null): EscalationStep | null {
  const { nextAlertAt, tellMenteeAt } = escalation;
  if (nextAlertAt !== null && at < nextAlertAt && !isOutOfReach(escalation, at)) return dueAt(escalation, nextAlertAt);
  return nightEndsAt === null ? null : dueAt(escalation, Math.min(nightEndsAt, tellMenteeAt ?? nightEndsAt));
}

/**
 * CR-03: a channel or a phone refused, so the next person is texted at once; the relay keeps trying the one that
 * refused, and the timer stays armed. When the whole list has refused the operator hears of it.
 */
export const climb: Move<EventOf<'step_failed'>> = (escalation, { at, nightEndsAt, unreachable = [] }) => {
  const { status, step, chain } = escalation;
  if (status === 'handed_off' && !isPagedAgain(escalation)) return stay(escalation);
  if (status === 'open' && waitsForMorning(escalation) && nightEndsAt !== null) return stay(escalation);
  if (step >= chain.length) return { escalation, effects: [pagingOf(null, 'nobody_reachable')] };
  const { escalation: climbed, next, skipped } = takeTurn(escalation, unreachable);
  const passed = skipped.map((counselorId) => ({ kind: 'skip_step', counselorId }) as const);
  const effects = [...passed, pagingOf(next, 'nobody_reachable')];
  const pageAt = climbed.callNext?.pageAt ?? climbed.nextAlertAt;
  if (pageAt === null) return { escalation: climbed, effects };
  const { escalation: after, nextAt } = texted(climbed, next, { at, pageAt });
  return nextAt === after.nextAlertAt ? { escalation: after, effects } : dueAt(after, nextAt, effects);
};
