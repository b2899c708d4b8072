// Reading replies: each table holds what mentees really type, with what a person would make of it.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { builtInReplies } from '../../../src/core/language/built-in-replies.ts';
import { formatDate } from '../../../src/core/language/format-date.ts';
import { readChoice as chosen } from '../../../src/core/language/read-choice.ts';
import { readDate as dated } from '../../../src/core/language/read-date.ts';
import { readNumber as numbered } from '../../../src/core/language/read-number.ts';
import { understand } from '../../../src/core/language/understand.ts';
import type { AskedOption } from '../../../src/core/model/conversation.ts';

/** What is taken at once; what would be asked back counts as not read. */
function readTaskAnswer(text: string) {
  const { band, family, rest } = understand(builtInReplies(), { text, expects: 'task', language: 'en' });
  return band === 'accept' && family !== 'question' ? { family, rest } : null;
}
function readYesNo(text: string) {
  const { band, value, rest } = understand(builtInReplies(), { text, expects: 'yes_no', language: 'en' });
  return band === 'accept' ? { yes: value === true, rest } : null;
}
const accepted = <Read extends { readonly band: string }>(read: Read | null) => (read?.band === 'accept' ? read : null);
const readNumber = (text: string) => accepted(numbered(text))?.value ?? null;
const readChoice = (text: string, options: readonly AskedOption[]) => accepted(chosen(text, options))?.value ?? null;
const readDate = (text: string, today: string) => accepted(dated(text, today))?.date ?? null;

const table = (name: string) => parse(readFileSync(new URL(`./${name}.yaml`, import.meta.url), 'utf8'));
const lists = (name: string): [string, string][] =>
  Object.entries<string[]>(table(name)).flatMap(([family, texts]) =>
    texts.map((text): [string, string] => [String(text), family]),
  );

describe('replies to a nudge', () => {
  it.each(lists('task-replies'))('%j is %s', (text, family) => {
    expect(readTaskAnswer(text)?.family ?? 'unclear').toBe(family);
  });

  it.each([
    ['done! also when is orientation?', 'done', 'also when is orientation?'],
    ['Ya lo hice. Cuando es la orientacion?', 'done', 'Cuando es la orientacion?'],
    ['not yet. do i need my moms taxes?', 'not_yet', 'do i need my moms taxes?'],
  ])('%j keeps both halves', (text, family, rest) => {
    expect(readTaskAnswer(text)).toEqual({ family, rest });
  });

  it.each(['done. jk', 'done! not really tho', 'yes. no wait', 'done. but i never sent it'])(
    '%j takes the first half back, so nothing is read',
    (text) => expect(readTaskAnswer(text)).toBeNull(),
  );
});

describe('replies to a yes/no question', () => {
  it.each(lists('yes-no-replies'))('%j is %s', (text, wanted) => {
    const found = readYesNo(text);
    expect(found === null ? 'unclear' : found.yes ? 'yes' : 'no').toBe(wanted);
  });
});

describe('replies with a number', () => {
  const { read, likely, unclear } = table('number-replies') as {
    read: Record<string, number>;
    likely: Record<string, number>;
    unclear: string[];
  };
  it.each(Object.entries(likely))('%j is asked back as %d', (text, value) =>
    expect(numbered(text)).toEqual({ band: 'confirm', value }),
  );
  it.each(Object.entries(read))('%j is %d', (text, value) => expect(readNumber(text)).toBe(value));
  it.each(unclear)('%j is no number', (text) => expect(readNumber(String(text))).toBeNull());
});

describe('replies with a day', () => {
  const { today, read, likely, unclear } = table('date-replies') as {
    today: string;
    likely: Record<string, string>;
    read: Record<string, string>;
    unclear: string[];
  };
  it.each(Object.entries(likely))('%j is asked back as %s', (text, date) =>
    expect(dated(text, today)).toEqual({ band: 'confirm', date }),
  );
  it.each(Object.entries(read))('%j is %s', (text, day) => expect(readDate(text, today)).toBe(day));
  it.each(unclear)('%j is no day', (text) => expect(readDate(String(text), today)).toBeNull());
});

describe('replies to a choice', () => {
  const options = [
    { value: 'dorm', label: 'In a dorm' },
    { value: 'home', label: 'At home' },
    { value: 'unsure', label: 'Not sure yet' },
  ];
  it.each([
    ['a', 'dorm'],
    ['A', 'dorm'],
    ['A)', 'dorm'],
    ['(b)', 'home'],
    ['B.', 'home'],
    ['option b', 'home'],
    ['la b', 'home'],
    ['1', 'dorm'],
    ['#2', 'home'],
    ['number 3', 'unsure'],
    ['the second one', 'home'],
    ['la primera', 'dorm'],
    ['in a dorm', 'dorm'],
    ['at home', 'home'],
    ['At home please', 'home'],
    ['living at home', 'home'],
    ['b at home', 'home'],
    ['not sure yet', 'unsure'],
    ['a please', 'dorm'],
    ['B thanks!', 'home'],
    ['I think b', 'home'],
  ])('%j is %s', (text, value) => expect(readChoice(text, options)).toBe(value));
  it.each(['d', '4', '0', 'not at home', 'a or b', 'in a dorm or at home', 'a?', 'idk', '', 'ab', 'b in a dorm'])(
    '%j is none of them',
    (text) => expect(readChoice(text, options)).toBeNull(),
  );
});

describe('days in words', () => {
  it.each([
    ['2027-07-01', 'en', 'Thursday, July 1'],
    ['2027-07-01', 'es', 'jueves 1 de julio'],
    ['2027-06-16', 'es', 'miércoles 16 de junio'],
  ] as const)('%s in %s is %s', (day, language, words) => expect(formatDate(day, language)).toBe(words));
});
