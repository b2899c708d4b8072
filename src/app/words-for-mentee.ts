// What of a message in the thread of a case is for the student: everything but the lines that begin with `//`, and
// nothing of a message that begins with them, because its next line is the likeliest to be a remark too. Slack puts marks
// of its own before such a line, and people do; none of them may carry a remark to the student.

/** Letters that nobody sees, wherever they stand. */
const UNSEEN = /\p{Cf}/gu;
/** What may stand before the slashes of a remark: marks of lists, quotes, code and bold, a number, a person called. */
const REMARK = /^(?:[\s>|`"'“”‘’«»([{*_~+•◦▪▫‣⁃∙·●○■□‐‑‒–—-]|&gt;|(?:\d{1,3}|[a-z])[.)]|@[^\s@/]+\s)*\/\//iu;
/** Nothing that says anything, as what is left of a block of code whose lines were remarks. */
const MARKS_ALONE = /^[\s>`"'“”*_~-]*$/u;

/** What a person writes when a button does not answer; a text of that alone is meant for the bot. */
const BUTTON_NAME =
  /^(?:resolve|call|details|still on it|re-?open|acknowledge|take over|release(?: to the bot)?|nudges again|false alarm)[\s.!]*(?:please)?[\s.!]*$/iu;

/** Whether it is the name of a button and nothing else. */
export function isButtonName(text: string): boolean {
  return BUTTON_NAME.test(text.replace(UNSEEN, '').trim());
}

/** Without the lines that are remarks; empty when nothing else is left, and when it begins with a remark. */
export function wordsForMentee(text: string): string {
  const lines = text.split('\n');
  const first = lines.find((line) => line.trim() !== '');
  if (first !== undefined && isRemark(first)) return '';
  const kept = lines.filter((line) => !isRemark(line));
  const words = kept.join('\n').trim();
  return kept.length < lines.length && MARKS_ALONE.test(words) ? '' : words;
}

/** As it reads: full-width slashes are slashes, and unseen letters are none. */
function isRemark(line: string): boolean {
  return REMARK.test(line.normalize('NFKC').replace(UNSEEN, ''));
}
