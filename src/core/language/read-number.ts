// One number out of a reply: "24", "$430", "about 1,200", "twenty four", "veinticuatro". Two different numbers, a date,
// a phone number or words that nobody expected around it: nothing is read.

import { AROUND_NUMBER, MULTIPLIERS, NUMBER_WORDS } from './number-words.ts';
import { toPlain } from './plain-reply.ts';

const TOKEN = /\$?\s?\d[\d,]*(?:\.\d+)?k?|:[a-z]+|[a-z]+|\S/g;
const FIGURE = /^\$?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d{1,2})?(k?)$/;
/** More digits than this are an account or a phone number. */
const MOST_DIGITS = 7;

/** The number in a reply, or null when there is none or it is not sure. Never negative. */
export function readNumber(text: string): number | null {
  const plain = toPlain(text)
    .replace(/([a-z])-([a-z])/g, '$1 $2')
    .replace(/[!.?,]+(\s|$)/g, ' ');
  const tokens = plain.match(TOKEN) ?? [];
  const numbers: number[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] ?? '';
    const spoken = readSpoken(tokens, at);
    const figure = readFigure(token);
    if (spoken !== null) {
      numbers.push(spoken.value);
      at += spoken.words;
    } else if (figure !== null) {
      numbers.push(figure);
      at += 1;
    } else if (AROUND_NUMBER.has(token) || token === '~') at += 1;
    else return null;
  }
  const [only] = new Set(numbers);
  return new Set(numbers).size === 1 && only !== undefined ? only : null;
}

function readFigure(token: string): number | null {
  const match = FIGURE.exec(token);
  if (match === null) return null;
  const digits = (match[1] ?? '').replaceAll(',', '');
  if (digits.length > MOST_DIGITS) return null;
  const value = Number(digits + (match[2] ?? ''));
  return match[3] === 'k' ? value * 1000 : value;
}

function readSpoken(tokens: readonly string[], from: number): { value: number; words: number } | null {
  let total = 0;
  let current: number | null = null;
  let last = Number.POSITIVE_INFINITY;
  let at = from;
  for (; at < tokens.length; at += 1) {
    const word = tokens[at] ?? '';
    const value = NUMBER_WORDS[word];
    const multiplier = MULTIPLIERS[word];
    if (value !== undefined && (current === null || fitsAfter(last, value))) {
      current = (current ?? 0) + value;
      last = value;
    } else if (multiplier !== undefined) {
      const product: number = (current ?? 1) * multiplier;
      total = multiplier === 1000 ? total + product : total;
      current = multiplier === 1000 ? 0 : product;
      last = multiplier;
    } else if (
      !((word === 'and' || word === 'y') && current !== null && NUMBER_WORDS[tokens[at + 1] ?? ''] !== undefined)
    ) {
      break;
    }
  }
  return current === null ? null : { value: total + current, words: at - from };
}

/** "twenty four" and "doscientos diez" belong together; "two three" does not. */
function fitsAfter(last: number, value: number): boolean {
  if (last >= 1000) return true;
  return last >= 100 ? value < 100 : last >= 20 && last % 10 === 0 && value < 10;
}
