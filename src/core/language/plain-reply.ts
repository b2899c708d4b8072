// A reply in a form that tables can be compared with: small letters, no accents, apostrophes gone, emoji as words.
// Kept simple and strict on purpose: reading an answer wants certainty, unlike the distress screen, which wants to miss
// nothing and reads words its own way (normalise.ts).

const EMOJI: readonly (readonly [RegExp, string])[] = [
  [/\u{1F44D}|\u{1F44C}|\u{1F64C}/gu, ' :up '],
  [/\u{1F44E}/gu, ' :down '],
  [/\u{2705}|\u{2714}|\u{2611}/gu, ' :check '],
  [/\u{1F4AF}/gu, ' :hundred '],
  [
    /[\u{1F600}-\u{1F607}\u{1F609}-\u{1F60A}\u{1F60D}\u{1F64F}\u{1F389}\u{1F38A}\u{2764}\u{1F525}\u{1F4AA}]/gu,
    ' :smile ',
  ],
  [/[\u{1F3FB}-\u{1F3FF}\u{FE0F}\u{200D}]/gu, ''],
];

const ASCII = /^[ -~\s]*$/;
const NOT_APPLICABLE = /\bn\s?\/\s?a\b/g;

/** Small letters without accents or apostrophes; punctuation is still there. */
export function toPlain(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(/['`]/g, '').replace(NOT_APPLICABLE, 'n_a');
  const named = EMOJI.reduce((kept, [emoji, word]) => kept.replace(emoji, word), text);
  return named
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/['’‘´`]/g, '')
    .replace(NOT_APPLICABLE, 'n_a');
}

/** The words of a plain text, in order; numbers are words, marks are not. */
export function wordsOf(plain: string): string[] {
  return plain.match(/:[a-z]+|[\p{L}\p{N}_]+|\p{Extended_Pictographic}/gu) ?? [];
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
