// Words typed with a space between their letters ("s u i c i d e"): the words that may begin at each of them. It adds
// readings and never takes one away.

import { readLeet, soundOf } from './letters.ts';

/** What is looked at of a word; see normalise. */
interface Spaced {
  readonly forms: readonly string[];
  readonly joins: readonly { readonly form: string; readonly words: number }[];
  readonly start: number;
  readonly end: number;
  readonly isEmoji: boolean;
}

/** Longest word that is looked for in spaced letters. */
const JOIN_LIMIT = 12;
/** Spaced letters are a word only from here on; two are usually "u r" or "w a". */
const SPACED_MIN = 3;

/** Adds to each letter of a spaced run the words that may begin at it. */
export function joinSpaced<Word extends Spaced>(words: readonly Word[]): readonly Word[] {
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

function isSingle(word: Spaced | undefined): boolean {
  return word !== undefined && !word.isEmoji && word.end - word.start <= 2 && typedLetter(word).length === 1;
}

function typedLetter(word: Spaced): string {
  return word.forms.find((form) => /^[a-z0-9]$/.test(form)) ?? '';
}

function addJoins<Word extends Spaced>(words: Word[], from: number, to: number): void {
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
