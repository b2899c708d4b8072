// Letters that make a text cost more: one character outside GSM-7 turns 160 characters a segment into 70 (TX-10). The
// Spanish letters ñ é ü ¿ ¡ are in GSM-7; á í ó ú and curly quotes are not.

import type { OwnText } from './own-texts.ts';
import type { Path, Problem } from './problem.ts';
import { measureSegments } from './segments.ts';

/** What stands for a letter when taking its accent off is not enough. */
const INSTEAD: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '…': '...',
  '•': '-',
  '\u00a0': ' ',
};

/** The finding for a text that would cost less without such letters; none when it costs the same. */
export function checkLetters({ longest, path }: Pick<OwnText, 'longest' | 'path'>): Problem[] {
  if (longest === null) return [];
  const { segments, costlyLetters } = measureSegments(longest);
  if (costlyLetters.length === 0) return [];
  const plain = measureSegments(inPlainLetters(longest)).segments;
  if (plain >= segments) return [];
  const message = `this text takes ${count(segments)} instead of ${plain}, only because of ${costlyLetters.join(' ')}`;
  return [{ path, message, hint: adviceFor(costlyLetters), severity: 'warning' }];
}

/** The finding for words that are put into many texts, such as the title of a task. */
export function checkSpreadLetters(words: string, path: Path, name: string): Problem[] {
  const { costlyLetters } = measureSegments(words);
  if (costlyLetters.length === 0) return [];
  const message = `every text with {${name}} can cost more because of ${costlyLetters.join(' ')}`;
  return [{ path, message, hint: adviceFor(costlyLetters), severity: 'warning' }];
}

function adviceFor(letters: readonly string[]): string {
  const swaps = letters.flatMap((letter) =>
    plainLetter(letter) === '' ? [] : [`${plainLetter(letter)} for ${letter}`],
  );
  const rest = letters.filter((letter) => plainLetter(letter) === '');
  const parts = [
    ...(swaps.length === 0 ? [] : [`write ${swaps.join(', ')}`]),
    ...(rest.length === 0 ? [] : [`leave out ${rest.join(' ')}`]),
  ].join(' and ');
  return `${parts.charAt(0).toUpperCase()}${parts.slice(1)}, or choose other words; ñ é ü ¿ ¡ cost nothing.`;
}

function inPlainLetters(text: string): string {
  return [...text].map((letter) => (isCostly(letter) ? plainLetter(letter) : letter)).join('');
}

function isCostly(letter: string): boolean {
  return measureSegments(letter).costlyLetters.length > 0;
}

/** The letter to write instead; empty when there is none, as for an emoji. */
function plainLetter(letter: string): string {
  const known = INSTEAD[letter];
  if (known !== undefined) return known;
  const bare = letter.normalize('NFD').replace(/\p{M}/gu, '');
  return /^[\x20-\x7e]+$/.test(bare) ? bare : '';
}

function count(segments: number): string {
  return `${segments} SMS ${segments === 1 ? 'segment' : 'segments'}`;
}
