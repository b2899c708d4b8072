// A flow file as written, without its steps: those are read one by one, each by the schema of its type.

import { z } from 'zod';
import { targetSchema } from './local-text.ts';

/** Names of flows: small letters, digits and hyphens. */
export const FLOW_ID = /^[a-z][a-z0-9-]*$/;
/** Names of steps and variables: small letters, digits and underscores. */
export const NAME = /^[a-z][a-z0-9_]*$/;
/** Most SMS segments that a text of a flow may cost when the file does not say. */
export const USUAL_SEGMENTS = 3;

/** Schema of the file. */
export const flowSchema = z.strictObject({
  flow: z.string().regex(FLOW_ID).describe('Write the name of the file: small letters, digits and hyphens.'),
  about: z.string().min(1).describe('Write one sentence for staff: what this flow is for.'),
  start: targetSchema.describe('Write the name of the first step.'),
  max_segments: z
    .number()
    .int()
    .min(1)
    .max(10)
    .optional()
    .describe('Write the most SMS segments of one text, 1 to 10.'),
  variables: z
    .record(z.string(), z.enum(['text', 'number', 'date', 'yes_no']).describe('Write text, number, date or yes_no.'))
    .optional()
    .describe('Write each variable with what it holds: text, number, date or yes_no.'),
  inputs: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('List the variables that a flow which calls this one must give, in brackets.'),
  migrate: z
    .record(z.string(), z.string().describe('Write the name of a step, or restart, finish or stay.'))
    .optional()
    .describe('Write each old step with where those who stand there go: a step, restart, finish or stay.'),
  steps: z
    .record(z.string(), z.looseObject({ type: z.string().describe('Write the type of the step.') }))
    .describe('Write the steps, each under its name.'),
});

/** The file as written. */
export type FlowSource = z.infer<typeof flowSchema>;

/** What is stored of a flow: its file, and under `called` the files of all flows that it leads through, by id. */
export const storedFlowSchema = flowSchema.extend({ called: z.record(z.string(), flowSchema).optional() });

/** A stored definition. */
export type StoredFlow = z.infer<typeof storedFlowSchema>;
