// What a person does to a case: acknowledge it, take it over, give it back to the bot, keep it, open it again, log a call,
// resolve it. First wins (CR-06); whoever comes second hears who was first. Every deed stands in the audit.

import { asCounselorId, type EscalationId } from '../core/model/ids.ts';
import { escalate } from '../core/safety/escalate.ts';
import { type CaseVerdict, type EscalationEvent, isDistressWaiting, isPaging } from '../core/safety/escalation.ts';
import { settleVerdict } from '../core/safety/verdict.ts';
import { applyEscalationEffects } from './apply-escalation.ts';
import { seenMark, WROTE_AGAIN } from './case-seen.ts';
import { postInThread } from './case-thread.ts';
import { CASE_GONE, OUTCOME_WORDS, standingWords } from './case-words.ts';
import { DONE, type Doing, say, wordModal } from './doing.ts';
import { noteDrillStep } from './drill-timer.ts';
import { planForgetting } from './forget-words.ts';
import type { HouseDeps } from './house-deps.ts';
import { nameOfActor, type Person } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { ActResult, Line, ModalAnswer, ModalSubmission, StaffAct } from './ports/staff-room.ts';
import type { AuditEvent } from './ports/staff-stores.ts';
import { isActor } from './slack-actor.ts';

/** Another writer moved the case in the same moment. */
export class CaseMovedError extends Error {
  override readonly name = 'CaseMovedError';
}

export type CasePress = Extract<StaffAct, { escalationId: EscalationId }>;

const HOUR_MS = 3_600_000;
export const NOT_FOR_MENTORS = 'Cases are for the counselors of the program. What you saw stays with them.';

/** A mentor who is in the channel by mistake sees no case and moves none. Everybody else there is of the team. */
export function isOfTeam({ mentor, counselor, staff }: Person): boolean {
  return mentor === null || counselor !== null || staff !== null;
}

/** "I have seen it": paging stops, unless somebody was first. */
export function acknowledgeCase(doing: Doing<CasePress>): Promise<ActResult> {
  return press(doing, { kind: 'acknowledged', at: doing.now, by: actorOf(doing) }, 'case_acknowledged');
}

/** From now on what this person writes in the thread goes to the mentee. */
export function takeOverCase(doing: Doing<CasePress>): Promise<ActResult> {
  return press(doing, { kind: 'handed_off', at: doing.now, by: actorOf(doing) }, 'case_taken_over');
}

/** The bot has the conversation back; the case goes on. */
export async function releaseCase(doing: Doing<CasePress>): Promise<ActResult> {
  const { stores, what, person } = doing;
  const escalation = await stores.escalations.byId(what.escalationId);
  const state = escalation?.state;
  // An old button in a direct message must not take a conversation from whoever has it by now.
  if (state?.status === 'handed_off' && state.heldBy !== null && !isActor(person, state.heldBy) && isOfTeam(person))
    return say(`${await nameOfActor(stores, state.heldBy)} has this conversation: only they can release it.`);
  return press(doing, { kind: 'released', at: doing.now, by: actorOf(doing) }, 'case_released');
}

/** "I am still on it." Said too late, when the team is paged already, it is what Acknowledge says. */
export async function keepCase(doing: Doing<CasePress>): Promise<ActResult> {
  const escalation = await doing.stores.escalations.byId(doing.what.escalationId);
  if (escalation !== null && isPaging(escalation.state)) return acknowledgeCase(doing);
  const event = { kind: 'activity', at: doing.now, by: actorOf(doing), answersMentee: false } as const;
  return press(doing, event, 'case_kept');
}

/** It was not over. A phone has one unresolved case: when another was opened meanwhile, that one goes on. */
export async function reopenCase(doing: Doing<CasePress>): Promise<ActResult> {
  const { stores, what, now } = doing;
  const escalation = await stores.escalations.byId(what.escalationId);
  if (escalation !== null && isOfTeam(doing.person)) {
    await stores.lockPerson(escalation.phoneHash);
    const running = await stores.escalations.openOf(escalation.phoneHash);
    if (running !== null && running.id !== escalation.id)
      return say(`There is a newer case of this student, ${running.caseCode}: go on there.`);
  }
  return press(doing, { kind: 'reopened', at: now, by: actorOf(doing) }, 'case_reopened');
}

const REACHED_WORDS = { yes: 'reached', no_answer: 'no answer', voicemail: 'left a voicemail' } as const;

/** Notes a call in the thread. Words spoken to the mentee answer a text of theirs that waits. */
export async function logCall(doing: Doing<Extract<StaffAct, { kind: 'log_call' }>>): Promise<ActResult> {
  const { stores, now, what, person } = doing;
  const isReached = what.reached === 'yes';
  const event = { kind: 'activity', at: now, by: actorOf(doing), answersMentee: isReached } as const;
  const result = await press(doing, event, 'case_call_logged', { reached: what.reached });
  if (result.word !== null) return inModal('Call', result.word);
  const title = `${person.name} phoned: ${REACHED_WORDS[what.reached]}`;
  await note(doing, 'call', title, []);
  const after = await stores.escalations.byId(what.escalationId);
  const goesOn = after?.state.status === 'open' ? ' The team is still alerted: acknowledge the case to stop that.' : '';
  return inModal('Call', `Noted in the thread: ${REACHED_WORDS[what.reached]}.${goesOn}`);
}

/** The end of a case, with how it ended and when nudges come back. */
export async function resolveCase(
  doing: Doing<Extract<ModalSubmission, { kind: 'resolve_case' }>>,
): Promise<ModalAnswer> {
  const { now, what, person } = doing;
  const { outcome, resumeAfterHours } = what;
  if (await isMoreToRead(doing)) return { kind: 'errors', errors: { outcome: WROTE_AGAIN } };
  const verdict = await verdictOf(doing);
  if (verdict === 'contradicts') return { kind: 'errors', errors: { verdict: CONTRADICTS } };
  const nudgesResumeAt = resumeAfterHours === null ? null : now + resumeAfterHours * HOUR_MS;
  const event = { kind: 'resolved', at: now, by: actorOf(doing), outcome, verdict, nudgesResumeAt } as const;
  const detail = { outcome, resumeAfterHours, ...verdictDetail(verdict) };
  const { word } = await press(doing, event, 'case_resolved', detail);
  if (word !== null) return { kind: 'show', modal: wordModal('Resolve', word) };
  const words = what.note.trim();
  if (words !== '') {
    const title = `${person.name} resolved the case: ${OUTCOME_WORDS[outcome]}`;
    await note(doing, 'resolved', title, [{ label: 'Note', text: words }]);
  }
  return { kind: 'close' };
}

const CONTRADICTS =
  'How it ended says something else: a false alarm has no other tier, and nobody calls an emergency for a false alarm.';

/** What was said of the page, beside how it ended; the card's tier is what the page was. */
async function verdictOf({ stores, what }: Doing<Extract<ModalSubmission, { kind: 'resolve_case' }>>) {
  const found = await stores.escalations.byId(what.escalationId);
  return settleVerdict(what.outcome, what.verdict ?? null, found?.state.tier ?? 'crisis');
}

/** A verdict as the audit keeps it: short words only. */
export function verdictDetail(verdict: CaseVerdict | null): AuditEvent['detail'] {
  if (verdict === null) return { verdict: null };
  return verdict.kind === 'wrong_tier' ? { verdict: verdict.kind, shouldBe: verdict.tier } : { verdict: verdict.kind };
}

/** Whether they wrote after the form was opened: then whoever ends the case has not read it. */
async function isMoreToRead({
  stores,
  what,
  person,
}: Doing<Extract<ModalSubmission, { kind: 'resolve_case' }>>): Promise<boolean> {
  const found = await stores.escalations.byId(what.escalationId);
  if (found === null || !isOfTeam(person)) return false;
  await stores.lockPerson(found.phoneHash);
  // What was read before the lock may be old.
  const escalation = (await stores.escalations.byId(found.id)) ?? found;
  return escalation.state.status !== 'resolved' && what.seen !== (await seenMark(stores, escalation));
}

const DISTRESS_WAITS =
  'Words of theirs that sound like danger wait for an answer: read them, and write or call first. Then release.';

/** One deed: refused, done with its row in the audit, or too late with a word about who was first. */
async function press(
  doing: Doing<{ readonly escalationId: EscalationId }>,
  event: EscalationEvent,
  action: string,
  detail: AuditEvent['detail'] = {},
): Promise<ActResult> {
  const { deps, stores, what, person, now } = doing;
  if (!isOfTeam(person)) return say(NOT_FOR_MENTORS);
  const escalation = await stores.escalations.byId(what.escalationId);
  if (escalation === null) return say(CASE_GONE);
  if (await changeCase(deps, stores, escalation, event, now)) {
    await auditCase(doing, action, detail);
    return DONE;
  }
  const current = (await stores.escalations.byId(escalation.id)) ?? escalation;
  if (event.kind === 'released' && isDistressWaiting(current.state)) return say(DISTRESS_WAITS);
  return say(await standingWords(deps, stores, current, { by: person.actorId, now }));
}

/** The row in the audit of something that was done to a case or seen of it. Ids and short words only. */
export async function auditCase(
  { stores, what, person, now }: Doing<{ readonly escalationId: EscalationId }>,
  action: string,
  detail: AuditEvent['detail'] = {},
): Promise<void> {
  const subject = { subjectKind: 'case', subject: what.escalationId } as const;
  await stores.audit.add({ at: now, actor: person.actorId, action, ...subject, detail });
}

async function note(
  { deps, stores, what, now }: Doing<{ readonly escalationId: EscalationId }>,
  kind: string,
  title: string,
  lines: readonly Line[],
): Promise<void> {
  const { escalationId } = what;
  const message = { kind: 'notice', title, lines } as const;
  await postInThread(stores, { key: `case-${kind}:${deps.ids.next()}`, escalationId, message, now });
}

function inModal(title: string, text: string): ActResult {
  return { ...DONE, modal: wordModal(title, text) };
}

function actorOf({ person }: Doing<unknown>) {
  return asCounselorId(person.actorId);
}

/**
 * Moves a case on inside a running transaction. True when the event changed it.
 * @throws when another writer moved it in between, so that whatever asked for it is asked again.
 */
export async function changeCase(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  event: EscalationEvent,
  now: number,
): Promise<boolean> {
  await stores.lockPerson(escalation.phoneHash);
  // What was read before the lock may be old.
  const current = await stores.escalations.byId(escalation.id);
  if (current === null) return false;
  const step = escalate(current.state, event);
  if (step.escalation === current.state && step.effects.length === 0) return false;
  const next: Escalation = { ...current, version: current.version + 1, state: step.escalation };
  if (!(await stores.escalations.advance(next, event, now))) throw new CaseMovedError();
  deps.log.info('escalation_changed', { escalationId: escalation.id, status: next.state.status, reason: event.kind });
  await applyEscalationEffects(deps, stores, next, step.effects, now);
  await planForgetting(deps, stores, next, event);
  await noteDrillStep(stores, next, event);
  return true;
}
