// The words of a promised moment, where and as the mentee reads them.

import { describe, expect, it } from 'vitest';
import { promisedTime } from '../../../src/core/language/promised-time.ts';

const now = Date.parse('2027-06-07T10:00:00-07:00');
const words = (kind: 'by' | 'office', iso: string, language: 'en' | 'es', timeZone = 'America/Los_Angeles') =>
  promisedTime({ kind, at: Date.parse(iso) }, { now, timeZone, language });

describe('today', () => {
  it.each([
    ['by', '2027-06-07T09:30:00-07:00', '9:30 am', 'a las 9:30 am'],
    ['by', '2027-06-07T12:00:00-07:00', '12:00 pm', 'a las 12:00 pm'],
    ['by', '2027-06-07T13:00:00-07:00', '1:00 pm', 'a la 1:00 pm'],
    ['office', '2027-06-07T14:30:00-07:00', 'at 2:30 pm', 'a las 2:30 pm'],
  ] as const)('%s %s', (kind, iso, en, es) => {
    expect([words(kind, iso, 'en'), words(kind, iso, 'es')]).toEqual([en, es]);
  });
});

describe('another day', () => {
  it.each([
    ['by', 'Tuesday 9:00 am', 'el martes a las 9:00 am'],
    ['office', 'on Tuesday at 9:00 am', 'el martes a las 9:00 am'],
  ] as const)('%s', (kind, en, es) => {
    const iso = '2027-06-08T09:00:00-07:00';
    expect([words(kind, iso, 'en'), words(kind, iso, 'es')]).toEqual([en, es]);
  });
});

it('is the clock where the mentee lives, not the program’s', () => {
  expect(words('by', '2027-06-07T14:30:00-07:00', 'en', 'America/New_York')).toBe('5:30 pm');
  expect(words('office', '2027-06-08T00:30:00-07:00', 'en', 'Pacific/Honolulu')).toBe('at 9:30 pm');
});
