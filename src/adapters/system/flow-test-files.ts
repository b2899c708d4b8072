// Author tests on disk: `<flow>.test.yaml` beside the flow. Reads them, and says of each mistake where it stands. What a
// test means and whether it holds is decided in core; nothing here plays a flow.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { CompiledFlow } from '../../core/flow/compiled-flow.ts';
import { flowIdOfPath, isFlowPath, isFlowTest } from '../../core/flow/flow-paths.ts';
import { type FlowTestCase, readFlowTests } from '../../core/flow/flow-test-schema.ts';
import { didYouMean, type Path } from '../../core/flow/problem.ts';
import type { FileProblem } from './file-problem.ts';
import { type FlowFolder, parseFile } from './flow-files.ts';

/** How the names of test files end. */
const TEST_ENDING = '.test.yaml';

/** The tests of one flow, with the place of everything in the file. */
export interface FlowTestFile {
  readonly file: string;
  readonly flow: CompiledFlow;
  readonly cases: readonly FlowTestCase[];
  /** Line and column, from 1, of a path in the file. */
  readonly placeOf: (path: Path) => { readonly line: number; readonly column: number };
}

/** All tests of a folder. A file with a mistake in it is left out of `files`. */
export interface FlowTests {
  readonly files: readonly FlowTestFile[];
  readonly problems: readonly FileProblem[];
}

/** Reads every test file of a folder whose flows were read. `mayBeEmpty` lets cases without expected texts through. */
export function readFlowTestFiles(folder: string, content: FlowFolder, options: { mayBeEmpty: boolean }): FlowTests {
  const read = testPathsIn(folder).map((path) => readTestFile(join(folder, path), content, options));
  return {
    files: read.flatMap(({ file }) => (file === null ? [] : [file])),
    problems: read.flatMap(({ problems }) => problems),
  };
}

/** The file that holds, or would hold, the tests of a flow: beside the flow. */
export function testFileOf(folder: string, id: string): string {
  const path = pathsIn(folder).find((one) => isFlowPath(one) && flowIdOfPath(one) === id) ?? `${id}.yaml`;
  return join(folder, path.replace(/\.yaml$/, TEST_ENDING));
}

/** The names of the cases in a test file; none when there is no such file. */
export function caseNames(file: string): string[] {
  if (!existsSync(file)) return [];
  const { data } = parseFile(readFileSync(file, 'utf8'), file);
  const cases: unknown = typeof data === 'object' && data !== null && 'cases' in data ? data.cases : [];
  const named = Array.isArray(cases) ? cases : [];
  return named.flatMap((one: unknown) =>
    typeof one === 'object' && one !== null && 'name' in one ? [String(one.name)] : [],
  );
}

function testPathsIn(folder: string): string[] {
  return pathsIn(folder).filter((path) => isFlowTest(path) && isFlowPath(path.replace(TEST_ENDING, '.yaml')));
}

/** Paths under the folder, with `/` between folders. */
function pathsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function readTestFile(
  file: string,
  { flows, tasks }: FlowFolder,
  { mayBeEmpty }: { readonly mayBeEmpty: boolean },
): { readonly file: FlowTestFile | null; readonly problems: readonly FileProblem[] } {
  const { data, toFileProblem, problems } = parseFile(readFileSync(file, 'utf8'), file);
  if (problems.length > 0) return { file: null, problems };
  const id = flowNameOf(file);
  const flow = flows.find((one) => one.id === id);
  if (flow === undefined) {
    const hint = didYouMean(
      id,
      flows.map((one) => one.id),
    );
    const message = `these are the tests of "${id}", and there is no such flow`;
    return { file: null, problems: [{ file, line: 1, column: 1, message, hint }] };
  }
  const known = {
    variables: Object.keys(flow.variables),
    inputs: flow.inputs,
    tasks: tasks.map(({ key }) => key),
    mayBeEmpty,
  };
  const read = readFlowTests(data, known);
  if (read.problems.length > 0) return { file: null, problems: read.problems.map(toFileProblem).sort(byPlace) };
  const placeOf = (path: Path) => toFileProblem({ path, message: '', hint: '' });
  return { file: { file, flow, cases: read.cases, placeOf }, problems: [] };
}

/** The flow that a test file is about, by the file's name. */
function flowNameOf(file: string): string {
  return /([^/\\]+)\.test\.yaml$/.exec(file)?.[1] ?? file;
}

function byPlace(a: FileProblem, b: FileProblem): number {
  return a.line - b.line || a.column - b.column;
}
