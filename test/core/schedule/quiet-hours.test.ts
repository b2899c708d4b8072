// QH-01, QH-02, QH-08: when an unasked text may leave, in every zone of the program, all week and in the nights clocks change.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, localClockOf, localDateOf } from '../../../src/core/model/local-time.ts';
import {
  allowedUntil,
  isQuiet,
  nextAllowedAt,
  sendWindow,
  staffNightEndsAt,
} from '../../../src/core/schedule/quiet-hours.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ZONES = [
  'America/Los_Angeles',
  'America/Denver',
  'America/Phoenix',
  'America/Chicago',
  'America/New_York',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'America/Anchorage',
];
/** Monday to Sunday of a week without a clock change. */
const WEEK = ['2027-07-05', '2027-07-06', '2027-07-07', '2027-07-08', '2027-07-09', '2027-07-10', '2027-07-11'];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const at = (iso: string) => Date.parse(iso);
const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString().slice(0, 16));

describe('QH-01: all hours of a week', () => {
  const opensAt = (day: string) => (day === WEEK.at(-1) ? 12 : 9);
  it.each(ZONES)('%s is open from 9 to 20, on Sunday from 12', (zone) => {
    const wrong = WEEK.flatMap((day) =>
      HOURS.filter((hour) => isQuiet(instantOf(day, hour, zone), zone) !== (hour < opensAt(day) || hour >= 20)).map(
        (hour) => `${day} ${hour}:00`,
      ),
    );
    expect(wrong).toEqual([]);
  });

  it.each(ZONES)('%s: the next moment is now when open, else the next opening', (zone) => {
    for (const day of WEEK) {
      for (const hour of HOURS) {
        const now = instantOf(day, hour, zone) + 17 * MINUTE;
        const next = nextAllowedAt(now, zone);
        if (!isQuiet(now, zone)) expect(next).toBe(now);
        else {
          const { hour: opens, minute, weekday } = localClockOf(next, zone);
          expect(next).toBeGreaterThan(now);
          expect({ opens, minute }).toEqual({ opens: weekday === 7 ? 12 : 9, minute: 0 });
        }
      }
    }
  });

  it.each([
    ['8:59:59.999', '2027-07-07T15:59:59.999Z', true],
    ['9:00', '2027-07-07T16:00:00Z', false],
    ['19:59:59.999', '2027-07-08T02:59:59.999Z', false],
    ['20:00', '2027-07-08T03:00:00Z', true],
    ['Sunday 11:59:59.999', '2027-07-11T18:59:59.999Z', true],
    ['Sunday 12:00', '2027-07-11T19:00:00Z', false],
  ])('to the millisecond: %s in Los Angeles', (_, instant, quiet) => {
    expect(isQuiet(at(instant), 'America/Los_Angeles')).toBe(quiet);
  });

  it('holds a nudge planned for 20:30 on Saturday until Sunday at noon', () => {
    expect(iso(nextAllowedAt(at('2027-07-11T03:30:00Z'), 'America/Los_Angeles'))).toBe('2027-07-11T19:00');
  });
});

describe('QH-02: the zone is not known', () => {
  const summer = { opens: 12, sunday: 15 };
  it.each([null, '', 'Nowhere/Unknown', '+05:00', 'not a zone'])(
    '%j: the hours allowed from Eastern to Pacific',
    (zone) => {
      const quiet = (day: string, hour: number) => isQuiet(instantOf(day, hour, 'America/New_York'), zone);
      const wrong = WEEK.flatMap((day, index) =>
        HOURS.filter(
          (hour) => quiet(day, hour) !== (hour < (index === 6 ? summer.sunday : summer.opens) || hour >= 20),
        ),
      );
      expect(wrong).toEqual([]);
    },
  );

  it('is open exactly when every one of the zones is', () => {
    const mainland = [
      'America/New_York',
      'America/Chicago',
      'America/Denver',
      'America/Phoenix',
      'America/Los_Angeles',
    ];
    fc.assert(
      fc.property(fc.integer({ min: at('2026-10-20'), max: at('2027-11-20') }), (now) => {
        expect(isQuiet(now, null)).toBe(mainland.some((zone) => isQuiet(now, zone)));
      }),
      { numRuns: 200 },
    );
  });

  it('opens at noon Eastern in winter too', () => {
    expect(iso(nextAllowedAt(at('2027-01-13T08:00:00Z'), null))).toBe('2027-01-13T17:00');
    expect(iso(allowedUntil(at('2027-01-13T18:00:00Z'), null))).toBe('2027-01-14T01:00');
  });
});

describe('QH-08, F16: the nights clocks change', () => {
  it.each([
    ['2026-11-01, Los Angeles, the first 1:30', '2026-11-01T08:30:00Z', 'America/Los_Angeles', '2026-11-01T20:00'],
    ['2026-11-01, Los Angeles, the second 1:30', '2026-11-01T09:30:00Z', 'America/Los_Angeles', '2026-11-01T20:00'],
    ['2026-10-31, New York, 21:00 before the change', '2026-11-01T01:00:00Z', 'America/New_York', '2026-11-01T17:00'],
    ['2026-11-01, New York, the second 1:30', '2026-11-01T06:30:00Z', 'America/New_York', '2026-11-01T17:00'],
    ['2026-11-01, Phoenix changes nothing', '2026-11-01T08:30:00Z', 'America/Phoenix', '2026-11-01T19:00'],
    ['2026-11-01, Honolulu changes nothing', '2026-11-01T11:30:00Z', 'Pacific/Honolulu', '2026-11-01T22:00'],
    ['2026-11-01, San Juan changes nothing', '2026-11-01T05:30:00Z', 'America/Puerto_Rico', '2026-11-01T16:00'],
    [
      '2027-03-14, Los Angeles, just before the hour that is left out',
      '2027-03-14T09:59:59Z',
      'America/Los_Angeles',
      '2027-03-14T19:00',
    ],
    ['2027-03-14, Los Angeles, just after it', '2027-03-14T10:00:00Z', 'America/Los_Angeles', '2027-03-14T19:00'],
    ['2027-03-13, Denver, 22:00 before the change', '2027-03-14T05:00:00Z', 'America/Denver', '2027-03-14T18:00'],
    ['2027-03-14, Anchorage', '2027-03-14T11:00:00Z', 'America/Anchorage', '2027-03-14T20:00'],
    ['2027-03-14, Phoenix changes nothing', '2027-03-14T09:30:00Z', 'America/Phoenix', '2027-03-14T19:00'],
  ])('%s: the next text may leave at noon of that Sunday', (_, now, zone, opens) => {
    expect(isQuiet(at(now), zone)).toBe(true);
    const next = nextAllowedAt(at(now), zone);
    expect(iso(next)).toBe(opens);
    expect(localClockOf(next, zone)).toEqual({ hour: 12, minute: 0, weekday: 7 });
  });

  it.each(['2026-11-01', '2027-03-14'])('on %s every instant of the day opens eight hours in each zone', (day) => {
    for (const zone of ZONES) {
      const from = instantOf(day, 0, zone);
      const open = Array.from({ length: 26 * 4 }, (_, quarter) => from + quarter * 15 * MINUTE).filter(
        (now) => localDateOf(now, zone) === day && !isQuiet(now, zone),
      );
      expect([zone, open.length]).toEqual([zone, 8 * 4]);
    }
  });
});

describe('the window that the gates ask for', () => {
  const anyNow = fc.integer({ min: at('2026-10-20'), max: at('2027-11-20') });
  const anyZone = fc.constantFrom(...ZONES, null, 'Nowhere/Unknown');

  it('opens next after it closes, and both ends are what they say', () => {
    fc.assert(
      fc.property(anyNow, anyZone, (now, zone) => {
        const { openUntil, nextOpenAt } = sendWindow(now, zone);
        expect(openUntil === null).toBe(isQuiet(now, zone));
        expect(nextOpenAt).toBeGreaterThan(openUntil ?? now);
        expect(isQuiet(nextOpenAt, zone)).toBe(false);
        expect(isQuiet(nextOpenAt - 1, zone)).toBe(true);
        expect(nextOpenAt - now).toBeLessThanOrEqual(36 * HOUR);
        if (openUntil !== null) expect([isQuiet(openUntil - 1, zone), isQuiet(openUntil, zone)]).toEqual([false, true]);
      }),
      { numRuns: 150 },
    );
  });

  it('asking again at the answer gives the answer', () => {
    fc.assert(
      fc.property(anyNow, anyZone, (now, zone) => {
        const next = nextAllowedAt(now, zone);
        expect(nextAllowedAt(next, zone)).toBe(next);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the night of the staff, 22 to 8', () => {
  const zone = 'America/Los_Angeles';
  it.each([
    ['7:59 in the morning', '2027-07-07T14:59:00Z', '2027-07-07T15:00'],
    ['8:00', '2027-07-07T15:00:00Z', null],
    ['21:59', '2027-07-08T04:59:00Z', null],
    ['22:00', '2027-07-08T05:00:00Z', '2027-07-08T15:00'],
    ['midnight', '2027-07-08T07:00:00Z', '2027-07-08T15:00'],
    ['the night that is an hour longer', '2026-11-01T05:30:00Z', '2026-11-01T16:00'],
    ['the second 1:30 of that night', '2026-11-01T09:30:00Z', '2026-11-01T16:00'],
    ['the night that is an hour shorter', '2027-03-14T06:30:00Z', '2027-03-14T15:00'],
  ])('at %s it ends at %s', (_, now, ends) => expect(iso(staffNightEndsAt(at(now), zone))).toBe(ends));
});
