// `icehouse flows test`: plays the authors' tests and prints what did not come as written, then which branches of each
// flow no test takes.

import { formatFileProblem } from '../adapters/system/file-problem.ts';
import { type FlowTestReport, type TestFailure, testFlows } from '../adapters/system/flow-tests.ts';
import { OWN_FLOWS, readEnvironment, readSettings } from '../config.ts';
import { type Coverage, percentOf } from '../core/conversation/play-coverage.ts';
import { EXPECTATIONS } from '../core/flow/flow-test-schema.ts';

export interface TestFlowsOptions {
  readonly flow?: string;
  readonly update?: boolean;
  readonly coverage: string;
  readonly json?: boolean;
}

/** @throws when the percentage is none, or the flow named has no file. */
export function testFlowFolder(given: string | undefined, options: TestFlowsOptions): void {
  const folder = given ?? readSettings(['FLOWS_DIR'], readEnvironment()).FLOWS_DIR ?? OWN_FLOWS;
  const wanted = readPercent(options.coverage);
  const report = testFlows(folder, options);
  if (options.flow !== undefined && report.problems.length === 0 && report.coverage.length === 0) {
    throw new Error(`there is no flow "${options.flow}" in ${folder}`);
  }
  // A flow that cannot go on, or a moment that is past, is nothing that an expectation could mend.
  const canBeWritten: readonly string[] = EXPECTATIONS;
  const isMended = options.update === true && report.failures.every(({ about }) => canBeWritten.includes(about));
  const fails = (report.failures.length > 0 && !isMended) || report.problems.length > 0;
  const isShort = report.coverage.some((one) => percentOf(one) < wanted);
  if (fails || isShort) process.exitCode = 1;
  if (options.json === true) {
    const coverage = report.coverage.map((one) => ({ ...one, percent: percentOf(one) }));
    process.stdout.write(`${JSON.stringify({ ok: !fails && !isShort, ...report, coverage })}\n`);
    return;
  }
  process.stdout.write(`${inWords(report, { wanted, isMended }).join('\n')}\n`);
}

function readPercent(written: string): number {
  const percent = Number(written);
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
    throw new Error(`"${written}" is not a percentage; write a whole number from 0 to 100`);
  }
  return percent;
}

function inWords(report: FlowTestReport, { wanted, isMended }: { wanted: number; isMended: boolean }): string[] {
  const { problems, failures, coverage, cases, updated } = report;
  if (problems.length > 0) {
    const count = `${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}; nothing was played`;
    return [...problems.map(formatFileProblem), count];
  }
  const shown = isMended ? [] : failures.flatMap(failureInWords);
  const failed = new Set(failures.map((failure) => `${failure.file} ${failure.case}`)).size;
  const summary = isMended ? `${cases} cases, ${updated.length} files rewritten` : `${cases} cases, ${failed} failed`;
  return [...shown, ...coverage.flatMap((one) => coverageInWords(one, wanted)), summary];
}

/** One difference as lines: where, what happened, then what was written (-) and what came (+). */
function failureInWords({ file, line, column, flow, move, turn, about, ...failure }: TestFailure): string[] {
  const marked = (mark: string, words: string): string[] => words.split('\n').map((part) => `    ${mark} ${part}`);
  return [
    `${file}:${line}:${column} ${flow}: ${failure.case}`,
    `  turn ${turn} (${move}), ${about}:`,
    ...marked('-', failure.expected),
    ...marked('+', failure.got),
    '',
  ];
}

function coverageInWords(one: Coverage, wanted: number): string[] {
  const note = percentOf(one) < wanted ? `  (wanted: ${wanted} %)` : '';
  const head = `${one.flow}: ${one.covered} of ${one.branches} branches, ${percentOf(one)} %${note}`;
  return [head, ...one.missing.map(({ step, way }) => `  no case takes: ${step} → ${way}`)];
}
