// What a step's answer makes of the state, and what comes next. Steps name other steps and variables as their own flow
// writes them: here such a name becomes the qualified one, so that a called flow never knows that it was called.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import { callerOf, qualify, valuesWithin, valuesWithout } from '../flow/link-flow.ts';
import type { Outcome, Resumption } from '../flow/step-kind.ts';
import type { Conversation, FlowValue } from '../model/conversation.ts';

/** Enter the step that is now reached, resume it (a flow that it called is over), or nothing: it waits or has ended. */
export type Onward = 'enter' | Extract<Resumption, { kind: 'returned' }> | null;

/** The state after an answer of the step at which the conversation stood. */
export function applyOutcome(
  conversation: Conversation,
  outcome: Exclude<Outcome, { kind: 'stay' }>,
  flow: CompiledFlow,
): { readonly conversation: Conversation; readonly onward: Onward } {
  const { step } = conversation;
  const variables = withChanged(conversation, outcome.variables);
  const here = { ...conversation, variables };
  if (outcome.kind === 'wait') return { conversation: { ...here, waiting: outcome.waiting }, onward: null };
  if (outcome.kind === 'go') {
    return { conversation: { ...here, step: qualify(outcome.to, step), waiting: null }, onward: 'enter' };
  }
  if (outcome.kind === 'call') return begin(here, outcome.inputs, flow);
  const caller = callerOf(step);
  if (caller === null) return { conversation: { ...here, status: 'ended', waiting: null }, onward: null };
  return {
    conversation: { ...here, step: caller, waiting: null },
    onward: { kind: 'returned', result: outcome.result ?? null, values: valuesWithin(caller, variables) },
  };
}

function withChanged({ step, variables }: Conversation, changed: Conversation['variables'] | undefined) {
  if (changed === undefined) return variables;
  const named = Object.entries(changed).map(([name, value]): [string, FlowValue] => [qualify(name, step), value]);
  return { ...variables, ...Object.fromEntries(named) };
}

/** A called flow begins with its inputs alone: what an earlier round through it left behind is gone. */
function begin(
  conversation: Conversation,
  inputs: Extract<Outcome, { kind: 'call' }>['inputs'],
  flow: CompiledFlow,
): { readonly conversation: Conversation; readonly onward: Onward } {
  const { step } = conversation;
  const given = Object.entries(inputs).map(([name, value]) => [`${step}.${name}`, value] as const);
  const variables = { ...valuesWithout(step, conversation.variables), ...Object.fromEntries(given) };
  const start = flow.scopes.get(step)?.start ?? step;
  return { conversation: { ...conversation, step: start, variables, waiting: null }, onward: 'enter' };
}
