// What a reply means, as a family of answers, and how sure that is. Accepted only when every word is known and points one
// way; one family among words nobody knows is asked back; a doubt, or two families that do not go together, is unclear.

import { isEmoji, toPlain, wordsOf } from './plain-reply.ts';
import { type Item, itemsOf, knownWords, type ReplyBook, type Role } from './reply-book.ts';
import { type Part, partsOf } from './reply-parts.ts';
import { FAMILIES, type Family } from './reply-words.ts';
import { CERTAIN, LIKELY } from './settled.ts';

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
/** Unknown words beside an answer up to which it is asked back. */
const MOST_UNKNOWN = 10;
const UNCLEAR: FamilyReading = { band: 'unclear', family: null, rest: null };

interface Judged {
  readonly band: 'accept' | 'confirm';
  readonly family: Family;
}

/** Reads the family of a reply. `asksYesNo`: it answers a yes/no question, where "i will" is a yes. */
export function readFamily(book: ReplyBook, text: string, asksYesNo = false): FamilyReading {
  const typed = wordsOf(toPlain(text));
  if (typed.length === 0 || typed.length > MOST_WORDS) return UNCLEAR;
  const alone = aloneFamily(book, typed, asksYesNo);
  if (alone !== null) return { band: 'accept', family: alone, rest: null };
  const parts = partsOf(book, text);
  const whole = judgeText(book, text, { asks: parts.some(({ asks }) => asks), asksYesNo });
  if (whole?.band === 'accept') return { ...whole, rest: null };
  const halved = readHalves(book, parts, asksYesNo);
  if (halved?.band === 'accept') return halved;
  if (whole !== null) return { ...whole, rest: null };
  return halved ?? readQuestion(book, parts) ?? UNCLEAR;
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
  if (/^(?:but|pero)\b.*\?/.test(toPlain(rest))) return false;
  if (/^(?:but|pero|jk|not?|wait|espera|actually|or|o|nvm|except|menos)\b/.test(toPlain(rest))) return true;
  if (rest.includes('?')) return false;
  const harmless = new Set<Role | null>(['small', 'polite', 'when', 'excuse', 'stuck', 'talk', 'question', null]);
  return itemsOf(book, knownWords(book, rest)).some(({ role }) => !harmless.has(role));
}

/** Only a question: a person answers it. */
function readQuestion(book: ReplyBook, parts: readonly Part[]): FamilyReading | null {
  if (!parts.some(({ asks }) => asks)) return null;
  const items = itemsOf(book, knownWords(book, joined(parts)));
  const isOpened = items.some(({ role, phrase }) => role === 'question' && (items.length > 1 || phrase.includes(' ')));
  const isOne = isOpened || items.length > 2;
  return isOne ? { band: 'accept', family: 'question', rest: null } : null;
}

interface Manner {
  readonly asks: boolean;
  readonly asksYesNo: boolean;
}

function judgeText(book: ReplyBook, text: string, { asks, asksYesNo }: Manner): Judged | null {
  const items = negated(itemsOf(book, knownWords(book, text), asksYesNo));
  const judged = judge(items, { asks, asksYesNo });
  if (judged?.band === 'accept' || !asksYesNo || asks) return judged;
  return readOpening(book, items, toPlain(text)) ?? judged;
}

/** "yeah my mom is taking me": a yes (or a clear no) at the start that nothing after it puts in doubt. */
function readOpening(book: ReplyBook, items: readonly Item[], plain: string): Judged | null {
  const first = items.find(({ role }) => role !== 'small' && role !== 'polite');
  if (first === undefined || (first.role !== 'yes' && first.role !== 'no')) return null;
  if (book.phrases.get(first.phrase) !== first.role) return null;
  const harmless = new Set<Role | null>(['small', 'polite', 'when', 'ahead', 'excuse', 'question', null, first.role]);
  const others = items.filter((item) => item !== first);
  if (!others.every(({ role }) => harmless.has(role))) return null;
  const isClear = first.role === 'yes' || /^(?:no,|nope|nah|nop\b)/.test(plain);
  return { band: isClear ? 'accept' : 'confirm', family: first.role };
}

/** "not", then what is done: not yet. Any other negation stays one, and weighs in `judge`. */
function negated(items: readonly Item[]): readonly Item[] {
  return items.map((item, at) => {
    if (item.role === 'negation') {
      const next = items.slice(at + 1).find(({ role }) => role !== 'small' && role !== 'polite' && role !== 'already');
      return { ...item, role: next?.role === 'done' ? 'small' : 'negation' };
    }
    if (item.role !== 'done') return item;
    const before = items
      .slice(0, at)
      .findLast(({ role }) => role !== 'small' && role !== 'polite' && role !== 'already');
    return before?.role === 'negation' ? { ...item, role: 'not_yet' } : item;
  });
}

function judge(items: readonly Item[], { asks, asksYesNo }: Manner): Judged | null {
  const has = (...roles: readonly (Role | null)[]): boolean => items.some(({ role }) => roles.includes(role));
  if (has('doubt')) return null;
  const isKnown = items.every(({ role }) => role !== null);
  const said = items.flatMap(({ role, isWeak }) =>
    isFamily(role) && role !== 'question' && (isKnown || !isWeak) ? [role] : [],
  );
  const families = [...new Set(said)];
  const settled = settle(families, has, asksYesNo);
  if (settled === null) return null;
  const isForPerson = ['stuck', 'talk'].includes(settled.family) || items.some((item) => item.isOpen);
  if ((asks || has('question')) && !isForPerson) return null;
  const isNegated = has('negation');
  if (isNegated && !NEGATED_STILL.has(settled.family)) return null;
  if (items.filter(({ role }) => role === null).length > MOST_UNKNOWN) return null;
  return { ...settled, band: isNegated ? 'confirm' : weaken(settled, items, families.length) };
}

/** Families that a "not" elsewhere in the reply leaves likely: "says my name does not match, im stuck". */
const NEGATED_STILL: ReadonlySet<Family> = new Set(['stuck', 'not_for_me', 'not_yet', 'no']);

function weaken(judged: Judged, items: readonly Item[], families: number): Judged['band'] {
  const unknown = items.filter(({ role }) => role === null).length;
  const isOpen = families === 1 && items.some((item) => item.isOpen);
  const isHedged =
    items.some(({ role }) => role === 'hedge' || role === 'leans_yes' || role === 'leans_no') &&
    !['stuck', 'talk', 'later'].includes(judged.family);
  const isKnown = unknown === 0 || isOpen;
  return judged.band === 'accept' && isKnown && !isHedged ? 'accept' : 'confirm';
}

type Has = (...roles: readonly (Role | null)[]) => boolean;

function settle(families: readonly Family[], has: Has, asksYesNo: boolean): Judged | null {
  const [first] = families;
  const accept = (family: Family): Judged => ({ band: 'accept', family });
  const confirm = (family: Family): Judged => ({ band: 'confirm', family });
  if (first === undefined) {
    if (has('leans_yes', 'leans_no'))
      return has('leans_yes') === has('leans_no') ? null : confirm(has('leans_yes') ? 'yes' : 'no');
    if (has('already')) return has('ahead', 'turn') ? confirm('later') : accept('done');
    const isAhead = has('ahead') || (has('when', 'excuse') && !has(null));
    return isAhead ? accept('later') : null;
  }
  if (families.length > 1) {
    if (asksYesNo && families.join('+') === 'yes+stuck') return confirm('yes');
    const certain = CERTAIN[families.join('+')];
    if (certain !== undefined) return has('turn') && families[0] === 'done' ? confirm(certain) : accept(certain);
    const likely = LIKELY[families.toSorted().join('+')];
    return likely === undefined ? null : confirm(likely);
  }
  if (first === 'yes' && has('already')) return accept('done');
  if (first === 'no' && has('already')) return null;
  if (first === 'no' && has('when', 'ahead', 'excuse') && !asksYesNo) return accept('later');
  if (first === 'no' && has('when', 'ahead', 'excuse')) return confirm('no');
  if (first === 'yes' && has('ahead') && !asksYesNo) return confirm('later');
  if (first === 'yes' && has('when', 'ahead')) return confirm('yes');
  if (first === 'yes' && has('excuse') && !asksYesNo) return null;
  if (first === 'done' && has('ahead')) return confirm('later');
  return accept(first);
}

function isFamily(role: Role | null): role is Family {
  return FAMILIES.some((family) => family === role);
}

/** Whether a reply is nothing but thumbs: a yes to a question, and not quite an answer to a nudge. */
export function isOnlyThumb(book: ReplyBook, text: string): boolean {
  const words = wordsOf(toPlain(text));
  return words.every((word) => isEmoji(word) && book.phrases.get(word) !== 'done');
}
