// Conversions between instants (epoch milliseconds) and local dates and hours in a named zone (IANA name).
// It never guesses a zone and never reads a clock.

import { Temporal } from 'temporal-polyfill';
import { clearInstantOf, offsetAt } from './zone-spans.ts';

/** A local date as ISO text, `2027-07-01`. */
export type LocalDate = string;

const DAY_MS = 24 * 3_600_000;
const YEAR_10000 = Date.UTC(10_000, 0, 1);

/** Whether a name is a zone of the IANA database known here. Offsets such as `+05:00` are refused: they have no summer. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** Whether a text is an existing date in the form `2027-07-01`. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** The local date on which an instant falls. `timeZone` must be a known zone. */
export function localDateOf(at: number, timeZone: string): LocalDate {
  return dateAt(at + offsetAt(at, timeZone));
}

/** The local hour and minute of an instant, and its weekday (1 Monday to 7 Sunday). */
export function localClockOf(
  at: number,
  timeZone: string,
): { readonly hour: number; readonly minute: number; readonly weekday: number } {
  const local = new Date(at + offsetAt(at, timeZone));
  return { hour: local.getUTCHours(), minute: local.getUTCMinutes(), weekday: local.getUTCDay() || 7 };
}

/**
 * The instant of a local date and hour (0 to 23). An hour that a clock change leaves out becomes the hour after it;
 * one that comes twice is the first of the two.
 */
export function instantOf(date: LocalDate, hour: number, timeZone: string): number {
  return instantAt(date, { hour, minute: 0 }, timeZone);
}

/** The local date some days later (or earlier, when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return dateAt(midnightOf(date) + days * DAY_MS);
}

/** Whole days from one local date to another; negative when `to` is the earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return (midnightOf(to) - midnightOf(from)) / DAY_MS;
}

/** The weekday of a local date, 1 Monday to 7 Sunday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(midnightOf(date)).getUTCDay() || 7;
}

const CLOCK_TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** Whether a text is a wall-clock time written as `10:00`. */
export function isClockTime(text: string): boolean {
  return CLOCK_TIME.test(text);
}

/** The instant of a wall-clock time (`10:00`) on a local date; clock changes as in `instantOf`. */
export function instantOfClock(date: LocalDate, clockTime: string, timeZone: string): number {
  const [hour = 0, minute = 0] = clockTime.split(':').map(Number);
  return instantAt(date, { hour, minute }, timeZone);
}

/** The first instant after `after` at which the wall clock of the zone shows `clockTime`. */
export function nextClock(after: number, clockTime: string, timeZone: string): number {
  const today = localDateOf(after, timeZone);
  const sameDay = instantOfClock(today, clockTime, timeZone);
  return sameDay > after ? sameDay : instantOfClock(addDays(today, 1), clockTime, timeZone);
}

function instantAt(date: LocalDate, clock: { readonly hour: number; readonly minute: number }, zone: string): number {
  const clear = clearInstantOf(midnightOf(date) + (clock.hour * 60 + clock.minute) * 60_000, zone);
  if (clear !== null) return clear;
  const local = Temporal.PlainDate.from(date).toPlainDateTime(clock);
  return local.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** A date's midnight, in milliseconds as if in UTC. @throws RangeError when it is no date. */
function midnightOf(date: LocalDate): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN;
  // What Date.parse takes and the calendar has not (February 30), Temporal refuses.
  if (!Number.isNaN(at) && dateAt(at) === date) return at;
  return Temporal.PlainDate.from(date).toZonedDateTime('UTC').epochMilliseconds;
}

/** The date of a moment given in milliseconds as if in UTC. */
function dateAt(local: number): LocalDate {
  if (local >= 0 && local < YEAR_10000) return new Date(local).toISOString().slice(0, 10);
  return Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDate().toString();
}
