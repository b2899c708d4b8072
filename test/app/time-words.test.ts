// Instants in words, at the edges of the clock.

import { describe, expect, it } from 'vitest';
import { clockWords, momentWords } from '../../src/app/time-words.ts';

const ZONE = 'America/Los_Angeles';

describe('an instant in words', () => {
  it.each([
    ['2027-06-07T00:00:00-07:00', '12:00 am'],
    ['2027-06-07T09:05:59-07:00', '9:05 am'],
    ['2027-06-07T12:00:00-07:00', '12:00 pm'],
    ['2027-06-07T23:59:00-07:00', '11:59 pm'],
    ['2027-11-07T01:30:00-08:00', '1:30 am'],
  ])('%s is %s', (at, words) => {
    expect(clockWords(Date.parse(at), ZONE)).toBe(words);
  });

  it('names the day unless it is today there', () => {
    const now = Date.parse('2027-06-07T23:00:00-07:00');
    expect(momentWords(now + 30 * 60_000, now, ZONE)).toBe('11:30 pm');
    expect(momentWords(now + 90 * 60_000, now, ZONE)).toBe('Tuesday, June 8, 12:30 am');
    expect(momentWords(now + 90 * 60_000, now, 'Pacific/Honolulu')).toBe('9:30 pm');
  });
});
