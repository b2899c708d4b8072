// Conversions between instants (epoch milliseconds) and local dates and hours in a named zone (IANA name).
// It never guesses a zone and never reads a clock.

import { Temporal } from 'temporal-polyfill';

/** A local date as ISO text, `2027-07-01`. */
export type LocalDate = string;

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
  return zoned(at, timeZone).toPlainDate().toString();
}

/** The local hour and minute of an instant, and its weekday (1 Monday to 7 Sunday). */
export function localClockOf(
  at: number,
  timeZone: string,
): { readonly hour: number; readonly minute: number; readonly weekday: number } {
  const local = zoned(at, timeZone);
  return { hour: local.hour, minute: local.minute, weekday: local.dayOfWeek };
}

/**
 * The instant of a local date and hour (0 to 23). An hour that a clock change leaves out becomes the hour after it;
 * one that comes twice is the first of the two.
 */
export function instantOf(date: LocalDate, hour: number, timeZone: string): number {
  const local = Temporal.PlainDate.from(date).toPlainDateTime({ hour });
  return local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** The local date some days later (or earlier, when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whole days from one local date to another; negative when `to` is the earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

/** The weekday of a local date, 1 Monday to 7 Sunday. */
export function weekdayOf(date: LocalDate): number {
  return Temporal.PlainDate.from(date).dayOfWeek;
}

const CLOCK_TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** Whether a text is a wall-clock time written as `10:00`. */
export function isClockTime(text: string): boolean {
  return CLOCK_TIME.test(text);
}

/** The instant of a wall-clock time (`10:00`) on a local date; clock changes as in `instantOf`. */
export function instantOfClock(date: LocalDate, clockTime: string, timeZone: string): number {
  const [hour = 0, minute = 0] = clockTime.split(':').map(Number);
  const local = Temporal.PlainDate.from(date).toPlainDateTime({ hour, minute });
  return local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** The first instant after `after` at which the wall clock of the zone shows `clockTime`. */
export function nextClock(after: number, clockTime: string, timeZone: string): number {
  const today = localDateOf(after, timeZone);
  const sameDay = instantOfClock(today, clockTime, timeZone);
  return sameDay > after ? sameDay : instantOfClock(addDays(today, 1), clockTime, timeZone);
}

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}
