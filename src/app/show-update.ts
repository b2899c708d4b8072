// The weekly update as a mentor sees it: a row for each mentee, filled with what was said this week and what the ledger
// knows, and the details of one of them. Shown to the prompt's own mentor only.

import { formatDate } from '../core/language/format-date.ts';
import type { MentorPromptId } from '../core/model/ids.ts';
import type { Mentee } from '../core/model/people.ts';
import { isClosed as isTaskClosed } from '../core/model/task.ts';
import type { Reached } from '../core/model/weekly-update.ts';
import type { Content } from './content.ts';
import { type Doing, wordModal } from './doing.ts';
import type { Stores } from './ports/database.ts';
import type { Modal, ModalAsk, UpdateRow } from './ports/staff-room.ts';
import { type Progress, progressOf } from './prompt-progress.ts';
import { nameAmong } from './tell-apart.ts';

const TITLE = 'Weekly update';
/** Titles of open tasks in a row; more are counted. */
const TASKS_IN_HINT = 2;

export async function showWeeklyUpdate(doing: Doing<Extract<ModalAsk, { kind: 'weekly_update' }>>): Promise<Modal> {
  const progress = await ownProgress(doing, doing.what.promptId);
  return progress === null ? notYours() : weeklyModal(doing, progress);
}

export async function showMenteeUpdate(doing: Doing<Extract<ModalAsk, { kind: 'mentee_update' }>>): Promise<Modal> {
  const { stores, what } = doing;
  const progress = await ownProgress(doing, what.promptId);
  const mentee = progress?.mentees.find(({ id }) => id === what.menteeId) ?? null;
  if (progress === null || mentee === null) return notYours();
  if (progress.isClosed) return wordModal(TITLE, IS_CLOSED);
  const last = await stores.prompts.lastOf(mentee.id);
  return {
    kind: 'mentee_update',
    promptId: what.promptId,
    menteeId: mentee.id,
    firstName: nameAmong(mentee, progress.mentees),
    update: progress.updates.get(mentee.id)?.update ?? null,
    lastMode: last?.update.mode ?? null,
    tasks: await unfinishedTasks(stores, doing.deps.content.current(), mentee),
  };
}

/** The prompt when the person who asks is its mentor, else null. */
export async function ownProgress(
  { stores, person }: Pick<Doing<unknown>, 'stores' | 'person'>,
  promptId: MentorPromptId,
): Promise<Progress | null> {
  const progress = await progressOf(stores, promptId);
  return progress !== null && person.mentor?.id === progress.mentor.id ? progress : null;
}

/** What somebody reads who has no right to a prompt, or whose prompt is gone. */
export const NOT_YOURS =
  'This update belongs to another mentor, or it is not there any more. Yours is in your App Home.';
/** What a mentor reads who answers a prompt that a newer one has followed. */
export const IS_CLOSED = 'This week is over: a newer update is waiting for you in your messages and in your App Home.';

function notYours(): Modal {
  return wordModal(TITLE, NOT_YOURS);
}

/** The modal with its rows as they stand. */
export async function weeklyModal(
  { deps, stores }: Pick<Doing<unknown>, 'deps' | 'stores'>,
  progress: Progress,
): Promise<Modal> {
  const rows: UpdateRow[] = [];
  for (const mentee of progress.mentees) {
    const update = progress.updates.get(mentee.id)?.update ?? null;
    rows.push({
      menteeId: mentee.id,
      name: nameAmong(mentee, progress.mentees),
      hint: await hintOf(stores, deps.content.current(), mentee),
      reached: update?.reached ?? null,
      worried: (update?.worry ?? null) !== null,
    });
  }
  const { prompt, isClosed } = progress;
  return {
    kind: 'weekly_update',
    promptId: prompt.id,
    weekOn: prompt.weekOn,
    rows,
    isClosed,
    revision: await revisionOf(stores, prompt.id),
  };
}

function revisionName(promptId: MentorPromptId): string {
  return `update_revision:${promptId}`;
}

async function revisionOf(stores: Stores, promptId: MentorPromptId): Promise<number> {
  return Number((await stores.house.get(revisionName(promptId))) ?? 0);
}

/** Rows have changed that the mentor did not choose in the modal itself: Slack must take them anew. */
export async function raiseRevision(stores: Stores, promptId: MentorPromptId): Promise<void> {
  await stores.house.put(revisionName(promptId), String((await revisionOf(stores, promptId)) + 1));
}

const REACHED_WORDS: Readonly<Record<Reached, string>> = {
  talked: 'talked',
  message_only: 'messages',
  tried: 'tried',
  not_tried: 'not tried',
};

/** "Open: housing form · talked November 1 · on your list". */
async function hintOf(stores: Stores, content: Content, mentee: Mentee): Promise<string> {
  const tasks = (await unfinishedTasks(stores, content, mentee)).map(({ title }) => title);
  const more = tasks.length > TASKS_IN_HINT ? ` and ${tasks.length - TASKS_IN_HINT} more` : '';
  const open = tasks.length === 0 ? 'No open task' : `Open: ${tasks.slice(0, TASKS_IN_HINT).join(', ')}${more}`;
  const last = await stores.prompts.lastOf(mentee.id);
  const said = last === null ? 'no update yet' : `${REACHED_WORDS[last.update.reached]} ${dayOf(last.weekOn)}`;
  const items = await stores.mentorList.openOfMentee(mentee.id);
  return [open, said, ...(items.length === 0 ? [] : ['on your list'])].join(' · ');
}

/** "November 1". */
function dayOf(dateOn: string): string {
  return formatDate(dateOn, 'en').replace(/^\w+, /, '');
}

/** Tasks that are published and not finished, in the order of their deadlines. */
export async function unfinishedTasks(stores: Stores, content: Content, mentee: Mentee) {
  const records = (await stores.tasks.of(mentee.id)).filter(({ status }) => !isTaskClosed(status));
  return records
    .flatMap(({ task, status }) => {
      const definition = content.tasks.get(task);
      if (definition === undefined) return [];
      return [{ key: task, title: definition.title.en, isStuck: status === 'stuck', deadline: definition.deadline }];
    })
    .toSorted((a, b) => (a.deadline < b.deadline ? -1 : 1))
    .map(({ key, title, isStuck }) => ({ key, title, isStuck }));
}
