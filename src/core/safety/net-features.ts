// What the second net sees of a text: words and short rows of them, letters of words, slots of the grammar and which
// slots follow each other. Everything is a number; masked words leave a hole. It weighs nothing.

import type { Word } from '../language/normalise.ts';
import type { Edge } from './chart.ts';
import type { Reading } from './matcher.ts';

/** Buckets that features fall into; a power of two. */
export const NET_BUCKETS = 1 << 16;

/** A slot of the grammar found in the text, by the hash of its name. */
interface SlotPlace extends Edge {
  readonly slot: number;
}

/** A text prepared once; any range of its words can then be walked. */
export interface NetView {
  /** One hash a word; 0 for a masked word. */
  readonly words: readonly number[];
  /** Hashes of the letter rows of each word. */
  readonly letters: readonly (readonly number[])[];
  /** Slots found, by the word they begin at. */
  readonly slots: readonly (readonly SlotPlace[])[];
}

/** A slot's name, hashed, and its symbol in the lexicon. */
export interface NetSlot {
  readonly hash: number;
  readonly symbol: number;
}

/** Called for each feature with its bucket and the words it stands on. A feature may come more than once. */
export type Visit = (bucket: number, from: number, to: number) => void;

const WORD = 0x9e3779b1;
const PAIR = 0x85ebca6b;
const SKIP = 0xc2b2ae35;
const TRIPLE = 0x27d4eb2f;
const LETTERS = 0x165667b1;
const SLOT = 0x2c1b3c6d;
const FOLLOWS = 0x297a2d39;
const BESIDE = 0x1b873593;
const SHAPE = 0x3c6ef372;

const LETTER_ROWS = [3, 4, 5];
/** Letters of one word that are looked at. */
const WORD_LETTERS = 16;
/** Words that may stand between two slots that belong together. */
const SLOT_REACH = 5;
/** Slots looked at from one word on; there are rarely more, and a hostile text must not make them many. */
const SLOTS_AT_WORD = 8;

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
export function viewText(reading: Reading, slots: readonly NetSlot[]): NetView {
  const words = reading.words.map((word, at) => (reading.masked[at] === true ? 0 : hashText(plainForm(word))));
  const letters = reading.words.map((word, at) => (reading.masked[at] === true ? [] : letterRows(word)));
  return { words, letters, slots: placeSlots(reading, slots) };
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

function placeSlots(reading: Reading, slots: readonly NetSlot[]): readonly SlotPlace[][] {
  const places: SlotPlace[][] = reading.words.map(() => []);
  for (const { hash, symbol } of slots) {
    for (const edge of reading.chart[symbol] ?? []) {
      const row = places[edge.start];
      if (row === undefined || row.length >= SLOTS_AT_WORD || isMasked(reading, edge)) continue;
      row.push({ slot: hash, start: edge.start, end: edge.end });
    }
  }
  return places;
}

function isMasked(reading: Reading, edge: Edge): boolean {
  for (let at = edge.start; at < edge.end; at += 1) if (reading.masked[at] === true) return true;
  return false;
}

/** Walks the features of the words from `from` to `to` (exclusive). */
export function visitFeatures(view: NetView, from: number, to: number, visit: Visit): void {
  for (let at = from; at < to; at += 1) {
    const word = view.words[at] ?? 0;
    const next = at + 1 < to ? (view.words[at + 1] ?? 0) : 1;
    const third = at + 2 < to ? (view.words[at + 2] ?? 0) : 1;
    if (at === from) visit(mix(PAIR, 1, word, 0), at, at + 1);
    if (word === 0) continue;
    visit(mix(WORD, word, 0, 0), at, at + 1);
    for (const row of view.letters[at] ?? []) visit(mix(LETTERS, row, 0, 0), at, at + 1);
    visit(mix(PAIR, word, next, 0), at, Math.min(to, at + 2));
    if (at + 2 < to) {
      visit(mix(SKIP, word, third, 0), at, at + 3);
      visit(mix(TRIPLE, word, next, third), at, at + 3);
    }
    visitSlots(view, at, to, visit);
  }
  visit(mix(SHAPE, Math.min(6, Math.floor(Math.log2(to - from + 1) * 2)), 0, 0), from, from);
}

/** Each slot, the slots that follow it, and the words beside it. */
function visitSlots(view: NetView, at: number, to: number, visit: Visit): void {
  for (const { slot, end } of view.slots[at] ?? []) {
    if (end > to) continue;
    visit(mix(SLOT, slot, 0, 0), at, end);
    const before = view.words[at - 1];
    if (before !== undefined && before !== 0) visit(mix(BESIDE, before, slot, 0), at - 1, end);
    const after = view.words[end];
    if (after !== undefined && after !== 0 && end < to) visit(mix(BESIDE, slot, after, 1), at, end + 1);
    for (let next = end; next < Math.min(to, end + SLOT_REACH); next += 1) {
      for (const other of view.slots[next] ?? []) {
        if (other.end <= to) visit(mix(FOLLOWS, slot, other.slot, next === end ? 1 : 0), at, other.end);
      }
    }
  }
}
