// One reply and what was asked: the value, and how sure it is. Every reading of a reply goes through here, in the flows
// and in `icehouse understand`. Never throws; the same reply always reads the same.

import type { AskedOption } from '../model/conversation.ts';
import { readChoice } from './read-choice.ts';
import { readEmail, readPhone } from './read-contact.ts';
import { readDate } from './read-date.ts';
import { type Band, type FamilyReading, isOnlyThumb, readFamily } from './read-family.ts';
import { readNumber } from './read-number.ts';
import { knownWords, type ReplyBook } from './reply-book.ts';
import { partsOf } from './reply-parts.ts';
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
}

/** Longer texts are letters, and a person should read them (characters). */
const LONGEST = 1000;

/** Reads a reply. */
export function understand(book: ReplyBook, asked: Asked): Understood {
  if (asked.text.length > LONGEST) return { band: 'unclear', value: null, family: 'unclear', rest: null };
  if (asked.expects === 'task') return readTask(book, asked.text);
  if (asked.expects === 'yes_no') return readYesNo(book, asked.text);
  return readValue(book, asked);
}

/** The answer to a nudge: nudges ask whether it is done, so a yes is done and a no is not yet. */
function readTask(book: ReplyBook, text: string): Understood {
  const found = readFamily(book, text);
  const band = found.band === 'accept' && isOnlyThumb(book, text) ? 'confirm' : found.band;
  const family = saidFamily(found);
  return { band, value: family === 'unclear' ? null : family, family, rest: found.rest };
}

const YES: ReadonlySet<Family | null> = new Set(['yes', 'done']);
const NO: ReadonlySet<Family | null> = new Set(['no', 'not_yet']);

function readYesNo(book: ReplyBook, text: string): Understood {
  const found = readFamily(book, text, true);
  const family = saidFamily(found);
  if (YES.has(found.family)) return { band: found.band, value: true, family, rest: found.rest };
  if (NO.has(found.family)) return { band: found.band, value: false, family, rest: found.rest };
  return { band: 'unclear', value: null, family, rest: null };
}

function saidFamily({ family }: FamilyReading): SaidFamily {
  if (family === null) return 'unclear';
  if (family === 'yes') return 'done';
  return family === 'no' ? 'not_yet' : family;
}

interface Value {
  readonly band: 'accept' | 'confirm';
  readonly value: string | number;
}

/** Reads a value, alone or with a second thought beside it. */
function readValue(book: ReplyBook, asked: Asked): Understood {
  const read = (text: string): Value | null => readOne(book, text, asked);
  const whole = read(asked.text);
  if (whole?.band === 'accept') return { ...whole, family: 'unclear', rest: null };
  const halved = readHalves(book, asked.text, read);
  if (halved !== null && (whole === null || halved.band === 'accept' || halved.value === whole.value))
    return { ...halved, family: 'unclear' };
  if (whole !== null) return { ...whole, family: 'unclear', rest: null };
  const said = readFamily(book, asked.text);
  const family = said.family === 'yes' || said.family === 'no' ? 'unclear' : saidFamily(said);
  return { band: 'unclear', value: null, family, rest: null };
}

function readHalves(
  book: ReplyBook,
  text: string,
  read: (text: string) => Value | null,
): (Value & { readonly rest: string | null }) | null {
  const parts = partsOf(book, text);
  if (parts.length < 2) return null;
  const values = parts.map((part) => (part.asks ? null : read(part.text)));
  const at = values.findIndex((value) => value !== null);
  const value = values[at];
  if (value === undefined || value === null) return null;
  const others = parts.filter((_, index) => index !== at);
  const isSame = values.every((other) => other === null || other.value === value.value);
  if (!isSame || others.some(({ text: other }) => /^(?:but|pero|jk|no|wait|espera|actually|or|o|nvm)\b/i.test(other))) {
    return null;
  }
  const kept = others.filter((part) => part.asks || !isCourtesy(book, part.text)).map((part) => part.text);
  return { ...value, rest: kept.length === 0 ? null : kept.join(' ') };
}

function isCourtesy(book: ReplyBook, text: string): boolean {
  return knownWords(book, text).every((word) => ['polite', 'small', 'yes'].includes(book.phrases.get(word) ?? ''));
}

function readOne(book: ReplyBook, text: string, { expects, options, today, language }: Asked): Value | null {
  if (expects === 'number' || expects === 'money') return readNumber(text);
  if (expects === 'phone') return readPhone(text);
  if (expects === 'email') return readEmail(text);
  if (expects === 'choice') return readChoice(text, options ?? []) ?? byFamily(book, text, options ?? []);
  const day = today === undefined ? null : readDate(text, today(), language);
  return day && { band: day.band, value: day.date };
}

/** Options that are a yes and a no take every yes and no. */
function byFamily(book: ReplyBook, text: string, options: readonly AskedOption[]): Value | null {
  const said = readFamily(book, text, true);
  if (said.family === null || said.band === 'unclear') return null;
  const same = options.filter(({ label }) => readFamily(book, label, true).family === said.family);
  const [only] = same;
  return only === undefined || same.length > 1 || said.rest !== null ? null : { band: said.band, value: only.value };
}
