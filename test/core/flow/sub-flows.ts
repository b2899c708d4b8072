// Flows that call one another, for tests.

import { compileFlows } from '../../../src/core/flow/compile-all.ts';
import type { CompiledFlow } from '../../../src/core/flow/compiled-flow.ts';

const text = (en: string) => ({ en, es: `${en} (es)` });

/** Asks for an amount of money; `label` is given by the caller. Its words can be others. */
export function askAmount(words = 'How much is left for {label}?') {
  return {
    flow: 'ask-amount',
    about: 'Asks for an amount.',
    start: 'ask',
    variables: { label: 'text', amount: 'number' },
    inputs: ['label'],
    steps: {
      ask: {
        type: 'ask',
        text: text(words),
        answer: 'number',
        save_as: 'amount',
        next: 'big',
        invalid: { text: text('A number please, for {label}.'), tries: 1, next: 'unknown' },
        no_reply: { after: '2 days', next: 'silent' },
      },
      big: { type: 'branch', on: 'amount', cases: [{ at_least: 1000, next: 'large' }], else: 'small' },
      large: { type: 'end', result: 'large' },
      small: { type: 'end', result: 'small' },
      unknown: { type: 'end', result: 'unknown' },
      silent: { type: 'end' },
    },
  };
}

/** Asks for two amounts by way of `ask-amount`. */
export const bothBills = {
  flow: 'both-bills',
  about: 'Asks for two amounts.',
  start: 'housing',
  variables: { gap: 'number', rent: 'number' },
  steps: {
    housing: {
      type: 'call',
      flow: 'ask-amount',
      with: { label: 'housing' },
      save: { rent: 'amount' },
      on: { large: 'tell', small: 'tuition' },
      next: 'mentor',
    },
    tuition: {
      type: 'call',
      flow: 'ask-amount',
      with: { label: 'tuition' },
      save: { gap: 'amount' },
      on: { large: 'sum', small: 'sum', unknown: 'mentor' },
      next: 'over',
    },
    sum: { type: 'say', text: text('Housing {rent}, tuition {gap}.'), next: 'over' },
    tell: { type: 'say', text: text('Housing {rent} is a lot.'), next: 'over' },
    mentor: { type: 'tell_mentor', reason: 'Has an open bill.', next: 'over' },
    over: { type: 'end' },
  },
};

/** A flow around `both-bills`. */
export const outer = {
  flow: 'outer',
  about: 'Calls a flow that calls.',
  start: 'hello',
  steps: {
    hello: { type: 'say', text: text('Hi {first_name}.'), next: 'bills' },
    bills: { type: 'call', flow: 'both-bills', next: 'thanks' },
    thanks: { type: 'say', text: text('Thanks!'), next: 'over' },
    over: { type: 'end' },
  },
};

/** Compiles flows as a folder of files named by their ids. */
export function folderOf(...flows: readonly { readonly flow: string }[]) {
  return compileFlows(new Map(flows.map((flow) => [`${flow.flow}.yaml`, flow])));
}

/** One flow of a folder without problems. */
export function linked(id: string, ...flows: readonly { readonly flow: string }[]): CompiledFlow {
  const { flows: compiled, problems } = folderOf(...flows);
  const flow = compiled.find((one) => one.id === id);
  if (flow === undefined) throw new Error(JSON.stringify([...problems]));
  return flow;
}
