// Many patterns by one symbol that each cannot do without, so that a text is held only against those that it could
// match. It tries none of them: what it leaves out could not have been found, and the rest keeps its order.

import { type Chart, stands } from './chart.ts';
import type { Matcher } from './matcher.ts';

/** A pattern and what it stands for. */
export interface Indexed<Use> {
  readonly matcher: Matcher;
  readonly use: Use;
}

/** Rows of numbers one after another: row n is `items` from `first[n]` to `first[n + 1]`. Quicker to read than lists. */
interface Rows {
  readonly first: Int32Array;
  readonly items: Int32Array;
}

/** Patterns in their order, and where to look for them. */
export interface PatternIndex<Use> {
  readonly entries: readonly Indexed<Use>[];
  /** By symbol, the places of the entries that are looked for when it stands in a text. */
  readonly bySymbol: Rows;
  /** By place, the symbols that the entry needs. */
  readonly needs: Rows;
  /** Places of the entries that need no symbol. */
  readonly always: readonly number[];
}

/** Files each pattern under the needed symbol that the fewest patterns use. */
export function indexPatterns<Use>(entries: readonly Indexed<Use>[]): PatternIndex<Use> {
  const uses = new Map<number, number>();
  for (const { matcher } of entries) for (const symbol of matcher.needs) uses.set(symbol, (uses.get(symbol) ?? 0) + 1);
  const bySymbol = Array.from({ length: Math.max(-1, ...uses.keys()) + 1 }, (): number[] => []);
  const always: number[] = [];
  entries.forEach(({ matcher }, place) => {
    const [rarest] = matcher.needs.toSorted((a, b) => (uses.get(a) ?? 0) - (uses.get(b) ?? 0));
    const places = rarest === undefined ? always : bySymbol[rarest];
    places?.push(place);
  });
  return { entries, bySymbol: toRows(bySymbol), needs: toRows(entries.map(({ matcher }) => matcher.needs)), always };
}

function toRows(lists: readonly (readonly number[])[]): Rows {
  const first = new Int32Array(lists.length + 1);
  lists.forEach((list, at) => {
    first[at + 1] = (first[at] ?? 0) + list.length;
  });
  return { first, items: Int32Array.from(lists.flat()) };
}

/** The patterns whose needed symbols all stand in the text, in the order of the index. */
export function candidatesOf<Use>(index: PatternIndex<Use>, chart: Chart): readonly Indexed<Use>[] {
  const places = [...index.always];
  const { first, items } = index.bySymbol;
  const { met } = chart;
  for (let at = 0; at < met.length; at += 1) {
    const symbol = met[at] ?? 0;
    const end = first[symbol + 1] ?? 0;
    for (let next = first[symbol] ?? 0; next < end; next += 1) {
      const place = items[next] ?? 0;
      if (hasAll(index.needs, place, chart)) places.push(place);
    }
  }
  return places.sort((a, b) => a - b).flatMap((place) => index.entries[place] ?? []);
}

function hasAll({ first, items }: Rows, place: number, chart: Chart): boolean {
  const end = first[place + 1] ?? 0;
  for (let at = first[place] ?? 0; at < end; at += 1) if (!stands(chart, items[at] ?? 0)) return false;
  return true;
}
