// Which way out of a step was taken: the branches that author tests count. It knows no step type: a way is an exit's
// path, and it is told from its neighbours by giving each a name of its own and asking the step once more.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import { kindOf, type Step } from '../flow/steps/index.ts';
import type { SeenStep } from './advance.ts';

/** A way out of a step: the step's name and the exit's path in it, such as `on.done`. */
export interface Way {
  readonly step: string;
  readonly way: string;
}

/** Every way out of every step of a flow, in the order written. */
export function waysOf(flow: CompiledFlow): Way[] {
  return Object.entries(flow.steps).flatMap(([name, step]) =>
    kindOf(step)
      .exits(step)
      .map(({ path }) => ({ step: name, way: path.join('.') })),
  );
}

/** The way that a step took; null when it stayed where it was, or ended. */
export function wayTaken(flow: CompiledFlow, { step: name, event, context, outcome }: SeenStep): Way | null {
  const step = flow.steps[name];
  if (step === undefined || outcome.kind !== 'go') return null;
  const exits = kindOf(step).exits(step);
  const marked = withTargets(
    step,
    exits.map(({ path }, index) => ({ path, to: `way_${index}` })),
  );
  if (marked === null) return null;
  const again = event === null ? kindOf(step).enter(marked, context) : kindOf(step).resume(marked, event, context);
  const index = again.kind === 'go' ? exits.findIndex((_, at) => again.to === `way_${at}`) : -1;
  const taken = exits[index];
  return taken === undefined ? null : { step: name, way: taken.path.join('.') };
}

type Target = { readonly path: readonly (string | number)[]; readonly to: string };

function withTargets(step: Step, targets: readonly Target[]): Step | null {
  const read = kindOf(step).schema.safeParse(
    targets.reduce<unknown>((copy, target) => put(copy, target.path, target.to), step),
  );
  return read.success ? read.data : null;
}

/** A copy with another value at a path. */
function put(value: unknown, [part, ...rest]: Target['path'], to: string): unknown {
  if (part === undefined) return to;
  if (Array.isArray(value)) return value.map((item, index) => (index === part ? put(item, rest, to) : item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === String(part) ? put(item, rest, to) : item]),
  );
}
