// Dates as words for a text, in the mentee's language: "Thursday, July 1", "jueves 1 de julio". Never reads dates.

import type { Language } from '../model/people.ts';

const STYLE = { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' } as const;
const FORMATTERS: Record<Language, Intl.DateTimeFormat> = {
  en: new Intl.DateTimeFormat('en-US', STYLE),
  es: new Intl.DateTimeFormat('es-US', STYLE),
};

/** An ISO local date in words, with weekday and without year. */
export function formatDate(dateOn: string, language: Language): string {
  const [year = 0, month = 1, day = 1] = dateOn.split('-').map(Number);
  const parts = FORMATTERS[language].formatToParts(Date.UTC(year, month - 1, day));
  const part = (type: string): string => parts.find((piece) => piece.type === type)?.value ?? '';
  if (language === 'en') return `${part('weekday')}, ${part('month')} ${part('day')}`;
  return `${part('weekday')} ${part('day')} de ${part('month')}`;
}
