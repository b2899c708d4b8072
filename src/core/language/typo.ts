// One slip of the thumb: whether a typed word is a known one with a letter missing, doubled, wrong or swapped.

/** Shorter words are never corrected, except when two neighbours are swapped: too many short words are near each other. */
const SHORTEST = 5;

/** The one known word that this is a slip of, or null when there is none or more than one. The first letter must be right. */
export function findSlip(word: string, known: Iterable<string>): string | null {
  const found = new Set<string>();
  for (const candidate of known) if (isSlip(word, candidate)) found.add(candidate);
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

/** Whether `word` is `known` with one slip in it. */
export function isSlip(word: string, known: string): boolean {
  if (word[0] !== known[0] || Math.abs(word.length - known.length) > 1 || known.length < 4) return false;
  const start = commonStart(word, known);
  const [a, b] = [word.slice(start), known.slice(start)];
  if (a.length === b.length && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)) return true;
  if (word.length < SHORTEST || known.length < SHORTEST) return false;
  if (a.length === b.length) return a.slice(1) === b.slice(1);
  return a.length > b.length ? a.slice(1) === b : a === b.slice(1);
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
