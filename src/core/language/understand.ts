// One reply and what was asked: the value, and how sure it is. Every reading of a reply goes through here, in the flows
// and in `icehouse understand`. Never throws; the same reply always reads the same.

import type { AskedOption } from '../model/conversation.ts';
import { clausesOf } from './clauses.ts';
import { type Band, type FamilyReading, isOnlyThumb } from './read-answer.ts';
import { readDate } from './read-date.ts';
import { readFamily } from './read-family.ts';
import { readValue } from './read-value.ts';
import type { ReplyBook } from './reply-book.ts';
import type { Family } from './reply-words.ts';

/** What a question may want. */
export const EXPECTATIONS = ['yes_no', 'task', 'number', 'money', 'date', 'choice', 'phone', 'email'] as const;
export type Expectation = (typeof EXPECTATIONS)[number];

/** A family as it is told: a yes to a nudge is done, a no is not yet. */
export type SaidFamily = Exclude<Family, 'yes' | 'no'> | 'unclear';

/** A reply, and what it answers. */
export interface Asked {
  readonly text: string;
  readonly expects: Expectation;
  /** The mentee's language; dates in figures are read by it. */
  readonly language: 'en' | 'es';
  readonly options?: readonly AskedOption[];
  /** The mentee's local date (ISO). Called only when a date is read: it costs more than the rest. */
  readonly today?: () => string;
}

/** What was understood. `value` is a yes or no (boolean), a number, an ISO date, or words; null when there is none. */
export interface Understood {
  readonly band: Band;
  readonly value: string | number | boolean | null;
  /** What else the reply says; `unclear` when nothing. */
  readonly family: SaidFamily;
  /** The second half of a two-in-one, as typed. */
  readonly rest: string | null;
  /** The day that "later" names (ISO local date); absent when it names none. */
  readonly date?: string;
}

/** Longer texts are letters, and a person should read them (characters). */
const LONGEST = 1000;

/** Reads a reply. */
export function understand(book: ReplyBook, typed: Asked): Understood {
  if (typed.text.length > LONGEST) return { band: 'unclear', value: null, family: 'unclear', rest: null };
  // A hundred spaces say no more than one, and patterns that look for gaps must not count them over and over.
  const asked = { ...typed, text: typed.text.replace(/\s{2,}/gu, (gap) => (gap.includes('\n') ? '\n' : ' ')) };
  if (asked.expects === 'task') return readTask(book, asked);
  if (asked.expects === 'yes_no') return readYesNo(book, asked.text);
  const found = readValue(book, asked, asked.expects);
  if (found !== null) return { ...found, family: 'unclear' };
  const said = readFamily(book, asked.text);
  const family = said.family === 'yes' || said.family === 'no' ? 'unclear' : saidFamily(said);
  return { band: 'unclear', value: null, family, rest: null };
}

/** The answer to a nudge: nudges ask whether it is done, so a yes is done and a no is not yet. */
function readTask(book: ReplyBook, asked: Asked): Understood {
  const { text } = asked;
  const found = readFamily(book, text);
  const band = found.band === 'accept' && isOnlyThumb(book, text) ? 'confirm' : found.band;
  const family = saidFamily(found);
  const date = family === 'later' || family === 'not_yet' ? dayNamed(book, asked) : null;
  const read = { band, value: family === 'unclear' ? null : family, family, rest: found.rest };
  return date === null ? read : { ...read, date };
}

/** "the first page" is no day. */
const PART_OF_FORM = /\b(?:first|1st|second|2nd|third|3rd|last) (?:half|part|page|step|section)\b/i;

/** The day in "not yet, i'll do it friday"; null when there is none to come. */
function dayNamed(book: ReplyBook, { text, today, language }: Asked): string | null {
  if (today === undefined || PART_OF_FORM.test(text)) return null;
  const now = today();
  const whole = readDate(text, now, language);
  const days = whole === null ? clausesOf(book, text).map((part) => readDate(part.text, now, language)) : [whole];
  const [only, ...more] = new Set(days.flatMap((day) => (day === null ? [] : [day.date])));
  return only !== undefined && more.length === 0 && only >= now ? only : null;
}

const YES: ReadonlySet<Family | null> = new Set(['yes', 'done']);
const NO: ReadonlySet<Family | null> = new Set(['no', 'not_yet']);

function readYesNo(book: ReplyBook, text: string): Understood {
  const found = readFamily(book, text, true);
  const family = saidFamily(found);
  if (YES.has(found.family)) {
    // "yes but later" is a likely yes, and later is what else it says.
    const also = found.band === 'confirm' ? saidFamily(readFamily(book, text)) : family;
    return { band: found.band, value: true, family: also === 'later' ? also : family, rest: found.rest };
  }
  if (NO.has(found.family)) return { band: found.band, value: false, family, rest: found.rest };
  return { band: 'unclear', value: null, family, rest: null };
}

function saidFamily({ family }: FamilyReading): SaidFamily {
  if (family === null) return 'unclear';
  if (family === 'yes') return 'done';
  return family === 'no' ? 'not_yet' : family;
}
