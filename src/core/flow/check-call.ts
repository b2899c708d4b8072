// What can be wrong with a call of another flow that its schema cannot see: a flow, an input, a variable or a result that
// does not exist there, values that do not fit, and results that lead nowhere.

import type { Problem } from './problem.ts';
import { didYouMean } from './problem.ts';
import type { CallableFlow, FlowOutline } from './step-kind.ts';
import { fits, LOOKS_LIKE, type WrittenValue } from './values.ts';

/** What a `call` step says, as far as it can be wrong. */
interface Call {
  readonly flow: string;
  readonly with?: Readonly<Record<string, WrittenValue>> | undefined;
  readonly save?: Readonly<Record<string, string>> | undefined;
  readonly on?: Readonly<Record<string, string>> | undefined;
  readonly next?: string | undefined;
}

/** Every mistake in one `call` step. */
export function checkCall(step: Call, outline: FlowOutline): Problem[] {
  const called = outline.flows.get(step.flow);
  if (called === undefined) {
    const hint = didYouMean(step.flow, [...outline.flows.keys()]);
    const message = `there is no flow "${step.flow}"`;
    return [{ path: ['flow'], message, hint: hint === 'Take it out.' ? 'Write it first.' : hint }];
  }
  if (called === null) return [];
  return [...checkGiven(step, called, outline), ...checkSaved(step, called, outline), ...checkResults(step, called)];
}

function checkGiven(step: Call, called: CallableFlow, { variables }: FlowOutline): Problem[] {
  const given = step.with ?? {};
  const missing = called.inputs
    .filter((input) => given[input] === undefined)
    .map((input): Problem => {
      const path = step.with === undefined ? ['flow'] : ['with'];
      const message = `the flow "${step.flow}" needs a value for "${input}"`;
      return { path, at: 'key', message, hint: `Write "${input}" under "with".` };
    });
  const wrong = Object.entries(given).flatMap(([input, value]): Problem[] => {
    const type = called.variables[input];
    if (type === undefined || !called.inputs.includes(input)) {
      const message = `the flow "${step.flow}" has no input "${input}"`;
      return [{ path: ['with', input], at: 'key', message, hint: didYouMean(input, called.inputs) }];
    }
    return checkValue(input, value, { type, variables });
  });
  return [...missing, ...wrong];
}

function checkValue(
  input: string,
  value: WrittenValue,
  {
    type,
    variables,
  }: { readonly type: CallableFlow['variables'][string]; readonly variables: FlowOutline['variables'] },
): Problem[] {
  const path = ['with', input];
  const own = typeof value === 'string' ? variables[value] : undefined;
  if (own === type || (own === undefined && fits(value, type))) return [];
  if (own !== undefined) {
    const message = `"${value}" holds ${own}, but the input "${input}" holds ${type}`;
    return [{ path, message, hint: `Give it a variable that holds ${type}.` }];
  }
  const alike = Object.keys(variables).filter((name) => variables[name] === type);
  const near = didYouMean(String(value), alike);
  const message = `"${value}" does not fit the input "${input}", which holds ${type}`;
  return [{ path, message, hint: near.startsWith('Did') ? near : `Write ${LOOKS_LIKE[type]}, or a variable.` }];
}

function checkSaved(step: Call, called: CallableFlow, { variables }: FlowOutline): Problem[] {
  return Object.entries(step.save ?? {}).flatMap(([mine, theirs]): Problem[] => {
    const path = ['save', mine];
    const type = called.variables[theirs];
    const own = variables[mine];
    if (own === undefined) {
      const message = `there is no variable "${mine}" in this flow`;
      return [{ path, at: 'key', message, hint: didYouMean(mine, Object.keys(variables)) }];
    }
    if (type === undefined || theirs.includes('.')) {
      const known = Object.keys(called.variables).filter((name) => !name.includes('.'));
      const message = `the flow "${step.flow}" has no variable "${theirs}"`;
      return [{ path, message, hint: didYouMean(theirs, known) }];
    }
    if (own === type) return [];
    const message = `"${mine}" holds ${own}, but "${theirs}" holds ${type}`;
    return [{ path, message, hint: `Save it in a variable that holds ${type}.` }];
  });
}

function checkResults(step: Call, called: CallableFlow): Problem[] {
  const known = [...called.results.keys()].flatMap((result) => result ?? []);
  const wrong = Object.keys(step.on ?? {})
    .filter((result) => !known.includes(result))
    .map((result): Problem => {
      const message = `the flow "${step.flow}" never ends with "${result}"`;
      return { path: ['on', result], at: 'key', message, hint: didYouMean(result, known) };
    });
  const open = [...called.results.keys()].filter((result) => result === null || step.on?.[result] === undefined);
  return [...wrong, ...checkNext(step, called, open)];
}

function checkNext(step: Call, called: CallableFlow, open: readonly (string | null)[]): Problem[] {
  if (step.next !== undefined) {
    if (open.length > 0 || called.results.size === 0) return [];
    const message = 'nothing leads here: every result has its line under "on"';
    return [{ path: ['next'], at: 'key', message, hint: 'Take it out.' }];
  }
  const [first] = open;
  if (first === undefined) return [];
  const message =
    first === null
      ? `"next" is missing: the flow "${step.flow}" can end without a result`
      : `the flow "${step.flow}" can end with "${first}", and nothing says what comes then`;
  const hint = first === null ? 'Write "next" with the name of a step.' : `Write "${first}" under "on", or add "next".`;
  return [{ path: ['flow'], message, hint }];
}
