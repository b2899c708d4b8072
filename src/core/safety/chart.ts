// Where the words and slots of all patterns stand in one text: a trie of every phrase, walked once from each word.
// Linear in the text for given patterns: every walk is as short as the longest phrase. It judges nothing.

import type { Join, Word } from '../language/normalise.ts';
import { children, hasSymbol, type Key, keyOf, keysOf, type Lexicon, type Node } from './lexicon.ts';

/** A phrase found: the words from `start` to `end` (exclusive). */
export interface Edge {
  readonly start: number;
  readonly end: number;
}

/** Fillers ("just", "really") that may stand inside a phrase. */
const FILLER_LIMIT = 3;

/** A place where phrases end in the trie, and the words that led there. */
interface Find extends Edge {
  readonly node: Node;
}

/** Where the phrases of each symbol stand in a text. Read it by `stands` and `edgesOf`. */
export interface Chart {
  /** The symbols that stand somewhere. */
  readonly met: readonly number[];
  /** By symbol, 1 when it is among them. */
  readonly marks: Uint8Array;
  /** By word, whether a filler or an emoji that may be stepped over. */
  readonly skippable: readonly boolean[];
  /** In the order of their start. */
  readonly finds: readonly Find[];
  /** The edges of the symbols that were asked for: of hundreds that stand in a text few ever are. */
  readonly lists: Map<number, readonly Edge[]>;
}

const NO_EDGES: readonly Edge[] = [];

/** Whether a symbol stands anywhere in the text. */
export function stands(chart: Chart, symbol: number): boolean {
  return chart.marks[symbol] === 1;
}

/** The edges of a symbol, in the order of their start. */
export function edgesOf(chart: Chart, symbol: number): readonly Edge[] {
  if (!stands(chart, symbol)) return NO_EDGES;
  const known = chart.lists.get(symbol);
  if (known !== undefined) return known;
  const list: Edge[] = [];
  for (const find of chart.finds) if (hasSymbol(find.node, symbol) && !endsWith(list, find)) list.push(find);
  chart.lists.set(symbol, list);
  return list;
}

/** Whether the edge is among the last ones, those of the same start. Several readings of a word may lead there. */
function endsWith(edges: readonly Edge[], edge: Edge): boolean {
  for (let index = edges.length - 1; index >= 0 && edges[index]?.start === edge.start; index -= 1) {
    if (edges[index]?.end === edge.end) return true;
  }
  return false;
}

/** A reading of several words together that the trie may know. */
interface JoinKey {
  readonly keys: readonly Key[];
  readonly words: number;
}

/** One text on its way through the trie. */
interface Walk {
  readonly root: Node;
  readonly keys: readonly (readonly Key[])[];
  readonly joins: readonly (readonly JoinKey[])[];
  readonly skippable: readonly boolean[];
  readonly finds: Find[];
}

/** Finds every phrase in the words. */
export function buildChart(lexicon: Lexicon, words: readonly Word[]): Chart {
  const known = words.map((word) => keysOf(lexicon, word.forms));
  const on: Walk = {
    root: lexicon.root,
    keys: known.map(({ keys }) => keys),
    joins: words.map(({ joins }) => joinsOf(lexicon, joins)),
    skippable: words.map((word, at) => word.isEmoji || known[at]?.isFiller === true),
    finds: [],
  };
  for (let start = 0; start < words.length; start += 1) walk(on, lexicon.root, { start, end: start }, 0);
  const marks = new Uint8Array(lexicon.symbolCount);
  return { met: markSymbols(on.finds, marks), marks, skippable: on.skippable, finds: on.finds, lists: new Map() };
}

function markSymbols(finds: readonly Find[], marks: Uint8Array): readonly number[] {
  const met: number[] = [];
  for (const { node } of finds) {
    for (const symbol of node.symbols) {
      if (marks[symbol] === 1) continue;
      marks[symbol] = 1;
      met.push(symbol);
    }
  }
  return met;
}

const NO_JOINS: readonly JoinKey[] = [];

function joinsOf(lexicon: Lexicon, joins: readonly Join[]): readonly JoinKey[] {
  if (joins.length === 0) return NO_JOINS;
  return joins.flatMap(({ form, words }) => {
    const key = keyOf(lexicon, form);
    return key === null ? [] : { keys: [key], words };
  });
}

/** Walks on from `node`, which the words of the edge have reached. */
function walk(on: Walk, node: Node, { start, end: at }: Edge, skipped: number): void {
  const keys = on.keys[at];
  if (keys === undefined) return;
  for (const child of children(node, keys)) step(on, child, { start, end: at + 1 });
  for (const join of on.joins[at] ?? NO_JOINS) {
    for (const child of children(node, join.keys)) step(on, child, { start, end: at + join.words });
  }
  if (node !== on.root && skipped < FILLER_LIMIT && on.skippable[at] === true) {
    walk(on, node, { start, end: at + 1 }, skipped + 1);
  }
}

function step(on: Walk, node: Node, edge: Edge): void {
  if (node.symbols.length > 0) on.finds.push({ start: edge.start, end: edge.end, node });
  if (node.next.size > 0 || node.stems.size > 0) walk(on, node, edge, 0);
}
