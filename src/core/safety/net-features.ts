// What the second net sees of a text: words, short rows of them, letters of words, and how long it is. Everything is a
// number; the words of a masked idiom leave a hole. It weighs nothing.

import type { Word } from '../language/normalise.ts';
import type { Reading } from './matcher.ts';

/** What a net sees of one word by itself. */
export interface SeenWord {
  /** 0 for a masked word. */
  readonly hash: number;
  /** The features of the word itself and of its letter rows. */
  readonly own: readonly number[];
}

/** A text prepared once; any range of its words can then be walked. */
export interface NetView {
  readonly words: readonly SeenWord[];
}

/** Called for each feature with its hash (32 bits) and the words it stands on. A feature may come more than once. */
export type Visit = (feature: number, from: number, to: number) => void;

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
  return (hash ^ (hash >>> 14)) >>> 0;
}

const MASKED: SeenWord = { hash: 0, own: [] };

/** Prepares a reading. Linear in its words. */
export function viewText(reading: Reading): NetView {
  return { words: reading.words.map((word, at) => (reading.masked[at] === true ? MASKED : seeWord(word))) };
}

/** Words seen before; the same word is always seen the same, so this only saves time. */
const met = new Map<string, SeenWord>();
/** Words remembered; a stranger's endless new words must not fill the memory. */
const MET_LIMIT = 8000;

function seeWord(word: Word): SeenWord {
  const plain = plainForm(word);
  const known = met.get(plain);
  if (known !== undefined) return known;
  const hash = hashText(plain);
  const rows = letterRows(word).map((row) => mix(LETTERS, row, 0, 0));
  const seen: SeenWord = hash === 0 ? MASKED : { hash, own: [mix(WORD, hash, 0, 0), ...rows] };
  if (met.size >= MET_LIMIT) met.clear();
  met.set(plain, seen);
  return seen;
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

/** The feature of a range's first word. */
export function featureOfFirst(view: NetView, at: number): number {
  return mix(BIGRAM, 1, view.words[at]?.hash ?? 0, 0);
}

/** The feature of a range's last word. */
export function featureOfLast(view: NetView, at: number): number {
  return mix(BIGRAM, view.words[at]?.hash ?? 0, 1, 0);
}

/** The feature of a word and the next one. */
export function featureOfPair(view: NetView, at: number): number {
  return mix(BIGRAM, view.words[at]?.hash ?? 0, view.words[at + 1]?.hash ?? 0, 0);
}

/** The feature of a word and the next but one. */
export function featureOfSkip(view: NetView, at: number): number {
  return mix(SKIP, view.words[at]?.hash ?? 0, view.words[at + 2]?.hash ?? 0, 0);
}

/** The feature of three words in a row. */
export function featureOfTriple({ words }: NetView, at: number): number {
  return mix(TRIPLE, words[at]?.hash ?? 0, words[at + 1]?.hash ?? 0, words[at + 2]?.hash ?? 0);
}

/** The feature of how many words there are. */
export function featureOfLength(length: number): number {
  return mix(SHAPE, Math.min(6, Math.floor(Math.log2(length + 1) * 2)), 0, 0);
}

/** Walks the features of the words from `from` to `to` (exclusive). */
export function visitFeatures(view: NetView, from: number, to: number, visit: Visit): void {
  for (let at = from; at < to; at += 1) {
    const word = view.words[at] ?? MASKED;
    if (at === from) visit(featureOfFirst(view, at), at, at + 1);
    if (word.hash === 0) continue;
    for (const feature of word.own) visit(feature, at, at + 1);
    if (at + 1 < to) visit(featureOfPair(view, at), at, at + 2);
    else visit(featureOfLast(view, at), at, to);
    if (at + 2 < to) {
      visit(featureOfSkip(view, at), at, at + 3);
      visit(featureOfTriple(view, at), at, at + 3);
    }
  }
  visit(featureOfLength(to - from), from, from);
}
