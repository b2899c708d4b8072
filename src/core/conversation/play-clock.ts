// Moments as authors of tests write them ("2 days", "2027-06-04 10:00", "friday 9:00"), in the mentee's own time, and an
// instant in the words in which tests show it. It never reads a clock.

import { addDuration, parseDuration } from '../flow/duration.ts';
import {
  addDays,
  instantOfClock,
  isClockTime,
  isLocalDate,
  localClockOf,
  localDateOf,
  nextClock,
  weekdayOf,
} from '../model/local-time.ts';

/** The hour of a day when none is written. */
const USUAL_HOUR = '10:00';
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** How `until` may be written, for hints. */
export const MOMENTS = 'a day like 2027-06-04 or friday, an hour like 10:00, or both like 2027-06-04 10:00';

/** The instant that lies the written duration after `now`; null when it is no duration. */
export function afterPause(written: string, now: number, timeZone: string): number | null {
  const duration = parseDuration(written.trim());
  return duration === null ? null : addDuration(now, duration, timeZone);
}

/**
 * The instant that is meant by a written day, hour, or both: a date at its hour (10:00 when none is written), or the next
 * such weekday or hour after `now`. Null when it cannot be read. A date may lie in the past.
 */
export function momentOf(written: string, now: number, timeZone: string): number | null {
  const [first = '', hour, ...more] = written.trim().toLowerCase().split(/\s+/);
  if (more.length > 0) return null;
  if (isClockTime(first)) return hour === undefined ? nextClock(now, first, timeZone) : null;
  if (hour !== undefined && !isClockTime(hour)) return null;
  if (isLocalDate(first)) return instantOfClock(first, hour ?? USUAL_HOUR, timeZone);
  const weekday = WEEKDAYS.indexOf(first) + 1;
  return weekday === 0 ? null : nextWeekday(weekday, hour ?? USUAL_HOUR, { now, timeZone });
}

function nextWeekday(weekday: number, hour: string, { now, timeZone }: { now: number; timeZone: string }): number {
  const today = localDateOf(now, timeZone);
  const day = addDays(today, (weekday - weekdayOf(today) + 7) % 7);
  const at = instantOfClock(day, hour, timeZone);
  return at > now ? at : instantOfClock(addDays(day, 7), hour, timeZone);
}

/** An instant in the mentee's zone as `2027-06-04 10:00`. */
export function localStamp(at: number, timeZone: string): string {
  const { hour, minute } = localClockOf(at, timeZone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${localDateOf(at, timeZone)} ${two(hour)}:${two(minute)}`;
}
