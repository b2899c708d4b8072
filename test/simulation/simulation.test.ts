// Twenty seeds in every test run, and every seed that once found a mistake, under the name of what it found.

import { describe, expect, it } from 'vitest';
import { simulate } from './simulation.ts';

const STEPS = 900;
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

/** Seeds that once failed: what they found, and how many steps it takes. */
const FOUND: readonly (readonly [seed: number, steps: number, what: string])[] = [
  [21, 900, 'pages on when the clock is set back an hour during a case'],
  [38, 900, 'pages on when the clock is set back between two alerts'],
  [40, 900, 'frees the rows of a dead process when the clock is set back under their leases'],
];

describe('the house in a town, with vendors in trouble and a process that dies', () => {
  it.for(SEEDS)('keeps its promises with seed %i', async (seed) => {
    const figures = await simulate({ seed, steps: STEPS });
    expect(figures.texts).toBeGreaterThan(0);
  });

  it.for(FOUND)('with seed %i and %i steps it %s', async ([seed, steps]) => {
    await simulate({ seed, steps });
  });

  it('goes the same way twice with the same seed', async () => {
    const [one, other] = [await simulate({ seed: 3, steps: 250 }), await simulate({ seed: 3, steps: 250 })];
    expect(one.digest).toBe(other.digest);
  });
});
