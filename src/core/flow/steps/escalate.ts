// The step `escalate`: opens a case for counselors because the author said so, and goes on. The distress screen does
// the same by itself for what a mentee writes; no flow is needed for that, and none can turn it off.

import { z } from 'zod';
import { targetSchema } from '../local-text.ts';
import type { StepKind } from '../step-kind.ts';

const schema = z.strictObject({
  type: z.literal('escalate'),
  tier: z.enum(['crisis', 'high', 'moderate']).describe('Write crisis, high or moderate.'),
  reason: z.string().describe('Write one English sentence for the counselor, under "reason".'),
  next: targetSchema,
});

/** An `escalate` step as written. */
export type EscalateStep = z.infer<typeof schema>;

/** Opens or raises an escalation of the tier. */
export const escalateKind: StepKind<EscalateStep> = {
  type: 'escalate',
  schema,
  exits: (step) => [{ path: ['next'], to: step.next }],
  texts: (step) => [{ path: ['reason'], text: { en: step.reason, es: step.reason }, reader: 'mentor' }],
  pauses: () => false,
  reads: () => [],
  needsTask: () => false,
  check: () => [],
  enter: (step, { tell }) => ({
    kind: 'go',
    to: step.next,
    effects: [{ kind: 'open_escalation', tier: step.tier, reason: tell('reason') }],
  }),
  resume: () => ({ kind: 'stay' }),
};
