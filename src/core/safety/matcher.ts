// Finds patterns in a chart. Positions move forward only and gaps are bounded, so the time is linear in the text.

import type { Word } from '../language/normalise.ts';
import { type Chart, type Edge, isSkippable, type Lexicon } from './chart.ts';

/** A part whose phrase has become a symbol of the lexicon. */
export type Link =
  | { readonly kind: 'symbol'; readonly symbol: number; readonly optional: boolean }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'start' | 'end' };

/** One pattern: each row must be found somewhere. `needs` are symbols without which it cannot match. */
export interface Matcher {
  readonly rows: readonly (readonly Link[])[];
  readonly needs: readonly number[];
}

/** A text being read. `masked` words take part in no phrase; the words of the newest text begin at `current`. */
export interface Reading {
  readonly words: readonly Word[];
  readonly lexicon: Lexicon;
  readonly chart: Chart;
  readonly masked: readonly boolean[];
  readonly current: number;
}

const SKIP_LIMIT = 4;

/** Prepares a pattern. */
export function createMatcher(rows: readonly (readonly Link[])[]): Matcher {
  const needs = rows.flatMap((row) =>
    row.flatMap((link) => (link.kind === 'symbol' && !link.optional ? [link.symbol] : [])),
  );
  return { rows, needs };
}

/** All places of a pattern, one list of spans for each row; empty when a row is not found. */
export function findMatches(matcher: Matcher, reading: Reading): readonly Edge[][] {
  for (const symbol of matcher.needs) if (reading.chart[symbol] === undefined) return [];
  const found: Edge[][] = [];
  for (const row of matcher.rows) {
    const spans = findRow(row, reading);
    if (spans.length === 0) return [];
    found.push(spans);
  }
  return found;
}

/** Positions reached so far, each with the latest place where a match that reaches it began. */
type Reached = Map<number, number>;

function findRow(row: readonly Link[], reading: Reading): Edge[] {
  let reached: Reached | null = null;
  let fromStart = false;
  for (const link of row) {
    if (reached === null) {
      if (link.kind === 'start') fromStart = true;
      if (link.kind === 'symbol') reached = beginAt(link, reading, fromStart);
      continue;
    }
    reached = advance(link, reached, reading);
    if (reached.size === 0) return [];
  }
  return [...(reached ?? [])].map(([end, start]) => ({ start, end }));
}

function beginAt(link: Link & { kind: 'symbol' }, reading: Reading, fromStart: boolean): Reached | null {
  if (link.optional && !fromStart) return null;
  const reached: Reached = new Map();
  if (fromStart) {
    if (link.optional) reach(reached, reading.current, reading.current);
    for (const at of after(reading.current, reading)) stepFrom(link.symbol, at, at, reading, reached);
    return reached;
  }
  for (const edge of reading.chart[link.symbol] ?? []) if (isOpen(edge, reading)) reach(reached, edge.end, edge.start);
  return reached;
}

function advance(link: Link, reached: Reached, reading: Reading): Reached {
  const next: Reached = new Map(link.kind === 'symbol' && link.optional ? reached : []);
  for (const [at, start] of reached) {
    if (link.kind === 'symbol')
      for (const from of after(at, reading)) stepFrom(link.symbol, from, start, reading, next);
    if (link.kind === 'gap') for (const to of gapFrom(at, link.most, reading)) reach(next, to, start);
    if (link.kind === 'end' && after(at, reading).includes(reading.words.length)) reach(next, at, start);
  }
  return next;
}

function stepFrom(symbol: number, from: number, start: number, reading: Reading, next: Reached): void {
  const edges = reading.chart[symbol] ?? [];
  for (let index = firstFrom(edges, from); index < edges.length; index += 1) {
    const edge = edges[index];
    if (edge === undefined || edge.start !== from) return;
    if (isOpen(edge, reading)) reach(next, edge.end, start);
  }
}

/** Index of the first edge that starts at `from` or later. */
function firstFrom(edges: readonly Edge[], from: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle]?.start ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function reach(reached: Reached, at: number, start: number): void {
  const known = reached.get(at);
  if (known === undefined || known < start) reached.set(at, start);
}

function isOpen(edge: Edge, reading: Reading): boolean {
  for (let at = edge.start; at < edge.end; at += 1) if (reading.masked[at] === true) return false;
  return true;
}

/** This position, and the ones behind fillers and emoji. */
function after(at: number, reading: Reading): number[] {
  const places = [at];
  for (let next = at; next < at + SKIP_LIMIT; next += 1) {
    const word = reading.words[next];
    if (word === undefined || !isSkippable(reading.lexicon, word)) break;
    places.push(next + 1);
  }
  return places;
}

/** The positions up to `most` words on, without leaving the sentence. Fillers are free. */
function gapFrom(at: number, most: number, reading: Reading): number[] {
  const places = [at];
  let left = most;
  for (let next = at; next < at + most + SKIP_LIMIT; next += 1) {
    const word = reading.words[next];
    if (word === undefined || (word.opensSentence && next > at) || (word.opensSentence && next === at && at > 0)) break;
    if (!isSkippable(reading.lexicon, word)) left -= 1;
    if (left < 0) break;
    places.push(next + 1);
  }
  return places;
}
