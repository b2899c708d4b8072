// The tasks of a program as data: what they are called, when they are due, and which flow asks about them.

import { z } from 'zod';
import { isLocalDate } from '../model/local-time.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { readWith } from './explain-issue.ts';
import { FLOW_ID, NAME } from './flow-schema.ts';
import { localTextSchema } from './local-text.ts';
import { didYouMean, type Problem } from './problem.ts';

const taskSchema = z.strictObject({
  title: localTextSchema,
  deadline: z.string().describe('Write a date like 2027-07-01.'),
  link: z
    .string()
    .regex(/^https:\/\/[^\s/]+\.[^\s]+$/)
    .describe('Write a full address that begins with https://.'),
  lead_days: z.number().int().min(1).max(366).describe('Write how many days before the deadline to ask, 1 to 366.'),
  flow: z.string().regex(FLOW_ID).describe('Write the name of the flow that asks about this task.'),
});

/** Schema of `flows/tasks.yaml`. */
export const tasksSchema = z.strictObject({
  tasks: z.record(z.string(), taskSchema).describe('Write the tasks, each under its key.'),
});

/**
 * One task that mentees are nudged about. `deadline` is the last local date (ISO) on which it can be done; mentees are
 * asked from `lead_days` before it; `flow` is the id of the flow that asks.
 */
export type TaskDefinition = Readonly<z.infer<typeof taskSchema>> & { readonly key: string };

/**
 * Reads the tasks of a program. `flows` are those that exist: a task needs one. `unusable` are the ids of flows with mistakes
 * of their own, which their own files answer for. With a problem there are no tasks.
 */
export function compileTasks(
  data: unknown,
  flows: readonly CompiledFlow[],
  unusable: ReadonlySet<string> = new Set(),
): { readonly tasks: readonly TaskDefinition[]; readonly problems: readonly Problem[] } {
  const read = readWith(tasksSchema, data);
  if ('problems' in read) return { tasks: [], problems: read.problems };
  const tasks = Object.entries(read.value.tasks).map(([key, task]): TaskDefinition => ({ key, ...task }));
  const problems = tasks.flatMap((task) => checkTask(task, flows, unusable));
  return { tasks: problems.length > 0 ? [] : tasks, problems };
}

function checkTask(task: TaskDefinition, flows: readonly CompiledFlow[], unusable: ReadonlySet<string>): Problem[] {
  const path = ['tasks', task.key];
  const problems: Problem[] = [];
  if (!NAME.test(task.key)) {
    const hint = 'Use small letters, digits and underscores, and begin with a letter.';
    problems.push({ path, at: 'key', message: `"${task.key}" cannot be a name`, hint });
  }
  if (!isLocalDate(task.deadline)) {
    const message = `"${task.deadline}" is not a date`;
    problems.push({ path: [...path, 'deadline'], message, hint: 'Write a date like 2027-07-01.' });
  }
  const flow = flows.find(({ id }) => id === task.flow);
  if (flow !== undefined && flow.inputs.length > 0) {
    const message = `the flow "${task.flow}" cannot begin by itself: it has inputs`;
    problems.push({ path: [...path, 'flow'], message, hint: 'Write a flow that calls it.' });
  }
  if (flow === undefined && !unusable.has(task.flow)) {
    const hint = didYouMean(
      task.flow,
      flows.filter(({ inputs }) => inputs.length === 0).map(({ id }) => id),
    );
    problems.push({ path: [...path, 'flow'], message: `there is no flow "${task.flow}"`, hint });
  }
  return problems;
}
