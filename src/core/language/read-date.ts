// One day to come out of a reply: "Aug 15", "8/15", "next fri", "in 2 weeks", "el viernes", "pasado mañana". Month comes
// before day, as in the United States. A day that is past, far away, doubled or in doubt: nothing is read.

import { Temporal } from 'temporal-polyfill';
import { AROUND_DATE, COUNTS, MONTHS, WEEKDAYS } from './date-words.ts';
import { toPlain, wordsOf } from './plain-reply.ts';
import { findSlip } from './typo.ts';

type Day = Temporal.PlainDate;

/** A way of writing a date: the pattern on the plain text, and the day it means (null: none, whatever was written). */
interface Shape {
  readonly pattern: RegExp;
  readonly read: (parts: readonly string[], today: Day) => Day | null;
}

/** A date without a year that would lie further ahead was probably meant for the past. */
const FARTHEST_DAYS = 300;

const WEEKDAY = Object.keys(WEEKDAYS).join('|');
const MONTH = Object.keys(MONTHS).join('|');
const COUNT = `\\d{1,2}|${Object.keys(COUNTS).join('|')}`;

const SHAPES: readonly Shape[] = [
  { pattern: /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/, read: ([y, m, d]) => dayOf(Number(y), Number(m), Number(d)) },
  { pattern: /\b(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}|\d{2}))?\b/, read: readSlashed },
  {
    pattern: named(`\\b(${MONTH})\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b,?(?: (\\d{4}))?`),
    read: ([m, d, y], t) => readNamed(m, d, y, t),
  },
  {
    pattern: named(`\\b(\\d{1,2})(?:st|nd|rd|th)? (?:de |of )?(${MONTH})\\b(?: (?:de |del )?(\\d{4}))?`),
    read: ([d, m, y], t) => readNamed(m, d, y, t),
  },
  { pattern: /\b(?:day after tomorrow|pasado manana)\b/, read: (_, today) => today.add({ days: 2 }) },
  {
    pattern: /\b(?:tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|tmw|2morrow)\b/,
    read: (_, today) => today.add({ days: 1 }),
  },
  { pattern: /\b(?:today|tonight|hoy|esta noche|esta tarde)\b/, read: (_, today) => today },
  { pattern: named(`\\bin (${COUNT}|a couple|a couple of) (day|week|month)s?\\b`), read: readAhead },
  { pattern: named(`\\ben (${COUNT}|un par de) (dia|semana|mes)(?:s|es)?\\b`), read: readAhead },
  { pattern: named(`\\bnext (${WEEKDAY})\\b`), read: ([name], today) => weekdayIn(today, name, 1) },
  {
    pattern: named(`\\bweek from (?:next )?(${WEEKDAY})\\b`),
    read: ([name], today) => nextWeekday(today, name).add({ weeks: 1 }),
  },
  {
    pattern: named(`\\b(?:this |el |este |proximo )*(${WEEKDAY})(?: proximo| que viene| que entra)?\\b`),
    read: ([name], today) => nextWeekday(today, name),
  },
  {
    pattern: /\b(?:this |the )?weekend\b|\b(?:el |este )?(?:fin de semana|finde)\b/,
    read: (_, today) => nextWeekday(today, 'saturday'),
  },
  {
    pattern: /\bnext week\b|\b(?:la )?(?:proxima semana|semana que viene|otra semana)\b/,
    read: (_, today) => weekdayIn(today, 'monday', 1),
  },
  { pattern: /\b(?:manana)\b/, read: (_, today) => today.add({ days: 1 }) },
  {
    pattern: /\b(?:the |on the )(\d{1,2})(?:st|nd|rd|th)\b|\bel (?:dia )?(\d{1,2})\b/,
    read: ([en, es], today) => nextDayOfMonth(today, Number(en ?? es)),
  },
];

/** The ISO local date that a reply means, seen from `today` (ISO local date), or null when it is not sure. */
export function readDate(text: string, today: string): string | null {
  const plain = mendNames(toPlain(text));
  const from = Temporal.PlainDate.from(today);
  for (const { pattern, read } of SHAPES) {
    const match = pattern.exec(plain);
    if (match === null) continue;
    const day = read(match.slice(1), from);
    const around = wordsOf(`${plain.slice(0, match.index)} ${plain.slice(match.index + match[0].length)}`);
    const sure = around.every((word) => AROUND_DATE.has(word)) && !plain.includes('?');
    return day !== null && sure && isAhead(day, from) ? day.toString() : null;
  }
  return null;
}

function isAhead(day: Day, today: Day): boolean {
  const days = today.until(day, { largestUnit: 'days' }).days;
  return days >= 0 && days <= 366;
}

function named(source: string): RegExp {
  return new RegExp(source);
}

/** Mends slips in long names of days and months ("wensday" stays: two slips). */
function mendNames(plain: string): string {
  const names = [...Object.keys(WEEKDAYS), ...Object.keys(MONTHS)].filter((name) => name.length > 4);
  return plain.replace(/[a-z]{5,}/g, (word) => (AROUND_DATE.has(word) ? word : (findSlip(word, names) ?? word)));
}

function readSlashed(parts: readonly (string | undefined)[], today: Day): Day | null {
  const [first, second] = [Number(parts[0]), Number(parts[1])];
  const [month, day] = first > 12 ? [second, first] : [first, second];
  return withYear(month, day, parts[2], today);
}

function readNamed(
  month: string | undefined,
  day: string | undefined,
  year: string | undefined,
  today: Day,
): Day | null {
  return withYear(MONTHS[month ?? ''] ?? 0, Number(day), year, today);
}

function withYear(month: number, day: number, year: string | undefined, today: Day): Day | null {
  if (year !== undefined) return dayOf(Number(year) + (year.length === 2 ? 2000 : 0), month, day);
  const here = dayOf(today.year, month, day);
  if (here === null || Temporal.PlainDate.compare(here, today) >= 0) return here && within(here, today);
  return within(dayOf(today.year + 1, month, day), today);
}

function within(day: Day | null, today: Day): Day | null {
  return day !== null && today.until(day, { largestUnit: 'days' }).days <= FARTHEST_DAYS ? day : null;
}

function readAhead([count, unit]: readonly (string | undefined)[], today: Day): Day | null {
  const couple = count?.includes('couple') || count?.includes('par');
  const many = couple ? 2 : (COUNTS[count ?? ''] ?? Number(count));
  if (unit === 'day' || unit === 'dia') return today.add({ days: many });
  return unit === 'week' || unit === 'semana' ? today.add({ weeks: many }) : today.add({ months: many });
}

/** The coming day of that name; today's own name means a week from now. */
function nextWeekday(today: Day, name: string | undefined): Day {
  const ahead = ((WEEKDAYS[name ?? ''] ?? 1) - today.dayOfWeek + 7) % 7;
  return today.add({ days: ahead === 0 ? 7 : ahead });
}

/** That day in the week `weeks` after this one; weeks begin on Monday. */
function weekdayIn(today: Day, name: string | undefined, weeks: number): Day {
  return today.add({ days: weeks * 7 + (WEEKDAYS[name ?? ''] ?? 1) - today.dayOfWeek });
}

function nextDayOfMonth(today: Day, day: number): Day | null {
  const month = day >= today.day ? today : today.add({ months: 1 });
  return dayOf(month.year, month.month, day);
}

function dayOf(year: number, month: number, day: number): Day | null {
  if (month < 1 || month > 12 || day < 1) return null;
  return day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth
    ? Temporal.PlainDate.from({ year, month, day })
    : null;
}
