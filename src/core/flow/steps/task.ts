// The step `task`: says where the task of this conversation stands now, and goes on.

import { z } from 'zod';
import { invariant } from '../../model/invariant.ts';
import { TASK_STATUSES } from '../../model/task.ts';
import { targetSchema } from '../local-text.ts';
import { didYouMean } from '../problem.ts';
import type { StepKind } from '../step-kind.ts';

const schema = z.strictObject({
  type: z.literal('task'),
  status: z.enum(TASK_STATUSES).describe(`Write one of: ${TASK_STATUSES.join(', ')}.`),
  again_on: z.string().optional().describe('Write the name of a date variable: the day on which to ask again.'),
  next: targetSchema,
});

/** A `task` step as written. */
export type TaskStep = z.infer<typeof schema>;

/** Moves the task, and remembers on which day the mentee wants to be asked again. */
export const taskKind: StepKind<TaskStep> = {
  type: 'task',
  schema,
  exits: (step) => [{ path: ['next'], to: step.next }],
  texts: () => [],
  pauses: () => false,
  reads: () => [],
  needsTask: () => true,
  check: (step, { variables }) => {
    if (step.again_on === undefined || variables[step.again_on] === 'date') return [];
    const dates = Object.keys(variables).filter((name) => variables[name] === 'date');
    const message = `"${step.again_on}" is not a date variable of this flow`;
    return [{ path: ['again_on'], message, hint: didYouMean(step.again_on, dates) }];
  },
  enter: (step, { facts, variables }) => {
    invariant(facts.task, 'a conversation with a task step is about a task');
    const again = step.again_on === undefined ? undefined : variables[step.again_on];
    const againOn = again === undefined ? null : String(again);
    const effect = { kind: 'change_task', task: facts.task.key, status: step.status, againOn } as const;
    return { kind: 'go', to: step.next, effects: [effect] };
  },
  resume: () => ({ kind: 'stay' }),
};
