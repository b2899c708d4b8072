// What a reply means as a whole, as a family of answers, and how sure that is. Accepted only when every word is known and
// points one way; one family among words nobody knows is asked back; a doubt, or two families that do not go together, is
// unclear. Answers with another thought behind them are read-family's.

import { clausesOf, correctionIn } from './clauses.ts';
import { HARMLESS, isFamily, type Judged, judge, type Manner, negated } from './judge-items.ts';
import { isEmoji, toPlain, wordsOf } from './plain-reply.ts';
import { type Item, itemsOf, knownWords, type ReplyBook, type Role } from './reply-book.ts';
import { type Part, partsOf } from './reply-parts.ts';
import type { Family } from './reply-words.ts';

/** How sure a reading is: taken at once, asked back ("Did you mean …?"), or left to a person. */
export type Band = 'accept' | 'confirm' | 'unclear';

/** A family, how sure it is, and what else the mentee wrote, as typed. */
export interface FamilyReading {
  readonly band: Band;
  /** Null when unclear. */
  readonly family: Family | null;
  readonly rest: string | null;
}

/** Longest reply that is read at all, in words; a longer one is a letter, and a person should read it. */
const MOST_WORDS = 60;
/** What goes to a person is the same with a question mark behind it: "help?". */
const READ_ALONE: ReadonlySet<Family> = new Set(['stuck', 'talk', 'question']);
const UNCLEAR: FamilyReading = { band: 'unclear', family: null, rest: null };

/** Reads a reply as one answer. `asksYesNo`: it answers a yes/no question, where "i will" is a yes. */
export function readAnswer(book: ReplyBook, text: string, asksYesNo = false): FamilyReading {
  const typed = wordsOf(toPlain(text));
  if (typed.length === 0 || typed.length > MOST_WORDS) return UNCLEAR;
  const alone = aloneFamily(book, typed, asksYesNo);
  // "listo?" asks whether it is.
  if (alone !== null && (READ_ALONE.has(alone) || !text.includes('?'))) {
    return { band: 'accept', family: alone, rest: null };
  }
  const parts = partsOf(book, text);
  const whole = judgeText(book, text, { asks: parts.some(({ asks }) => asks), asksYesNo });
  const aftermath = whole === null || whole.family === 'stuck' ? readAftermath(book, text, asksYesNo) : null;
  if (whole?.band === 'accept') return aftermath ?? { ...whole, rest: null };
  const halved = readHalves(book, parts, asksYesNo) ?? readAsking(book, text, asksYesNo);
  if (halved?.band === 'accept') return halved;
  const other =
    readAftermath(book, text, asksYesNo) ??
    readCorrected(book, text, asksYesNo) ??
    (whole === null && halved === null
      ? (readDoubted(book, text, asksYesNo) ?? (asksYesNo ? readFirstWord(book, text) : null))
      : null);
  if (other !== null) return other;
  if (whole !== null) return { ...whole, rest: null };
  return halved ?? readQuestion(book, parts) ?? UNCLEAR;
}

/** "sent it, how long does it take": a question without its mark. */
function readAsking(book: ReplyBook, text: string, asksYesNo: boolean): FamilyReading | null {
  const clauses = clausesOf(book, text);
  return clauses.some(({ asks }) => asks) ? readHalves(book, clauses, asksYesNo) : null;
}

/** "done but i never got the email": it is done, and somebody should know of the rest. */
function readAftermath(book: ReplyBook, text: string, asksYesNo: boolean): FamilyReading | null {
  const [head = '', ...tail] = text.split(
    /\s+(?=(?:but|pero|tho|though|aunque)\b|(?:and|y) (?:still |todav[ií]a |a[uú]n )?(?:nothing|nada|no me)\b)/iu,
  );
  const rest = tail.join(' ');
  const roles = itemsOf(book, knownWords(book, rest)).map(({ role }) => role);
  if (!roles.includes('aftermath') || !roles.every((role) => AFTER_DONE.has(role))) return null;
  const judged = judgeText(book, head, { asks: false, asksYesNo });
  const isDone = judged?.family === 'done' || (judged?.family === 'yes' && !asksYesNo);
  return isDone ? { band: 'confirm', family: 'done', rest } : null;
}

const AFTER_DONE: ReadonlySet<Role | null> = new Set([...HARMLESS, 'aftermath', 'turn', 'already', 'when', null]);

/** "yes if i get a ride", and where one was asked "yes?": an answer that hangs on something is likely, and asked back. */
function readDoubted(book: ReplyBook, text: string, asksYesNo: boolean): FamilyReading | null {
  const manner = { asks: false, asksYesNo };
  const isUnsure = asksYesNo && /^[^?.!,]{1,20}\?+\s*$/u.test(text);
  const [head = '', ...conditions] = isUnsure ? [text.replace(/\?+\s*$/u, ''), ''] : text.split(CONDITION);
  if (conditions.length === 0) return null;
  if (head.trim() !== '') {
    const judged = judgeText(book, head, manner);
    return judged && { ...judged, band: 'confirm', rest: null };
  }
  const roles = itemsOf(book, knownWords(book, conditions.join(' '))).map(({ role }) => role);
  const isSometime = !asksYesNo && roles.some((role) => role === 'ahead' || role === 'when');
  return isSometime && !roles.includes('doubt') && !roles.includes('stuck')
    ? { band: 'confirm', family: 'later', rest: null }
    : null;
}

/** "no i changed my mind": a yes or a no stands first, and nothing after it doubts or contradicts it. */
function readFirstWord(book: ReplyBook, text: string): FamilyReading | null {
  const items = itemsOf(book, knownWords(book, text));
  const first = items.find(({ role }) => !HARMLESS.has(role));
  if (first === undefined || (first.role !== 'yes' && first.role !== 'no')) return null;
  const against = new Set<Role | null>([
    'doubt',
    'hedge',
    'leans_yes',
    'leans_no',
    first.role === 'yes' ? 'no' : 'yes',
  ]);
  const isAlone = items.some((item) => item !== first && against.has(item.role));
  return isAlone ? null : { band: 'confirm', family: first.role, rest: null };
}

const CONDITION =
  /(?:^|,?\s+)(?:(?:only |but only |solo |nomas |pero solo )?(?:if|unless|depending|as long as)|(?:solo |nomas |pero )?si (?=(?:me|mi|tengo|hay|puedo|alguien|no trabajo|consigo|mis|termino|salgo)\b))\b/iu;

/** "yes wait no i didnt": what is said last is likely, and asked back. */
function readCorrected(book: ReplyBook, text: string, asksYesNo: boolean): FamilyReading | null {
  const taken = correctionIn(text);
  if (taken === null || taken.before === '' || /[?¿]/.test(taken.after)) return null;
  if (judgeText(book, taken.before, { asks: false, asksYesNo }) === null) return null;
  const judged = judgeText(book, taken.after, { asks: false, asksYesNo });
  return judged && { band: 'confirm', family: judged.family, rest: null };
}

function aloneFamily(book: ReplyBook, typed: readonly string[], asksYesNo: boolean): Family | null {
  const words = typed.filter((word, index) => index === 0 || !isEmoji(word)).join(' ');
  const family = book.alone.get(words) ?? null;
  if (family !== null) return family;
  const asked = asksYesNo ? book.asked.get(knownWords(book, typed.join(' ')).join(' ')) : undefined;
  return asked !== undefined && isFamily(asked) ? asked : null;
}

/** An answer and a second thought: the sentences that ask, or all after the first, are the rest. */
function readHalves(book: ReplyBook, parts: readonly Part[], asksYesNo: boolean): FamilyReading | null {
  if (parts.length < 2) return null;
  const asking = parts.filter(({ asks }) => asks);
  if (asking.length > 0 && asking.length < parts.length) {
    const said = parts.filter(({ asks }) => !asks).map(({ text }) => text);
    const judged = judgeText(book, said.join('\n'), { asks: false, asksYesNo });
    if (judged !== null && !isTakenBack(book, asking[0]?.text ?? '')) return { ...judged, rest: joined(asking) };
    const asked = judged === null ? judgeText(book, joined(asking), { asks: true, asksYesNo }) : null;
    if (asked?.family === 'talk') return { ...asked, rest: said.join(' ') };
  }
  for (let count = parts.length - 1; count > 0; count -= 1) {
    const head = parts.slice(0, count);
    const rest = joined(parts.slice(count));
    const isAsking = head.some(({ asks }) => asks);
    const judged = judgeText(book, joined(head), { asks: isAsking, asksYesNo });
    if (judged?.band !== 'accept' || judged.family === 'later') continue;
    return isTakenBack(book, rest) ? null : { ...judged, rest };
  }
  return null;
}

function joined(parts: readonly Part[]): string {
  return parts.map(({ text }) => text).join(' ');
}

/** Whether a second half says something that could change the first: another answer, a doubt, a "no". */
function isTakenBack(book: ReplyBook, rest: string): boolean {
  if (/^(?:jk|not?|or|o|nvm|except|menos)\b|^(?:wait|espera),? no\b/.test(toPlain(rest))) return true;
  if (rest.includes('?')) return false;
  const items = itemsOf(book, knownWords(book, rest.replace(/^(?:but|pero|wait|espera|oh|actually)\b/iu, '')));
  const isQuestion = items.find(({ role, phrase }) => !HARMLESS.has(role) && phrase !== 'also')?.role === 'question';
  if (isQuestion && items.length > 2) return false;
  if (/^(?:but|pero|wait|espera|actually)\b/.test(toPlain(rest)) && !isQuestion) return true;
  const harmless = new Set<Role | null>([...HARMLESS, 'when', 'excuse', 'stuck', 'talk', 'question', null]);
  return items.some(({ role }) => !harmless.has(role));
}

/** Only a question: a person answers it. */
function readQuestion(book: ReplyBook, parts: readonly Part[]): FamilyReading | null {
  if (!parts.some(({ asks }) => asks)) return null;
  const items = itemsOf(book, knownWords(book, joined(parts)));
  const isOpened = items.some(({ role, phrase }) => role === 'question' && (items.length > 1 || phrase.includes(' ')));
  const isOne = isOpened || items.length > 2;
  if (!isOne) return null;
  const more = parts.slice(1).filter(({ text, asks }) => asks && /^(?:also|and|btw|tambi[eé]n|y|oye)\b/iu.test(text));
  return { band: 'accept', family: 'question', rest: more.length === 0 ? null : joined(more) };
}

function judgeText(book: ReplyBook, text: string, { asks, asksYesNo }: Manner): Judged | null {
  const items = negated(itemsOf(book, knownWords(book, text), asksYesNo));
  const judged = judge(items, { asks, asksYesNo });
  if (judged?.band === 'accept' || !asksYesNo || asks) return judged;
  return readOpening(book, items, toPlain(text)) ?? judged;
}

/** "yeah my mom is taking me": a yes (or a clear no) at the start that nothing after it puts in doubt. */
function readOpening(book: ReplyBook, items: readonly Item[], plain: string): Judged | null {
  const first = items.find(({ role }) => !HARMLESS.has(role));
  if (first === undefined || (first.role !== 'yes' && first.role !== 'no')) return null;
  if (book.phrases.get(first.phrase) !== first.role) return null;
  const harmless = new Set<Role | null>([...HARMLESS, 'when', 'ahead', 'excuse', 'question', null, first.role]);
  const others = items.filter((item) => item !== first);
  if (!others.every(({ role }) => harmless.has(role))) return null;
  const isClear = first.role === 'yes' || /^(?:no,|nope|nah|nop\b)/.test(plain);
  return { band: isClear ? 'accept' : 'confirm', family: first.role };
}

/** Whether a reply is nothing but thumbs: a yes to a question, and not quite an answer to a nudge. */
export function isOnlyThumb(book: ReplyBook, text: string): boolean {
  const words = wordsOf(toPlain(text));
  return words.every((word) => isEmoji(word) && book.phrases.get(word) !== 'done');
}
