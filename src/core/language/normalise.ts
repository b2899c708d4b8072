// A text as words that can be compared: plain small letters, shortened words written out, spaced letters joined,
// emoji as words of their own. Every word keeps its place in the text as typed. It never decides what a text means.

import { readLeet, readLetter, soundOf } from './letters.ts';
import { expandTexting, otherReadings } from './texting.ts';

/** One word of a text with every way it may be read. */
export interface Word {
  /** The readings, the likeliest first. `~…` is how it sounds in Spanish; `#` is any number. */
  readonly forms: readonly string[];
  /** Readings that take in this word and the next ones: `words` of them in all ("s u i c i d e"). */
  readonly joins: readonly Join[];
  /** Place in the text as typed, UTF-16 units, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Whether a sentence ended before this word. */
  readonly opensSentence: boolean;
  /** Whether a comma, or its like, stands right before this word. */
  readonly afterComma: boolean;
  readonly isEmoji: boolean;
}

/** One reading of several typed words together. */
export interface Join {
  readonly form: string;
  readonly words: number;
}

interface Piece {
  readonly raw: string;
  readonly start: number;
  readonly end: number;
  readonly opensSentence: boolean;
  readonly afterComma: boolean;
  readonly isEmoji: boolean;
}

/** Longest typed word that is looked at closely; what is longer is read by its first letters only. */
const WORD_LIMIT = 40;
/** Longest word that is looked for in spaced letters. */
const JOIN_LIMIT = 12;
/** Spaced letters are a word only from here on; two are usually "u r" or "w a". */
const SPACED_MIN = 3;

const COMMAS: ReadonlySet<string> = new Set([',', ';', '،', '，', '–', '—']);

/** Reads a text of any length, in time linear in it. */
export function readWords(text: string): readonly Word[] {
  const pieces = cutPieces(text);
  return joinSpaced(pieces.flatMap(readPiece));
}

function cutPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let raw = '';
  let start = 0;
  let end = 0;
  let opens = true;
  let comma = false;
  const close = (): void => {
    const word = trimSigns(raw);
    if (word !== '') {
      pieces.push({ raw: word, start, end, opensSentence: opens, afterComma: comma, isEmoji: false });
      opens = false;
      comma = false;
    }
    raw = '';
  };
  let at = 0;
  for (const character of text) {
    const letter = readLetter(character);
    const next = at + character.length;
    if (letter.kind === 'letter' || letter.kind === 'symbol' || (letter.kind === 'apostrophe' && raw !== '')) {
      if (raw === '') start = at;
      raw += letter.as;
      end = next;
    } else if (
      letter.kind === 'stop' &&
      letter.as === '!' &&
      isLetter(raw.at(-1)) &&
      isLetter(text.at(next)?.toLowerCase())
    ) {
      raw += '!';
    } else if (letter.kind !== 'hidden') {
      close();
      if (letter.kind === 'stop') opens = true;
      if (COMMAS.has(character)) comma = true;
      if (letter.kind === 'emoji')
        pieces.push({ raw: letter.as, start: at, end: next, opensSentence: false, afterComma: false, isEmoji: true });
    }
    at = next;
  }
  close();
  return pieces;
}

function isLetter(sign: string | undefined): boolean {
  return sign !== undefined && sign >= 'a' && sign <= 'z';
}

const SIGNS = "$@*'";

/** Without the signs around a word. Counted, not matched: a thousand of them must not take a million steps. */
function trimSigns(raw: string): string {
  let from = 0;
  let to = raw.length;
  while (from < to && SIGNS.includes(raw.charAt(from))) from += 1;
  while (to > from && SIGNS.includes(raw.charAt(to - 1))) to -= 1;
  return raw.slice(from, to);
}

function readPiece(piece: Piece): readonly Word[] {
  const place = { start: piece.start, end: piece.end, isEmoji: piece.isEmoji };
  if (piece.isEmoji) return [{ ...place, forms: [piece.raw], joins: [], opensSentence: false, afterComma: false }];
  const raw = piece.raw.slice(0, WORD_LIMIT);
  const plain = raw.replaceAll("'", '');
  const expanded = expandTexting(raw) ?? expandTexting(plain) ?? expandRepeated(plain);
  if (expanded === null || expanded.length === 1) {
    const forms = readings(expanded?.[0] ?? plain, plain);
    const { opensSentence, afterComma } = piece;
    return [{ ...place, forms, joins: [], opensSentence, afterComma }];
  }
  return expanded.map((word, index) => ({
    ...place,
    forms: readings(word, word),
    joins: index === 0 ? readings(plain, plain).map((form) => ({ form, words: expanded.length })) : [],
    opensSentence: index === 0 && piece.opensSentence,
    afterComma: index === 0 && piece.afterComma,
  }));
}

/** "wannaaa", "imm": a shortened word whose letters were stretched. */
function expandRepeated(word: string): readonly string[] | null {
  const short = word.replace(/(.)\1+/g, '$1');
  return short === word || !/(.)\1\1/.test(word) ? null : expandTexting(short);
}

/** Readings of words met before; the same word always reads the same, so this only saves time. */
const met = new Map<string, readonly string[]>();
/** Words remembered; a stranger's endless new words must not fill the memory. */
const MET_LIMIT = 8000;

function readings(word: string, typed: string): readonly string[] {
  const key = word === typed ? word : `${word} ${typed}`;
  const known = met.get(key);
  if (known !== undefined) return known;
  const forms = readAfresh(word, typed);
  if (met.size >= MET_LIMIT) met.clear();
  met.set(key, forms);
  return forms;
}

function readAfresh(word: string, typed: string): readonly string[] {
  if (/^\d+(?:st|nd|rd|th)?$/.test(typed)) return ['#', typed, ...otherReadings(typed)];
  const forms = [word, ...otherReadings(word)];
  if (typed !== word) forms.push(typed);
  if (/[0-9$@!]/.test(word) && /[a-z]/.test(word)) forms.push(...readLeet(word));
  for (const form of [...forms]) forms.push(...lessStretched(form));
  if (/.{3}in$/.test(word)) forms.push(`${word}g`);
  for (const form of [...forms]) if (form.length > 2) forms.push(`~${soundOf(form)}`);
  return [...new Set(forms)];
}

function lessStretched(word: string): readonly string[] {
  if (!/(.)\1/.test(word)) return [];
  const shorter: string[] = [];
  if (/(.)\1\1/.test(word)) {
    shorter.push(word.replace(/(.)\1{2,}/g, '$1$1'), word.replace(/(.)\1{2,}/g, '$1'));
  }
  shorter.push(word.replace(/(.)\1+$/, '$1'));
  return shorter;
}

/** Adds to each letter of a spaced run the words that may begin at it. */
function joinSpaced(words: readonly Word[]): readonly Word[] {
  const out = [...words];
  let from = 0;
  while (from < words.length) {
    let to = from;
    while (to < words.length && isSingle(words[to])) to += 1;
    if (to - from >= SPACED_MIN) addJoins(out, from, to);
    from = Math.max(to, from + 1);
  }
  return out;
}

function isSingle(word: Word | undefined): boolean {
  return word !== undefined && !word.isEmoji && word.end - word.start <= 2 && typedLetter(word).length === 1;
}

function typedLetter(word: Word): string {
  return word.forms.find((form) => /^[a-z0-9]$/.test(form)) ?? '';
}

function addJoins(words: Word[], from: number, to: number): void {
  for (let at = from; at < to; at += 1) {
    const word = words[at];
    if (word === undefined) return;
    let spelled = typedLetter(word);
    const joins = [...word.joins];
    for (let next = at + 1; next < Math.min(to, at + JOIN_LIMIT); next += 1) {
      const letter = words[next];
      spelled += letter === undefined ? '' : typedLetter(letter);
      for (const form of spelledReadings(spelled)) joins.push({ form, words: next - at + 1 });
    }
    words[at] = { ...word, joins };
  }
}

/** The few ways to read letters put together; there are many such rows in a text, so no rarer way is tried. */
function spelledReadings(spelled: string): readonly string[] {
  if (/^\d+$/.test(spelled)) return [];
  const plain = /\d/.test(spelled) ? [spelled, ...readLeet(spelled)] : [spelled];
  return spelled.length > 2 ? [...plain, ...plain.map((form) => `~${soundOf(form)}`)] : plain;
}
