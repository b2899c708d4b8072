// Every signal and idiom of the shipped files does what its own examples say, as `icehouse flows check` demands.

import { expect, it } from 'vitest';
import { checkSafetyFiles } from '../../../src/core/safety/safety-check.ts';
import { SAFETY_FILES } from './screen-shipped.ts';

it('every signal fires on its examples and on none of its counterexamples', () => {
  expect(checkSafetyFiles(SAFETY_FILES)).toEqual([]);
});

it('each file speaks of every kind and every tier', () => {
  for (const file of SAFETY_FILES) {
    const kinds = new Set(file.signals.map((signal) => signal.kind));
    expect([...kinds].sort(), file.language).toEqual([
      'abuse',
      'immigration',
      'not_going',
      'self',
      'someone_else',
      'threat_to_others',
    ]);
    expect(new Set(file.signals.map((signal) => signal.tier)).size, file.language).toBe(3);
  }
});
