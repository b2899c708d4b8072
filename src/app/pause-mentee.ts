// A pause that a person sets and ends: why, and until when, nothing unasked goes to a mentee. That somebody has died ends
// every text, list and count for good; only staff take it back, after saying so twice.

import { instantOfClock, isLocalDate, isTimeZone } from '../core/model/local-time.ts';
import { DECEASED } from '../core/model/pause.ts';
import type { Mentee } from '../core/model/people.ts';
import { endTodo, openTodosOf } from './add-todo.ts';
import { type Doing, wordModal } from './doing.ts';
import { PAUSE_TIMER, PAUSE_TOLD_MS, RESUME_TIMER } from './give-back.ts';
import { resumeConversation, silenceConversation } from './pause-conversation.ts';
import { PAUSE_WORDS } from './pause-words.ts';
import { fullNameOf, nameOfActor, type Person } from './person.ts';
import type { Stores } from './ports/database.ts';
import type { Modal, ModalAnswer, ModalAsk, ModalSubmission } from './ports/staff-room.ts';
import type { Pause } from './ports/staff-stores.ts';
import { nudgesPausedKey } from './resume-nudges.ts';
import { momentWords } from './time-words.ts';

const TITLE = 'Pause';
const NOT_YOURS = 'Only counselors and staff of the roster can pause a mentee.';
const GONE = 'This mentee is not there any more.';
/** A pause ends in the morning of its day, when texts may go out again. */
const ENDS_AT = '9:00';

/** Counselors and staff decide about pauses; a mentor asks one of them. */
export function mayPause({ counselor, staff }: Person): boolean {
  return counselor !== null || staff !== null;
}

/** The form, with the pause that stands. */
export async function showPause(doing: Doing<Extract<ModalAsk, { kind: 'pause_mentee' }>>): Promise<Modal> {
  const { deps, stores, what, person, now } = doing;
  if (!mayPause(person)) return wordModal(TITLE, NOT_YOURS);
  const mentee = await stores.people.mentee(what.menteeId);
  if (mentee === null) return wordModal(TITLE, GONE);
  const pause = await stores.pauses.of(mentee.phoneHash, now);
  return {
    kind: 'pause_mentee',
    menteeId: mentee.id,
    name: fullNameOf(mentee),
    current:
      pause === null
        ? null
        : { reason: pause.reason, until: pause.until, setBy: await nameOfActor(stores, pause.setBy), at: pause.setAt },
    timeZone: deps.content.current().program.time_zone,
  };
}

type Saving = Doing<Extract<ModalSubmission, { kind: 'pause_mentee' }>>;

/** Sets, changes or ends it. */
export async function savePause(doing: Saving): Promise<ModalAnswer> {
  const { stores, what, person, now } = doing;
  if (!mayPause(person)) return show(NOT_YOURS);
  const mentee = await stores.people.mentee(what.menteeId);
  if (mentee === null) return show(GONE);
  await stores.lockPerson(mentee.phoneHash);
  const standing = await stores.pauses.of(mentee.phoneHash, now);
  if (what.reason === 'end') return endPause(doing, mentee, standing);
  if (standing?.reason === DECEASED) return askToRevive(doing, mentee);
  const until = what.reason === DECEASED || what.untilOn === null ? null : endOf(mentee, what.untilOn);
  if (until !== null && until <= now)
    return { kind: 'errors', errors: { untilOn: 'Please choose a day that is still to come.' } };
  if (what.untilOn !== null && what.reason !== DECEASED && until === null)
    return { kind: 'errors', errors: { untilOn: 'Please choose a day, or leave it empty.' } };
  const pause: Pause = {
    phoneHash: mentee.phoneHash,
    until,
    reason: what.reason,
    setBy: person.actorId,
    setAt: now,
  };
  await setPause(stores, mentee, pause);
  await audit(doing, mentee, 'pause_set', { reason: what.reason, until });
  return show(setWords(doing, mentee, pause));
}

/** The morning of a local day where the mentee lives; null when it is no day. */
function endOf({ timeZone }: Mentee, untilOn: string): number | null {
  if (!isLocalDate(untilOn)) return null;
  return instantOfClock(untilOn, ENDS_AT, isTimeZone(timeZone) ? timeZone : 'UTC');
}

/** The row, the timers that end it, and what must not wait for its end. */
async function setPause(stores: Stores, mentee: Mentee, pause: Pause): Promise<void> {
  await stores.pauses.set(pause);
  const timer = { kind: 'plan', subject: mentee.id } as const;
  await stores.timers.clear('plan', mentee.id, PAUSE_TIMER);
  await stores.timers.clear('plan', mentee.id, RESUME_TIMER);
  if (pause.reason === DECEASED) return layToRest(stores, mentee, pause);
  if (pause.reason === 'wrong_number')
    await stores.outbox.dropPending(mentee.phoneHash, ['nudge', 'answer'], 'wrong_number');
  if (pause.until === null)
    await stores.timers.set({ ...timer, name: PAUSE_TIMER, dueAt: pause.setAt + PAUSE_TOLD_MS });
  else await stores.timers.set({ ...timer, name: RESUME_TIMER, dueAt: pause.until });
}

/** Nothing of theirs waits any more: no text, no conversation, no call on a mentor's list, nothing to do for staff. */
async function layToRest(stores: Stores, mentee: Mentee, { setBy, setAt }: Pause): Promise<void> {
  await stores.outbox.dropPending(mentee.phoneHash, ['nudge', 'answer', 'keyword_answer'], DECEASED);
  await silenceConversation(stores, mentee);
  await stores.mentorList.closeOfMentee(mentee.id, setAt);
  const by = { actorId: setBy, name: await nameOfActor(stores, setBy), now: setAt };
  for (const { key } of await openTodosOf(stores, nudgesPausedKey(mentee.id))) await endTodo(stores, key, by);
}

async function endPause(doing: Saving, mentee: Mentee, standing: Pause | null): Promise<ModalAnswer> {
  const { stores, now } = doing;
  if (standing === null) return show(`${mentee.firstName} has no pause: texts go out as always.`);
  if (standing.reason === DECEASED) return askToRevive(doing, mentee);
  await stores.pauses.clear(mentee.phoneHash);
  await resumeNow(stores, mentee, now);
  await audit(doing, mentee, 'pause_ended', { reason: standing.reason });
  return show(`The pause has ended. The next text to ${mentee.firstName} goes out when it is due.`);
}

async function resumeNow(stores: Stores, mentee: Mentee, now: number): Promise<void> {
  await stores.timers.clear('plan', mentee.id, PAUSE_TIMER);
  await stores.timers.set({ kind: 'plan', subject: mentee.id, name: RESUME_TIMER, dueAt: now });
}

const STAFF_REVIVE = 'Only program staff can take this back, because everybody was told. Ask one of them.';

/** The first word; the second is said in the form that this shows. */
function askToRevive({ person }: Saving, mentee: Mentee): ModalAnswer {
  if (person.staff === null) return show(STAFF_REVIVE);
  return { kind: 'show', modal: { kind: 'revive_mentee', menteeId: mentee.id, name: fullNameOf(mentee) } };
}

/** The second word: it was a mistake. The name is typed, so that nobody does it by two presses. */
export async function saveRevive(
  doing: Doing<Extract<ModalSubmission, { kind: 'revive_mentee' }>>,
): Promise<ModalAnswer> {
  const { stores, what, person, now } = doing;
  if (person.staff === null) return show(STAFF_REVIVE);
  const mentee = await stores.people.mentee(what.menteeId);
  if (mentee === null) return show(GONE);
  if (what.typed.trim().toLowerCase() !== fullNameOf(mentee).toLowerCase())
    return { kind: 'errors', errors: { typed: `Please type the whole name: ${fullNameOf(mentee)}` } };
  await stores.lockPerson(mentee.phoneHash);
  if (!(await stores.pauses.revive(mentee.phoneHash))) return show(`${mentee.firstName} has no such pause.`);
  // Their conversation was put to rest with its timers; these come back with it.
  await resumeConversation(stores, mentee, now);
  await resumeNow(stores, mentee, now);
  await audit(doing, mentee, 'deceased_taken_back', {});
  return show(`${mentee.firstName} is in the program again: on the mentor's list, in prompts and in nudges.`);
}

function setWords({ deps, now }: Saving, mentee: Mentee, { reason, until }: Pause): string {
  if (reason === DECEASED)
    return `${mentee.firstName} gets no text any more and stands on no list. Please tell their mentor in person.`;
  const zone = deps.content.current().program.time_zone;
  const end = until === null ? 'until somebody ends it' : `until ${momentWords(until, now, zone)}`;
  return `Nothing unasked goes to ${mentee.firstName} ${end} (${PAUSE_WORDS[reason]}). What they write is read and answered as always.`;
}

function show(text: string): ModalAnswer {
  return { kind: 'show', modal: wordModal(TITLE, text) };
}

async function audit(
  { stores, person, now }: Doing<unknown>,
  mentee: Mentee,
  action: string,
  detail: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  await stores.audit.add({
    at: now,
    actor: person.actorId,
    action,
    subjectKind: 'mentee',
    subject: mentee.id,
    detail,
  });
}
