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
}

const LETTERS: Readonly<Record<string, Reached>> = { t: 'talked', m: 'message_only', n: 'tried', x: 'not_tried' };

/** Whole words that mentors write in place of a letter, longest first. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:not tried|didnt try|did not try|havent tried|have not tried)\b/g, 'x'],
  [/\b(?:tried no answer|no answer|no reply|tried)\b/g, 'n'],
  [/\b(?:message only|messages only|messaged|message|msg|texted)\b/g, 'm'],
  [/\b(?:talked|spoke|called)\b/g, 't'],
];

/** "worried", "worry", and not "not worried" or "don't worry". */
const WORRY = String.raw`(?<!(?:\b(?:not|never|no|dont|isnt|arent|aint)|n['’]t)\s+)\bworr(?:ied|y)\b`;
const WORRIED = new RegExp(WORRY, 'i');
/** "2", "#2", "no. 2". */
const NUMBER = String.raw`(?:(?:no\.|number|#)\s*)?\d{1,2}(?!\d)`;
/** A list longer than this is not the weekly one. */
const PLACE_LIMIT = 60;

/** Whether a text speaks of a worry, clear or not: then a person hears of it in any case. */
export function speaksOfWorry(text: string): boolean {
  return WORRIED.test(text);
}

/**
 * Reads a reply about mentees in the order they were listed in, by `names` (first names). Null when it cannot be read
 * with certainty. A worry that is clear is taken also when the letters before it are not.
 */
export function readUpdate(text: string, names: readonly string[]): TextedUpdate | null {
  if (names.length === 0 || names.length > PLACE_LIMIT) return null;
  const typed = text.normalize('NFC');
  const start = typed.search(WORRIED);
  const letters = readLetters(withNumbers(start === -1 ? typed : typed.slice(0, start), names), names.length);
  const worries = start === -1 ? [] : readWorries(typed.slice(start), names);
  if (worries === null || (letters === null && worries.length === 0)) return null;
  const reached = letters ?? names.map(() => null);
  return worries.length === 0 && reached.every((one) => one === null) ? null : { reached, worries };
}

/** Names as they may be typed, each with its place; those that two mentees of the list share are left out. */
function clearNames(names: readonly string[]): readonly (readonly [string, number])[] {
  const plain = names.map((name) => toPlain(name).trim());
  return names.flatMap((name, place) => {
    const bare = plain[place] ?? '';
    const isClear = bare.length > 1 && plain.indexOf(bare) === plain.lastIndexOf(bare);
    return isClear ? [name.normalize('NFC').trim(), bare].map((form) => [form, place] as const) : [];
  });
}

/** First names that only one mentee of the list has become their number. */
function withNumbers(text: string, names: readonly string[]): string {
  return clearNames(names).reduce(
    (kept, [form, place]) => kept.replace(new RegExp(wholeWords(form), 'giu'), ` ${place + 1} `),
    text,
  );
}

function wholeWords(words: string): string {
  return `(?<![\\p{L}\\p{N}])${escaped(words)}(?![\\p{L}\\p{N}])`;
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

/** Each "WORRIED" with those it is about, up to the next; null when one names nobody of the list. */
function readWorries(text: string, names: readonly string[]): readonly TextedWorry[] | null {
  const forms = clearNames(names);
  const one = `(?:${[NUMBER, ...forms.map(([form]) => wholeWords(form))].join('|')})`;
  const about = new RegExp(`${WORRY}[\\s:,-]*(?:about\\s+)?(${one}(?:\\s*(?:,|&|\\band\\b)\\s*${one})*)`, 'giu');
  const found = [...text.matchAll(about)];
  if (found.length === 0) return names.length === 1 ? [{ places: [0], note: text.trim() }] : null;
  const worries = found.map((match, index): TextedWorry | null => {
    const numbers = withNumbers(match[1] ?? '', names).matchAll(/\d{1,2}/g);
    const places = [...numbers].map(([number]) => Number(number) - 1);
    if (places.some((place) => place < 0 || place >= names.length)) return null;
    const note = text.slice(match.index + match[0].length, found[index + 1]?.index ?? text.length);
    return { places: [...new Set(places)], note: note.replace(/^[\s:,.;-]+/, '').trim() };
  });
  const clear = worries.filter((worry) => worry !== null);
  return clear.length === worries.length ? clear : null;
}
