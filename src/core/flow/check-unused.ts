// Variables that a flow declares and does not need: most often a name that was changed in one place and not in the other.

import type { CompiledFlow } from './compiled-flow.ts';
import { ownSteps } from './own-texts.ts';
import type { Problem } from './problem.ts';
import { kindOf, type Step } from './steps/index.ts';

/** Keys under which the name of a variable says where a value goes; everywhere else it is looked at. */
const SAVING: ReadonlySet<string> = new Set(['save_as', 'variable']);

/** Variables that nothing uses, or that are saved and never looked at. `readByCallers` are those that other flows take. */
export function checkUnused(flow: CompiledFlow, readByCallers: ReadonlySet<string>): Problem[] {
  const steps = ownSteps(flow);
  const inTexts = new Set(steps.flatMap(([name]) => flow.texts.usedBy.get(name) ?? []));
  const looked = new Set(steps.flatMap(([, step]) => [...lookedAt(step)]));
  const saved = new Set(
    steps.flatMap(([, step]) =>
      kindOf(step)
        .exits(step)
        .flatMap(({ sets = [] }) => sets),
    ),
  );
  for (const name of steps.flatMap(([, step]) => (step.type === 'call' ? Object.keys(step.save ?? {}) : []))) {
    saved.add(name);
  }
  return Object.keys(flow.variables)
    .filter((name) => !name.includes('.') && !flow.inputs.includes(name))
    .filter((name) => !inTexts.has(name) && !looked.has(name) && !readByCallers.has(name))
    .map((name): Problem => {
      const path = ['variables', name];
      const severity = 'warning';
      if (!saved.has(name)) {
        const message = `the variable "${name}" is never used`;
        return { path, at: 'key', message, hint: 'Take it out.', severity };
      }
      const message = `the variable "${name}" is saved and never looked at`;
      return {
        path,
        at: 'key',
        message,
        hint: 'Use it in a text or a branch, or take it and its "save_as" out.',
        severity,
      };
    });
}

/** What other flows save from each flow that they call: its id, and the names of its variables. */
export function savedByCallers(flows: readonly CompiledFlow[]): ReadonlyMap<string, ReadonlySet<string>> {
  const taken = new Map<string, Set<string>>();
  for (const step of flows.flatMap((flow) => ownSteps(flow).map(([, step]) => step))) {
    if (step.type !== 'call') continue;
    const names = taken.get(step.flow) ?? new Set();
    for (const name of Object.values(step.save ?? {})) names.add(name);
    taken.set(step.flow, names);
  }
  return taken;
}

/** Every word of a step that stands where a variable could be looked at. */
function lookedAt(step: Step): Set<string> {
  const { type: _type, ...rest } = step;
  return new Set(wordsIn(rest));
}

function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (SAVING.has(key) || key === 'save' ? [] : wordsIn(item)));
}
