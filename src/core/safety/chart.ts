// Where the words and slots of all patterns stand in one text: a trie of every phrase, walked once from each word.
// Linear in the text for given patterns: every walk is as short as the longest phrase. It judges nothing.

import type { Word } from '../language/normalise.ts';
import type { Phrase } from './pattern.ts';

/** A phrase found: the words from `start` to `end` (exclusive). */
export interface Edge {
  readonly start: number;
  readonly end: number;
}

interface Node {
  readonly next: Map<string, Node>;
  /** Children that match any word beginning with the stem, by the stem's first letters. */
  readonly stems: Map<string, { readonly stem: string; readonly node: Node }[]>;
  readonly symbols: number[];
}

/** Letters by which stems are found; a stem must have as many. */
export const STEM_MIN = 3;
/** Fillers ("just", "really") that may stand inside a phrase. */
const FILLER_LIMIT = 3;

/** Every phrase of every pattern; a symbol is the number of one slot, choice or word. */
export interface Lexicon {
  readonly root: Node;
  readonly fillers: ReadonlySet<string>;
  readonly symbolCount: number;
}

/** All edges of a text, by symbol; the edges of one symbol are in the order of their start. */
export type Chart = readonly (readonly Edge[] | undefined)[];

function newNode(): Node {
  return { next: new Map(), stems: new Map(), symbols: [] };
}

/** Builds the trie. `symbols[n]` are the phrases of symbol n. */
export function buildLexicon(symbols: readonly (readonly Phrase[])[], fillers: ReadonlySet<string>): Lexicon {
  const root = newNode();
  symbols.forEach((phrases, symbol) => {
    for (const phrase of phrases) addPhrase(root, phrase, symbol);
  });
  return { root, fillers, symbolCount: symbols.length };
}

function addPhrase(root: Node, phrase: Phrase, symbol: number): void {
  let node = root;
  for (const key of phrase) node = childFor(node, key);
  if (!node.symbols.includes(symbol)) node.symbols.push(symbol);
}

function childFor(node: Node, key: string): Node {
  if (!key.endsWith('*')) {
    const known = node.next.get(key) ?? newNode();
    node.next.set(key, known);
    return known;
  }
  const stem = key.slice(0, -1);
  const head = stem.slice(0, STEM_MIN);
  const siblings = node.stems.get(head) ?? [];
  node.stems.set(head, siblings);
  const known = siblings.find((sibling) => sibling.stem === stem);
  if (known !== undefined) return known.node;
  const node2 = newNode();
  siblings.push({ stem, node: node2 });
  return node2;
}

/** Whether a filler may be stepped over here. Emoji always may. */
export function isSkippable(lexicon: Lexicon, word: Word): boolean {
  return word.isEmoji || word.forms.some((form) => lexicon.fillers.has(form));
}

/** Finds every phrase in the words. */
export function buildChart(lexicon: Lexicon, words: readonly Word[]): Chart {
  const chart: (Edge[] | undefined)[] = new Array(lexicon.symbolCount);
  for (let start = 0; start < words.length; start += 1) {
    const found = (node: Node, end: number): void => {
      for (const symbol of node.symbols) addEdge(chart, symbol, { start, end });
    };
    walk(lexicon, words, lexicon.root, start, 0, found);
  }
  return chart;
}

function addEdge(chart: (Edge[] | undefined)[], symbol: number, edge: Edge): void {
  const edges = chart[symbol];
  if (edges === undefined) chart[symbol] = [edge];
  else if (!endsWith(edges, edge)) edges.push(edge);
}

/** Whether the edge is among the last ones, those of the same start. */
function endsWith(edges: readonly Edge[], edge: Edge): boolean {
  for (let index = edges.length - 1; index >= 0 && edges[index]?.start === edge.start; index -= 1) {
    if (edges[index]?.end === edge.end) return true;
  }
  return false;
}

function walk(
  lexicon: Lexicon,
  words: readonly Word[],
  node: Node,
  at: number,
  skipped: number,
  found: (node: Node, end: number) => void,
): void {
  const word = words[at];
  if (word === undefined) return;
  const step = (child: Node, end: number): void => {
    if (child.symbols.length > 0) found(child, end);
    if (child.next.size > 0 || child.stems.size > 0) walk(lexicon, words, child, end, 0, found);
  };
  for (const child of children(node, word.forms)) step(child, at + 1);
  for (const join of word.joins) for (const child of children(node, [join.form])) step(child, at + join.words);
  if (node !== lexicon.root && skipped < FILLER_LIMIT && isSkippable(lexicon, word)) {
    walk(lexicon, words, node, at + 1, skipped + 1, found);
  }
}

function children(node: Node, forms: readonly string[]): Node[] {
  const out: Node[] = [];
  for (const form of forms) {
    const child = node.next.get(form);
    if (child !== undefined && !out.includes(child)) out.push(child);
    if (node.stems.size === 0) continue;
    for (const { stem, node: stemNode } of node.stems.get(form.slice(0, STEM_MIN)) ?? []) {
      if (form.startsWith(stem) && !out.includes(stemNode)) out.push(stemNode);
    }
  }
  return out;
}
