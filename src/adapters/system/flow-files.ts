// Flow files on disk: reads a folder of YAML and says of every mistake in which file, line and column it stands.
// What a flow is, and what is wrong with one, is decided in core/flow; nothing here knows a step type.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { compileFlow } from '../../core/flow/compile.ts';
import { compileFlows } from '../../core/flow/compile-all.ts';
import type { CompiledFlow } from '../../core/flow/compiled-flow.ts';
import { flowIdOfPath, isFlowPath } from '../../core/flow/flow-paths.ts';
import type { Path, Problem } from '../../core/flow/problem.ts';
import { compileProgram, type Program } from '../../core/flow/program-schema.ts';
import { compileTasks, type TaskDefinition } from '../../core/flow/task-schema.ts';
import type { FileProblem } from './file-problem.ts';

/** All that a folder of flows holds. With any problem in it, only what is free of problems is here. */
export interface FlowFolder {
  readonly flows: readonly CompiledFlow[];
  readonly tasks: readonly TaskDefinition[];
  /** Null when the file is missing or has problems. */
  readonly program: Program | null;
  readonly problems: readonly FileProblem[];
}

interface ParsedFile {
  readonly data: unknown;
  readonly toFileProblem: (problem: Problem) => FileProblem;
  readonly problems: readonly FileProblem[];
}

const TASKS = 'tasks.yaml';
const PROGRAM = 'program.yaml';

/**
 * Reads `folder`: every `*.yaml` in it, and in folders of the author's own, is a flow, except `tasks.yaml`, `program.yaml`
 * and the tests of flows. Flows may call one another.
 */
export function readFlowFolder(folder: string): FlowFolder {
  const { flows, problems } = readFlows(folder);
  const names = readdirSync(folder);
  const unusable = new Set(flowPathsIn(folder).map(flowIdOfPath));
  for (const { id } of flows) unusable.delete(id);
  const tasks = readWhole(folder, TASKS, names, (data) => compileTasks(data, flows, unusable));
  const program = readWhole(folder, PROGRAM, names, compileProgram);
  return {
    flows,
    tasks: tasks.result?.tasks ?? [],
    program: program.result?.program ?? null,
    problems: [...problems, ...tasks.problems, ...program.problems],
  };
}

function readFlows(folder: string): { flows: CompiledFlow[]; problems: FileProblem[] } {
  const parsed = new Map(
    flowPathsIn(folder).map((path) => [path, parseFile(readText(folder, path), join(folder, path))]),
  );
  const compiled = compileFlows(new Map([...parsed].map(([path, { data }]) => [path, data])));
  const read = [...parsed].map(([path, file]) => {
    if (file.problems.length > 0) return { flow: null, problems: file.problems };
    return named(compiled.byPath.get(path) ?? null, compiled.problems.get(path) ?? [], file, flowIdOfPath(path));
  });
  return {
    flows: read.flatMap(({ flow }) => flow ?? []),
    problems: read.flatMap(({ problems }) => problems),
  };
}

/** Paths of flows under the folder, with `/` between folders. */
function flowPathsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter(isFlowPath)
    .sort();
}

function readText(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

/** Reads one flow from its text. `file` is what problems are reported under; `id` what the file says it must be, if given. */
export function readFlow(
  text: string,
  file: string,
  id: string | null = null,
): { readonly flow: CompiledFlow | null; readonly problems: readonly FileProblem[] } {
  const parsed = parseFile(text, file);
  if (parsed.problems.length > 0) return { flow: null, problems: parsed.problems };
  const compiled = compileFlow(parsed.data);
  return named(compiled.ok ? compiled.flow : null, compiled.ok ? [] : compiled.problems, parsed, id);
}

/** A flow is called like its file. */
function named(
  flow: CompiledFlow | null,
  problems: readonly Problem[],
  { toFileProblem }: ParsedFile,
  id: string | null,
): { readonly flow: CompiledFlow | null; readonly problems: readonly FileProblem[] } {
  if (flow === null) return { flow, problems: problems.map(toFileProblem).sort(byPlace) };
  if (id === null || flow.id === id) return { flow, problems: [] };
  const message = `the file is called "${id}" but the flow "${flow.id}"`;
  return { flow: null, problems: [toFileProblem({ path: ['flow'], message, hint: 'Give both the same name.' })] };
}

function readWhole<Result extends { readonly problems: readonly Problem[] }>(
  folder: string,
  name: string,
  names: readonly string[],
  compile: (data: unknown) => Result,
): { result: Result | null; problems: readonly FileProblem[] } {
  const file = join(folder, name);
  if (!names.includes(name)) {
    const problem = { file, line: 1, column: 1, message: 'this file is missing', hint: 'Every program needs one.' };
    return { result: null, problems: [problem] };
  }
  const parsed = parseFile(readFileSync(file, 'utf8'), file);
  if (parsed.problems.length > 0) return { result: null, problems: parsed.problems };
  const result = compile(parsed.data);
  return { result, problems: result.problems.map(parsed.toFileProblem).sort(byPlace) };
}

/** Reads YAML and keeps where everything in it stands. */
export function parseFile(text: string, file: string): ParsedFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const problems: FileProblem[] = document.errors.slice(0, 1).map((error) => ({
    ...place(error.pos[0]),
    message: firstSentence(error.message),
    hint: 'Look at the spaces at the start of this line and the one before, and at quotes and colons.',
  }));
  const read = problems.length > 0 ? { data: null } : dataOf(document);
  if ('alias' in read) problems.push({ ...place(read.alias.at), ...read.alias.problem });
  return {
    data: 'data' in read ? read.data : null,
    toFileProblem: ({ path, message, hint, at, severity }) => ({
      ...place(offsetOf(document, path, at === 'key')),
      message,
      hint,
      ...(severity === undefined ? {} : { severity }),
    }),
    problems,
  };
}

type AliasProblem = { readonly at: number; readonly problem: Pick<FileProblem, 'message' | 'hint'> };

/** The plain data, or the alias ("*name") that leads nowhere or to too much: YAML finds those only while it reads them. */
function dataOf(document: Document.Parsed): { readonly data: unknown } | { readonly alias: AliasProblem } {
  try {
    return { data: document.toJS() };
  } catch {
    const aliases: { readonly source: string; readonly at: number; readonly isKnown: boolean }[] = [];
    visit(document, {
      Alias: (_, node) => {
        aliases.push({ source: node.source, at: startOf(node) ?? 0, isKnown: node.resolve(document) !== undefined });
      },
    });
    const unknown = aliases.find(({ isKnown }) => !isKnown);
    const hint = 'Write the words out, or in quotes if they begin with a star.';
    if (unknown === undefined) {
      return {
        alias: { at: aliases[0]?.at ?? 0, problem: { message: 'names with a star stand for too much here', hint } },
      };
    }
    return { alias: { at: unknown.at, problem: { message: `"*${unknown.source}" stands for nothing`, hint } } };
  }
}

function firstSentence(message: string): string {
  const [first = ''] = message.split(/ at line \d+|\n/);
  return `this is not YAML: ${first}`;
}

function byPlace(a: FileProblem, b: FileProblem): number {
  return a.line - b.line || a.column - b.column;
}

/** Where a path leads: its value (or its key), or the key of the deepest part of it that exists. */
function offsetOf(document: Document.Parsed, path: Path, wantsKey: boolean): number {
  let node: unknown = document.contents;
  let last = startOf(node) ?? 0;
  for (const [depth, part] of path.entries()) {
    const found = child(resolve(node, document), part);
    if (found === null) return last;
    const isEnd = depth === path.length - 1;
    const value = startOf(found.value) ?? found.keyAt;
    last = isEnd && !wantsKey && !isMap(found.value) && !isSeq(found.value) ? value : found.keyAt;
    node = found.value;
  }
  return last;
}

function child(node: unknown, part: string | number): { value: unknown; keyAt: number } | null {
  if (isSeq(node) && typeof part === 'number') {
    const value = node.items[part];
    return value === undefined ? null : { value, keyAt: startOf(value) ?? 0 };
  }
  if (!isMap(node)) return null;
  const pair = node.items.find(({ key }) => (isScalar(key) ? String(key.value) : String(key)) === String(part));
  return pair === undefined ? null : { value: pair.value, keyAt: startOf(pair.key) ?? 0 };
}

function resolve(node: unknown, document: Document.Parsed): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function startOf(node: unknown): number | null {
  return isNodeWithRange(node) ? node.range[0] : null;
}

function isNodeWithRange(node: unknown): node is Node & { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
