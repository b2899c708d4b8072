// The hours in which no unasked text leaves, at the mentee's own place (QH-01, QH-02, QH-08). It knows when a text may
// go, never whether: consent and message classes are decided in safety/message-gates.

import { addDays, instantOf, isTimeZone, localDateOf, weekdayOf } from '../model/local-time.ts';

/** QH-01: 9 to 20 local, Sunday from 12. Stricter than the federal 8 to 21 and than every state list but two. */
const OPENS_AT_HOUR = 9;
const OPENS_SUNDAY_AT_HOUR = 12;
const CLOSES_AT_HOUR = 20;
const SUNDAY = 7;

/** QH-02: a person whose zone is not known is texted only when it is allowed in every one of these. */
const ALL_ZONES = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles'];
/** Rounds in which the zones must agree on a moment; two suffice, more would be a mistake here. */
const AGREE_LIMIT = 20;
/** Days that are looked at for the next open window: today and tomorrow always hold one. */
const DAYS_AHEAD = 2;

/** `openUntil`: when the open window ends, null in quiet hours. `nextOpenAt`: when the next window after it opens. */
export interface SendWindow {
  readonly openUntil: number | null;
  readonly nextOpenAt: number;
}

/** Whether `now` (epoch milliseconds) lies in quiet hours. A zone of null, or one that is unknown here, is QH-02. */
export function isQuiet(now: number, timeZone: string | null): boolean {
  return allowedUntil(now, timeZone) === null;
}

/** The earliest moment, `now` or later, at which an unasked text may leave. */
export function nextAllowedAt(now: number, timeZone: string | null): number {
  const zones = zonesOf(timeZone);
  let at = now;
  for (let round = 0; round < AGREE_LIMIT; round += 1) {
    const latest = Math.max(...zones.map((zone) => nextIn(zone, at)));
    if (latest === at) return at;
    at = latest;
  }
  return at;
}

/** When the open window that holds `now` ends; null in quiet hours. */
export function allowedUntil(now: number, timeZone: string | null): number | null {
  const ends = zonesOf(timeZone).map((zone) => {
    const window = windowOf(localDateOf(now, zone), zone);
    return now >= window.opensAt && now < window.closesAt ? window.closesAt : null;
  });
  return ends.reduce<number | null>(
    (least, end) => (least === null || end === null ? null : Math.min(least, end)),
    Infinity,
  );
}

/** Both facts together, as the message gates want them. */
export function sendWindow(now: number, timeZone: string | null): SendWindow {
  const openUntil = allowedUntil(now, timeZone);
  return { openUntil, nextOpenAt: nextAllowedAt(openUntil ?? now, timeZone) };
}

/** The hours of the day in which a `high` case pages, unless its program says otherwise. */
const STAFF_DAY = { fromHour: 8, untilHour: 22 };

/**
 * When the night in which `now` lies ends for staff, or null by day. By night, 22:00 to 8:00 program time unless `day`
 * says otherwise, a `high` case does not page; a `crisis` always does.
 */
export function staffNightEndsAt(
  now: number,
  timeZone: string,
  day: { readonly fromHour: number; readonly untilHour: number } = STAFF_DAY,
): number | null {
  const date = localDateOf(now, timeZone);
  const morning = instantOf(date, day.fromHour, timeZone);
  if (now < morning) return morning;
  const evening = instantOf(date, day.untilHour, timeZone);
  return now >= evening ? instantOf(addDays(date, 1), day.fromHour, timeZone) : null;
}

function zonesOf(timeZone: string | null): readonly string[] {
  return timeZone !== null && isTimeZone(timeZone) ? [timeZone] : ALL_ZONES;
}

function windowOf(date: string, zone: string): { readonly opensAt: number; readonly closesAt: number } {
  const opens = weekdayOf(date) === SUNDAY ? OPENS_SUNDAY_AT_HOUR : OPENS_AT_HOUR;
  return { opensAt: instantOf(date, opens, zone), closesAt: instantOf(date, CLOSES_AT_HOUR, zone) };
}

function nextIn(zone: string, at: number): number {
  const today = localDateOf(at, zone);
  for (let day = 0; day < DAYS_AHEAD; day += 1) {
    const window = windowOf(addDays(today, day), zone);
    if (at < window.closesAt) return Math.max(at, window.opensAt);
  }
  return at;
}
