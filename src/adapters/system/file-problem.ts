// A mistake in an author's file, with the place where it stands. One shape for flows and safety files alike.

/** Lines and columns begin at 1. `message` says what is wrong, `hint` what would be right. */
export interface FileProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}

/** One problem as a line: `file:line:column what is wrong. What would be right.` */
export function formatFileProblem({ file, line, column, message, hint }: FileProblem): string {
  return `${file}:${line}:${column} ${message}. ${hint}`;
}
