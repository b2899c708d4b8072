// Which variables a conversation must have when it is put at a step from outside: those that the step, or any step after
// it, speaks of or reads before a way has given them a value. A flow's own checks promise as much for its own ways.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import { linkedExits, qualify } from '../flow/link-flow.ts';
import { kindOf } from '../flow/steps/index.ts';

/** Names of variables, in no order that means anything. */
export function neededAt(flow: CompiledFlow, start: string): ReadonlySet<string> {
  const names = Object.keys(flow.steps);
  const ways = new Map(names.map((name) => [name, linkedExits(flow, name)]));
  const needed = new Map(names.map((name) => [name, new Set(usedAt(flow, name))]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const name of names) {
      const here = needed.get(name) ?? new Set<string>();
      const before = here.size;
      for (const { to, sets = [] } of ways.get(name) ?? []) {
        for (const variable of needed.get(to) ?? []) if (!sets.includes(variable)) here.add(variable);
      }
      changed ||= here.size > before;
    }
  }
  return needed.get(start) ?? new Set();
}

function usedAt(flow: CompiledFlow, name: string): string[] {
  const step = flow.steps[name];
  if (step === undefined) return [];
  const read = kindOf(step)
    .reads(step)
    .map(({ variable }) => variable);
  return [...read, ...(flow.texts.usedBy.get(name) ?? [])]
    .map((variable) => qualify(variable, name))
    .filter((variable) => Object.hasOwn(flow.variables, variable));
}
