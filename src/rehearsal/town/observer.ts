// Watches what the house hands to the vendor, and counts what must never happen. It does its own arithmetic of hours, weeks
// and languages, so that a mistake in the gates of the house is seen here and not repeated.

import type { Language } from '../../core/model/people.ts';

/** The rules that are watched. `docs/rehearsal.md` says what each means. */
export const CHECKS = [
  'sends_on_done_tasks',
  'sends_on_expired_facts',
  'sends_to_opted_out',
  'sends_in_quiet_hours',
  'sends_over_weekly_cap',
  'second_open_question',
  'wrong_language',
] as const;
export type Check = (typeof CHECKS)[number];

/** One text as the vendor was handed it, with the rows of the house as they stood at that moment. */
export interface HandedText {
  readonly at: number;
  readonly phone: string;
  readonly body: string;
  /** The class of the message, as the house names it. */
  readonly messageClass: string;
  readonly isIntroduction: boolean;
  readonly language: Language;
  readonly timeZone: string;
  /** Status of the task that it is about; null when it is about none. */
  readonly taskStatus: string | null;
  /** Whether the facts that it speaks of were still good; left out while the house has no dated facts. */
  readonly factsExpired?: boolean;
  /** The newest line of the consent ledger. */
  readonly consent: { readonly state: string; readonly at: number } | null;
  /** When the text came that this one answers; null when nobody asked. */
  readonly inReplyToAt: number | null;
  /** The conversation whose question this text asks; null when it asks none. */
  readonly asks: string | null;
  /** Other conversations of this person that wait for a reply just now. */
  readonly otherOpenQuestions: number;
}

export interface Tally {
  readonly checked: Readonly<Record<Check, number>>;
  readonly violations: Readonly<Record<Check, number>>;
}

/** One violation, so that it can be looked for. No words and no number. */
export interface Violation {
  readonly check: Check;
  readonly at: number;
  readonly messageClass: string;
}

export interface Observer {
  /** A mentee has said that they leave, or are back, and the house has taken it in. */
  noteMeant(phone: string, meant: 'stop' | 'start', at: number): void;
  /** Call it once for each text, in the order of sending. */
  look(text: HandedText): void;
  tally(): Tally;
  /** The first ones, oldest first. */
  violations(): readonly Violation[];
}

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
/** QH-01: 9 to 20, on Sunday from 12. */
const OPEN = { from: 9, sundayFrom: 12, until: 20 };
/** QH-04: an answer may leave by night for so long. */
const FRESH = 10 * MINUTE;
/** TC-08: the one confirmation of an opt-out. */
const CONFIRMS_FOR = 5 * MINUTE;
const KEPT = 50;
/** A person's own words, and the answers to keywords, which may be in both languages. */
const ANY_LANGUAGE: ReadonlySet<string> = new Set(['human_text']);

export function createObserver(rules: { readonly weeklyCap: number }): Observer {
  const checked = zeros();
  const violations = zeros();
  const list: Violation[] = [];
  const leftAt = new Map<string, number>();
  const confirmed = new Set<string>();
  const unasked = new Map<string, number[]>();

  const judge = (check: Check, text: HandedText, isWrong: boolean) => {
    checked[check] += 1;
    if (!isWrong) return;
    violations[check] += 1;
    if (list.length < KEPT) list.push({ check, at: text.at, messageClass: text.messageClass });
  };

  const hasLeft = (text: HandedText): boolean => {
    const said = leftAt.get(text.phone);
    const byLedger = text.consent?.state === 'opted_out' ? text.consent.at : null;
    const since = said ?? byLedger;
    if (since === null) return false;
    // The one confirmation, once and at once.
    const mayConfirm = text.messageClass === 'keyword_answer' && text.at - since <= CONFIRMS_FOR;
    const key = `${text.phone}:${since}`;
    if (!mayConfirm || confirmed.has(key)) return true;
    confirmed.add(key);
    return false;
  };

  const isOverCap = (text: HandedText): boolean => {
    const week = (unasked.get(text.phone) ?? []).filter((at) => at > text.at - WEEK);
    week.push(text.at);
    unasked.set(text.phone, week);
    return week.length > rules.weeklyCap;
  };

  return {
    noteMeant: (phone, meant, at) => {
      if (meant === 'start') leftAt.delete(phone);
      else if (!leftAt.has(phone)) leftAt.set(phone, at);
    },
    look: (text) => {
      const isNudge = text.messageClass === 'nudge';
      judge('sends_to_opted_out', text, hasLeft(text));
      if (isNudge && text.taskStatus !== null) {
        judge('sends_on_done_tasks', text, ['done', 'not_applicable'].includes(text.taskStatus));
      }
      if (text.factsExpired !== undefined) judge('sends_on_expired_facts', text, text.factsExpired);
      if (isNudge || text.messageClass === 'answer') judge('sends_in_quiet_hours', text, isAtNight(text));
      if (isNudge && !text.isIntroduction) judge('sends_over_weekly_cap', text, isOverCap(text));
      if (text.asks !== null) judge('second_open_question', text, text.otherOpenQuestions > 0);
      if (!ANY_LANGUAGE.has(text.messageClass)) judge('wrong_language', text, isWrongLanguage(text));
    },
    tally: () => ({ checked: { ...checked }, violations: { ...violations } }),
    violations: () => list,
  };
}

function zeros(): Record<Check, number> {
  return {
    sends_on_done_tasks: 0,
    sends_on_expired_facts: 0,
    sends_to_opted_out: 0,
    sends_in_quiet_hours: 0,
    sends_over_weekly_cap: 0,
    second_open_question: 0,
    wrong_language: 0,
  };
}

function isAtNight(text: HandedText): boolean {
  const isFresh = text.inReplyToAt !== null && text.at - text.inReplyToAt <= FRESH;
  if (text.messageClass === 'answer' && isFresh) return false;
  const { hour, isSunday } = wallClock(text.at, text.timeZone);
  return hour < (isSunday ? OPEN.sundayFrom : OPEN.from) || hour >= OPEN.until;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The hour on the wall and whether it is Sunday, by another road than the house's own. */
function wallClock(at: number, timeZone: string): { readonly hour: number; readonly isSunday: boolean } {
  const known = clocks.get(timeZone);
  const clock =
    known ?? new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23', weekday: 'short' });
  clocks.set(timeZone, clock);
  const parts = clock.formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return { hour: Number(part('hour')), isSunday: part('weekday') === 'Sun' };
}

/** Small words that every text of some length has, and that the other language has not. */
const MARKS: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: new Set(
    'the you your is it and or if to of for with we i are will that this when get have who what can do did by'.split(
      ' ',
    ),
  ),
  es: new Set(
    'el la los las tu tus es y o si para con que una un de del por te nos le ya cuando se su lo en mi este'.split(' '),
  ),
};

/** How many more words a text must have of the other language than of its own. */
const CLEARLY = 3;

function isWrongLanguage({ body, language }: HandedText): boolean {
  const words = body
    .toLowerCase()
    .normalize('NFC')
    .split(/[^\p{L}]+/u);
  const count = (marks: ReadonlySet<string>) => words.filter((word) => marks.has(word)).length;
  const own = count(MARKS[language]);
  const other = count(MARKS[language === 'en' ? 'es' : 'en']);
  return other - own >= CLEARLY;
}
