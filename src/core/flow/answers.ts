// The kinds of answer that an `ask` can want: which ways each leads to, what it saves, and how a reply is read as one.
// Reading itself is core/language; when a reply is not surely an answer, it is none.

import { readChoice } from '../language/read-choice.ts';
import { readDate } from '../language/read-date.ts';
import { readTaskAnswer, readYesNo, TASK_FAMILIES } from '../language/read-family.ts';
import { readNumber } from '../language/read-number.ts';
import type { AskedOption, FlowValue } from '../model/conversation.ts';
import type { VariableType } from './facts.ts';

/** Kinds of answer, as authors write them. */
export const ANSWER_TYPES = ['yes_no', 'choice', 'number', 'date', 'text', 'task'] as const;
export type AnswerType = (typeof ANSWER_TYPES)[number];

/** A reply read as an answer. `way` is its key under `on`; `rest` is what else the mentee wrote, for a person to read. */
export interface Answer {
  readonly way: string | null;
  readonly value: FlowValue;
  readonly rest: string | null;
}

/** What reading a reply needs: the options as texted, the mentee's local date, and an author's limits for a number. */
interface Reading {
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
  readonly read: (text: string, reading: Reading) => Answer | null;
}

const whole = (value: FlowValue | null, way: string | null = null): Answer | null =>
  value === null ? null : { way, value, rest: null };

/** How each kind is read. */
export const ANSWERS: Record<AnswerType, AnswerKind> = {
  yes_no: {
    saves: 'yes_no',
    ways: ['yes', 'no'],
    read: (text) => {
      const found = readYesNo(text);
      return found && { way: found.yes ? 'yes' : 'no', value: found.yes, rest: found.rest };
    },
  },
  choice: {
    saves: 'text',
    ways: null,
    read: (text, { options }) => {
      const value = readChoice(text, options);
      return whole(value, value);
    },
  },
  number: {
    saves: 'number',
    ways: null,
    read: (text, { atLeast, atMost }) => {
      const value = readNumber(text);
      return value !== null && value >= atLeast && value <= atMost ? whole(value) : null;
    },
  },
  date: {
    saves: 'date',
    ways: null,
    read: (text, { today, lastDay }) => {
      const day = readDate(text, today());
      return day !== null && lastDay !== null && day > lastDay ? null : whole(day);
    },
  },
  text: { saves: 'text', ways: null, read: (text) => whole(text.trim().slice(0, LONGEST_ANSWER) || null) },
  task: {
    saves: 'text',
    ways: TASK_FAMILIES,
    read: (text) => {
      const found = readTaskAnswer(text);
      return found && { way: found.family, value: found.family, rest: found.rest };
    },
  },
};
