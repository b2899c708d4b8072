// A mentor's weekly update as it is texted back: one letter for each mentee, one for all, or a worry. Kept certain on
// purpose: what could be meant in two ways is not read, and the mentor is asked again.

import type { Reached } from '../model/weekly-update.ts';
import { toPlain } from './plain-reply.ts';

/** One worry: the places of the mentees it is about (0 is the first), and why, in the mentor's words. */
export interface TextedWorry {
  readonly places: readonly number[];
  readonly note: string;
}

/** What was read. `reached` has a value for each mentee that was spoken of, null for the others. */
export interface TextedUpdate {
  readonly reached: readonly (Reached | null)[];
  readonly worries: readonly TextedWorry[];
  /** They are worried, and it is not certain about whom: then a person sorts it out, and `worries` is empty. */
  readonly hasUnclearWorry: boolean;
}

const LETTERS: Readonly<Record<string, Reached>> = { t: 'talked', m: 'message_only', n: 'tried', x: 'not_tried' };

/** Whole words that mentors write in place of a letter, longest first. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:not tried|didnt try|did not try|havent tried|have not tried)\b/g, 'x'],
  [/\b(?:tried no answer|no answer|no reply|tried)\b/g, 'n'],
  [/\b(?:message only|messages only|messaged|message|msg|texted)\b/g, 'm'],
  [/\b(?:talked|spoke|called)\b/g, 't'],
];

/** Not behind "not", "don't", "nothing". */
const MEANT = String.raw`(?<!(?:\b(?:not|never|no|dont|isnt|arent|aint|nothing|nobody|none)|n['’]t)\s+)\b`;
/** "worried", "worry", and not "not worried" or "don't worry". */
const WORRY = String.raw`${MEANT}worr(?:ied|y)\b`;
/** "she worries me": whom it is about stands before, in any words. */
const WORRIES_ME = String.raw`${MEANT}worr(?:ies|ying)\s+(?:me|us)\b`;
const WORRIED = new RegExp(`${WORRY}|${WORRIES_ME}`, 'i');
/** "2", "#2", "no. 2". */
const NUMBER = String.raw`(?:(?:no\.|number|#)\s*)?\d{1,2}(?!\d)`;
const MANY =
  'of|or more|out of|am|pm|mins?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|semesters?|years?|times?|texts?|calls?|' +
  'messages?|students?|mentees?|kids?|people|persons?|friends?|guys?|girls?|boys?|freshmen|things?|reasons?|classes|exams?|' +
  'tests?|finals|others?|more';
/** What makes a bare number one that counts something: "2 of my mentees", "2 days without a word", "2:30 am". */
const COUNTED = new RegExp(`^(?:[:.,]\\d|\\s*%|\\s*(?:${MANY})(?![\\p{L}\\p{N}]))`, 'iu');
/** What a mentor of one mentee may call them; "worried about my roommate" is about somebody else. */
const ABOUT_OTHERS = new RegExp(`${WORRY}\\s+about\\s+(?!(?:her|him|them|my\\s+(?:mentee|student))\\b)`, 'i');
/** "I am really" before "worried" says nothing by itself. */
const LEAD_IN =
  /(?:\b(?:and|but)\s+)?\bi(?:['’]?m|\s+am)?(?:\s+(?:so|very|really|pretty|also|still|just|a bit|a little))*\s*$/iu;
/** A list longer than this is not the weekly one. */
const PLACE_LIMIT = 60;

/** Whether a text speaks of a worry, clear or not: then a person hears of it in any case. */
export function speaksOfWorry(text: string): boolean {
  return WORRIED.test(text);
}

/**
 * Reads a reply about mentees in the order they were listed in, by `names` (first names). Null when it cannot be read
 * with certainty. A worry that is clear is taken also when the letters before it are not. Only the first `listed` of them
 * have a number that the mentor knows.
 */
export function readUpdate(text: string, names: readonly string[], listed: number = names.length): TextedUpdate | null {
  if (names.length === 0 || names.length > PLACE_LIMIT) return null;
  const typed = text.normalize('NFC');
  const before = beforeWorry(typed);
  const letters = readLetters(withNumbers(before ?? typed, names), names.length);
  const reached = letters ?? names.map(() => null);
  const worries = before === null ? [] : readWorries(typed.slice(typed.search(WORRIED)), { names, listed });
  const says = reached.some((one) => one !== null) || (worries !== null && worries.length > 0);
  if (!says) return null;
  return { reached, worries: worries ?? [], hasUnclearWorry: worries === null };
}

/** What stands before the sentence of the first worry; null when nobody is worried. */
function beforeWorry(typed: string): string | null {
  const match = WORRIED.exec(typed);
  if (match === null) return null;
  const before = typed.slice(0, match.index);
  const isSubjectBefore = new RegExp(WORRIES_ME, 'i').test(match[0]);
  return isSubjectBefore ? (/^.*[.!?;\n]/su.exec(before)?.[0] ?? '') : before.replace(LEAD_IN, '');
}

interface Form {
  readonly form: string;
  readonly place: number;
}

/** Names as they may be typed, each with its place, longest first; those that two mentees share are left out. */
function clearNames(names: readonly string[]): readonly Form[] {
  const plain = plainNames(names);
  const forms = names.flatMap((name, place) => {
    const bare = plain[place] ?? '';
    const isClear = bare.length > 1 && plain.indexOf(bare) === plain.lastIndexOf(bare);
    return isClear ? [name.normalize('NFC').trim(), bare].map((form) => ({ form, place })) : [];
  });
  return forms.toSorted((a, b) => b.form.length - a.form.length);
}

function plainNames(names: readonly string[]): readonly string[] {
  return names.map((name) => toPlain(name).trim());
}

/** First names that only one mentee of the list has become their number. */
function withNumbers(text: string, names: readonly string[]): string {
  return clearNames(names).reduce(
    (kept, { form, place }) => kept.replace(new RegExp(wholeWords(form), 'giu'), ` ${place + 1} `),
    text,
  );
}

function wholeWords(words: string): string {
  return `(?<![\\p{L}\\p{N}])${escaped(words)}(?![\\p{L}\\p{N}]|-\\p{L})`;
}

function escaped(words: string): string {
  return words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function readLetters(text: string, count: number): readonly (Reached | null)[] | null {
  const plain = WORDS.reduce((kept, [words, letter]) => kept.replace(words, letter), toPlain(text))
    .replace(/\b(?:thanks|thank you|thx|hi|hello|hey|please)\b/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  if (plain === '') return Array.from({ length: count }, () => null);
  return readAll(plain, count) ?? readNumbered(plain, count) ?? readInOrder(plain, count);
}

/** "all t", "t for all", "all t except 2 n". */
function readAll(plain: string, count: number): readonly (Reached | null)[] | null {
  const match =
    /^(?:all|everyone|everybody) ?(?:is |are )?([tmnx])\b(.*)$|^([tmnx]) (?:for |to )?(?:all|everyone|everybody)$/.exec(
      plain,
    );
  if (match === null) return null;
  const all = LETTERS[match[1] ?? match[3] ?? ''] ?? null;
  const rest = (match[2] ?? '').replace(/\b(?:except|but|and)\b/g, ' ').trim();
  if (rest === '') return Array.from({ length: count }, () => all);
  return readNumbered(rest, count)?.map((one) => one ?? all) ?? null;
}

/** "1t 2m", "2 m". Every part has to be one of these, each number once. */
function readNumbered(plain: string, count: number): readonly (Reached | null)[] | null {
  if (!/^(?:\d{1,2} ?[tmnx](?: |$)|\d{1,2}[tmnx](?=\d))+$/.test(plain)) return null;
  const reached: (Reached | null)[] = Array.from({ length: count }, () => null);
  for (const [, number = '', letter = ''] of plain.matchAll(/(\d{1,2}) ?([tmnx])/g)) {
    const place = Number(number) - 1;
    if (place < 0 || place >= count || reached[place] !== null) return null;
    reached[place] = LETTERS[letter] ?? null;
  }
  return reached;
}

/** "TTM", "t t m": one for each, in order; fewer or more are not clear. */
function readInOrder(plain: string, count: number): readonly (Reached | null)[] | null {
  const letters = plain.replaceAll(' ', '');
  if (letters.length !== count || !/^[tmnx]+$/.test(letters)) return null;
  return [...letters].map((letter) => LETTERS[letter] ?? null);
}

interface List {
  readonly names: readonly string[];
  readonly listed: number;
}

/** Each "WORRIED" with those it is about, up to the next; null when it is not certain about whom one of them is. */
function readWorries(text: string, list: List): readonly TextedWorry[] | null {
  const { names } = list;
  if (new RegExp(WORRIES_ME, 'i').test(text)) return null;
  const one = oneOf(clearNames(names).map(({ form }) => form));
  const about = new RegExp(`${WORRY}[\\s:,-]*(?:about\\s+)?(${one}(?:\\s*(?:,|&|\\band\\b)\\s*${one})*)`, 'giu');
  const found = [...text.matchAll(about)];
  if (found.length === 0) return worryOfOnly(text, names);
  const worries = found.map((match, index): TextedWorry | null => {
    const note = text.slice(match.index + match[0].length, found[index + 1]?.index ?? text.length);
    const places = [...(match[1] ?? '').matchAll(new RegExp(one, 'giu'))].map(([typed]) => placeOf(typed, list));
    const isSure = places.every((place) => place !== null) && endsThere(match[0], note, names);
    return isSure ? { places: [...new Set(places)], note: note.replace(/^[\s:,.;-]+/, '').trim() } : null;
  });
  const clear = worries.filter((worry) => worry !== null);
  return clear.length === worries.length ? clear : null;
}

/** A number, or one of the names. */
function oneOf(forms: readonly string[]): string {
  return `(?:${[NUMBER, ...forms.map(wholeWords)].join('|')})`;
}

/** A mentor of one mentee needs to name nobody, as long as they speak of nobody else. */
function worryOfOnly(text: string, names: readonly string[]): readonly TextedWorry[] | null {
  const isTheirs = names.length === 1 && names[0] !== '' && !ABOUT_OTHERS.test(text);
  return isTheirs ? [{ places: [0], note: text.trim() }] : null;
}

/** Null for a number without a mentee, and for a name that may be the short form of another one of the list. */
function placeOf(typed: string, { names, listed }: List): number | null {
  const plain = plainNames(names);
  const number = /^\D*(\d{1,2})$/.exec(typed);
  if (number !== null) {
    const place = Number(number[1]) - 1;
    return place >= listed || (plain[place] ?? '') === '' ? null : place;
  }
  const bare = toPlain(typed).trim();
  const isShort = plain.some((name) => name.startsWith(`${bare} `) || name.startsWith(`${bare}-`));
  return isShort || !plain.includes(bare) ? null : plain.indexOf(bare);
}

/** Whether nothing behind it changes whom it is about: a number that counts, or one more of the list. */
function endsThere(about: string, rest: string, names: readonly string[]): boolean {
  const isBareNumber = /\d$/.test(about) && !/(?:no\.|number|#)\s*\d+$/i.test(about);
  if (isBareNumber && COUNTED.test(rest)) return false;
  const all = oneOf([...names.map((name) => name.normalize('NFC').trim()), ...plainNames(names)].filter(Boolean));
  return !new RegExp(`^\\s*(?:,|&|\\+|/|\\band\\b|\\bor\\b)\\s*${all}`, 'iu').test(rest);
}
