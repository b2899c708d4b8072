// Instants and local dates, across clock changes and the edges of months and years.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  instantOf,
  isLocalDate,
  isTimeZone,
  localClockOf,
  localDateOf,
  weekdayOf,
} from '../../../src/core/model/local-time.ts';

const LA = 'America/Los_Angeles';
const iso = (instant: number) => new Date(instant).toISOString();

describe('zones', () => {
  it.each([LA, 'America/Puerto_Rico', 'Pacific/Honolulu', 'UTC', 'US/Pacific'])('knows %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });
  it.each(['', ' ', '+05:00', '-08', 'Mars/Base', 'Los Angeles', '../etc', '2027-07-01T00:00Z'])(
    'refuses %j',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});

describe('dates', () => {
  it.each(['2027-07-01', '2028-02-29', '2027-12-31'])('%s exists', (text) => expect(isLocalDate(text)).toBe(true));
  it.each(['2027-02-29', '2027-13-01', '2027-00-10', '2027-7-1', '07/01/2027', '2027-07-01T00:00', ' 2027-07-01', ''])(
    '%j does not',
    (text) => expect(isLocalDate(text)).toBe(false),
  );

  it.each([
    ['2027-12-31', 1, '2028-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-03-01', -1, '2027-02-28'],
    ['2026-10-31', 2, '2026-11-02'],
    ['2027-03-13', 2, '2027-03-15'],
  ])('%s and %i days is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
    expect(daysBetween(from, to)).toBe(days);
  });

  it.each([
    ['2027-07-05', 1],
    ['2027-07-11', 7],
    ['2026-11-01', 7],
  ])('%s is day %i of the week', (date, weekday) => expect(weekdayOf(date)).toBe(weekday));
});

describe('instants', () => {
  it.each([
    ['an ordinary morning', '2027-07-07', 9, LA, '2027-07-07T16:00:00.000Z'],
    ['the same in winter', '2027-01-07', 9, LA, '2027-01-07T17:00:00.000Z'],
    ['F16: the hour that comes twice is the first', '2026-11-01', 1, LA, '2026-11-01T08:00:00.000Z'],
    ['F16: the hour that is left out is the one after', '2027-03-14', 2, LA, '2027-03-14T10:00:00.000Z'],
    ['a zone without summer time', '2027-03-14', 2, 'America/Phoenix', '2027-03-14T09:00:00.000Z'],
    ['midnight', '2027-07-07', 0, 'America/New_York', '2027-07-07T04:00:00.000Z'],
  ])('%s', (_, date, hour, zone, instant) => expect(iso(instantOf(date, hour, zone))).toBe(instant));

  it.each([
    ['2027-07-08T06:59:59.999Z', LA, '2027-07-07', { hour: 23, minute: 59, weekday: 3 }],
    ['2027-07-08T07:00:00.000Z', LA, '2027-07-08', { hour: 0, minute: 0, weekday: 4 }],
    ['2026-11-01T09:30:00.000Z', LA, '2026-11-01', { hour: 1, minute: 30, weekday: 7 }],
    ['2027-01-01T04:30:00.000Z', 'America/New_York', '2026-12-31', { hour: 23, minute: 30, weekday: 4 }],
  ])('%s in %s is on %s', (instant, zone, date, clock) => {
    expect(localDateOf(Date.parse(instant), zone)).toBe(date);
    expect(localClockOf(Date.parse(instant), zone)).toEqual(clock);
  });

  it('a date and hour that exist come back as they went', () => {
    const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2026-06-01', days));
    const zone = fc.constantFrom(LA, 'America/New_York', 'Pacific/Honolulu', 'America/Puerto_Rico');
    fc.assert(
      fc.property(day, fc.integer({ min: 4, max: 23 }), zone, (date, hour, name) => {
        const instant = instantOf(date, hour, name);
        expect([localDateOf(instant, name), localClockOf(instant, name).hour]).toEqual([date, hour]);
      }),
      { numRuns: 200 },
    );
  });
});
