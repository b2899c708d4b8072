// A mentor is away for some days: those weeks are not asked for and count against nobody. Dates are the mentor's own.

import { addDays, isLocalDate, localDateOf } from '../core/model/local-time.ts';
import type { Mentor } from '../core/model/people.ts';
import { summaryAt } from '../core/schedule/weekly-update.ts';
import { DONE, type Doing, say, wordModal } from './doing.ts';
import { excuseFor } from './excuse-week.ts';
import type { ActResult, Modal, ModalAnswer, ModalAsk, ModalSubmission, StaffAct } from './ports/staff-room.ts';
import type { Absence } from './ports/staff-stores.ts';
import { promptKey } from './post-prompt.ts';

const TITLE = 'Away';
const NOT_A_MENTOR = 'Only mentors on the roster are asked for weekly updates.';

export async function showAway(doing: Doing<Extract<ModalAsk, { kind: 'away' }>>): Promise<Modal> {
  const { mentor } = doing.person;
  if (mentor === null) return wordModal(TITLE, NOT_A_MENTOR);
  const planned = await absenceOf(doing, mentor);
  return { kind: 'away', from: planned?.from ?? null, until: planned?.until ?? null };
}

export async function saveAway(doing: Doing<Extract<ModalSubmission, { kind: 'away' }>>): Promise<ModalAnswer> {
  const { stores, what, person, now } = doing;
  const { mentor } = person;
  if (mentor === null) return { kind: 'show', modal: wordModal(TITLE, NOT_A_MENTOR) };
  const today = localDateOf(now, mentor.timeZone);
  const errors = errorsOf(what, today, await absenceOf(doing, mentor));
  if (errors !== null) return { kind: 'errors', errors };
  const { from, until } = what;
  await stores.prompts.setAbsence(mentor.id, { from, until }, today);
  await audit(doing, mentor, 'away_set', { from, until });
  await reconsider(doing, mentor);
  return { kind: 'close' };
}

/** The days that were spent away stay so; from today on the mentor is asked again. */
export async function comeBack(doing: Doing<Extract<StaffAct, { kind: 'back' }>>): Promise<ActResult> {
  const { stores, person, now } = doing;
  const { mentor } = person;
  if (mentor === null) return say(NOT_A_MENTOR);
  const today = localDateOf(now, mentor.timeZone);
  const absence = await absenceOf(doing, mentor);
  if (absence === null) return { ...DONE, homeChanged: true };
  const yesterday = addDays(today, -1);
  const spent = absence.from <= yesterday ? { from: absence.from, until: yesterday } : null;
  await stores.prompts.setAbsence(mentor.id, spent, today);
  await audit(doing, mentor, 'away_ended', {});
  await reconsider(doing, mentor);
  return { word: 'Welcome back. You are asked again from your next weekly update on.', modal: null, homeChanged: true };
}

/** The absence that runs or comes next. */
async function absenceOf({ stores, now }: Doing<unknown>, mentor: Mentor): Promise<Absence | null> {
  const [first] = await stores.prompts.absencesOf(mentor.id, localDateOf(now, mentor.timeZone));
  return first ?? null;
}

/** A wrong year would silence a mentor for good, and look right. */
const LONGEST_DAYS = 123;

function errorsOf(
  { from, until }: Absence,
  today: string,
  standing: Absence | null,
): Readonly<Record<string, string>> | null {
  const errors: Record<string, string> = {};
  if (!isLocalDate(from)) errors['from'] = 'Choose the first day.';
  // An absence that has begun keeps its first day when its last one is moved.
  else if (from < today && from !== standing?.from) errors['from'] = 'This day is over: choose today or a later one.';
  if (!isLocalDate(until)) errors['until'] = 'Choose the last day.';
  else if (until < today) errors['until'] = 'This day is over: choose today or a later one.';
  else if (until < from) errors['until'] = 'The last day cannot be before the first.';
  else if (isLocalDate(from) && until > addDays(from, LONGEST_DAYS))
    errors['until'] = 'That is more than four months: look at the year, or tell staff.';
  return Object.keys(errors).length === 0 ? null : errors;
}

/** The running week: an open prompt that is covered now is excused, and one that was excused by days taken back is open. */
async function reconsider({ deps, stores, now }: Doing<unknown>, mentor: Mentor): Promise<void> {
  const prompt = await stores.prompts.latestOf(mentor.id);
  if (prompt === null || now >= summaryAt(prompt.summaryOn, deps.content.current().program.time_zone)) return;
  const excuse = await excuseFor(deps, stores, mentor, prompt.weekOn);
  if (prompt.status === 'open' && excuse !== null) await stores.prompts.setStatus(prompt.id, 'excused', null);
  if (prompt.status !== 'excused' || excuse !== null) return;
  // Nobody is reminded of what they were never asked.
  const wasAsked = (await stores.outbox.byKey(promptKey(prompt.id, 'prompted'))) !== null;
  if (wasAsked) await stores.prompts.setStatus(prompt.id, 'open', null);
}

async function audit(
  { stores, now }: Doing<unknown>,
  mentor: Mentor,
  action: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  await stores.audit.add({ at: now, actor: mentor.id, action, subjectKind: 'mentor', subject: mentor.id, detail });
}
