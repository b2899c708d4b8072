// The review of a folder of flows, with file, line and column: words, links, letters, options and dates. What is worth
// finding is decided in core/flow/review-flow.ts.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { savedByCallers } from '../../core/flow/check-unused.ts';
import type { CompiledFlow } from '../../core/flow/compiled-flow.ts';
import { flowIdOfPath, isFlowPath } from '../../core/flow/flow-paths.ts';
import type { Problem } from '../../core/flow/problem.ts';
import { USUAL_GRADE } from '../../core/flow/reading-grade.ts';
import { type Review, reviewFlow, reviewProgram, reviewTasks } from '../../core/flow/review-flow.ts';
import { type SegmentRow, segmentTable } from '../../core/flow/segment-table.ts';
import type { ReplyBook } from '../../core/language/reply-book.ts';
import { localDateOf } from '../../core/model/local-time.ts';
import { readConsentWord } from '../../core/safety/consent-words.ts';
import type { FileProblem } from './file-problem.ts';
import { type FlowFolder, parseFile } from './flow-files.ts';

/** Where staff are when the program could not be read. */
const USUAL_ZONE = 'America/Los_Angeles';

/** Findings in what the folder holds, file by file. `now` in epoch milliseconds. */
export function reviewFolder(
  folder: string,
  { flows, tasks, program }: FlowFolder,
  { now, book }: { readonly now: number; readonly book: ReplyBook },
): FileProblem[] {
  const today = localDateOf(now, program?.time_zone ?? USUAL_ZONE);
  const taken = savedByCallers(flows);
  const readingGrade = program?.reading_grade ?? USUAL_GRADE;
  const reviewed = filesOf(folder, flows).flatMap(({ file, flow }) => {
    const readByCallers = taken.get(flow.id) ?? new Set<string>();
    return reviewFlowText(readFileSync(file, 'utf8'), file, flow, {
      today,
      readingGrade,
      readByCallers,
      replyBook: book,
    });
  });
  return [
    ...reviewed,
    ...placed(join(folder, 'tasks.yaml'), reviewTasks(tasks, today)),
    ...(program === null ? [] : placed(join(folder, 'program.yaml'), reviewProgram(program))),
  ];
}

/** Findings in one flow whose text is at hand. `file` is what they are reported under. */
export function reviewFlowText(
  text: string,
  file: string,
  flow: CompiledFlow,
  review: Omit<Review, 'readConsent'>,
): FileProblem[] {
  return place(text, file, reviewFlow(flow, { ...review, readConsent: readConsentWord }));
}

/** What one text costs at its longest, and where it stands. */
export type PlacedSegments = Omit<SegmentRow, 'path'> & {
  readonly file: string;
  readonly line: number;
  readonly step: string;
  readonly text: string;
};

/** What every text of the folder costs, flow by flow. */
export function segmentsOf(folder: string, flows: readonly CompiledFlow[]): PlacedSegments[] {
  return filesOf(folder, flows).flatMap(({ file, flow }) => {
    const { toFileProblem } = parseFile(readFileSync(file, 'utf8'), file);
    return segmentTable(flow).map(({ path, ...row }) => {
      const { line } = toFileProblem({ path, message: '', hint: '' });
      const [, step = '', ...inner] = path;
      return { file, line, step: String(step), text: inner.slice(0, -1).join('.'), ...row };
    });
  });
}

function filesOf(folder: string, flows: readonly CompiledFlow[]): { file: string; flow: CompiledFlow }[] {
  const paths = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter(isFlowPath)
    .sort();
  return paths.flatMap((path) => {
    const flow = flows.find(({ id }) => id === flowIdOfPath(path));
    return flow === undefined ? [] : [{ file: join(folder, path), flow }];
  });
}

function placed(file: string, problems: readonly Problem[]): FileProblem[] {
  return problems.length === 0 ? [] : place(readFileSync(file, 'utf8'), file, problems);
}

function place(text: string, file: string, problems: readonly Problem[]): FileProblem[] {
  const { toFileProblem } = parseFile(text, file);
  return problems.map(toFileProblem).sort((a, b) => a.line - b.line || a.column - b.column);
}
