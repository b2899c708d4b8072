// The reason that a mentee gives behind an answer: "july 3rd cuz on the 4th we have family over". What is told there
// explains the answer and is never another one. It cuts and never reads.

/** An answer and why, as typed. */
export interface Reasoned {
  readonly head: string;
  readonly reason: string;
  /** Whether a "because" says for certain that a reason follows; "so" and "sorry" also begin other thoughts. */
  readonly isCertain: boolean;
}

const BECAUSE = String.raw`(?:be)?cuz|bcuz|cus|coz|cause|bc|b/c|because|since|porque|porq|xq|pq|(?<!\bs[ií]\s+)es que`;
const OTHER = String.raw`so(?! far| much| soon| sure| good| yes| no\b| i guess| maybe| \d)|(?:im |i am )?(?:so+ )?sorry|sry|perd[oó]n|my bad`;
const CUT = new RegExp(`[\\s,.!…]+(?<word>(?<because>${BECAUSE})|${OTHER})(?![\\p{L}\\p{N}'’])\\s*`, 'iu');
/** A reason without a word in it is none. */
const SAYS = /\p{L}{2}/u;

/** The reply cut before its reason, or null when it gives none. */
export function reasonIn(text: string): Reasoned | null {
  const cut = CUT.exec(text);
  if (cut === null) return null;
  const head = text.slice(0, cut.index).trim();
  const word = cut.groups?.['word'] ?? '';
  const reason = text
    .slice(cut.index)
    .replace(/^[\s,.!…]+/u, '')
    .trim();
  if (head === '' || !SAYS.test(reason.slice(word.length))) return null;
  return { head, reason, isCertain: cut.groups?.['because'] !== undefined };
}
