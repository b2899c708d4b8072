// "Is it safe to text you? Y or N": what is heard as a yes, what as a no, and how much may be texted without one.

import { describe, expect, it } from 'vitest';
import { mayTextNeutral, readTextSafety } from '../../../src/core/safety/text-safety.ts';

describe('the answer', () => {
  it.each([
    'y',
    'Y',
    'yes',
    'Yes.',
    'YES!',
    'yeah',
    'si',
    'sí',
    'Sí.',
    's',
    'S',
    'yes it is',
    'its safe',
    'sí es seguro',
  ])('yes: %s', (text) => expect(readTextSafety(text)).toBe('safe'));

  it.each([
    'n',
    'N',
    'no',
    'No.',
    'NO!!',
    'nope',
    'not safe',
    'not really',
    "it's not safe",
    'no es seguro',
    'ahorita no',
  ])('no: %s', (text) => expect(readTextSafety(text)).toBe('not_safe'));

  it.each([
    '',
    'ok bye',
    'yes but he is home',
    'yes he hits me',
    'no se',
    'maybe',
    'who is this',
    'y he is here',
    'yes no',
    'si me pega',
    'help',
    'idk',
    `yes ${'!'.repeat(100)}`,
  ])('left to a person: %s', (text) => expect(readTextSafety(text)).toBeNull());
});

describe('what may follow by itself', () => {
  it('nothing after a no', () => {
    for (const lines of [0, 1, 5]) expect(mayTextNeutral('not_safe', lines)).toBe(false);
  });

  it('one line while nobody answered', () => {
    expect([mayTextNeutral('asked', 0), mayTextNeutral('asked', 1)]).toEqual([true, false]);
  });

  it('whatever is due after a yes, and where nobody was asked', () => {
    for (const safety of ['safe', null, undefined] as const) expect(mayTextNeutral(safety, 9)).toBe(true);
  });
});
