// The observer of a rehearsed year: each thing that must never happen is planted, and is seen once.

import { describe, expect, it } from 'vitest';
import { CHECKS, type Check, createObserver, type HandedText } from '../../../src/rehearsal/town/observer.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** A Monday in June, ten in the morning in California. */
const MONDAY_10 = Date.parse('2027-06-07T10:00:00-07:00');

function text(change: Partial<HandedText> = {}): HandedText {
  return {
    at: MONDAY_10,
    phone: '+12135550121',
    body: 'Maya, the college wants your housing form by Friday. Is it in?',
    messageClass: 'nudge',
    isIntroduction: false,
    language: 'en',
    timeZone: 'America/Los_Angeles',
    taskStatus: 'in_progress',
    consent: { state: 'active', at: MONDAY_10 - 30 * DAY },
    inReplyToAt: null,
    asks: 'conversation1',
    otherOpenQuestions: 0,
    ...change,
  };
}

function look(...texts: HandedText[]): Readonly<Record<Check, number>> {
  const observer = createObserver({ weeklyCap: 2 });
  for (const one of texts) observer.look(one);
  return observer.tally().violations;
}

const NOTHING = Object.fromEntries(CHECKS.map((check) => [check, 0]));
const only = (check: Check) => ({ ...NOTHING, [check]: 1 });

describe('what must never happen', () => {
  it('is nothing about a nudge by day to somebody who agreed', () => {
    expect(look(text())).toEqual(NOTHING);
  });

  it.each([
    ['sends_on_done_tasks', { taskStatus: 'done' }],
    ['sends_on_done_tasks', { taskStatus: 'not_applicable' }],
    ['sends_on_expired_facts', { factsExpired: true }],
    ['sends_to_opted_out', { consent: { state: 'opted_out', at: MONDAY_10 - DAY } }],
    ['sends_in_quiet_hours', { at: Date.parse('2027-06-07T08:59:59-07:00') }],
    ['sends_in_quiet_hours', { at: Date.parse('2027-06-07T20:00:00-07:00') }],
    ['sends_in_quiet_hours', { at: Date.parse('2027-06-06T11:59:00-07:00') }],
    ['sends_in_quiet_hours', { at: MONDAY_10, timeZone: 'Pacific/Honolulu' }],
    ['second_open_question', { otherOpenQuestions: 1 }],
    ['wrong_language', { language: 'es' }],
    ['wrong_language', { body: 'Maya, el colegio pide tu forma de vivienda para el viernes. ¿Ya la mandaste?' }],
  ] as const)('%s is seen: %o', (check, change) => {
    expect(look(text(change))).toEqual(only(check));
  });

  it('sees the third unasked text of a week, and not one that is a week later', () => {
    const on = (days: number, change: Partial<HandedText> = {}) => text({ at: MONDAY_10 + days * DAY, ...change });
    expect(look(on(0), on(2), on(4))).toEqual(only('sends_over_weekly_cap'));
    expect(look(on(0), on(2), on(7))).toEqual(NOTHING);
    expect(look(on(0), on(2), on(4, { isIntroduction: true }))).toEqual(NOTHING);
    expect(look(on(0), on(2), on(4, { phone: '+12135550122' }))).toEqual(NOTHING);
  });

  it('lets an answer pass by night for ten minutes, and sees the one after', () => {
    const at = Date.parse('2027-06-07T23:00:00-07:00');
    const answer = { messageClass: 'answer', taskStatus: 'done', at } as const;
    expect(look(text({ ...answer, inReplyToAt: at - 10 * MINUTE }))).toEqual(NOTHING);
    expect(look(text({ ...answer, inReplyToAt: at - 11 * MINUTE }))).toEqual(only('sends_in_quiet_hours'));
    expect(look(text({ ...answer, messageClass: 'safety_reply' }))).toEqual(NOTHING);
  });
});

describe('somebody who has left', () => {
  const phone = '+12135550121';
  const confirmation = (at: number) =>
    text({ at, phone, messageClass: 'keyword_answer', taskStatus: null, asks: null });

  it('gets one confirmation within five minutes, and nothing else, whatever the ledger of the house says', () => {
    const observer = createObserver({ weeklyCap: 2 });
    observer.noteMeant(phone, 'stop', MONDAY_10);
    observer.look(confirmation(MONDAY_10 + MINUTE));
    expect(observer.tally().violations.sends_to_opted_out).toBe(0);
    observer.look(confirmation(MONDAY_10 + 2 * MINUTE));
    observer.look(text({ at: MONDAY_10 + DAY }));
    observer.look(text({ at: MONDAY_10 + DAY, messageClass: 'human_text', taskStatus: null }));
    expect(observer.tally().violations.sends_to_opted_out).toBe(3);
    expect(observer.violations().map(({ messageClass }) => messageClass)).toEqual([
      'keyword_answer',
      'nudge',
      'human_text',
    ]);
  });

  it('gets no confirmation after five minutes', () => {
    const observer = createObserver({ weeklyCap: 2 });
    observer.noteMeant(phone, 'stop', MONDAY_10);
    observer.look(confirmation(MONDAY_10 + 6 * MINUTE));
    expect(observer.tally().violations.sends_to_opted_out).toBe(1);
  });

  it('is texted again once they are back', () => {
    const observer = createObserver({ weeklyCap: 2 });
    observer.noteMeant(phone, 'stop', MONDAY_10);
    observer.noteMeant(phone, 'start', MONDAY_10 + DAY);
    observer.look(text({ at: MONDAY_10 + 2 * DAY }));
    expect(observer.tally().violations.sends_to_opted_out).toBe(0);
  });
});

it('counts what it has looked at, and facts only once there are any', () => {
  const observer = createObserver({ weeklyCap: 2 });
  observer.look(text());
  observer.look(text({ messageClass: 'answer', inReplyToAt: MONDAY_10, asks: null }));
  expect(observer.tally().checked).toEqual({
    sends_on_done_tasks: 1,
    sends_on_expired_facts: 0,
    sends_to_opted_out: 2,
    sends_in_quiet_hours: 2,
    sends_over_weekly_cap: 1,
    second_open_question: 1,
    wrong_language: 2,
  });
});
