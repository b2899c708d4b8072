// Durations as authors write them ("2 days", "3 hours"), and what they are in a mentee's own time.
// Hours and minutes are exact; days and weeks are calendar days, so "2 days" later is the same hour by the wall clock.

import { Temporal } from 'temporal-polyfill';
import { clearDaysAfter } from '../model/zone-spans.ts';

/** A written duration. `unit` is always plural here, whatever the author wrote. */
export interface Duration {
  readonly count: number;
  readonly unit: 'minutes' | 'hours' | 'days' | 'weeks';
}

/** Longest duration that a flow may ask for, in days. */
export const LONGEST_DAYS = 366;

const WRITTEN = /^(\d{1,4}) (minute|hour|day|week)s?$/;
const PER_DAY = { minutes: 1440, hours: 24, days: 1, weeks: 1 / 7 } as const;

/** Reads "2 days"; null when it is not a duration, is zero, or is longer than a year. */
export function parseDuration(written: string): Duration | null {
  const match = WRITTEN.exec(written);
  const unit = toUnit(match?.[2]);
  if (!match || !unit) return null;
  const count = Number(match[1]);
  const days = count / PER_DAY[unit];
  return count > 0 && days <= LONGEST_DAYS ? { count, unit } : null;
}

/** Whole days of a duration in days or weeks; null for hours and minutes, which are no number of days. */
export function toDays({ count, unit }: Duration): number | null {
  if (unit === 'weeks') return count * 7;
  return unit === 'days' ? count : null;
}

/** The instant (epoch ms) that lies `duration` after `from`, by the wall clock of `timeZone` (IANA). */
export function addDuration(from: number, duration: Duration, timeZone: string): number {
  const days = toDays(duration);
  if (days === null) return from + duration.count * (duration.unit === 'hours' ? 3_600_000 : 60_000);
  const clear = clearDaysAfter(from, days, timeZone);
  if (clear !== null) return clear;
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  return start.add({ [duration.unit]: duration.count }).epochMilliseconds;
}

function toUnit(singular: string | undefined): Duration['unit'] | null {
  if (singular === 'minute') return 'minutes';
  if (singular === 'hour') return 'hours';
  if (singular === 'day') return 'days';
  return singular === 'week' ? 'weeks' : null;
}
