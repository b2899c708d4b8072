// The school grade of a text, against figures worked out by hand from the published formulas.

import { describe, expect, it } from 'vitest';
import { readingOf } from '../../../src/core/flow/reading-grade.ts';
import { syllablesIn } from '../../../src/core/flow/syllables.ts';

describe('syllables', () => {
  it.each([
    ['cat', 1],
    ['housing', 2],
    ['mentor', 2],
    ['needed', 2],
    ['asked', 1],
    ['table', 2],
    ['university', 5],
    ['immediately', 5],
    ['financial', 3],
  ])('of the English word %s', (word, count) => expect(syllablesIn(word, 'en')).toBe(count));

  it.each([
    ['sol', 1],
    ['ciudad', 2],
    ['día', 2],
    ['poeta', 3],
    ['quiero', 2],
    ['guerra', 2],
    ['vergüenza', 3],
    ['muy', 1],
    ['universidad', 5],
    ['inmediatamente', 6],
  ])('of the Spanish word %s', (word, count) => expect(syllablesIn(word, 'es')).toBe(count));
});

describe('the grade', () => {
  it('of English is Flesch–Kincaid', () => {
    // 12 words, 2 sentences, 12 syllables: 0.39 × 6 + 11.8 × 1 − 15.59.
    const { grade } = readingOf('The cat sat on the mat. The dog sat on the mat.', 'en');
    expect(grade).toBeCloseTo(-1.45, 2);
  });

  it('of Spanish is Crawford’s', () => {
    // 10 words, 2 sentences, 15 syllables: −0.205 × 20 + 0.049 × 150 − 3.407.
    const { grade } = readingOf('El sol sale hoy en casa. La luna sale luego.', 'es');
    expect(grade).toBeCloseTo(-0.157, 2);
  });

  it('is not told of a text under ten words', () => {
    expect(readingOf('Extraordinary administrative responsibilities notwithstanding.', 'en').grade).toBeNull();
  });

  it('does not read links, and ends no sentence within an hour of the day', () => {
    const plain = readingOf('Send the form by two pm to get your room, it is at this site', 'en');
    const linked = readingOf(
      'Send the form by 2 p.m. to get your room, it is at this site https://example.edu/a.b',
      'en',
    );
    expect(linked).toEqual({ ...plain, longest: plain.longest.map((word) => (word === 'two' ? '1' : word)) });
  });

  it('names the longest sentence and the hardest words', () => {
    const text = 'Hi. Tell the university about your extraordinary situation today. It is OK. Do it now, please.';
    expect(readingOf(text, 'en')).toMatchObject({
      hardest: ['university', 'extraordinary', 'situation'],
      longest: ['Tell', 'the', 'university', 'about', 'your', 'extraordinary', 'situation', 'today'],
    });
  });
});
