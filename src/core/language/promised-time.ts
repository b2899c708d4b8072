// A promised moment as words of a text, in the mentee's language and zone: "2:30 pm", "on Monday at 9:00 am", "el lunes a
// las 9:00 am". Never reads times, and promises nothing by itself.

import { localClockOf, localDateOf } from '../model/local-time.ts';
import type { Language } from '../model/people.ts';
import { formatDate } from './format-date.ts';

/** The wall clock: "9:30 am", in Spanish "a las 9:30 am". */
function clockIn(at: number, timeZone: string, language: Language): string {
  const { hour, minute } = localClockOf(at, timeZone);
  const shown = hour % 12 === 0 ? 12 : hour % 12;
  const clock = `${shown}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'am' : 'pm'}`;
  if (language === 'en') return clock;
  return shown === 1 ? `a la ${clock}` : `a las ${clock}`;
}

/**
 * The words for `at` as they stand behind "by" (`by`) or behind "when our office opens" (`office`); the weekday is said
 * unless it is today where the reader is.
 */
export function promisedTime(
  promised: { readonly kind: 'by' | 'office'; readonly at: number },
  reader: { readonly now: number; readonly timeZone: string; readonly language: Language },
): string {
  const { now, timeZone, language } = reader;
  const on = localDateOf(promised.at, timeZone);
  const clock = clockIn(promised.at, timeZone, language);
  const isToday = on === localDateOf(now, timeZone);
  if (language === 'es') return isToday ? clock : `el ${weekdayOf(on, language)} ${clock}`;
  if (promised.kind === 'by') return isToday ? clock : `${weekdayOf(on, language)} ${clock}`;
  return isToday ? `at ${clock}` : `on ${weekdayOf(on, language)} at ${clock}`;
}

/** "Monday", "lunes": the first word of the date. */
function weekdayOf(on: string, language: Language): string {
  return formatDate(on, language).split(/[ ,]/)[0] ?? '';
}
