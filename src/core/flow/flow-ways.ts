// The ways through one flow, as a graph: what follows what, which variables surely have a value where, and what a caller
// may count on. It finds no mistakes: that is check-graph.ts.

import type { CompiledFlow } from './compiled-flow.ts';
import type { CallableFlow, CallableFlows, Exit } from './step-kind.ts';
import { kindOf, type Step } from './steps/index.ts';

/** The exits of every step. */
export type Ways = ReadonlyMap<string, readonly Exit[]>;

/** What is known of a flow before it is linked. */
type Outline = Pick<CompiledFlow, 'start' | 'steps' | 'variables' | 'inputs'>;

/** The exits of every step of one flow. `flows` are those that it may call. */
export function waysOf({ steps }: Pick<Outline, 'steps'>, flows: CallableFlows): Ways {
  return new Map(Object.entries(steps).map(([name, step]) => [name, kindOf(step).exits(step, flows)]));
}

/** Everything that can be reached from `starts`, themselves included. */
export function reachedFrom(starts: readonly string[], next: (name: string) => readonly string[]): Set<string> {
  const reached = new Set(starts);
  for (const name of reached) for (const to of next(name)) reached.add(to);
  return reached;
}

/** For each step the variables that have a value on every way to it. */
export function knownOnArrival(flow: Outline, ways: Ways): Map<string, ReadonlySet<string>> {
  const all = new Set(Object.keys(flow.variables));
  const known = new Map<string, ReadonlySet<string>>([...ways.keys()].map((name) => [name, all]));
  known.set(flow.start, new Set(flow.inputs));
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

/** What a caller may count on when the flow is over. */
export function promisesOf(flow: Outline, flows: CallableFlows): Pick<CallableFlow, 'results' | 'pauses'> {
  const ways = waysOf(flow, flows);
  const known = knownOnArrival(flow, ways);
  const results = new Map<string | null, ReadonlySet<string>>();
  for (const [name, step] of Object.entries(flow.steps)) {
    if (step.type !== 'end') continue;
    const result = step.result ?? null;
    const here = known.get(name) ?? new Set();
    const there = results.get(result) ?? here;
    results.set(result, new Set([...there].filter((variable) => here.has(variable))));
  }
  const hurried = reachedFrom([flow.start], (name) => {
    // Targets are checked later: "toString" is no step, though every object has one.
    const step = Object.hasOwn(flow.steps, name) ? flow.steps[name] : undefined;
    if (step === undefined || pausesAt(step, flows)) return [];
    return (ways.get(name) ?? []).map((exit) => exit.to);
  });
  return { results, pauses: ![...hurried].some((name) => ways.has(name) && flow.steps[name]?.type === 'end') };
}

/** Whether a conversation always stops at this step; it also does within a called flow that always stops somewhere. */
export function pausesAt(step: Step, flows: CallableFlows): boolean {
  return kindOf(step).pauses(step, flows);
}
