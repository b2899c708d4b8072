// What the second net sees of a text: words, short rows of them, letters of words, and how long it is. Everything is a
// number; the words of a masked idiom leave a hole. It weighs nothing.

import type { Word } from '../language/normalise.ts';
import type { Reading } from './matcher.ts';

/** Buckets that features fall into; a power of two. */
export const NET_BUCKETS = 1 << 16;

/** A text prepared once; any range of its words can then be walked. */
export interface NetView {
  /** One hash a word; 0 for a masked word. */
  readonly words: readonly number[];
  /** Hashes of the letter rows of each word. */
  readonly letters: readonly (readonly number[])[];
}

/** Called for each feature with its bucket and the words it stands on. A feature may come more than once. */
export type Visit = (bucket: number, from: number, to: number) => void;

const WORD = 0x9e3779b1;
const BIGRAM = 0x85ebca6b;
const SKIP = 0xc2b2ae35;
const TRIPLE = 0x27d4eb2f;
const LETTERS = 0x165667b1;
const SHAPE = 0x3c6ef372;

const LETTER_ROWS = [3, 4, 5];
/** Letters of one word that are looked at. */
const WORD_LETTERS = 16;
/** A hash of a string that is the same on every machine (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}

function mix(kind: number, a: number, b: number, c: number): number {
  let hash = Math.imul(a ^ kind, 0x85ebca6b);
  hash = Math.imul((hash ^ (hash >>> 13) ^ b) | 0, 0xc2b2ae35);
  hash = Math.imul((hash ^ (hash >>> 15) ^ c) | 0, 0x27d4eb2f);
  return (hash ^ (hash >>> 14)) & (NET_BUCKETS - 1);
}

/** Prepares a reading. Linear in its words. */
export function viewText(reading: Reading): NetView {
  const words = reading.words.map((word, at) => (reading.masked[at] === true ? 0 : hashText(plainForm(word))));
  const letters = reading.words.map((word, at) => (reading.masked[at] === true ? [] : letterRows(word)));
  return { words, letters };
}

function plainForm(word: Word): string {
  return word.forms[0] ?? '';
}

function letterRows(word: Word): readonly number[] {
  const plain = plainForm(word);
  if (word.isEmoji || plain.length < 3 || plain.charCodeAt(0) < 97) return [];
  const text = `<${plain.slice(0, WORD_LETTERS)}>`;
  const rows: number[] = [];
  for (const length of LETTER_ROWS) {
    for (let from = 0; from + length <= text.length; from += 1) {
      let hash = 0x811c9dc5;
      for (let at = from; at < from + length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
      rows.push(hash | 0);
    }
  }
  return rows;
}

/** Walks the features of the words from `from` to `to` (exclusive). */
export function visitFeatures(view: NetView, from: number, to: number, visit: Visit): void {
  for (let at = from; at < to; at += 1) {
    const word = view.words[at] ?? 0;
    const next = at + 1 < to ? (view.words[at + 1] ?? 0) : 1;
    const third = at + 2 < to ? (view.words[at + 2] ?? 0) : 1;
    if (at === from) visit(mix(BIGRAM, 1, word, 0), at, at + 1);
    if (word === 0) continue;
    visit(mix(WORD, word, 0, 0), at, at + 1);
    for (const row of view.letters[at] ?? []) visit(mix(LETTERS, row, 0, 0), at, at + 1);
    visit(mix(BIGRAM, word, next, 0), at, Math.min(to, at + 2));
    if (at + 2 < to) {
      visit(mix(SKIP, word, third, 0), at, at + 3);
      visit(mix(TRIPLE, word, next, third), at, at + 3);
    }
  }
  visit(mix(SHAPE, Math.min(6, Math.floor(Math.log2(to - from + 1) * 2)), 0, 0), from, from);
}
