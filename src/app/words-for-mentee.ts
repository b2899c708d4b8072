// What of a message in the thread of a case is for the student: everything but the lines that begin with `//`. Slack puts
// marks of its own before such a line, and people do; none of them may carry a remark to the student.

/** Letters that nobody sees, wherever they stand. */
const UNSEEN = /\p{Cf}/gu;
/** What may stand before the slashes of a remark: marks of lists, quotes, code and bold, a number, a person called. */
const REMARK = /^(?:[\s>|`"'“”‘’«»([{*_~+•◦▪▫‣⁃∙·●○■□‐‑‒–—-]|&gt;|(?:\d{1,3}|[a-z])[.)]|@[^\s@/]+\s)*\/\//iu;
/** Nothing that says anything, as what is left of a block of code whose lines were remarks. */
const MARKS_ALONE = /^[\s>`"'“”*_~-]*$/u;

/** Without the lines that are remarks; empty when nothing else is left. */
export function wordsForMentee(text: string): string {
  const lines = text.split('\n');
  const kept = lines.filter((line) => !isRemark(line));
  const words = kept.join('\n').trim();
  return kept.length < lines.length && MARKS_ALONE.test(words) ? '' : words;
}

/** As it reads: full-width slashes are slashes, and unseen letters are none. */
function isRemark(line: string): boolean {
  return REMARK.test(line.normalize('NFKC').replace(UNSEEN, ''));
}
