// What a mentor said of one mentee in the modal → MenteeUpdate. Words that a worry was written in are never dropped:
// when the choice beside them says "no worry", the mentor is asked which of the two is meant.

import { z } from 'zod';
import { isLocalDate } from '../../../core/model/local-time.ts';
import {
  CONTACT_LENGTHS,
  CONTACT_MODES,
  type MenteeUpdate,
  REACHED,
  WIN_SHARING,
  type Worry,
} from '../../../core/model/weekly-update.ts';
import { blockOfField } from './action-ids.ts';
import { readIds } from './modal-ids.ts';
import { type Fields, knownTopics, type ReadSubmission, type SubmittedView } from './read-fields.ts';

const WELLBEING = { '1': 1, '2': 2, '3': 3, '4': 4, '5': 5 } as const;
const choices = z.object({
  mode: z.enum(CONTACT_MODES).nullable(),
  length: z.enum(CONTACT_LENGTHS).nullable(),
  wellbeing: z
    .enum(['1', '2', '3', '4', '5'])
    .transform((digit) => WELLBEING[digit])
    .nullable(),
  worry: z.enum(['none', 'look', 'now']).nullable(),
  nextStepOn: z.string().refine(isLocalDate).nullable(),
  winSharing: z.enum(WIN_SHARING).nullable(),
});
type Choices = z.infer<typeof choices>;

const reachedChoice = z.enum(REACHED);

export function readMenteeUpdate(view: SubmittedView, fields: Fields): ReadSubmission {
  const { promptId, menteeId } = readIds(view.private_metadata) ?? {};
  const read = choices.safeParse({
    mode: fields.option('mode'),
    length: fields.option('length'),
    wellbeing: fields.option('wellbeing'),
    worry: fields.option('worry'),
    nextStepOn: fields.date('nextStepOn'),
    winSharing: fields.option('winSharing'),
  });
  if (promptId === undefined || menteeId === undefined || !read.success) return null;
  const reached = reachedChoice.safeParse(fields.option('reached'));
  const tasksDone = fields.options('tasksDone');
  const tasksStuck = fields.options('tasksStuck');
  const errors = {
    ...(reached.success ? {} : { reached: 'Please choose how far you got.' }),
    ...contradictions(read.data, fields, tasksDone.filter((task) => tasksStuck.includes(task)).length),
  };
  if (!reached.success || Object.keys(errors).length > 0) return { ok: false, errors: byBlock(errors) };
  const update = makeUpdate(reached.data, read.data, fields);
  return { ok: true, submission: { kind: 'mentee_update', promptId, menteeId, update, tasksDone, tasksStuck } };
}

function contradictions(read: Choices, fields: Fields, doneAndStuck: number): Record<string, string> {
  const saidNone = read.worry === null || read.worry === 'none';
  const wroteWorry = fields.text('worryNote') !== null || fields.options('worryTopics').length > 0;
  return {
    ...(saidNone && wroteWorry
      ? { worry: 'You wrote about a worry. Please choose who should look, or empty what you wrote.' }
      : {}),
    ...(doneAndStuck > 0 ? { tasksStuck: 'A task is either done or stuck.' } : {}),
  };
}

function makeUpdate(reached: MenteeUpdate['reached'], read: Choices, fields: Fields): MenteeUpdate {
  const win = fields.text('win');
  return {
    reached,
    mode: read.mode,
    length: read.length,
    topics: knownTopics(fields.options('topics')),
    wellbeing: read.wellbeing,
    worry: makeWorry(read, fields),
    nextStep: fields.text('nextStep'),
    nextStepOn: read.nextStepOn,
    needFromStaff: fields.text('needFromStaff'),
    // What nobody said may be told stays with staff.
    win: win === null ? null : { text: win, sharing: read.winSharing ?? 'private' },
  };
}

function makeWorry(read: Choices, fields: Fields): Worry | null {
  if (read.worry === null || read.worry === 'none') return null;
  return {
    topics: knownTopics(fields.options('worryTopics')),
    needsStaffNow: read.worry === 'now',
    note: fields.text('worryNote') ?? '',
  };
}

function byBlock(errors: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(errors).map(([field, words]) => [blockOfField(field), words]));
}
