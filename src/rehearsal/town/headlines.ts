// The few figures of a rehearsed year that stand first: on its page, and on the page of the demo. In words for whoever
// leads a program and knows no statistics.

import type { RehearsalReport } from './report.ts';

/** One figure: its name, the figure itself, and what there is to say about it. */
export interface Headline {
  readonly name: string;
  readonly value: string;
  readonly about: string;
}

/** The figures, the one about texts first. */
export function headlinesOf(report: RehearsalReport): Headline[] {
  const { cases, cost, busiestWeek, busiestDay } = report;
  const { answering } = report.unasked.summer;
  return [
    { name: 'Texts sent', value: wholeNumber(report.texts), about: `${wholeNumber(report.inboundTexts)} came in` },
    {
      name: 'Unasked texts per student',
      value: `about ${answering.median}`,
      about: `of those who answer, in the summer; at most ${answering.max}`,
    },
    {
      name: 'Texts in the busiest week',
      value: wholeNumber(busiestWeek?.total ?? 0),
      about:
        busiestWeek === null
          ? ''
          : `from ${shortDay(busiestWeek.week)}; busiest day ${wholeNumber(busiestDay?.total ?? 0)}`,
    },
    {
      name: 'Cost of the texts',
      value: `$${cost.dollars.toFixed(2)}`,
      about: `${wholeNumber(cost.segments)} billed parts at ${cost.centsPerSegment} cents`,
    },
    {
      name: 'Cases for counselors',
      value: wholeNumber(cases.opened),
      about:
        cases.opened === 0 ? 'nobody needed one' : `taken after about ${cases.minutesToAcknowledge.median} minutes`,
    },
    {
      name: 'Opted out',
      value: report.optOuts === 1 ? '1 time' : `${wholeNumber(report.optOuts)} times`,
      about: `${wholeNumber(report.returns)} came back`,
    },
  ];
}

/** Whether the house kept its rules, in one sentence. */
export function verdictOf({ violationTotal: count }: RehearsalReport): string {
  if (count === 0) return 'Nothing happened that must never happen.';
  return `${wholeNumber(count)} ${count === 1 ? 'time' : 'times'} something happened that must never happen.`;
}

/** 1,204 for 1204. */
export function wholeNumber(value: number): string {
  return value.toLocaleString('en-US');
}

/** A local date as people say it: Mon, May 17, 2027. */
export function dayName(on: string): string {
  return inWords(on, { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' });
}

/** May 17, 2027. */
export function dateName(on: string): string {
  return inWords(on, { month: 'short', day: 'numeric', year: 'numeric' });
}

/** May 17. */
export function shortDay(on: string): string {
  return inWords(on, { month: 'short', day: 'numeric' });
}

/** May 2027. */
export function monthName(on: string): string {
  return inWords(on, { month: 'short', year: 'numeric' });
}

/** May ’27: of a month on an axis, where there is little room. */
export function shortMonth(on: string): string {
  return `${inWords(on, { month: 'short' })} ’${on.slice(2, 4)}`;
}

function inWords(on: string, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-US', { ...parts, timeZone: 'UTC' }).format(Date.parse(`${on}T00:00:00Z`));
}
