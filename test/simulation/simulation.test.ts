// The first ten of the twenty seeds of every test run, and that a seed is a run. The others stand in a file of their own,
// because files share the cores.

import { describe, expect, it } from 'vitest';
import { simulate } from './simulation.ts';

const STEPS = 600;
const SEEDS = Array.from({ length: 10 }, (_, index) => index + 1);

describe('the house in a town, with vendors in trouble and a process that dies', () => {
  it.for(SEEDS)('keeps its promises with seed %i', async (seed) => {
    const figures = await simulate({ seed, steps: STEPS });
    expect(figures.texts).toBeGreaterThan(0);
    expect(figures.cases).toBeGreaterThan(0);
  });

  it('goes the same way twice with the same seed', async () => {
    const [one, other] = [await simulate({ seed: 3, steps: 250 }), await simulate({ seed: 3, steps: 250 })];
    expect(one.digest).toBe(other.digest);
  });
});
