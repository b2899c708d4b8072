// The kinds of answer that an `ask` can want: which ways each leads to, what it saves, how a reply is read as one, and how
// one is asked back. Reading itself is core/language; when a reply is not surely an answer, it is none.

import { formatDate } from '../language/format-date.ts';
import { readFamily } from '../language/read-family.ts';
import type { ReplyBook } from '../language/reply-book.ts';
import { type Expectation, type Understood, understand } from '../language/understand.ts';
import type { AskedOption, FlowValue } from '../model/conversation.ts';
import type { Language } from '../model/people.ts';
import type { VariableType } from './facts.ts';

/** Kinds of answer, as authors write them. */
export const ANSWER_TYPES = ['yes_no', 'choice', 'number', 'money', 'date', 'phone', 'email', 'text', 'task'] as const;
export type AnswerType = (typeof ANSWER_TYPES)[number];

/** The ways of a nudge about a task. */
const TASK_WAYS = ['done', 'not_yet', 'later', 'stuck', 'not_for_me', 'talk'] as const;

/** A reply read as an answer. `way` is its key under `on`; `rest` is what else the mentee wrote, for a person to read. */
export interface Answer {
  readonly way: string | null;
  readonly value: FlowValue;
  readonly rest: string | null;
}

/** An answer, and whether it is certain; one that is likely is asked back. */
export interface ReadAnswer extends Answer {
  readonly band: 'accept' | 'confirm';
}

/** What reading a reply needs: the words, the options as texted, the mentee's local date, and an author's limits. */
interface Reading {
  readonly replyBook: ReplyBook;
  readonly language: Language;
  readonly options: readonly AskedOption[];
  /** Asked for only when a date is read: it costs more than the rest. */
  readonly today: () => string;
  readonly atLeast: number;
  readonly atMost: number;
  /** The last local date that is an answer; null when any is. */
  readonly lastDay: string | null;
}

/** Longest text answer that is kept, in characters. */
const LONGEST_ANSWER = 1000;

interface AnswerKind {
  /** The type a variable needs to save this answer. */
  readonly saves: VariableType;
  /** The ways an answer can go, or null when all answers go one way; a choice has its option values. */
  readonly ways: readonly string[] | null;
  readonly read: (text: string, reading: Reading) => ReadAnswer | null;
  /** The answer in words, for asking back; null when it cannot be asked back with a yes or a no. */
  readonly words: (value: FlowValue, reading: Pick<Reading, 'replyBook' | 'language' | 'options'>) => string | null;
}

/** How each kind is read. */
export const ANSWERS: Record<AnswerType, AnswerKind> = {
  yes_no: {
    saves: 'yes_no',
    ways: ['yes', 'no'],
    read: reader('yes_no', ({ value }) => (value === true ? 'yes' : 'no')),
    // "Did you mean: no?" has no answer that everybody reads alike.
    words: (value, { replyBook, language }) => (value === true ? replyBook.means[language].yes : null),
  },
  choice: {
    saves: 'text',
    ways: null,
    read: reader('choice', ({ value }) => String(value)),
    words: (value, { options }) => options.find((option) => option.value === value)?.label ?? null,
  },
  number: figure('number', (value) => String(value)),
  money: figure('money', inDollars),
  date: {
    saves: 'date',
    ways: null,
    read: (text, reading) => {
      const found = reader('date')(text, reading);
      if (found === null) return null;
      const day = String(found.value);
      const isLate = reading.lastDay !== null && day > reading.lastDay;
      return isLate || day < reading.today() ? null : found;
    },
    words: (value, { language }) => formatDate(String(value), language),
  },
  phone: { saves: 'text', ways: null, read: reader('phone'), words: (value) => asDialled(String(value)) },
  email: { saves: 'text', ways: null, read: reader('email'), words: (value) => String(value) },
  text: {
    saves: 'text',
    ways: null,
    read: (text) => {
      const value = text.trim().slice(0, LONGEST_ANSWER);
      return value === '' ? null : { band: 'accept', way: null, value, rest: null };
    },
    words: () => null,
  },
  task: {
    saves: 'text',
    ways: TASK_WAYS,
    read: (text, reading) => {
      const found = reader('task', ({ value }) => String(value))(text, reading);
      return found?.value === 'question' ? null : found;
    },
    words: (value, { replyBook, language }) => {
      const way = TASK_WAYS.find((one) => one === value);
      return way === undefined ? null : replyBook.means[language][way];
    },
  },
};

/** An answer that is a number between an author's limits. */
function figure(expects: 'number' | 'money', words: (value: number) => string): AnswerKind {
  return {
    saves: 'number',
    ways: null,
    read: (text, reading) => {
      const found = reader(expects)(text, reading);
      const value = Number(found?.value);
      return found !== null && value >= reading.atLeast && value <= reading.atMost ? found : null;
    },
    words: (value) => words(Number(value)),
  };
}

/** "$1,234" or "$1,234.50", as bills to mentees are written in both languages. */
function inDollars(value: number): string {
  const [whole = '', cents = ''] = value.toFixed(2).split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return cents === '00' ? `$${grouped}` : `$${grouped}.${cents}`;
}

/** "(213) 555-0121" for a number of the United States; any other as it is stored. */
function asDialled(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');
}

function reader(expects: Expectation, wayOf: (found: Understood) => string | null = () => null): AnswerKind['read'] {
  return (text, { replyBook, language, options, today }) => {
    const asked = { text, expects, language, options };
    // The day that "later" may name beside a task is asked for by a question of its own.
    const found = understand(replyBook, expects === 'task' ? asked : { ...asked, today });
    const { band, value, rest } = found;
    return band === 'unclear' || value === null ? null : { band, way: wayOf(found), value, rest };
  };
}

/** A plain yes or no to "Did you mean …?"; null for anything else: "I did it already" answers something new. */
export function readMeant(text: string, replyBook: ReplyBook): boolean | null {
  const { band, family } = readFamily(replyBook, text);
  if (band !== 'accept') return null;
  return family === 'yes' ? true : family === 'no' ? false : null;
}
