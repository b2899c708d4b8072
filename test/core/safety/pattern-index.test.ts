// The index of patterns leaves out only what could not be found: over every line of the fixtures it gives the same
// patterns, in the same order, as trying all of them.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findMatches, type Reading } from '../../../src/core/safety/matcher.ts';
import {
  candidatesOf,
  type Indexed,
  indexPatterns,
  type PatternIndex,
} from '../../../src/core/safety/pattern-index.ts';
import { readTexts } from '../../../src/core/safety/screen-reading.ts';
import { compiled } from './screen-shipped.ts';

const texts = readFileSync(new URL('./distress-dev.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line): string => JSON.parse(line).text);

function found<Use>(entries: readonly Indexed<Use>[], reading: Reading): readonly Indexed<Use>[] {
  return entries.filter(({ matcher }) => findMatches(matcher, reading).length > 0);
}

/** How many patterns were found in all texts; each text is compared. */
function compare<Use>(index: PatternIndex<Use>): number {
  let count = 0;
  for (const text of texts) {
    const reading = readTexts(compiled, [text]);
    const all = found(index.entries, reading.open);
    expect(found(candidatesOf(index, reading.chart), reading.open), text).toEqual(all);
    count += all.length;
  }
  return count;
}

describe('the index of patterns', () => {
  it('leaves out no signal, hint, idiom or context that stands in a text', () => {
    expect(compare(compiled.index)).toBeGreaterThan(texts.length / 2);
    expect(compare(compiled.masks)).toBeGreaterThan(0);
    expect(compare(compiled.context)).toBeGreaterThan(0);
  });

  it('tries a pattern that needs no symbol in every text', () => {
    const free = { rows: [[{ kind: 'start' }, { kind: 'end' }]], needs: [] } as const;
    const { chart } = readTexts(compiled, ['ok']);
    expect(candidatesOf(indexPatterns([{ matcher: free, use: 'free' }]), chart)).toEqual([
      { matcher: free, use: 'free' },
    ]);
  });
});
