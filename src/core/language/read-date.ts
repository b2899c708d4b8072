// One day to come out of a reply: "Aug 15", "8/15", "next fri", "in 2 weeks", "el viernes", "pasado mañana". Month comes
// before day, as in the United States. A day that is past, far away, doubled or in doubt: nothing is read.

import { Temporal } from 'temporal-polyfill';
import { AROUND_DATE, COUNTS, DATE_IN_DOUBT, DAY_WORDS, MONTHS, NO_DATE, WEEKDAYS } from './date-words.ts';
import { toPlain, withoutEmoji, wordsOf } from './plain-reply.ts';
import { findSlip } from './typo.ts';

type Day = Temporal.PlainDate;

/** A day, and whether it is certain; what is not is asked back. */
export interface DateReading {
  readonly band: 'accept' | 'confirm';
  /** ISO local date. */
  readonly date: string;
}

/** A way of writing a date: the pattern on the plain text, and the day it means (null: none, whatever was written). */
interface Shape {
  readonly pattern: RegExp;
  readonly read: (parts: readonly string[], today: Day) => Day | null;
  /** Whether people mean different days by it, seen from this one. */
  readonly isVague?: (parts: readonly string[], today: Day) => boolean;
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
  {
    pattern: named(`\\b(?:${WEEKDAY}),? (?:the )?(\\d{1,2})(?:st|nd|rd|th)?\\b(?! ?[ap]m)`),
    read: ([day], today) => nextDayOfMonth(today, Number(day)),
    isVague: () => true,
  },
  { pattern: /\ba week from (?:today|now)\b|\bde hoy en ocho dias\b/, read: (_, today) => today.add({ days: 7 }) },
  { pattern: /\ba week from tomorrow\b/, read: (_, today) => today.add({ days: 8 }) },
  { pattern: /\b(?:day after tomorrow|pasado manana)\b/, read: (_, today) => today.add({ days: 2 }) },
  {
    pattern: /\b(?:tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|tmw|2morrow)\b/,
    read: (_, today) => today.add({ days: 1 }),
  },
  { pattern: /\b(?:today|tonight|hoy|esta noche|esta tarde)\b/, read: (_, today) => today },
  {
    pattern:
      /\b(?:the |on the )?(\d{1,2})(?:st|nd|rd|th)? of (?:next month)\b|\b(?:el )?(\d{1,2}) del (?:otro|proximo) mes\b|\b(?:el )?(\d{1,2}) del mes que (?:viene|entra)\b/,
    read: ([en, es, other], today) => {
      const month = today.add({ months: 1 });
      return dayOf(month.year, month.month, Number(en ?? es ?? other));
    },
  },
  {
    pattern: /\b(?:the |on the )?(\d{1,2})(?:st|nd|rd|th)? of this month\b|\b(?:el )?(\d{1,2}) de este mes\b/,
    read: ([en, es], today) => nextDayOfMonth(today, Number(en ?? es)),
  },
  {
    pattern: named(
      `\\b(?:in (?:like |about |maybe )?)?(${COUNT}|a couple|a couple of|couple) (day|week|month)s?\\b(?: from (?:now|today))?(?! from| ago)`,
    ),
    read: readAhead,
    isVague: ([count]) => count === 'couple',
  },
  {
    pattern: named(`\\b(?:en|dentro de) (?:como |unos |unas )?(${COUNT}|un par de) (dia|semana|mes)(?:s|es)?\\b`),
    read: readAhead,
  },
  {
    pattern: named(`\\bnext (${WEEKDAY})\\b`),
    read: ([name], today) => weekdayIn(today, name, 1),
    isVague: ([name], today) => (WEEKDAYS[name ?? ''] ?? 0) > today.dayOfWeek,
  },
  {
    pattern: named(`\\bweek from (?:next )?(${WEEKDAY})\\b`),
    read: ([name], today) => nextWeekday(today, name).add({ weeks: 1 }),
  },
  {
    pattern: named(`\\b(?:el )?otro (${WEEKDAY})\\b`),
    read: ([name], today) => nextWeekday(today, name).add({ weeks: 1 }),
    isVague: () => true,
  },
  {
    pattern: named(`\\b(?:last|this past) (${WEEKDAY})\\b|\\b(?:el )?(${WEEKDAY}) pasado\\b`),
    read: ([en, es], today) => nextWeekday(today, en ?? es).subtract({ weeks: 1 }),
  },
  {
    pattern: named(`\\b(?:el )?proximo (${WEEKDAY})\\b|\\b(?:el )?(${WEEKDAY}) proximo\\b`),
    read: ([before, after], today) => nextWeekday(today, before ?? after),
    isVague: ([before, after], today) => (WEEKDAYS[before ?? after ?? ''] ?? 0) > today.dayOfWeek,
  },
  {
    pattern: named(`\\b(${WEEKDAY})s? que (?:viene|entra)\\b`),
    read: ([name], today) => nextWeekday(today, name),
    isVague: ([name], today) => (WEEKDAYS[name ?? ''] ?? 0) >= today.dayOfWeek,
  },
  {
    pattern: named(`\\b(?:(?:this|el|este|on|by|coming) )*(${WEEKDAY})s?\\b`),
    read: ([name], today) => nextWeekday(today, name),
    isVague: ([name], today) => WEEKDAYS[name ?? ''] === today.dayOfWeek,
  },
  {
    pattern: /\b(?:this |the )?weekend\b|\b(?:el |este )?(?:fin de semana|finde)\b/,
    read: (_, today) => nextWeekday(today, 'saturday'),
    isVague: () => true,
  },
  {
    pattern: /\bnext week\b|\b(?:la )?(?:proxima semana|semana que viene|otra semana)\b/,
    read: (_, today) => weekdayIn(today, 'monday', 1),
    isVague: () => true,
  },
  { pattern: /\b(?:manana)\b/, read: (_, today) => today.add({ days: 1 }) },
  {
    pattern: /\b(?:(?:on )?the |by the )(\d{1,2})(?:st|nd|rd|th)?\b|\b(?:el|para el) (?:dia )?(\d{1,2})\b/,
    read: ([en, es], today) => nextDayOfMonth(today, Number(en ?? es)),
  },
  { pattern: /\b(\d{1,2})(?:st|nd|rd|th)\b/, read: ([day], today) => nextDayOfMonth(today, Number(day)) },
];

/** Ways of writing that leave open which day exactly; the likeliest one is asked back. */
const VAGUE_SHAPES: readonly Shape[] = [
  ...vague(
    named(`\\b(?:end of|late) (${MONTH})\\b|\\b(?:fin|fines|finales|final) de (${MONTH})\\b`),
    ([en, es], today) => inMonth(en ?? es, 31, today),
  ),
  ...vague(named(`\\b(?:mid|middle of|mid of) ?(${MONTH})\\b|\\b(?:a )?mediados de (${MONTH})\\b`), ([en, es], today) =>
    inMonth(en ?? es, 15, today),
  ),
  ...vague(
    named(
      `\\b(?:early|beginning of|start of|in) (${MONTH})\\b|\\b(?:principios|inicios|comienzos|en) de? ?(${MONTH})\\b`,
    ),
    ([en, es], today) => inMonth(en ?? es, 1, today),
  ),
  ...vague(/\bend of (?:the|this) month\b|\b(?:fin|fines|finales|final) de(?:l| este)? ?mes\b|\beom\b/, (_, today) =>
    dayOf(today.year, today.month, today.daysInMonth),
  ),
  ...vague(/\bend of (?:the|this) week\b|\b(?:fin|fines|finales|final) de (?:la|esta) semana\b/, (_, today) =>
    nextWeekday(today.subtract({ days: 1 }), 'friday'),
  ),
  ...vague(/\bnext month\b|\b(?:el )?(?:proximo mes|mes que viene|otro mes)\b/, (_, today) => {
    const month = today.add({ months: 1 });
    return dayOf(month.year, month.month, 1);
  }),
  ...vague(/\b(?:in )?a few days\b|\ben unos dias\b|\ben unos cuantos dias\b/, (_, today) => today.add({ days: 3 })),
  ...vague(/\b(?:de hoy )?en ocho\b/, (_, today) => today.add({ days: 7 })),
  ...vague(/\bin a few weeks\b|\ben unas semanas\b/, (_, today) => today.add({ weeks: 3 })),
  ...vague(/\b(?:yesterday|last night|ayer|anoche)\b/, (_, today) => today.subtract({ days: 1 })),
  ...vague(
    /^(?:(?:ill do it|doing it|im doing it|on it|im on it|opening it|lo hago|lo estoy haciendo|la hago|pues|like|lol|ok) )*(?:(?:right now|now|rn|ahora mismo|ahorita mismo|ahorita|ahora|orita)(?: |$))+(?:(?:lol|haha|i ?a?m|actually|literally|opening|doing|filling|starting|working|on|it|lo|estoy|abriendo|haciendo|llenando|out|up|the|form|app|laptop) ?)*$/,
    (_, today) => today,
  ),
  ...vague(/\bchristmas\b|\bnavidad\b/, (_, today) => inMonth('december', 25, today)),
  ...vague(/\bhalloween\b/, (_, today) => inMonth('october', 31, today)),
  ...vague(/\bthis week\b|\besta semana\b/, (_, today) => nextWeekday(today.subtract({ days: 1 }), 'friday')),
];

const ALL_SHAPES: readonly Shape[] = [...SHAPES, ...VAGUE_SHAPES];

function vague(pattern: RegExp, read: Shape['read']): Shape[] {
  return [{ pattern, read, isVague: () => true }];
}

/** That day of the coming month of that name; the last one of a shorter month. */
function inMonth(name: string | undefined, day: number, today: Day): Day | null {
  const month = MONTHS[name ?? ''] ?? 0;
  if (month === 0) return null;
  const year = month < today.month ? today.year + 1 : today.year;
  const last = Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
  const found = dayOf(year, month, Math.min(day, last));
  return found !== null && Temporal.PlainDate.compare(found, today) < 0 ? dayOf(year + 1, month, day) : found;
}

/** The day that a reply means, seen from `today` (ISO local date), or null when nobody could tell. */
export function readDate(text: string, today: string, language: 'en' | 'es' = 'en'): DateReading | null {
  const plain = tidy(text);
  for (const { pattern, read, isVague } of ALL_SHAPES) {
    const match = pattern.exec(plain);
    if (match === null) continue;
    if (SOMETIME.test(plain) && LONG_STRETCH.test(match[0])) return null;
    const from = Temporal.PlainDate.from(today);
    const parts = match.slice(1);
    const day = read(parts, from);
    if (day === null || !isNear(day, from)) return null;
    const before = plain.slice(0, match.index).replace(/\bdel $/, 'de ');
    const around = `${before} ${plain.slice(match.index + match[0].length)}`;
    const sureness = judgeAround(around, day, before);
    if (sureness === null) return null;
    const isDayFirst = language === 'es' && /^\d{1,2}[/-]\d/.test(match[0]) && isEither(parts);
    const isSure =
      sureness === 'accept' &&
      isVague?.(parts, from) !== true &&
      !ROUGH_COUNT.test(match[0]) &&
      !isDayFirst &&
      isAhead(day, from);
    return { band: isSure ? 'accept' : 'confirm', date: day.toString() };
  }
  return null;
}

/** "sometime next week" is no day at all. */
const SOMETIME =
  /\b(?:some ?time|some ?day|one of these days|any ?time|any ?day|whenever|(?:algun|cualquier|un) dia|en algun momento)\b/;
const LONG_STRETCH = /\b(?:week|weekend|month|semana|mes|finde)\b/;
/** "in like 2 weeks": the count is a guess. */
const ROUGH_COUNT = /\b(?:like|about|maybe|como|unos|unas)\b/;

const MOST_UNKNOWN = 8;

/** What stands beside a date: words that change nothing, the weekday of that same day, or a doubt. */
function judgeAround(around: string, day: Day, before: string): DateReading['band'] | null {
  const words = wordsOf(around);
  const others = words.filter((word) => WEEKDAYS[word] === undefined || WEEKDAYS[word] !== day.dayOfWeek);
  if (others.some((word) => NO_DATE.has(word) && !(AROUND_DATE.has(word) && isAfterWork(around)))) return null;
  if (others.some((word) => WEEKDAYS[word] !== undefined || MONTHS[word] !== undefined || /^\d/.test(word))) {
    return others.some((word) => /^\d/.test(word)) && !/\bat \d|\ba las \d|\d ?[ap]m\b/.test(around) ? null : 'confirm';
  }
  const unknown = others.filter((word) => !AROUND_DATE.has(word)).length;
  if (unknown > MOST_UNKNOWN) return null;
  const isDoubted =
    /\b(?:after|despues(?: de)?)\s*$/.test(before) ||
    around.includes('?') ||
    /\b(?:if|unless|a menos que)\b|\bsi (?:puedo|se puede|me|hay|alcanzo|tengo|dios|no)\b/.test(around) ||
    others.some((word) => DATE_IN_DOUBT.has(word) && !isAfterWork(around));
  return unknown > 0 || isDoubted ? 'confirm' : 'accept';
}

/** "friday after work": the hour is named, not another day. */
function isAfterWork(around: string): boolean {
  return /\b(?:after|despues del?|saliendo del|works?) ?(?:work|school|class|practice|trabajo|for me|best|good|$)|\bafter(?:noon)?\s*$/.test(
    around.trim(),
  );
}

/** Whether 8/7 may be the eighth of July as well. */
function isEither(parts: readonly string[]): boolean {
  const [first, second] = [Number(parts[0]), Number(parts[1])];
  return first <= 12 && second <= 12 && first !== second;
}

function isNear(day: Day, today: Day): boolean {
  return Math.abs(daysFrom(today, day)) <= 366;
}

function isAhead(day: Day, today: Day): boolean {
  const days = daysFrom(today, day);
  return days >= 0 && days <= 366;
}

/** Whole days from one day to another. */
function daysFrom(today: Day, day: Day): number {
  return (Date.UTC(day.year, day.month - 1, day.day) - Date.UTC(today.year, today.month - 1, today.day)) / 86_400_000;
}

function named(source: string, flags = ''): RegExp {
  return new RegExp(source, flags);
}

const DAY_WORD = Object.keys(DAY_WORDS)
  .toSorted((a, b) => b.length - a.length)
  .join('|');
const MONTH_GLUED = named(`\\b(${MONTH})(\\d{1,2})\\b`, 'g');
const MONTH_DAY = named(`\\b(${MONTH}) (?:the )?(${DAY_WORD})\\b`, 'g');
const DAY_OF_MONTH = named(
  `\\b(${DAY_WORD})(?= (?:de |of )(?:${MONTH}|el otro mes|next month|this month|este mes)\\b)`,
  'g',
);
const THE_DAY = named(
  `\\b(?:the|el) (${DAY_WORD})\\b(?! (?:one|week|time|semana|vez|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunes|viernes))`,
  'g',
);

const TOMORROW =
  /\b(?:2m(?:oro+w?|orrow|rw|rrw|oz)|2mor|tmr+o?w?|tmo+r?o?w?|tmorr?ow|tom+or+o?w?|tom+r+ow|tomoz|2morow|tomarrow|tomorr?ows)\b/g;

/** Plain, with days in words as figures: "the fifteenth", "quince de agosto", "aug15". */
function tidy(text: string): string {
  return mendNames(withoutEmoji(toPlain(text)).replace(/(\d)(?:er|ero|ro|o)\b/g, '$1'))
    .replace(/([a-z])\.(?= |\d)/g, '$1 ')
    .replace(MONTH_GLUED, '$1 $2')
    .replace(/\b(\d{1,2})\.(\d{1,2})(?=\s|$)/g, '$1/$2')
    .replace(TOMORROW, 'tomorrow')
    .replace(/\b(?:tonite|2nite|tnite|2night|2day|tonigh?t|toight)\b/g, (said) =>
      said === '2day' ? 'today' : 'tonight',
    )
    .replace(/(\d) d (?=[a-z])/g, '$1 de ')
    .replace(/\b(?:not|cant|can not|no puedo|no) (?:til+|until|hasta)\b/g, 'hasta')
    .replace(/\b(?:i ?a?m )?not (?:really |super |too |100 )?sure(?: yet)?\b|\bno estoy segur[oa]\b/g, 'idk')
    .replace(/\b(?:or so|o asi|or something|o algo asi|more or less|mas o menos)\b/g, 'idk')
    .replace(/([a-z])\1{2,}/g, '$1')
    .replace(/\bq(?= (?:viene|entra)\b)/g, 'que')
    .replace(/\bpasado mnn\b|\bpasadomanana\b/g, 'pasado manana')
    .replace(/\bmnn\b|\bmanna\b|\bmanan\b/g, 'manana')
    .replace(/\b(?:nxt|nex)\b/g, 'next')
    .replace(/\bwks?\b/g, 'weeks')
    .replace(/\bsemnas?\b/g, 'semana')
    .replace(/\s+/g, ' ')
    .replace(MONTH_DAY, (_, month: string, day: string) => `${month} ${DAY_WORDS[day]}`)
    .replace(DAY_OF_MONTH, (_, day: string) => String(DAY_WORDS[day]))
    .replace(THE_DAY, (_, day: string) => `the ${DAY_WORDS[day]}th`);
}

const LONG_NAMES = [...Object.keys(WEEKDAYS), ...Object.keys(MONTHS)].filter((name) => name.length > 4);

/** Mends slips in long names of days and months ("wensday" stays: two slips). */
function mendNames(plain: string): string {
  return plain.replace(/[a-z]{5,}/g, (word) => (AROUND_DATE.has(word) ? word : (findSlip(word, LONG_NAMES) ?? word)));
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
