// Runs the author tests of a folder, for the command and for our own tests alike: reads, plays, counts branches, and with
// `update` writes what came into the files.

import { type CaseResult, type CaseSurroundings, playCase } from '../../core/conversation/play-case.ts';
import { type Coverage, coverageOf } from '../../core/conversation/play-coverage.ts';
import type { CompiledFlow } from '../../core/flow/compiled-flow.ts';
import type { FlowTestCase } from '../../core/flow/flow-test-schema.ts';
import type { FileProblem } from './file-problem.ts';
import { type FlowFolder, readFlowFolder } from './flow-files.ts';
import { type FlowTestFile, readFlowTestFiles } from './flow-test-files.ts';
import { rewriteTestFile } from './flow-test-write.ts';
import { readReplyFiles } from './reply-files.ts';

/** Something that did not come as written; line and column, from 1, are of what was written. */
export interface TestFailure {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly flow: string;
  readonly case: string;
  /** Which turn, from 1; what happened in it; and the key that differs. */
  readonly turn: number;
  readonly move: string;
  readonly about: string;
  readonly expected: string;
  readonly got: string;
}

/** All that the tests of a folder say. With problems nothing was played. */
export interface FlowTestReport {
  readonly problems: readonly FileProblem[];
  readonly cases: number;
  readonly failures: readonly TestFailure[];
  readonly coverage: readonly Coverage[];
  /** Files that `update` has rewritten. */
  readonly updated: readonly string[];
}

/** Which tests, and whether what came is written into the files. */
export interface FlowTestOptions {
  /** Only the tests, and the coverage, of this flow. */
  readonly flow?: string | undefined;
  readonly update?: boolean | undefined;
}

/** Plays every case of a folder of flows. */
export function testFlows(folder: string, { flow: only, update = false }: FlowTestOptions = {}): FlowTestReport {
  const ready = readFolderForPlay(folder);
  if (!ready.ok) return refusedFor(ready.problems);
  const { content } = ready;
  const tests = readFlowTestFiles(folder, content, { mayBeEmpty: update });
  const chosen = content.flows.filter(({ id }) => only === undefined || id === only);
  if (tests.problems.length > 0) return refusedFor(tests.problems);
  const played = tests.files.flatMap((file) =>
    file.cases.map((one, index) => ({ file, one, index, result: playCase(one, ready.around(file.flow)) })),
  );
  const counted = played.filter(({ file }) => only === undefined || file.flow.id === only);
  const taken = played.map(({ file, result }) => ({ flow: file.flow, ways: result.ways }));
  return {
    problems: [],
    cases: counted.length,
    failures: counted.flatMap(failuresOf),
    coverage: coverageOf(chosen, taken),
    updated: update ? updateFiles(counted) : [],
  };
}

/** A folder that can be played: what a case of a flow is played in. */
export type PlayFolder =
  | {
      readonly ok: true;
      readonly content: FlowFolder;
      readonly around: (flow: CompiledFlow) => CaseSurroundings;
    }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Reads flows, tasks, program and reply words; anything wrong with them comes before any play. */
export function readFolderForPlay(folder: string): PlayFolder {
  const content = readFlowFolder(folder);
  const replies = readReplyFiles(folder, { runExamples: false });
  const { program, tasks } = content;
  const found = [...content.problems, ...(replies.ok ? [] : replies.problems)];
  const problems = found.filter(({ severity }) => severity !== 'warning');
  if (problems.length > 0 || program === null || !replies.ok) return { ok: false, problems };
  return { ok: true, content, around: (flow) => ({ flow, tasks, program, replyBook: replies.book }) };
}

interface PlayedCase {
  readonly file: FlowTestFile;
  readonly one: FlowTestCase;
  readonly index: number;
  readonly result: CaseResult;
}

function failuresOf({ file, one, index, result }: PlayedCase): TestFailure[] {
  return result.differences.map(({ path, ...difference }) => {
    const turn = typeof path[1] === 'number' ? path[1] : 0;
    const { line, column } = file.placeOf(['cases', index, ...path]);
    const where = { file: file.file, line, column, flow: file.flow.id, case: one.name };
    return { ...where, turn: turn + 1, move: moveOf(one, turn), ...difference };
  });
}

function moveOf({ turns }: FlowTestCase, index: number): string {
  const turn = turns[index];
  if (turn?.wait !== undefined) return `wait ${turn.wait}`;
  if (turn?.until !== undefined) return `until ${turn.until}`;
  const replies = turn?.reply === undefined ? (turn?.replies ?? []) : [turn.reply];
  return replies.length === 0 ? 'it begins' : `reply ${replies.map((text) => `"${text}"`).join(', ')}`;
}

function updateFiles(played: readonly PlayedCase[]): string[] {
  return [...new Set(played.map(({ file }) => file.file))].filter((name) => {
    const rewrites = played
      .filter(({ file }) => file.file === name)
      .flatMap(({ index, result }) =>
        result.rewrites.map((rewrite) => ({ ...rewrite, path: ['cases', index, ...rewrite.path] })),
      );
    return rewriteTestFile(name, rewrites);
  });
}

function refusedFor(problems: readonly FileProblem[]): FlowTestReport {
  return { problems, cases: 0, failures: [], coverage: [], updated: [] };
}
