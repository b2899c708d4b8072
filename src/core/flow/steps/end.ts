// The step `end`: the flow is over. Every flow needs at least one. A flow that is called can say by `result` how it ended.

import { z } from 'zod';
import type { StepKind } from '../step-kind.ts';

const schema = z.strictObject({
  type: z.literal('end'),
  result: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/)
    .optional()
    .describe('Write a name for how it ended: small letters, digits and underscores.'),
});

/** An `end` step as written. */
export type EndStep = z.infer<typeof schema>;

/** Ends the flow: a called one goes back to its caller with the result; otherwise nothing that comes later reaches it. */
export const endKind: StepKind<EndStep> = {
  type: 'end',
  schema,
  exits: () => [],
  texts: () => [],
  pauses: () => true,
  reads: () => [],
  needsTask: () => false,
  check: () => [],
  enter: ({ result }) => (result === undefined ? { kind: 'end' } : { kind: 'end', result }),
  resume: () => ({ kind: 'stay' }),
};
