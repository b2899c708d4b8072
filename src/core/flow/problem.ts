// A mistake in an author's file, in words an author understands. Owns the shape and the "did you mean" search;
// it never knows about files or lines: a path says where, and whoever read the file turns it into a position.

/** Where in the parsed data: keys and list positions from the top. */
export type Path = readonly (string | number)[];

/** One mistake. `message` says what is wrong, `hint` what would be right; both are sentences without names of people. */
export interface Problem {
  readonly path: Path;
  readonly message: string;
  readonly hint: string;
  /** `key` when the key itself is the mistake (a misspelt one), so that the position is the key's and not the value's. */
  readonly at?: 'key';
  /** A mistake (when absent) stops a publish; a warning is something that an author should look at. */
  readonly severity?: Severity;
}

/** How much a finding weighs. */
export type Severity = 'mistake' | 'warning';

/** The same problems, found deeper: `path` is put in front of each. */
export function under(path: Path, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
}

/** The name that was probably meant, or null when none is near (at most a third of its letters differ). */
function nearest(name: string, known: readonly string[]): string | null {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate ?? null;
}

/** The hint for a name that does not exist: the near one, or all there are. */
export function didYouMean(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== null) return `Did you mean "${near}"?`;
  return known.length === 0 ? 'Take it out.' : `Use one of: ${known.join(', ')}.`;
}

/** Letters that are missing, too many, wrong or swapped with their neighbour; each counts one. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (rows[row - 1]?.[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const moved = Math.min((rows[row - 1]?.[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap ? (rows[row - 2]?.[column - 2] ?? 0) + 1 : replaced;
      current.push(Math.min(replaced, moved, swapped));
    }
    rows.push(current);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
