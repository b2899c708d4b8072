// The step `say`: texts the mentee and goes on.

import { z } from 'zod';
import { localTextSchema, targetSchema } from '../local-text.ts';
import type { StepKind } from '../step-kind.ts';

const schema = z.strictObject({
  type: z.literal('say'),
  text: localTextSchema,
  next: targetSchema,
});

/** A `say` step as written. */
export type SayStep = z.infer<typeof schema>;

/** One text, without waiting for an answer. */
export const sayKind: StepKind<SayStep> = {
  type: 'say',
  schema,
  exits: (step) => [{ path: ['next'], to: step.next }],
  texts: (step) => [{ path: ['text'], text: step.text, reader: 'mentee' }],
  pauses: () => false,
  reads: () => [],
  needsTask: () => false,
  check: () => [],
  enter: (step, context) => ({
    kind: 'go',
    to: step.next,
    effects: [{ kind: 'send_message', text: context.say('text') }],
  }),
  resume: () => ({ kind: 'stay' }),
};
