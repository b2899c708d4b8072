// The step `tell_mentor`: puts the mentee on their mentor's list with a reason, and goes on.

import { z } from 'zod';
import { targetSchema } from '../local-text.ts';
import type { StepKind } from '../step-kind.ts';

const schema = z.strictObject({
  type: z.literal('tell_mentor'),
  reason: z.string().describe('Write one English sentence for the mentor, under "reason".'),
  next: targetSchema,
});

/** A `tell_mentor` step as written. */
export type TellMentorStep = z.infer<typeof schema>;

/** Asks a person to take over one thing; the mentee is not texted. */
export const tellMentorKind: StepKind<TellMentorStep> = {
  type: 'tell_mentor',
  schema,
  exits: (step) => [{ path: ['next'], to: step.next }],
  texts: (step) => [{ path: ['reason'], text: { en: step.reason, es: step.reason }, reader: 'mentor' }],
  pauses: () => false,
  reads: () => [],
  needsTask: () => false,
  check: () => [],
  enter: (step, { facts, tell }) => ({
    kind: 'go',
    to: step.next,
    effects: [{ kind: 'tell_mentor', reason: tell('reason'), task: facts.task?.key ?? null }],
  }),
  resume: () => ({ kind: 'stay' }),
};
