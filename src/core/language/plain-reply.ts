// A reply in a form that word lists can be compared with: small letters, no accents, apostrophes gone, shortened words
// written out. Kept simple and strict on purpose: reading an answer wants certainty, unlike the distress screen, which
// wants to miss nothing and reads words its own way (normalise.ts).

import { expandTexting } from './texting.ts';

const ASCII = /^[ -~\s]*$/;
const NOT_APPLICABLE = /\bn\s?\/\s?a\b/g;
const PICTOGRAPH = /\p{Extended_Pictographic}/u;
const PICTOGRAPHS = /\p{Extended_Pictographic}/gu;
/** Skin tones, the joiner, and the tag of a keycap leave no trace. */
const TRACELESS = /[\u{1F3FB}-\u{1F3FF}]|\u200D|\uFE0F|\u20E3/gu;

/** Small letters without accents or apostrophes; punctuation and emoji are still there. */
export function toPlain(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(/['`]/g, '').replace(NOT_APPLICABLE, 'n_a');
  return text
    .replace(TRACELESS, '')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’‘´`]/g, '')
    .replace(NOT_APPLICABLE, 'n_a');
}

/** A plain text without its emoji. */
export function withoutEmoji(plain: string): string {
  return ASCII.test(plain) ? plain : plain.replace(PICTOGRAPHS, ' ');
}

/** Whether a word is an emoji. */
export function isEmoji(word: string): boolean {
  return PICTOGRAPH.test(word) && !/^[\d#*]$/.test(word);
}

/** The words of a plain text, in order; numbers and emoji are words, marks are not. */
export function wordsOf(plain: string): string[] {
  return plain.match(/[\p{L}\p{N}_]+|\p{Extended_Pictographic}/gu) ?? [];
}

/** Shortened words that mean something else in a reply than in a sentence. */
const AS_TYPED = new Set(['d', 'k', 'x', 'id', 'q']);

/** Words with the shortened ones written out: "haven't" and "havent" are "have", "not". */
export function spellOut(words: readonly string[]): string[] {
  return words.flatMap((word) => (AS_TYPED.has(word) ? [word] : (expandTexting(word) ?? [word])));
}

/** A word with stretched letters shortened, likeliest first: "sooon" gives "soon", "son"; "yesss" gives "yess", "yes". */
export function unstretch(word: string): string[] {
  const twice = word.replace(/(.)\1{2,}/g, '$1$1');
  return [
    ...new Set([
      word,
      twice,
      word.replace(/(.)\1{2,}/g, '$1'),
      twice.replace(/(.)\1+$/, '$1'),
      word.replace(/(.)\1+/g, '$1'),
    ]),
  ];
}
