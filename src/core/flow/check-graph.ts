// What can be wrong with the ways through a flow: targets that do not exist, steps nobody reaches, steps that never come
// to an end, loops without a limit or a pause, and values that are used before they exist.

import { LANGUAGES } from '../model/people.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { textKey } from './flow-texts.ts';
import { knownOnArrival, pausesAt, reachedFrom, type Ways, waysOf } from './flow-ways.ts';
import { didYouMean, type Path, type Problem } from './problem.ts';
import type { CallableFlows } from './step-kind.ts';
import { kindOf } from './steps/index.ts';

/** Steps that are named as the next one and do not exist. While there are any, other findings would be their echo. */
export function checkTargets(flow: CompiledFlow, flows: CallableFlows): Problem[] {
  const names = Object.keys(flow.steps);
  const targets = [...waysOf(flow, flows)].flatMap(([name, exits]) =>
    exits.map((exit) => ({ path: ['steps', name, ...exit.path], to: exit.to })),
  );
  return [{ path: ['start'], to: flow.start }, ...targets]
    .filter(({ to }) => !names.includes(to))
    .map(({ path, to }) => ({ path, message: `there is no step "${to}"`, hint: didYouMean(to, names) }));
}

/** Every other mistake in the ways of a flow whose targets all exist. */
export function checkWays(flow: CompiledFlow, flows: CallableFlows): Problem[] {
  const ways = waysOf(flow, flows);
  return [
    ...checkReached(flow, ways),
    ...checkEnds(flow, ways),
    ...checkLoops(flow, ways, flows),
    ...checkAbsentValues(flow, ways),
  ];
}

function checkReached(flow: CompiledFlow, ways: Ways): Problem[] {
  const reached = reachedFrom([flow.start], (name) => (ways.get(name) ?? []).map((exit) => exit.to));
  return [...ways.keys()]
    .filter((name) => !reached.has(name))
    .map((name) => ({
      path: ['steps', name],
      at: 'key',
      message: `no step leads to "${name}"`,
      hint: 'Write its name after a "next", or take the step out.',
    }));
}

function checkEnds(flow: CompiledFlow, ways: Ways): Problem[] {
  const ends = [...ways.keys()].filter((name) => flow.steps[name]?.type === 'end');
  if (ends.length === 0) {
    const hint = 'Add a step of type end, and lead to it.';
    return [{ path: ['steps'], at: 'key', message: 'this flow never comes to an end', hint }];
  }
  const before = (name: string): string[] =>
    [...ways].filter(([, exits]) => exits.some((exit) => exit.to === name)).map(([from]) => from);
  const ending = reachedFrom(ends, before);
  return [...ways.keys()]
    .filter((name) => !ending.has(name))
    .map((name) => ({
      path: ['steps', name],
      at: 'key',
      message: `from "${name}" the conversation never comes to an end`,
      hint: 'Lead one of its ways to a step of type end.',
    }));
}

/**
 * Loops without a limit; where there are none, loops that never pause. A repeat takes its way back only so often, and then
 * the other one: a loop that is one even without those ways back has no limit, however many repeats stand in it.
 */
function checkLoops(flow: CompiledFlow, ways: Ways, flows: CallableFlows): Problem[] {
  const unlimited = (name: string): string[] =>
    (ways.get(name) ?? []).filter((exit) => exit.isLimited !== true).map((exit) => exit.to);
  const endless = firstInLoop(ways, unlimited);
  if (endless === null) return checkPauses(flow, ways, flows);
  const message = `"${endless}" leads back to itself without a limit`;
  const hint = 'Put a step of type repeat into the loop: with "times", "next" for the way back, and "then" out of it.';
  return [{ path: ['steps', endless], at: 'key', message, hint }];
}

function firstInLoop(ways: Ways, onward: (name: string) => readonly string[]): string | null {
  return [...ways.keys()].find((name) => reachedFrom(onward(name), onward).has(name)) ?? null;
}

function checkPauses(flow: CompiledFlow, ways: Ways, flows: CallableFlows): Problem[] {
  const onward = (name: string): string[] => {
    const step = flow.steps[name];
    if (step === undefined || pausesAt(step, flows)) return [];
    return (ways.get(name) ?? []).map((exit) => exit.to);
  };
  const name = firstInLoop(ways, onward);
  if (name === null) return [];
  const message = `"${name}" leads back to itself without a pause`;
  return [{ path: ['steps', name], at: 'key', message, hint: 'Put an ask, or a wait with "for", into the loop.' }];
}

function checkAbsentValues(flow: CompiledFlow, ways: Ways): Problem[] {
  const known = knownOnArrival(flow, ways);
  return Object.entries(flow.steps).flatMap(([name, step]) => {
    const here = known.get(name) ?? new Set();
    const kind = kindOf(step);
    const spoken = kind.texts(step).flatMap(({ path }) => usedIn(flow, name, path));
    return [...kind.reads(step), ...spoken]
      .filter(({ variable }) => flow.variables[variable] !== undefined && !here.has(variable))
      .map(({ path, variable }) => ({
        path: ['steps', name, ...path],
        message: `"${variable}" may have no value yet when "${name}" is reached`,
        hint: 'Give it one on every way to this step, with "save_as" or a set step.',
      }));
  });
}

function usedIn(flow: CompiledFlow, step: string, path: Path): { path: Path; variable: string }[] {
  const used = LANGUAGES.flatMap((language) => [
    ...(flow.texts.templates.get(textKey(step, path, language))?.uses.keys() ?? []),
  ]);
  return [...new Set(used)].map((variable) => ({ path, variable }));
}
