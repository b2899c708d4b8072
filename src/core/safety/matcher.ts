// Finds patterns in a chart. Positions move forward only and gaps are bounded, so the time is linear in the text.

import type { Word } from '../language/normalise.ts';
import { type Chart, type Edge, edgesOf, stands } from './chart.ts';

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
  for (const symbol of matcher.needs) if (!stands(reading.chart, symbol)) return [];
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
    for (let at = reading.current, end = lastAfter(at, reading); at <= end; at += 1) {
      stepFrom(edgesOf(reading.chart, link.symbol), at, at, reading, reached);
    }
    return reached;
  }
  for (const edge of edgesOf(reading.chart, link.symbol))
    if (isOpen(edge, reading)) reach(reached, edge.end, edge.start);
  return reached;
}

function advance(link: Link, reached: Reached, reading: Reading): Reached {
  if (link.kind === 'symbol') return advanceSymbol(link, reached, reading);
  const next: Reached = new Map();
  for (const [at, start] of reached) {
    if (link.kind === 'gap') reachOver(next, at, start, link.most, reading);
    if (link.kind === 'end' && lastAfter(at, reading) >= reading.words.length) reach(next, at, start);
  }
  return next;
}

function advanceSymbol(link: Link & { kind: 'symbol' }, reached: Reached, reading: Reading): Reached {
  const next: Reached = link.optional ? new Map(reached) : new Map();
  const edges = edgesOf(reading.chart, link.symbol);
  if (edges.length === 0) return next;
  for (const [at, start] of reached) {
    const end = lastAfter(at, reading);
    for (let from = at; from <= end; from += 1) stepFrom(edges, from, start, reading, next);
  }
  return next;
}

function stepFrom(edges: readonly Edge[], from: number, start: number, reading: Reading, next: Reached): void {
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

/** The farthest position that only fillers and emoji part from this one. */
function lastAfter(at: number, { chart }: Reading): number {
  let last = at;
  while (last < at + SKIP_LIMIT && chart.skippable[last] === true) last += 1;
  return last;
}

/** Reaches the positions up to `most` words on, without leaving the sentence. Fillers are free. */
function reachOver(next: Reached, at: number, start: number, most: number, reading: Reading): void {
  reach(next, at, start);
  let left = most;
  for (let place = at; place < at + most + SKIP_LIMIT; place += 1) {
    const word = reading.words[place];
    if (word === undefined || (word.opensSentence && (place > at || at > 0))) return;
    if (reading.chart.skippable[place] !== true) left -= 1;
    if (left < 0) return;
    reach(next, place + 1, start);
  }
}
