// Who gets which variant: evenly by share, the same for ever, and independent between experiments.

import { describe, expect, it } from 'vitest';
import { pickByShare } from '../../../src/core/flow/share-out.ts';

const MANY = 20_000;

function countsOf(shares: Readonly<Record<string, number>>, keyOf: (index: number) => string): Record<string, number> {
  const variants = Object.entries(shares).map(([name, share]) => ({ name, share }));
  const counts: Record<string, number> = {};
  for (let index = 0; index < MANY; index += 1) {
    const { name } = pickByShare(variants, keyOf(index));
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Ids as the house makes them, and ids that are nearly the same. */
const KEYS: readonly [string, (index: number) => string][] = [
  ['ids in a row', (index) => `tone:id${String(index).padStart(6, '0')}`],
  ['ids that differ in front', (index) => `tone:${index}-mentee-of-the-bridge-program`],
];

describe.each(KEYS)('variants, for %s', (_, keyOf) => {
  it.each([
    [{ warm: 1, short: 1 }],
    [{ warm: 1, short: 1, plain: 1 }],
    [{ warm: 9, short: 1 }],
    [{ warm: 1, short: 2, plain: 3, long: 4 }],
  ])('have their shares of all people, within one in a hundred: %j', (shares) => {
    const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
    const counts = countsOf(shares, keyOf);
    for (const [name, share] of Object.entries(shares)) {
      expect(Math.abs((counts[name] ?? 0) / MANY - share / total)).toBeLessThan(0.01);
    }
  });
});

describe('a variant', () => {
  const shares = [
    { name: 'warm', share: 1 },
    { name: 'short', share: 1 },
  ];

  it('is the same for the same key, in whatever order the variants stand', () => {
    for (let index = 0; index < 500; index += 1) {
      const key = `tone:id${index}`;
      expect(pickByShare(shares, key)).toBe(pickByShare(shares, key));
      expect(pickByShare([...shares].reverse(), key)).toBe(pickByShare(shares, key));
    }
  });

  it('is as it was the day it shipped: a change of the hash would move people between variants', () => {
    const picked = Array.from({ length: 12 }, (_, index) => pickByShare(shares, `tone:mentee-${index}`).name);
    expect(picked.map((name) => name[0]).join('')).toBe('wwswswsswwws');
  });

  it('of one experiment says nothing about another', () => {
    let both = 0;
    for (let index = 0; index < MANY; index += 1) {
      const isWarm = (experiment: string) => pickByShare(shares, `${experiment}:id${index}`).name === 'warm';
      if (isWarm('tone') === isWarm('length')) both += 1;
    }
    expect(Math.abs(both / MANY - 0.5)).toBeLessThan(0.015);
  });
});
