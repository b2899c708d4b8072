// All flows of a content folder at once: those that are called are compiled before their callers. It finds what no single
// file can show: two flows with one name, and flows that call themselves by way of others.

import { compileRead, type ReadFlow, readFlowData } from './compile.ts';
import type { CompiledFlow } from './compiled-flow.ts';
import { flowIdOfPath } from './flow-paths.ts';
import { callsOf } from './link-flow.ts';
import type { Problem } from './problem.ts';

/** What came of a folder: the flows that can be used, in the order of their paths, and the problems of each file. */
export interface CompiledFolder {
  readonly flows: readonly CompiledFlow[];
  readonly byPath: ReadonlyMap<string, CompiledFlow>;
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
}

interface File {
  readonly path: string;
  readonly id: string;
  readonly read: ReadFlow | { readonly problems: readonly Problem[] };
}

/** Compiles parsed files by their path. A flow whose called flows have problems cannot be used, and has none itself. */
export function compileFlows(files: ReadonlyMap<string, unknown>): CompiledFolder {
  const all = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, data]) => fileOf(path, data));
  const firsts = new Map<string, File>();
  for (const file of all) if (!firsts.has(file.id)) firsts.set(file.id, file);
  const folder = new FolderCompiler(firsts);
  for (const file of all) folder.compile(file, []);
  const byPath = inOrder(all, folder.byPath);
  return { flows: [...byPath.values()], byPath, problems: folder.problems };
}

function inOrder(all: readonly File[], found: ReadonlyMap<string, CompiledFlow>): Map<string, CompiledFlow> {
  return new Map(
    all.flatMap(({ path }) => {
      const flow = found.get(path);
      return flow === undefined ? [] : [[path, flow] as const];
    }),
  );
}

/** A file that cannot be read still stands for the flow that it is named after, so that its callers are not blamed. */
function fileOf(path: string, data: unknown): File {
  const read = readFlowData(data);
  const named = typeof data === 'object' && data !== null && 'flow' in data ? data.flow : null;
  return { path, id: typeof named === 'string' ? named : flowIdOfPath(path), read };
}

class FolderCompiler {
  readonly byPath = new Map<string, CompiledFlow>();
  readonly problems = new Map<string, readonly Problem[]>();
  readonly #firsts: ReadonlyMap<string, File>;
  readonly #library: Map<string, CompiledFlow | null>;
  readonly #begun = new Set<string>();

  constructor(firsts: ReadonlyMap<string, File>) {
    this.#firsts = firsts;
    // Until it is compiled a flow counts as one that exists and cannot be used.
    this.#library = new Map([...firsts.keys()].map((id) => [id, null]));
  }

  /** `trail`: the flows whose calls lead here, the outermost first. */
  compile(file: File, trail: readonly string[]): void {
    if (this.#begun.has(file.path)) return;
    this.#begun.add(file.path);
    const here = [...trail, file.id];
    const circles = this.#compileCalled(file, here);
    const compiled =
      'problems' in file.read ? { ok: false as const, ...file.read } : compileRead(file.read, this.#library);
    const problems = [...this.#checkTwin(file), ...circles, ...(compiled.ok ? [] : compiled.problems)];
    this.problems.set(file.path, problems);
    if (!compiled.ok || problems.length > 0) return;
    this.byPath.set(file.path, compiled.flow);
    this.#library.set(file.id, compiled.flow);
  }

  #compileCalled({ id, read }: File, trail: readonly string[]): Problem[] {
    if ('problems' in read) return [];
    return callsOf(read.steps).flatMap(({ step, flow }): Problem[] => {
      const from = trail.indexOf(flow);
      if (from >= 0) return [circle(step, id, trail.slice(from, -1))];
      const called = this.#firsts.get(flow);
      if (called !== undefined) this.compile(called, trail);
      return [];
    });
  }

  #checkTwin({ id, path }: File): Problem[] {
    const first = this.#firsts.get(id);
    if (first === undefined || first.path === path) return [];
    const message = `there is another flow "${id}", in ${first.path}`;
    return [{ path: ['flow'], message, hint: 'Give each flow a name of its own.' }];
  }
}

function circle(step: string, id: string, by: readonly string[]): Problem {
  const message = by.length === 0 ? `"${id}" calls itself` : `"${id}" calls itself by way of ${by.join(', ')}`;
  const hint = 'Take this call out. To go round again, lead back with a step of type repeat.';
  return { path: ['steps', step, 'flow'], message, hint };
}
