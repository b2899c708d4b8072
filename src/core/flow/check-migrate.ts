// What a flow file says of those who stand at steps of an older structure, and what can be wrong with it. It is no part of
// the structure: old steps that nobody stands on any more do no harm.

import type { CompiledFlow } from './compiled-flow.ts';
import { didYouMean, type Problem } from './problem.ts';

/** What can stand in place of a step: begin anew, end quietly, or finish on the old structure. */
const MIGRATE_WORDS = ['restart', 'finish', 'stay'] as const;

/** Ways to steps that the flow does not have. */
export function checkMigrate(flow: CompiledFlow): Problem[] {
  const known = [...Object.keys(flow.steps), ...MIGRATE_WORDS];
  return Object.entries(flow.source.migrate ?? {})
    .filter(([, to]) => !known.includes(to))
    .map(([from, to]) => ({
      path: ['migrate', from],
      message: `there is no step "${to}" to move to`,
      hint: didYouMean(to, known),
    }));
}
