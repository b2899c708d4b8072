// Ten more seeds of every test run, and every seed that once found a mistake, under the name of what it found.

import { describe, expect, it } from 'vitest';
import { simulate } from './simulation.ts';

const STEPS = 600;
const SEEDS = Array.from({ length: 10 }, (_, index) => index + 11);

/** Seeds that once failed: what they found, and how many steps it takes. */
const FOUND: readonly (readonly [seed: number, steps: number, what: string])[] = [
  [21, 900, 'pages on when the clock is set back an hour during a case'],
  [38, 900, 'pages on when the clock is set back between two alerts'],
  [40, 900, 'frees the rows of a dead process when the clock is set back under their leases'],
  [57, 900, 'looks for a card whose answer was lost when the clock is set back meanwhile'],
  [205, 600, 'knows that a case was over when the clock is set back behind its end'],
  [75, 900, 'looks for an answer to STOP that may have left when the clock is set back meanwhile'],
];

describe('the house in a town, further seeds', () => {
  it.for(SEEDS)('keeps its promises with seed %i', async (seed) => {
    const figures = await simulate({ seed, steps: STEPS });
    expect(figures.texts).toBeGreaterThan(0);
  });

  it.for(FOUND)('with seed %i and %i steps it %s', async ([seed, steps]) => {
    await simulate({ seed, steps });
  });
});
