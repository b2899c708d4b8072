// The weekly update as it is submitted: its rows, or the details of one mentee with tasks, worry and next step. Partial
// is fine; what was said before counts until it is said anew, and stays in the history for ever.

import { localDateOf } from '../core/model/local-time.ts';
import type { Mentee, Mentor } from '../core/model/people.ts';
import { type MenteeUpdate, quietUpdate } from '../core/model/weekly-update.ts';
import { type Doing, wordModal } from './doing.ts';
import { hearMentor } from './hear-mentor.ts';
import { moveTasks } from './move-tasks.ts';
import type { ModalAnswer, ModalSubmission } from './ports/staff-room.ts';
import { isSameText, isSameWorry, recordUpdates } from './record-updates.ts';
import { IS_CLOSED, NOT_YOURS, ownProgress, raiseRevision, weeklyModal } from './show-update.ts';
import { heardWords } from './worry.ts';

const TITLE = 'Weekly update';

export async function saveWeeklyUpdate(
  doing: Doing<Extract<ModalSubmission, { kind: 'weekly_update' }>>,
): Promise<ModalAnswer> {
  const { stores, what, now } = doing;
  const progress = await ownProgress(doing, what.promptId);
  if (progress === null) return refuse(NOT_YOURS);
  if (progress.isClosed) return refuse(IS_CLOSED);
  // Each choice was saved when it was pressed: a row that has an update may have been changed since in its details.
  const said = what.rows
    .filter(({ menteeId }) => !progress.updates.has(menteeId))
    .map(({ menteeId, reached }) => ({ menteeId, update: quietUpdate(reached) }));
  await recordUpdates(stores, progress, said, now);
  return { kind: 'close' };
}

type MenteeSubmission = Extract<ModalSubmission, { kind: 'mentee_update' }>;

export async function saveMenteeUpdate(doing: Doing<MenteeSubmission>): Promise<ModalAnswer> {
  const { deps, stores, what, now } = doing;
  const progress = await ownProgress(doing, what.promptId);
  const mentee = progress?.mentees.find(({ id }) => id === what.menteeId) ?? null;
  const before = progress?.updates.get(what.menteeId)?.update ?? null;
  if (progress === null || mentee === null) return hearAnyway(doing, NOT_YOURS, before);
  if (progress.isClosed) return hearAnyway(doing, IS_CLOSED, before);
  const errors = errorsOf(what.update, before, localDateOf(now, progress.mentor.timeZone));
  if (errors !== null) return { kind: 'errors', errors };
  await stores.lockPerson(mentee.phoneHash);
  const recorded = await recordUpdates(stores, progress, [{ menteeId: mentee.id, update: what.update }], now);
  await moveTasks(deps, stores, { mentee, done: what.tasksDone, stuck: what.tasksStuck, now });
  const heard = await hearMentor(deps, stores, newWords(progress.mentor, mentee, { before, update: what.update }, now));
  if (recorded.changed.length > 0) await raiseRevision(stores, what.promptId);
  if (heard.alerted) return refuse(heardWords(heard), 'Saved');
  return { kind: 'close_and_redraw', beneath: await weeklyModal(doing, recorded.progress) };
}

function refuse(text: string, title: string = TITLE): ModalAnswer {
  return { kind: 'show', modal: wordModal(title, text) };
}

/** What cannot be saved is still heard: a worry does not wait for the right week. */
async function hearAnyway(
  { deps, stores, what, person, now }: Doing<MenteeSubmission>,
  refusal: string,
  before: MenteeUpdate | null,
): Promise<ModalAnswer> {
  const { mentor } = person;
  if (mentor === null) return refuse(refusal);
  const mentee = (await stores.people.menteesOf(mentor.id)).find(({ id }) => id === what.menteeId) ?? null;
  const heard = await hearMentor(deps, stores, newWords(mentor, mentee, { before, update: what.update }, now));
  return refuse(heard.alerted ? `${refusal} ${heardWords(heard)}` : refusal);
}

/** A next step lies ahead; one that was saved on an earlier day of the week may stay as it is. */
function errorsOf(
  { nextStepOn }: MenteeUpdate,
  before: MenteeUpdate | null,
  today: string,
): Readonly<Record<string, string>> | null {
  if (nextStepOn === null || nextStepOn >= today || nextStepOn === before?.nextStepOn) return null;
  return { nextStepOn: 'This day is over. Choose today or a later one, or leave it empty.' };
}

function wordsIn({ worry, nextStep, needFromStaff, win }: MenteeUpdate) {
  return { worry, texts: [nextStep, needFromStaff, win?.text ?? null].filter((text) => text !== null) };
}

/** Only what is new since the last save: the same worry saved twice alerts once. */
function newWords(
  mentor: Mentor,
  mentee: Mentee | null,
  { before, update }: { readonly before: MenteeUpdate | null; readonly update: MenteeUpdate },
  now: number,
) {
  const said = wordsIn(update);
  if (before === null) return { mentor, mentee, ...said, now };
  const known = wordsIn(before);
  return {
    mentor,
    mentee,
    worry: isSameWorry(known.worry, said.worry) ? null : said.worry,
    texts: said.texts.filter((text) => !known.texts.some((one) => isSameText(one, text))),
    now,
  };
}
