// The step `repeat`: the way back of a loop, which it takes only so often. The count is kept with the variables of the
// conversation, under a name that no author can write, so that a replay counts the same.

import { z } from 'zod';
import { targetSchema } from '../local-text.ts';
import type { StepKind } from '../step-kind.ts';

/** Most rounds of one loop: whoever was asked twenty times needs a person. */
const MOST_TIMES = 20;

const schema = z.strictObject({
  type: z.literal('repeat'),
  times: z.number().int().min(1).max(MOST_TIMES).describe(`Write how often to go back, 1 to ${MOST_TIMES}.`),
  next: targetSchema,
  // biome-ignore lint/suspicious/noThenProperty: authors write it, and nobody awaits a schema.
  then: targetSchema.describe('Write the name of the step that comes when it was enough.'),
});

/** A `repeat` step as written. */
export type RepeatStep = z.infer<typeof schema>;

/** Goes `next` the first `times` times, and `then` the time after; the count begins anew behind that. */
export const repeatKind: StepKind<RepeatStep> = {
  type: 'repeat',
  schema,
  exits: (step) => [
    { path: ['next'], to: step.next, isLimited: true },
    { path: ['then'], to: step.then },
  ],
  texts: () => [],
  pauses: () => false,
  reads: () => [],
  needsTask: () => false,
  check: (step) => {
    if (step.next !== step.then) return [];
    const message = 'both ways of this repeat lead to the same step';
    return [{ path: ['then'], message, hint: 'Lead "then" out of the loop.' }];
  },
  enter: (step, { stepName, variables }) => {
    const count = Number(variables[countOf(stepName)] ?? 0) + 1;
    const isEnough = count > step.times;
    return {
      kind: 'go',
      to: isEnough ? step.then : step.next,
      variables: { [countOf(stepName)]: isEnough ? 0 : count },
    };
  },
  resume: () => ({ kind: 'stay' }),
};

/** Names of variables begin with a letter, so this one is nobody's. */
function countOf(stepName: string): string {
  return `#${stepName}`;
}
