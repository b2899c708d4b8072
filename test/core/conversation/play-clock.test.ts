// Moments as authors of tests write them, in a mentee's own time.

import { describe, expect, it } from 'vitest';
import { afterPause, localStamp, momentOf } from '../../../src/core/conversation/play-clock.ts';

const ZONE = 'America/Los_Angeles';
/** A Wednesday, 10:00 in Los Angeles. */
const NOW = Date.parse('2027-06-16T17:00:00Z');

describe('until', () => {
  it.each([
    ['2027-06-18', '2027-06-18 10:00'],
    ['2027-06-18 9:30', '2027-06-18 09:30'],
    ['2027-06-01', '2027-06-01 10:00'],
    ['14:00', '2027-06-16 14:00'],
    ['9:00', '2027-06-17 09:00'],
    ['friday', '2027-06-18 10:00'],
    ['Friday 17:15', '2027-06-18 17:15'],
    ['wednesday 11:00', '2027-06-16 11:00'],
    ['wednesday 10:00', '2027-06-23 10:00'],
    ['tuesday', '2027-06-22 10:00'],
  ])('%s is %s', (written, at) => {
    const moment = momentOf(written, NOW, ZONE);
    expect(moment === null ? null : localStamp(moment, ZONE)).toBe(at);
  });

  it.each(['', 'soon', '2027-06-31', '25:00', 'friday noon', '2027-06-18 10:00 sharp', '10:00 11:00', 'fri 10'])(
    '"%s" is no moment',
    (written) => expect(momentOf(written, NOW, ZONE)).toBeNull(),
  );
});

describe('wait', () => {
  it('counts days by the wall clock, also over the night in which clocks change', () => {
    const before = Date.parse('2027-03-13T18:00:00Z');
    expect(localStamp(afterPause('1 day', before, ZONE) ?? 0, ZONE)).toBe('2027-03-14 10:00');
    expect(localStamp(afterPause('24 hours', before, ZONE) ?? 0, ZONE)).toBe('2027-03-14 11:00');
  });

  it('is null for what is no duration', () => expect(afterPause('two days', NOW, ZONE)).toBeNull());
});
