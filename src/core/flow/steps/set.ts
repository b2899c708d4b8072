// The step `set`: gives a variable of the flow a value, and goes on.

import { z } from 'zod';
import { targetSchema } from '../local-text.ts';
import { didYouMean } from '../problem.ts';
import type { StepKind } from '../step-kind.ts';
import { fits, LOOKS_LIKE, toFlowValue } from '../values.ts';

const schema = z.strictObject({
  type: z.literal('set'),
  variable: z.string().describe('Write the name of a variable from the "variables" of this flow.'),
  to: z.union([z.string(), z.number(), z.boolean()]).describe('Write the value that the variable gets.'),
  next: targetSchema,
});

/** A `set` step as written. */
export type SetStep = z.infer<typeof schema>;

/** Remembers a value. The kind of value follows from the variable's declared type. */
export const setKind: StepKind<SetStep> = {
  type: 'set',
  schema,
  exits: (step) => [{ path: ['next'], to: step.next, sets: [step.variable] }],
  texts: () => [],
  pauses: () => false,
  reads: () => [],
  needsTask: () => false,
  check: (step, { variables }) => {
    const type = variables[step.variable];
    if (type === undefined) {
      const message = `there is no variable "${step.variable}" in this flow`;
      return [{ path: ['variable'], message, hint: didYouMean(step.variable, Object.keys(variables)) }];
    }
    if (fits(step.to, type)) return [];
    const message = `"${step.to}" does not fit the variable "${step.variable}", which holds ${type}`;
    return [{ path: ['to'], message, hint: `Write ${LOOKS_LIKE[type]}.` }];
  },
  enter: (step, { now, facts, types }) => {
    const value = toFlowValue(step.to, types[step.variable] ?? 'text', now, facts.mentee.timeZone);
    return { kind: 'go', to: step.next, variables: { [step.variable]: value } };
  },
  resume: () => ({ kind: 'stay' }),
};
