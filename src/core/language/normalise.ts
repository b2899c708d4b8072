// A text as words that can be compared: plain small letters, shortened words written out, spaced letters joined,
// emoji as words of their own. Every word keeps its place in the text as typed. It never decides what a text means.

import { readLeet, readLetter, soundOf } from './letters.ts';
import { joinSpaced } from './spaced-letters.ts';
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

const COMMAS: ReadonlySet<string> = new Set([',', ';', '،', '，', '–', '—']);

/** The letters that most texts are made of (ASCII), read once. */
const PLAIN = Array.from({ length: 128 }, (_, code) => readLetter(String.fromCharCode(code)));

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
    const letter = PLAIN[character.charCodeAt(0)] ?? readLetter(character);
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
  const { start, end, opensSentence, afterComma, isEmoji } = piece;
  if (isEmoji) return [{ forms: [piece.raw], joins: NO_JOINS, start, end, opensSentence, afterComma, isEmoji }];
  return readRaw(piece.raw.slice(0, WORD_LIMIT)).map(({ forms, joins }, index) => ({
    forms,
    joins,
    start,
    end,
    opensSentence: index === 0 && opensSentence,
    afterComma: index === 0 && afterComma,
    isEmoji,
  }));
}

/** What stands for a typed word, wherever it stands. */
type Read = Pick<Word, 'forms' | 'joins'>;

const NO_JOINS: readonly Join[] = [];

/** Words met before; the same word always reads the same, so this only saves time. */
const met = new Map<string, readonly Read[]>();
/** Words remembered; a stranger's endless new words must not fill the memory. */
const MET_LIMIT = 8000;

function readRaw(raw: string): readonly Read[] {
  const known = met.get(raw);
  if (known !== undefined) return known;
  const read = readAfresh(raw);
  if (met.size >= MET_LIMIT) met.clear();
  met.set(raw, read);
  return read;
}

function readAfresh(raw: string): readonly Read[] {
  const plain = raw.replaceAll("'", '');
  const expanded = expandTexting(raw) ?? expandTexting(plain) ?? expandRepeated(plain);
  if (expanded === null || expanded.length === 1) {
    return [{ forms: readings(expanded?.[0] ?? plain, plain), joins: NO_JOINS }];
  }
  return expanded.map((word, index) => ({
    forms: readings(word, word),
    joins: index === 0 ? readings(plain, plain).map((form) => ({ form, words: expanded.length })) : NO_JOINS,
  }));
}

/** "wannaaa", "imm": a shortened word whose letters were stretched. */
function expandRepeated(word: string): readonly string[] | null {
  const short = word.replace(/(.)\1+/g, '$1');
  return short === word || !/(.)\1\1/.test(word) ? null : expandTexting(short);
}

function readings(word: string, typed: string): readonly string[] {
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
