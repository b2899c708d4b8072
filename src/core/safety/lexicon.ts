// Every phrase of every pattern as one trie of words, and what it knows of a single word. Made once, walked by the chart;
// it never looks at a whole text.

import type { Word } from '../language/normalise.ts';
import type { Phrase } from './pattern.ts';

/** A place in the trie. */
export interface Node {
  /** Children by the number of the word they match. */
  readonly next: Map<number, Node>;
  /** Children that match any word beginning with the stem, by the number of the stem's first letters. */
  readonly stems: Map<number, { readonly stem: string; readonly node: Node }[]>;
  readonly symbols: number[];
}

/** Letters by which stems are found; a stem must have as many. */
export const STEM_MIN = 3;
/** Every phrase of every pattern; a symbol is the number of one slot, choice or word. */
export interface Lexicon {
  readonly root: Node;
  readonly fillers: ReadonlySet<string>;
  readonly symbolCount: number;
  /** The numbers of the words that stand in some phrase. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The numbers of the first letters of the stems that stand in some phrase. */
  readonly heads: ReadonlyMap<string, number>;
  /** What the trie knows of words met before; only saves time, and goes when the words' readings go. */
  readonly known: WeakMap<readonly string[], WordKeys>;
}

/** A reading of a word as far as the trie may know it; -1 where it does not. */
export interface Key {
  readonly form: string;
  readonly number: number;
  readonly head: number;
}

/** What the trie knows of one word. */
export interface WordKeys {
  readonly keys: readonly Key[];
  readonly isFiller: boolean;
}

/** The trie while it is built. */
interface Planting {
  readonly root: Node;
  readonly numbers: Map<string, number>;
  readonly heads: Map<string, number>;
}

function newNode(): Node {
  return { next: new Map(), stems: new Map(), symbols: [] };
}

/** Builds the trie. `symbols[n]` are the phrases of symbol n. */
export function buildLexicon(symbols: readonly (readonly Phrase[])[], fillers: ReadonlySet<string>): Lexicon {
  const planting: Planting = { root: newNode(), numbers: new Map(), heads: new Map() };
  symbols.forEach((phrases, symbol) => {
    for (const phrase of phrases) addPhrase(planting, phrase, symbol);
  });
  return { ...planting, fillers, symbolCount: symbols.length, known: new WeakMap() };
}

function addPhrase(planting: Planting, phrase: Phrase, symbol: number): void {
  let node = planting.root;
  for (const key of phrase) node = childFor(planting, node, key);
  if (!node.symbols.includes(symbol)) node.symbols.push(symbol);
}

function childFor(planting: Planting, node: Node, key: string): Node {
  if (!key.endsWith('*')) {
    const number = numberFor(planting.numbers, key);
    const known = node.next.get(number) ?? newNode();
    node.next.set(number, known);
    return known;
  }
  const stem = key.slice(0, -1);
  const head = numberFor(planting.heads, stem.slice(0, STEM_MIN));
  const siblings = node.stems.get(head) ?? [];
  node.stems.set(head, siblings);
  const known = siblings.find((sibling) => sibling.stem === stem);
  if (known !== undefined) return known.node;
  const child = newNode();
  siblings.push({ stem, node: child });
  return child;
}

function numberFor(numbers: Map<string, number>, key: string): number {
  const number = numbers.get(key) ?? numbers.size;
  numbers.set(key, number);
  return number;
}

/** Whether a filler may be stepped over here. Emoji always may. */
export function isSkippable(lexicon: Lexicon, word: Word): boolean {
  return word.isEmoji || keysOf(lexicon, word.forms).isFiller;
}

/** What the trie knows of a word by its readings. */
export function keysOf(lexicon: Lexicon, forms: readonly string[]): WordKeys {
  const known = lexicon.known.get(forms);
  if (known !== undefined) return known;
  const made = {
    keys: forms.flatMap((form) => keyOf(lexicon, form) ?? []),
    isFiller: forms.some((form) => lexicon.fillers.has(form)),
  };
  lexicon.known.set(forms, made);
  return made;
}

/** What the trie knows of one reading; null when it stands in no phrase. */
export function keyOf(lexicon: Lexicon, form: string): Key | null {
  const number = lexicon.numbers.get(form) ?? -1;
  const head = lexicon.heads.get(form.slice(0, STEM_MIN)) ?? -1;
  return number < 0 && head < 0 ? null : { form, number, head };
}

/** Whether a phrase of the symbol ends here. By halves: symbols are added to a node in their order. */
export function hasSymbol({ symbols }: Node, symbol: number): boolean {
  let low = 0;
  let high = symbols.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((symbols[middle] ?? 0) < symbol) low = middle + 1;
    else high = middle;
  }
  return symbols[low] === symbol;
}

const NOTHING: readonly Node[] = [];

/** Where the readings of one word lead to from a place. */
export function children(node: Node, keys: readonly Key[]): readonly Node[] {
  let out: Node[] | null = null;
  for (const { form, number, head } of keys) {
    const child = number < 0 ? undefined : node.next.get(number);
    if (child !== undefined) out = withNode(out, child);
    if (head < 0 || node.stems.size === 0) continue;
    for (const { stem, node: stemNode } of node.stems.get(head) ?? []) {
      if (form.startsWith(stem)) out = withNode(out, stemNode);
    }
  }
  return out ?? NOTHING;
}

function withNode(nodes: Node[] | null, node: Node): Node[] {
  if (nodes === null) return [node];
  if (!nodes.includes(node)) nodes.push(node);
  return nodes;
}
