// When mentors are asked, reminded, called on and summed up: in zones with and without summer time, over both nights in
// which clocks change, and which weeks are excused or missed.

import { describe, expect, it } from 'vitest';
import { localClockOf, localDateOf } from '../../../src/core/model/local-time.ts';
import type { PromptStatus } from '../../../src/core/model/weekly-update.ts';
import {
  DEFAULT_SLOT,
  excuseOf,
  excuseOfMiss,
  isExcused,
  isPromptSlot,
  lastCallAt,
  lastPromptAt,
  lastSummary,
  missesInARow,
  nextPromptAt,
  nextSummary,
  remindAt,
  runOfMisses,
  summaryAt,
  summaryOn,
} from '../../../src/core/schedule/weekly-update.ts';

const LA = 'America/Los_Angeles';
const PHOENIX = 'America/Phoenix';
const HONOLULU = 'Pacific/Honolulu';
const NEW_YORK = 'America/New_York';
const utc = (at: number) => new Date(at).toISOString().slice(0, 16);
const at = (iso: string) => Date.parse(iso);
const SUNDAY = DEFAULT_SLOT;
const slot = (weekday: number, hour: number, minute = 0) => ({ weekday, minute: hour * 60 + minute });

describe('the prompt', () => {
  it.each([
    ['in the same week', '2026-10-20T12:00:00Z', LA, '2026-10-26T00:00'],
    ['a second before', '2026-10-25T23:59:59Z', LA, '2026-10-26T00:00'],
    ['not twice at the same instant', '2026-10-26T00:00:00Z', LA, '2026-11-02T01:00'],
    ['an hour later in UTC once summer time is over', '2026-10-31T12:00:00Z', LA, '2026-11-02T01:00'],
    ['the same in Arizona, which has none', '2026-10-31T12:00:00Z', PHOENIX, '2026-11-02T00:00'],
    ['before the change in Arizona', '2026-10-20T12:00:00Z', PHOENIX, '2026-10-26T00:00'],
    ['in Hawaii', '2026-10-31T12:00:00Z', HONOLULU, '2026-11-02T03:00'],
    ['in New York', '2026-10-31T12:00:00Z', NEW_YORK, '2026-11-01T22:00'],
    ['on the spring night', '2027-03-13T12:00:00Z', LA, '2027-03-15T00:00'],
  ])('%s', (_, now, zone, expected) => {
    const next = nextPromptAt(at(now), SUNDAY, zone);
    expect(utc(next.at)).toBe(expected);
    expect(localClockOf(next.at, zone)).toEqual({ hour: 17, minute: 0, weekday: 7 });
    expect(localDateOf(next.at, zone)).toBe(next.weekOn);
  });

  it.each([
    ['an hour that comes twice is the first of the two', '2026-10-31T12:00:00Z', '2026-11-01T08:30'],
    ['and is not asked in the second', '2026-11-01T08:31:00Z', '2026-11-08T09:30'],
    ['an hour that is left out is the one after', '2027-03-13T12:00:00Z', '2027-03-14T09:30'],
  ])('%s', (_, now, expected) => {
    expect(utc(nextPromptAt(at(now), slot(7, 1, 30), LA).at)).toBe(expected);
  });

  it('an hour that the spring night leaves out comes an hour later', () => {
    expect(utc(nextPromptAt(at('2027-03-13T12:00:00Z'), slot(7, 2, 30), LA).at)).toBe('2027-03-14T10:30');
  });

  it('is made up for once, by the last turn and no earlier one', () => {
    expect(lastPromptAt(at('2026-11-03T09:00:00Z'), SUNDAY, LA)).toEqual({
      at: at('2026-11-02T01:00:00Z'),
      weekOn: '2026-11-01',
    });
    expect(lastPromptAt(at('2026-11-02T01:00:00Z'), SUNDAY, LA).weekOn).toBe('2026-11-01');
    expect(lastPromptAt(at('2026-11-02T00:59:59Z'), SUNDAY, LA).weekOn).toBe('2026-10-25');
  });

  it.each([
    [4, 600, false],
    [5, 0, true],
    [6, 1439, true],
    [7, 1020, true],
    [1, 600, true],
    [2, 600, false],
    [3, 600, false],
    [7, 1440, false],
    [7, -1, false],
    [7, 1.5, false],
  ])('weekday %i at minute %d may be a slot: %s', (weekday, minute, expected) => {
    expect(isPromptSlot({ weekday, minute })).toBe(expected);
  });
});

describe('what follows it', () => {
  it.each([
    ['a Sunday', '2026-11-01', SUNDAY, LA, '2026-11-04T01:00', '2026-11-04T20:00', '2026-11-05'],
    ['a Friday', '2026-10-30', slot(5, 9), LA, '2026-11-03T17:00', '2026-11-04T20:00', '2026-11-05'],
    ['a Saturday', '2026-10-31', slot(6, 9), NEW_YORK, '2026-11-03T14:00', '2026-11-04T17:00', '2026-11-05'],
    ['a Monday', '2026-11-02', slot(1, 20, 15), HONOLULU, '2026-11-04T06:15', '2026-11-04T22:00', '2026-11-05'],
    ['the week before', '2026-10-25', SUNDAY, LA, '2026-10-28T00:00', '2026-10-28T19:00', '2026-10-29'],
  ])('%s: Tuesday at the same minute, Wednesday noon, Thursday', (_, weekOn, of, zone, remind, call, thursday) => {
    expect(utc(remindAt(weekOn, of, zone))).toBe(remind);
    expect(utc(lastCallAt(weekOn, zone))).toBe(call);
    expect(summaryOn(weekOn)).toBe(thursday);
  });

  it('is summed up at 8:00 of the program, before and after the clocks change', () => {
    expect(utc(summaryAt('2026-10-29', LA))).toBe('2026-10-29T15:00');
    expect(utc(summaryAt('2026-11-05', LA))).toBe('2026-11-05T16:00');
    expect(nextSummary(at('2026-10-29T15:00:00Z'), LA).on).toBe('2026-11-05');
    expect(nextSummary(at('2026-10-29T14:59:59Z'), LA).on).toBe('2026-10-29');
    expect(lastSummary(at('2026-10-29T15:00:00Z'), LA).on).toBe('2026-10-29');
    expect(lastSummary(at('2026-10-29T14:59:59Z'), LA).on).toBe('2026-10-22');
  });
});

describe('misses in a row', () => {
  const prompts = (...statuses: readonly PromptStatus[]) =>
    statuses.map((status, index) => ({ status, weekOn: `2026-11-${String(28 - index).padStart(2, '0')}` }));
  it.each([
    [[], 0],
    [['answered', 'missed', 'missed'], 0],
    [['missed'], 1],
    [['missed', 'missed', 'answered', 'missed'], 2],
    [['missed', 'excused', 'missed', 'answered'], 2],
    [['excused', 'missed', 'missed', 'missed'], 3],
    [['open', 'missed'], 1],
    [['partial', 'missed', 'missed'], 0],
  ] as const)('%j, newest first: %i', (statuses, count) => {
    expect(missesInARow(prompts(...statuses))).toBe(count);
  });

  it('knows the week in which the run began', () => {
    expect(runOfMisses(prompts('missed', 'excused', 'missed', 'answered')).since).toBe('2026-11-26');
  });
});

describe('an excused week', () => {
  const away = (from: string, until: string) => [{ from, until, why: 'away' }];
  it.each([
    ['away on the Sunday alone', '2026-11-01', away('2026-11-01', '2026-11-01'), true],
    ['away until Saturday', '2026-11-01', away('2026-10-25', '2026-10-31'), false],
    ['away on half of the days, Monday and Tuesday', '2026-11-01', away('2026-11-02', '2026-11-03'), false],
    ['away on most of the days, Monday to Wednesday', '2026-11-01', away('2026-11-02', '2026-11-04'), true],
    ['away from Thursday on', '2026-11-01', away('2026-11-05', '2026-11-20'), false],
    ['asked on Friday, away Sunday to Wednesday', '2026-10-30', away('2026-11-01', '2026-11-04'), true],
    ['asked on Friday, away Sunday to Tuesday', '2026-10-30', away('2026-11-01', '2026-11-03'), false],
    ['asked on Monday, away on Tuesday and Wednesday', '2026-11-02', away('2026-11-03', '2026-11-04'), true],
    ['no absence', '2026-11-01', [], false],
  ])('%s', (_, weekOn, free, expected) => expect(isExcused(weekOn, free)).toBe(expected));

  it('is no miss when both reminders fell into it, though the prompt did not', () => {
    const both = away('2026-11-03', '2026-11-04');
    expect([excuseOf('2026-11-01', both), excuseOfMiss('2026-11-01', both)]).toEqual([null, 'away']);
    expect(excuseOfMiss('2026-11-01', away('2026-11-02', '2026-11-03'))).toBeNull();
    expect(excuseOfMiss('2026-11-01', away('2026-11-04', '2026-11-09'))).toBeNull();
    expect(excuseOfMiss('2026-11-01', [])).toBeNull();
  });

  it('adds up days of two reasons, and names the first', () => {
    const free = [...away('2026-11-04', '2026-11-09'), { from: '2026-11-02', until: '2026-11-03', why: 'finals' }];
    expect(excuseOf('2026-11-01', free)).toBe('finals');
  });
});
