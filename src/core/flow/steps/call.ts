// The step `call`: leads through another flow and goes on by the result with which that one ends. It knows the other flow
// by what it declares alone: its inputs, variables and results.

import { z } from 'zod';
import type { FlowValue } from '../../model/conversation.ts';
import { checkCall } from '../check-call.ts';
import { targetSchema } from '../local-text.ts';
import type { CallableFlows, Exit, StepContext, StepKind } from '../step-kind.ts';
import { toFlowValue } from '../values.ts';

const written = z.union([z.string(), z.number(), z.boolean()]);

const schema = z.strictObject({
  type: z.literal('call'),
  flow: z.string().describe('Write the name of the flow that is called.'),
  with: z
    .record(z.string(), written)
    .optional()
    .describe('Write each input of that flow with a variable of this one, or a value.'),
  save: z
    .record(z.string(), z.string())
    .optional()
    .describe('Write each variable of this flow with the one of that flow whose value it gets.'),
  on: z.record(z.string(), targetSchema).optional().describe('Write each result with the step it leads to.'),
  next: targetSchema.optional(),
});

/** A `call` step as written. */
export type CallStep = z.infer<typeof schema>;

/** Another flow as one step of this one. `next` is the way of results that have no line under `on`. */
export const callKind: StepKind<CallStep> = {
  type: 'call',
  schema,
  calls: (step) => step.flow,
  exits,
  texts: () => [],
  pauses: (step, flows) => flows?.get(step.flow)?.pauses ?? true,
  needsTask: () => false,
  reads: (step) =>
    Object.entries(step.with ?? {}).flatMap(([input, value]) =>
      typeof value === 'string' ? [{ path: ['with', input], variable: value }] : [],
    ),
  check: checkCall,
  enter: (step, context) => ({ kind: 'call', inputs: inputsOf(step, context) }),
  resume: (step, event) => {
    if (event.kind !== 'returned') return { kind: 'stay' };
    const to = (event.result === null ? undefined : step.on?.[event.result]) ?? step.next;
    if (to === undefined) return { kind: 'stay' };
    const saved = Object.entries(step.save ?? {}).flatMap(([mine, theirs]) => {
      const value = event.values[theirs];
      return value === undefined ? [] : [[mine, value] as const];
    });
    return { kind: 'go', to, variables: Object.fromEntries(saved) };
  },
};

function exits(step: CallStep, flows?: CallableFlows): Exit[] {
  const ways = Object.entries(step.on ?? {}).map(([result, to]): Exit => {
    return { path: ['on', result], to, sets: savedAt(step, [result], flows) };
  });
  if (step.next === undefined) return ways;
  const rest = [...(flows?.get(step.flow)?.results.keys() ?? [])].filter(
    (result) => result === null || step.on?.[result] === undefined,
  );
  return [...ways, { path: ['next'], to: step.next, sets: savedAt(step, rest, flows) }];
}

/** Variables of this flow that surely have a value after each of these results. */
function savedAt(step: CallStep, results: readonly (string | null)[], flows?: CallableFlows): string[] {
  const called = flows?.get(step.flow);
  if (called === undefined) return [];
  const saved = Object.entries(step.save ?? {});
  // Of a flow with mistakes nothing is known: what is missing there is said there.
  if (called === null) return saved.map(([mine]) => mine);
  return saved
    .filter(([, theirs]) => results.every((result) => called.results.get(result)?.has(theirs) ?? true))
    .map(([mine]) => mine);
}

/** A name of a variable stands for its value; everything else is the value itself. */
function inputsOf(
  step: CallStep,
  { variables, types, calledTypes, now, facts }: StepContext,
): Record<string, FlowValue> {
  const given = Object.entries(step.with ?? {}).flatMap(([input, value]) => {
    const isVariable = typeof value === 'string' && types[value] !== undefined;
    const found = isVariable
      ? variables[value]
      : toFlowValue(value, calledTypes?.[input] ?? 'text', now, facts.mentee.timeZone);
    return found === undefined ? [] : [[input, found] as const];
  });
  return Object.fromEntries(given);
}
