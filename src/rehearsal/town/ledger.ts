// What happened in a rehearsed year, written down as it happens, and added up at its end: the calendar, the busiest times,
// what each student got, segments, questions that nobody answered. Values in, figures out.

import type { Habit } from './people.ts';

/** Why a text went out. `nudge` counts against the cap; the introduction is unasked, too, and does not. */
export const KINDS = [
  'nudge',
  'introduction',
  'answer',
  'safety_reply',
  'human_text',
  'keyword_answer',
  'mentor_text',
  'staff_text',
] as const;
export type Kind = (typeof KINDS)[number];

/** One text that left. */
export interface SentText {
  readonly at: number;
  /** Local date where it arrived. */
  readonly on: string;
  /** Place in the town's list of mentees; null for mentors and staff. */
  readonly mentee: number | null;
  readonly kind: Kind;
  readonly task: string | null;
  readonly segments: number;
  /** The step whose question it asks, and its flow; null when it asks none. */
  readonly asks: { readonly flow: string; readonly step: string } | null;
}

export interface QuestionFigures {
  readonly flow: string;
  readonly step: string;
  readonly asked: number;
  readonly unanswered: number;
}

/** Numbers of many, told by five of them. */
export interface Spread {
  readonly count: number;
  readonly min: number;
  readonly p10: number;
  readonly median: number;
  readonly p90: number;
  readonly max: number;
}

export interface WeekFigures {
  /** Monday of the week, a local date of the program. */
  readonly week: string;
  readonly total: number;
  readonly byKind: Readonly<Record<Kind, number>>;
}

export interface Figures {
  readonly texts: number;
  readonly byKind: Readonly<Record<Kind, number>>;
  readonly segments: number;
  readonly inboundTexts: number;
  readonly weeks: readonly WeekFigures[];
  readonly days: readonly { readonly on: string; readonly total: number }[];
  readonly busiestWeek: { readonly week: string; readonly total: number } | null;
  readonly busiestDay: { readonly on: string; readonly total: number } | null;
  /** Days on which one mentee got more than one unasked text, the introduction left out. */
  readonly crowdedDays: number;
  readonly crowded: readonly { readonly on: string; readonly mentees: number }[];
  readonly questions: readonly QuestionFigures[];
  readonly tasks: readonly { readonly task: string; readonly texts: number }[];
}

export interface Ledger {
  sent(text: SentText): void;
  /** The house has taken in a text of this mentee. */
  heard(mentee: number | null): void;
  /** Adds up what was written so far. */
  figures(): Figures;
  /** Unasked texts (class nudge) of each mentee from one local date to another, both inclusive, in the town's order. */
  unaskedOf(mentees: number, from: string, until: string): number[];
}

export function createLedger(mondayOf: (on: string) => string): Ledger {
  const texts: SentText[] = [];
  const questions = new Map<string, { flow: string; step: string; asked: number; answered: number }>();
  const open = new Map<number, string>();
  let inboundTexts = 0;
  return {
    sent: (text) => {
      texts.push(text);
      if (text.mentee === null || text.asks === null) return;
      const { flow, step } = text.asks;
      const key = `${flow}#${step}`;
      const known = questions.get(key) ?? { flow, step, asked: 0, answered: 0 };
      known.asked += 1;
      questions.set(key, known);
      open.set(text.mentee, key);
    },
    heard: (mentee) => {
      inboundTexts += 1;
      if (mentee === null) return;
      const question = questions.get(open.get(mentee) ?? '');
      if (question !== undefined) question.answered += 1;
      open.delete(mentee);
    },
    figures: () => ({
      ...addUp(texts, mondayOf),
      inboundTexts,
      questions: [...questions.values()]
        .map(({ flow, step, asked, answered }) => ({ flow, step, asked, unanswered: asked - answered }))
        .toSorted((a, b) => b.unanswered - a.unanswered || compare(a.flow, b.flow) || compare(a.step, b.step)),
    }),
    unaskedOf: (mentees, from, until) => {
      const counts = Array.from({ length: mentees }, () => 0);
      for (const { mentee, kind, on } of texts) {
        if (mentee !== null && kind === 'nudge' && on >= from && on <= until)
          counts[mentee] = (counts[mentee] ?? 0) + 1;
      }
      return counts;
    },
  };
}

function addUp(texts: readonly SentText[], mondayOf: (on: string) => string) {
  const toMentees = texts.filter(({ mentee }) => mentee !== null);
  const weeks = [...Map.groupBy(texts, ({ on }) => mondayOf(on))]
    .map(([week, list]): WeekFigures => ({ week, total: list.length, byKind: countKinds(list) }))
    .toSorted((a, b) => compare(a.week, b.week));
  const days = [...Map.groupBy(toMentees, ({ on }) => on)]
    .map(([on, list]) => ({ on, total: list.length }))
    .toSorted((a, b) => compare(a.on, b.on));
  const crowded = crowdedDays(toMentees);
  const tasks = Map.groupBy(
    toMentees.filter(({ task, kind }) => task !== null && kind === 'nudge'),
    ({ task }) => task ?? '',
  );
  return {
    texts: texts.length,
    byKind: countKinds(texts),
    segments: texts.reduce((sum, { segments }) => sum + segments, 0),
    weeks,
    days,
    busiestWeek: most(weeks),
    busiestDay: most(days),
    crowdedDays: crowded.reduce((sum, { mentees }) => sum + mentees, 0),
    crowded,
    tasks: [...tasks]
      .map(([task, list]) => ({ task, texts: list.length }))
      .toSorted((a, b) => b.texts - a.texts || compare(a.task, b.task)),
  };
}

function countKinds(texts: readonly SentText[]): Record<Kind, number> {
  const counts: Record<Kind, number> = {
    nudge: 0,
    introduction: 0,
    answer: 0,
    safety_reply: 0,
    human_text: 0,
    keyword_answer: 0,
    mentor_text: 0,
    staff_text: 0,
  };
  for (const { kind } of texts) counts[kind] += 1;
  return counts;
}

function crowdedDays(texts: readonly SentText[]): { readonly on: string; readonly mentees: number }[] {
  const perDay = Map.groupBy(
    texts.filter(({ kind }) => kind === 'nudge'),
    ({ on, mentee }) => `${on} ${mentee}`,
  );
  const days = [...perDay].flatMap(([key, list]) => (list.length > 1 ? [key.slice(0, 'YYYY-MM-DD'.length)] : []));
  return [...Map.groupBy(days, (on) => on)]
    .map(([on, list]) => ({ on, mentees: list.length }))
    .toSorted((a, b) => compare(a.on, b.on));
}

function most<T extends { readonly total: number }>(list: readonly T[]): T | null {
  return list.reduce<T | null>((best, one) => (best === null || one.total > best.total ? one : best), null);
}

/** The five numbers that tell how many numbers spread; zeros when there is none. */
export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { count: sorted.length, min: at(0), p10: at(0.1), median: at(0.5), p90: at(0.9), max: at(1) };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** One line of what two said to each other. */
export interface SaidLine {
  readonly at: number;
  readonly from: 'mentee' | 'house' | 'counselor';
  readonly body: string;
}

/** One mentee's whole year, as an example of a habit. */
export interface Transcript {
  readonly habit: Habit;
  readonly firstName: string;
  readonly language: string;
  readonly timeZone: string;
  readonly lines: readonly SaidLine[];
}
