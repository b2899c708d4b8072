// Local dates and local hours of a mentee as instants, and back. Zones are IANA names; a local time that a clock change
// skips is taken as the first moment after the gap, one that happens twice as the first of the two ("compatible").

import { Temporal } from 'temporal-polyfill';

const HOUR = /^([01]?\d|2[0-3]):([0-5]\d)$/;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The ISO local date on which the instant `at` (epoch ms) falls in `timeZone`. */
export function localDateOf(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The instant (epoch ms) of a wall-clock hour (`10:00`) on an ISO local date in `timeZone`. */
export function instantOf(dateOn: string, hour: string, timeZone: string): number {
  const [hours = 0, minutes = 0] = hour.split(':').map(Number);
  return Temporal.PlainDate.from(dateOn)
    .toPlainDateTime({ hour: hours, minute: minutes })
    .toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** The first instant (epoch ms) after `after` at which the wall clock of `timeZone` shows `hour`. */
export function nextLocalHour(after: number, hour: string, timeZone: string): number {
  const today = localDateOf(after, timeZone);
  const sameDay = instantOf(today, hour, timeZone);
  return sameDay > after ? sameDay : instantOf(addDays(today, 1), hour, timeZone);
}

/** The ISO date `days` after another. */
function addDays(dateOn: string, days: number): string {
  return Temporal.PlainDate.from(dateOn).add({ days }).toString();
}

/** Whether this is a real date written as `2027-07-01`. */
export function isIsoDate(written: string): boolean {
  if (!ISO_DATE.test(written)) return false;
  const [year = 0, month = 0, day = 0] = written.split('-').map(Number);
  const inMonth = month >= 1 && month <= 12 && day >= 1;
  return inMonth && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

/** Whether this is an hour written as `10:00`. */
export function isHour(written: string): boolean {
  return HOUR.test(written);
}

/** Whether this is a time zone that exists (IANA name). */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return /^[A-Z][\w+-]*\/[\w+/-]+$/.test(name);
  } catch {
    return false;
  }
}
