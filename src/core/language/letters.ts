// Single letters: what one typed character stands for once look-alikes, accents and hidden marks are taken away.
// It works a character at a time, so that every letter keeps its place in the text as it was typed; never on words.

/** Cyrillic and Greek letters that look like Latin ones (Unicode UTS 39 confusables, the ones phones can type). */
const LOOK_ALIKES = new Map(
  [
    ['аɑα', 'a'],
    ['вβ', 'b'],
    ['сϲ', 'c'],
    ['ԁ', 'd'],
    ['еєε', 'e'],
    ['һ', 'h'],
    ['іїιı', 'i'],
    ['ј', 'j'],
    ['кκ', 'k'],
    ['ӏ', 'l'],
    ['мμ', 'm'],
    ['ոη', 'n'],
    ['оοσө', 'o'],
    ['рρ', 'p'],
    ['ѕ', 's'],
    ['тτ', 't'],
    ['υ', 'u'],
    ['ѵν', 'v'],
    ['ѡω', 'w'],
    ['хχ', 'x'],
    ['уγ', 'y'],
  ].flatMap(([letters = '', latin = '']) => [...letters].map((letter) => [letter, latin] as const)),
);

const HIDDEN = /^(?:\p{M}|\p{Cf}|\u115f|\u1160|\u3164)$/u;
const MARKS = /\p{M}/gu;
const APOSTROPHES = new Set(["'", '’', '‘', 'ʼ', '`', '´', '＇', '′']);
const LETTER = /^[a-z]+$/;
const ALPHANUMERIC = /^[\p{L}\p{N}]+$/u;
const EMOJI = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator})$/u;

/** What a character is. `gap` parts words; `stop` also ends a sentence; `hidden` leaves no trace. */
export type Letter =
  | { readonly kind: 'letter' | 'emoji'; readonly as: string }
  | { readonly kind: 'apostrophe' | 'stop' | 'gap' | 'hidden' | 'symbol'; readonly as: string };

const SENTENCE_ENDS = new Set(['.', '!', '?', ';', '\n', '…', '¿', '¡']);

/** Reads one code point. Look-alikes, full-width and mathematical letters become plain small Latin ones. */
export function readLetter(character: string): Letter {
  if (character.length === 1 && character >= 'a' && character <= 'z') return { kind: 'letter', as: character };
  if (APOSTROPHES.has(character)) return { kind: 'apostrophe', as: "'" };
  if (SENTENCE_ENDS.has(character)) return { kind: 'stop', as: character };
  if (HIDDEN.test(character)) return { kind: 'hidden', as: '' };
  if (/^\p{Emoji_Modifier}$/u.test(character)) return { kind: 'hidden', as: '' };
  return readRareLetter(character);
}

function readRareLetter(character: string): Letter {
  const plain = character.normalize('NFKD').replace(MARKS, '').toLowerCase();
  const latin = [...plain].map((letter) => LOOK_ALIKES.get(letter) ?? letter).join('');
  if (LETTER.test(latin) || ALPHANUMERIC.test(latin)) return { kind: 'letter', as: latin };
  if (EMOJI.test(character)) return { kind: 'emoji', as: character };
  if (character === '$' || character === '@' || character === '*') return { kind: 'symbol', as: character };
  return { kind: 'gap', as: ' ' };
}

const DIGITS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  $: 's',
  '@': 'a',
  '!': 'i',
};

/** A word with its digits and signs read as letters ("k1ll" as "kill"); the digit one also as "l". */
export function readLeet(word: string): readonly string[] {
  const read = word.replace(/[0134578$@!9]/g, (sign) => DIGITS[sign] ?? sign);
  return word.includes('1') ? [read, word.replace(/1/g, 'l').replace(/[034578$@!9]/g, (s) => DIGITS[s] ?? s)] : [read];
}

/** A word without any of these sounds as it is written. */
const SOUNDING = /[ckhqvzg]|(.)\1/;

/** How a Spanish word sounds, so that "kiero", "emos" and "boy a" are read as "quiero", "hemos" and "voy a". */
export function soundOf(word: string): string {
  if (!SOUNDING.test(word)) return word;
  return word
    .replace(/qu(?=[ei])/g, 'k')
    .replace(/c(?=[ei])|z/g, 's')
    .replace(/ch/g, '9')
    .replace(/[ck]/g, 'k')
    .replace(/h/g, '')
    .replace(/9/g, 'ch')
    .replace(/ll/g, 'y')
    .replace(/v/g, 'b')
    .replace(/g(?=[ei])/g, 'j')
    .replace(/(.)\1+/g, '$1');
}
