// Flow files on disk: reads a folder of YAML and says of every mistake in which file, line and column it stands.
// What a flow is, and what is wrong with one, is decided in core/flow; nothing here knows a step type.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { compileFlow } from '../../core/flow/compile.ts';
import type { CompiledFlow } from '../../core/flow/compiled-flow.ts';
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

/** Reads `folder`: every `*.yaml` directly in it is a flow, except `tasks.yaml` and `program.yaml`. Subfolders are not read. */
export function readFlowFolder(folder: string): FlowFolder {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => entry.name)
    .sort();
  const read = names
    .filter((name) => name !== TASKS && name !== PROGRAM)
    .map((name) => readFlow(readFileSync(join(folder, name), 'utf8'), join(folder, name), name.slice(0, -5)));
  const flows = read.flatMap(({ flow }) => (flow === null ? [] : [flow]));
  const tasks = readWhole(folder, TASKS, names, (data) => compileTasks(data, flows));
  const program = readWhole(folder, PROGRAM, names, compileProgram);
  return {
    flows,
    tasks: tasks.result?.tasks ?? [],
    program: program.result?.program ?? null,
    problems: [...read.flatMap(({ problems }) => problems), ...tasks.problems, ...program.problems],
  };
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
  if (!compiled.ok) return { flow: null, problems: compiled.problems.map(parsed.toFileProblem).sort(byPlace) };
  if (id === null || compiled.flow.id === id) return { flow: compiled.flow, problems: [] };
  const message = `the file is called "${id}" but the flow "${compiled.flow.id}"`;
  const problem = { path: ['flow'], message, hint: 'Give both the same name.' };
  return { flow: null, problems: [parsed.toFileProblem(problem)] };
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
  const problems = document.errors.slice(0, 1).map((error) => ({
    ...place(error.pos[0]),
    message: firstSentence(error.message),
    hint: 'Look at the spaces at the start of this line and the one before, and at quotes and colons.',
  }));
  return {
    data: problems.length > 0 ? null : document.toJS(),
    toFileProblem: ({ path, message, hint, at }) => ({
      ...place(offsetOf(document, path, at === 'key')),
      message,
      hint,
    }),
    problems,
  };
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
