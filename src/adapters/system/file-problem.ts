// A mistake or a warning in an author's file, with the place where it stands. One shape for flows and safety files alike.

import type { Severity } from '../../core/flow/problem.ts';

/** Lines and columns begin at 1. `message` says what is wrong, `hint` what would be right. */
export interface FileProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
  /** A mistake when absent. */
  readonly severity?: Severity;
}

/** One problem as a line: `file:line:column what is wrong. What would be right.` A warning says so. */
export function formatFileProblem({ file, line, column, message, hint, severity }: FileProblem): string {
  return `${file}:${line}:${column} ${severity === 'warning' ? 'warning: ' : ''}${message}. ${hint}`;
}

/** How many of each: "2 mistakes", "no mistakes, 1 warning". */
export function countProblems(problems: readonly Pick<FileProblem, 'severity'>[]): string {
  const warnings = problems.filter(({ severity }) => severity === 'warning').length;
  const mistakes = count(problems.length - warnings, 'mistake');
  return warnings === 0 ? mistakes : `${mistakes}, ${count(warnings, 'warning')}`;
}

function count(number: number, word: string): string {
  return `${number === 0 ? 'no' : number} ${word}${number === 1 ? '' : 's'}`;
}
