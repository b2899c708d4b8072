// Instants in words for people in Slack, in a zone that is named: "9:12 am", "Monday, June 7, 9:12 am". English only,
// because staff and mentors read it; mentees never do.

import { formatDate } from '../core/language/format-date.ts';
import { localClockOf, localDateOf } from '../core/model/local-time.ts';

/** The wall clock of an instant: "9:12 am". */
export function clockWords(at: number, timeZone: string): string {
  const { hour, minute } = localClockOf(at, timeZone);
  const shown = hour % 12 === 0 ? 12 : hour % 12;
  return `${shown}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'am' : 'pm'}`;
}

/** The wall clock, with the date in front unless it is the local day of `now`. */
export function momentWords(at: number, now: number, timeZone: string): string {
  const on = localDateOf(at, timeZone);
  const clock = clockWords(at, timeZone);
  return on === localDateOf(now, timeZone) ? clock : `${formatDate(on, 'en')}, ${clock}`;
}
