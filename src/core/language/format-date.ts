// Dates as words for a text, in the mentee's language: "Thursday, July 1", "jueves 1 de julio". Never reads dates.

import type { Language } from '../model/people.ts';

const DAY_MS = 24 * 3_600_000;
/** 1970-01-04 was a Sunday; names are taken from the runtime's language data once, because asking it is slow. */
const FIRST_SUNDAY = 3 * DAY_MS;
const LOCALES: Record<Language, string> = { en: 'en-US', es: 'es-US' };
/** Dates already worded: every text of a nudge names the same few. The words of a date never change. */
const WORDED = { en: new Map<string, string>(), es: new Map<string, string>() };
const MOST_WORDED = 1_000;
const NAMES = { en: namesIn('en'), es: namesIn('es') };

/** An ISO local date in words, with weekday and without year. */
export function formatDate(dateOn: string, language: Language): string {
  const known = WORDED[language].get(dateOn);
  if (known !== undefined) return known;
  if (WORDED[language].size >= MOST_WORDED) WORDED[language].clear();
  const words = inWords(dateOn, language);
  WORDED[language].set(dateOn, words);
  return words;
}

function inWords(dateOn: string, language: Language): string {
  const [year = 0, month = 1, day = 1] = dateOn.split('-').map(Number);
  const { weekdays, months } = NAMES[language];
  const weekday = weekdays[weekdayOf(Date.UTC(year, month - 1, day))] ?? '';
  const name = months[month - 1] ?? '';
  return language === 'en' ? `${weekday}, ${name} ${day}` : `${weekday} ${day} de ${name}`;
}

/** 0 is Sunday. */
function weekdayOf(at: number): number {
  return ((((at - FIRST_SUNDAY) / DAY_MS) % 7) + 7) % 7;
}

function namesIn(language: Language): { readonly weekdays: readonly string[]; readonly months: readonly string[] } {
  const weekday = new Intl.DateTimeFormat(LOCALES[language], { weekday: 'long', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(LOCALES[language], { month: 'long', timeZone: 'UTC' });
  return {
    weekdays: Array.from({ length: 7 }, (_, day) => weekday.format(FIRST_SUNDAY + day * DAY_MS)),
    months: Array.from({ length: 12 }, (_, index) => month.format(Date.UTC(2027, index, 15))),
  };
}
