// Which branches of the flows were taken by their tests. A branch is a way out of a step; a sub-flow's branches count as
// taken whoever called it.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import { type Way, waysOf } from './play-ways.ts';

/** The ways that were taken in one flow. */
export interface TakenWays {
  readonly flow: CompiledFlow;
  readonly ways: readonly Way[];
}

/** How many of a flow's branches its tests take, and those that none takes, in the order written. */
export interface Coverage {
  readonly flow: string;
  readonly branches: number;
  readonly covered: number;
  readonly missing: readonly Way[];
}

/** The coverage of each flow by all that was taken, in its own tests and in those of flows that call it. */
export function coverageOf(flows: readonly CompiledFlow[], taken: readonly TakenWays[]): Coverage[] {
  const hits = new Set(taken.flatMap(({ flow, ways }) => ways.map((way) => keyOf(ownerOf(flow, way)))));
  return flows.map((flow) => {
    const own = waysOf(flow).filter((way) => ownerOf(flow, way).flow === flow.id);
    const missing = own.filter((way) => !hits.has(keyOf({ flow: flow.id, ...way })));
    return { flow: flow.id, branches: own.length, covered: own.length - missing.length, missing };
  });
}

/** Percent of the branches that were taken, rounded down, so that 100 means all of them. */
export function percentOf({ branches, covered }: Coverage): number {
  return branches === 0 ? 100 : Math.floor((covered / branches) * 100);
}

interface OwnedWay extends Way {
  readonly flow: string;
}

/** The flow whose file holds a step, and the step's name there. */
function ownerOf(flow: CompiledFlow, { step, way }: Way): OwnedWay {
  const dot = step.lastIndexOf('.');
  const scope = dot === -1 ? undefined : flow.scopes.get(step.slice(0, dot));
  return scope === undefined ? { flow: flow.id, step, way } : { flow: scope.flow, step: step.slice(dot + 1), way };
}

function keyOf({ flow, step, way }: OwnedWay): string {
  return `${flow} ${step} ${way}`;
}
