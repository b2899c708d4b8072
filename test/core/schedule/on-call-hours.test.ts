// By when somebody answers, from the calendar alone: nothing is promised that its hours do not hold.

import { describe, expect, it } from 'vitest';
import { answerTime } from '../../../src/core/schedule/on-call-hours.ts';

const ZONE = 'America/Los_Angeles';
const office = { from: '9:00', until: '17:00' };
const weekdays = new Map([1, 2, 3, 4, 5].map((day) => [day, office] as const));
const hours = { days: weekdays, answerWithinMinutes: 120 };
const at = (iso: string) => Date.parse(`${iso}-07:00`);
const promise = (iso: string, isSomebodyOnCall = true, calendar = hours) => {
  const promised = answerTime(calendar, at(iso), { timeZone: ZONE, isSomebodyOnCall });
  return promised === null ? null : [promised.kind, new Date(promised.at).toISOString()];
};
const utc = (iso: string) => new Date(at(iso)).toISOString();

describe('within the hours', () => {
  it('by the next half hour after the promised time', () => {
    expect(promise('2027-06-07T10:00:00')).toEqual(['by', utc('2027-06-07T12:00:00')]);
    expect(promise('2027-06-07T10:01:00')).toEqual(['by', utc('2027-06-07T12:30:00')]);
    expect(promise('2027-06-07T15:00:00')).toEqual(['by', utc('2027-06-07T17:00:00')]);
  });

  it('never after they end: then when the office opens again', () => {
    expect(promise('2027-06-07T15:01:00')).toEqual(['office', utc('2027-06-08T09:00:00')]);
    expect(promise('2027-06-11T16:00:00')).toEqual(['office', utc('2027-06-14T09:00:00')]);
  });

  it('with nobody on call nobody is promised before the next opening', () => {
    expect(promise('2027-06-07T10:00:00', false)).toEqual(['office', utc('2027-06-08T09:00:00')]);
  });
});

describe('outside the hours', () => {
  it.each([
    ['2027-06-07T08:59:00', '2027-06-07T09:00:00'],
    ['2027-06-07T23:00:00', '2027-06-08T09:00:00'],
    ['2027-06-12T12:00:00', '2027-06-14T09:00:00'],
  ])('at %s the office opens at %s', (now, opens) => expect(promise(now)).toEqual(['office', utc(opens)]));

  it('a calendar without a day promises nothing', () => {
    expect(promise('2027-06-07T10:00:00', true, { ...hours, days: new Map() })).toBeNull();
  });

  it('one day a week is found a week ahead', () => {
    const mondays = { ...hours, days: new Map([[1, office]]) };
    expect(promise('2027-06-07T17:00:00', true, mondays)).toEqual(['office', utc('2027-06-14T09:00:00')]);
  });

  it('the clock change keeps the wall clock', () => {
    const sunday = Date.parse('2027-03-13T18:00:00-08:00');
    const promised = answerTime(hours, sunday, { timeZone: ZONE, isSomebodyOnCall: true });
    expect(promised).toEqual({ kind: 'office', at: Date.parse('2027-03-15T09:00:00-07:00') });
  });
});
