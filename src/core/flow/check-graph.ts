// What can be wrong with the ways through a flow: targets that do not exist, steps nobody reaches, steps that never come
// to an end, loops that never pause, and values that are used before they exist.

import { LANGUAGES } from '../model/people.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { textKey } from './flow-texts.ts';
import { didYouMean, type Path, type Problem } from './problem.ts';
import type { Exit } from './step-kind.ts';
import { kindOf } from './steps/index.ts';

type Ways = ReadonlyMap<string, readonly Exit[]>;

/** Steps that are named as the next one and do not exist. While there are any, other findings would be their echo. */
export function checkTargets(flow: CompiledFlow): Problem[] {
  const names = Object.keys(flow.steps);
  const targets = [...waysOf(flow)].flatMap(([name, exits]) =>
    exits.map((exit) => ({ path: ['steps', name, ...exit.path], to: exit.to })),
  );
  return [{ path: ['start'], to: flow.start }, ...targets]
    .filter(({ to }) => !names.includes(to))
    .map(({ path, to }) => ({ path, message: `there is no step "${to}"`, hint: didYouMean(to, names) }));
}

/** Every other mistake in the ways of a flow whose targets all exist. */
export function checkWays(flow: CompiledFlow): Problem[] {
  const ways = waysOf(flow);
  return [
    ...checkReached(flow, ways),
    ...checkEnds(flow, ways),
    ...checkLoops(flow, ways),
    ...checkAbsentValues(flow, ways),
  ];
}

function waysOf(flow: CompiledFlow): Ways {
  return new Map(Object.entries(flow.steps).map(([name, step]) => [name, kindOf(step).exits(step)]));
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

function checkLoops(flow: CompiledFlow, ways: Ways): Problem[] {
  const onward = (name: string): string[] => {
    const step = flow.steps[name];
    if (step === undefined || kindOf(step).pauses(step)) return [];
    return (ways.get(name) ?? []).map((exit) => exit.to);
  };
  return [...ways.keys()]
    .filter((name) => reachedFrom(onward(name), onward).has(name))
    .slice(0, 1)
    .map((name) => ({
      path: ['steps', name],
      at: 'key',
      message: `"${name}" leads back to itself without a pause`,
      hint: 'Put an ask, or a wait with "for", into the loop.',
    }));
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

/** For each step the variables that have a value on every way to it. */
function knownOnArrival(flow: CompiledFlow, ways: Ways): Map<string, ReadonlySet<string>> {
  const all = new Set(Object.keys(flow.variables));
  const known = new Map<string, ReadonlySet<string>>([...ways.keys()].map((name) => [name, all]));
  known.set(flow.start, new Set());
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, exits] of ways) {
      for (const { to, sets = [] } of exits) {
        const arriving = new Set([...(known.get(name) ?? []), ...sets]);
        const before = known.get(to) ?? all;
        const after = new Set([...before].filter((variable) => arriving.has(variable)));
        if (after.size < before.size) {
          known.set(to, after);
          changed = true;
        }
      }
    }
  }
  return known;
}

function reachedFrom(starts: readonly string[], next: (name: string) => readonly string[]): Set<string> {
  const reached = new Set(starts);
  for (const name of reached) for (const to of next(name)) reached.add(to);
  return reached;
}
