// Local time by remembered offsets is the local time of the zone database, around clock changes above all.

import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { addDuration } from '../../../src/core/flow/duration.ts';
import { addDays, instantOf, localClockOf, localDateOf, weekdayOf } from '../../../src/core/model/local-time.ts';
import { offsetAt } from '../../../src/core/model/zone-spans.ts';

const ZONES = [
  'America/Los_Angeles',
  'America/Phoenix',
  'UTC',
  'Pacific/Apia',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
];
const zone = fc.constantFrom(...ZONES);
const anyMoment = fc.integer({ min: Date.UTC(2008, 0, 1), max: Date.UTC(2036, 0, 1) });

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}

/** Any moment, or one near the clock change after it. */
const moment = fc
  .record({
    at: anyMoment,
    timeZone: zone,
    near: fc.boolean(),
    by: fc.integer({ min: -2 * 86_400_000, max: 2 * 86_400_000 }),
  })
  .chain((given) => fc.constantFrom(given, { ...given, by: Math.sign(given.by) }))
  .map(({ at, timeZone, near, by }) => {
    const change = near ? zoned(at, timeZone).getTimeZoneTransition('next') : null;
    return { at: (change?.epochMilliseconds ?? at) + by, timeZone };
  });

describe('local time by remembered offsets', () => {
  it('is what the zone database says', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 23 }), ({ at, timeZone }, hour) => {
        const local = zoned(at, timeZone);
        const date = local.toPlainDate();
        expect(offsetAt(at, timeZone)).toBe(local.offsetNanoseconds / 1_000_000);
        expect(localDateOf(at, timeZone)).toBe(date.toString());
        expect(localClockOf(at, timeZone)).toEqual({
          hour: local.hour,
          minute: local.minute,
          weekday: local.dayOfWeek,
        });
        expect(weekdayOf(date.toString())).toBe(date.dayOfWeek);
        expect(instantOf(date.toString(), hour, timeZone)).toBe(
          date.toPlainDateTime({ hour }).toZonedDateTime(timeZone).epochMilliseconds,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('adds days by the wall clock and hours by the watch, over any clock change', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 366 }), ({ at, timeZone }, count) => {
        const local = zoned(at, timeZone);
        const later = (duration: Temporal.DurationLike) => local.add(duration).epochMilliseconds;
        expect(addDuration(at, { count, unit: 'days' }, timeZone)).toBe(later({ days: count }));
        expect(addDuration(at, { count, unit: 'hours' }, timeZone)).toBe(later({ hours: count }));
        expect(addDays(local.toPlainDate().toString(), -count)).toBe(
          local.toPlainDate().subtract({ days: count }).toString(),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('knows no zone and no date that is none', () => {
    expect(() => localDateOf(0, 'Mars/Olympus')).toThrow(RangeError);
    for (const date of ['2027-02-30', '2027-13-01', 'soon', '']) expect(() => weekdayOf(date)).toThrow(RangeError);
  });
});
