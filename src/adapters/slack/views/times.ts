// Times as people say them ("Tue 9:12 am"), in a named zone. The one place where an instant becomes words for Slack.

import { isTimeZone, localClockOf, localDateOf, weekdayOf } from '../../../core/model/local-time.ts';
import type { PromptSlot } from '../../../core/model/weekly-update.ts';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const FALLBACK_ZONE = 'UTC';

/** "Tue 9:12 am": for what is near. A zone that is not known here is UTC, and says so. */
export function timeWords(at: number, timeZone: string): string {
  const { hour, minute, weekday } = localClockOf(at, known(timeZone));
  return `${shortDay(weekday)} ${clockWords(hour, minute)}${mark(timeZone)}`;
}

/** "Tue, Nov 30, 9:12 am": for what may be days away. */
export function dateTimeWords(at: number, timeZone: string): string {
  const { hour, minute } = localClockOf(at, known(timeZone));
  return `${dateWords(localDateOf(at, known(timeZone)))}, ${clockWords(hour, minute)}${mark(timeZone)}`;
}

/** "Tue, Nov 30" of a local date. */
export function dateWords(on: string): string {
  const [, month = 1, day = 1] = on.split('-').map(Number);
  return `${shortDay(weekdayOf(on))}, ${MONTHS[month - 1] ?? ''} ${day}`;
}

/** "Sunday 5:00 pm". */
export function slotWords({ weekday, minute }: PromptSlot): string {
  return `${dayName(weekday)} ${clockWords(Math.floor(minute / 60), minute % 60)}`;
}

/** The day of the week, 1 (Monday) to 7 (Sunday). */
export function dayName(weekday: number): string {
  return DAYS[weekday - 1] ?? '';
}

function shortDay(weekday: number): string {
  return dayName(weekday).slice(0, 3);
}

function clockWords(hour: number, minute: number): string {
  return `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'am' : 'pm'}`;
}

function known(timeZone: string): string {
  return isTimeZone(timeZone) ? timeZone : FALLBACK_ZONE;
}

function mark(timeZone: string): string {
  return isTimeZone(timeZone) ? '' : ` ${FALLBACK_ZONE}`;
}
