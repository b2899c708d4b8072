// The step `end`: the conversation is over. Every flow needs at least one.

import { z } from 'zod';
import type { StepKind } from '../step-kind.ts';

const schema = z.strictObject({ type: z.literal('end') });

/** An `end` step as written. */
export type EndStep = z.infer<typeof schema>;

/** Ends the conversation; nothing that comes later reaches it. */
export const endKind: StepKind<EndStep> = {
  type: 'end',
  schema,
  exits: () => [],
  texts: () => [],
  pauses: () => true,
  reads: () => [],
  needsTask: () => false,
  check: () => [],
  enter: () => ({ kind: 'end' }),
  resume: () => ({ kind: 'stay' }),
};
