// A mentor's weekly update by SMS: every way in which letters, numbers, names and worries come, and what is not guessed.

import { describe, expect, it } from 'vitest';
import { readUpdate, speaksOfWorry } from '../../../src/core/language/read-update.ts';

const NAMES = ['Ana', 'Leo', 'José'];
const SHORT = { talked: 'T', message_only: 'M', tried: 'N', not_tried: 'X' } as const;

/** "TTM" with a dash for a mentee who was not spoken of, then each worry; "?" when it was not read. */
function read(text: string, names: readonly string[] = NAMES): string {
  const update = readUpdate(text, names);
  if (update === null) return '?';
  const letters = update.reached.map((one) => (one === null ? '-' : SHORT[one])).join('');
  const worries = update.worries.map(({ places, note }) => `${places.map((place) => place + 1).join('+')}: ${note}`);
  return [letters, ...worries].join(' | ');
}

describe('letters', () => {
  it.each([
    ['TTM', 'TTM'],
    ['ttm', 'TTM'],
    ['t t m', 'TTM'],
    ['T,T,M', 'TTM'],
    ['T, N, X.', 'TNX'],
    ['T T\nM', 'TTM'],
    ['Hi! TTX thanks', 'TTX'],
    ['ALL T', 'TTT'],
    ['all: x', 'XXX'],
    ['All talked', 'TTT'],
    ['T for all', 'TTT'],
    ['all t except 2 n', 'TNT'],
    ['ALL M, 3T', 'MMT'],
    ['1T 2M', 'TM-'],
    ['1t2m3n', 'TMN'],
    ['1. T 2. M 3. X', 'TMX'],
    ['2 m', '-M-'],
    ['Ana T, Leo N', 'TN-'],
    ['jose x', '--X'],
    ['José: no answer', '--N'],
    ['1 talked 2 messaged 3 not tried', 'TMX'],
    ['1 no answer', 'N--'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it('takes one letter for one mentee', () => expect(read('m', ['Ana'])).toBe('M'));
});

describe('a worry', () => {
  it.each([
    ['WORRIED 2 she stopped answering', '--- | 2: she stopped answering'],
    ['worried about #2: skipped class, sounds low', '--- | 2: skipped class, sounds low'],
    ['Worried about Leo he moved out', '--- | 2: he moved out'],
    ['TTM worried 3 - money', 'TTM | 3: money'],
    ['ALL T\nWORRIED 1 and 3 both quiet', 'TTT | 1+3: both quiet'],
    ['WORRIED 1 sad WORRIED 2 no food', '--- | 1: sad | 2: no food'],
    ['WORRIED 2', '--- | 2: '],
    ['worried about Ana & José, they fight with Leo', '--- | 1+3: they fight with Leo'],
    ['TTQ worried 2 quiet', '--- | 2: quiet'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it('needs no number with a single mentee', () => {
    expect(read('hm, I am worried, she cries a lot', ['Ana'])).toBe('- | 1: worried, she cries a lot');
    expect(read('T worried she cries a lot', ['Ana'])).toBe('T | 1: worried she cries a lot');
  });
});

describe('a worry is never given to the wrong mentee', () => {
  it.each([
    ['worried about Ana Maria, she is alone', ['Ana', 'Ana Maria'], '-- | 2: she is alone'],
    ['worried about Ana she is alone', ['Ana', 'Ana Maria'], '?'],
    ["I'm worried about 2 of my students", NAMES, '?'],
    ['worried 2 days without an answer from Leo', NAMES, '?'],
    ['WORRIED 1 and 3 times no answer', NAMES, '?'],
    ['worried 2:30 am she called', NAMES, '?'],
    ['WORRIED #2 days without a word', NAMES, '--- | 2: days without a word'],
    ['worried about Leo and Ana', ['Leo', 'Ana', 'Ana'], '?'],
    ['worried about Leo, Ana too', ['Leo', 'Ana', 'Ana'], '?'],
    ['worried about Leo & Ana', ['Leo', 'Ana', 'Ana'], '?'],
    ['worried about Leo or Ana', NAMES, '?'],
    ['worried about Leo and Ana', NAMES, '--- | 2+1: '],
    ['worried about Ana-Lucia', NAMES, '?'],
    ['Jose Luis worries me, he sleeps in his car', ['José', 'Leo'], '?'],
    ['Jose Luis worries me, he sleeps in his car', ['Leo'], '?'],
    ['worried about my roommate', ['Leo'], '?'],
    ['worried about him', ['Leo'], '- | 1: worried about him'],
    ['WORRIED 1 she is gone', ['', 'Leo'], '?'],
  ] as const)('%s of %j', (text, names, expected) => expect(read(text, names)).toBe(expected));

  it('keeps the letters beside a worry that names nobody, and says that there is one', () => {
    expect(readUpdate('TTM. One of them worries me', NAMES)).toEqual({
      reached: ['talked', 'talked', 'message_only'],
      worries: [],
      hasUnclearWorry: true,
    });
  });

  it('reads no number that the mentor was never sent', () => {
    expect(readUpdate('WORRIED 2 gone', NAMES, 0)).toBeNull();
    expect(readUpdate('WORRIED 3 gone', NAMES, 2)).toBeNull();
    expect(readUpdate('worried about Leo', NAMES, 0)).toMatchObject({ worries: [{ places: [1] }] });
  });

  it('knows "worries me" and "worrying us" for a worry, and "nothing worries me" for none', () => {
    expect(speaksOfWorry('Jose Luis worries me')).toBe(true);
    expect(speaksOfWorry('this is worrying us')).toBe(true);
    expect(speaksOfWorry('nothing worries me')).toBe(false);
    expect(speaksOfWorry('no worries')).toBe(false);
  });
});

describe('is not guessed', () => {
  it.each([
    'TT',
    'TTMM',
    'TTY',
    '',
    'yes',
    'ok will do tomorrow',
    '4T',
    '0T',
    '1T 1M',
    'all good',
    'can you call me?',
    'WORRIED',
    'I am worried about her',
    'WORRIED 5 no word',
    'TTQ',
    'not worried about 2',
    "don't worry about Leo",
  ])('%s', (text) => expect(read(text)).toBe('?'));

  it('two mentees of one name stay numbers', () => {
    expect(read('Ana T', ['Ana', 'Ana'])).toBe('?');
    expect(read('2T', ['Ana', 'Ana'])).toBe('-T');
  });

  it('a worry that names nobody is still known as one', () => {
    expect(speaksOfWorry('I am so worried about her')).toBe(true);
    expect(speaksOfWorry('not worried at all, no worries')).toBe(false);
  });

  it('a name that looks like a pattern does no harm', () => expect(read('A.(B T', ['A.(B', 'Leo'])).toBe('T-'));
});
