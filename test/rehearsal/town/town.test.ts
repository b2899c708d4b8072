// The town of a rehearsed year: who lives there, how they answer, what is written down, and the page that is drawn of it.

import segments from 'sms-segments-calculator';
import { describe, expect, it } from 'vitest';
import { createAgenda } from '../../../src/rehearsal/town/agenda.ts';
import { createLedger, type SentText, spreadOf } from '../../../src/rehearsal/town/ledger.ts';
import { buildTown, HABITS, type TownMentee } from '../../../src/rehearsal/town/people.ts';
import { createRandom } from '../../../src/rehearsal/town/random.ts';
import { replyTo } from '../../../src/rehearsal/town/replies.ts';
import { countSegments } from '../../../src/rehearsal/town/segments.ts';

describe('who lives there', () => {
  it('gives each habit its share of a hundred, and every phone once, from the range kept for fiction', () => {
    expect(HABITS.reduce((sum, { share }) => sum + share, 0)).toBe(100);
    const town = buildTown(300, createRandom(7));
    for (const { habit, share } of HABITS) {
      expect(town.mentees.filter((mentee) => mentee.habit === habit)).toHaveLength(share * 3);
    }
    const phones = [...town.mentees, ...town.mentors, ...town.counselors, ...town.staff].map(({ phone }) => phone);
    expect(new Set(phones).size).toBe(phones.length);
    for (const phone of phones) expect(phone).toMatch(/^\+1\d{3}55501\d\d$/);
    expect(phones).not.toContain(town.freshPhone());
  });

  it('is the same town for the same seed, and another one for another', () => {
    const people = (seed: number) => buildTown(40, createRandom(seed)).mentees;
    expect(people(7)).toEqual(people(7));
    expect(people(7)).not.toEqual(people(8));
  });
});

describe('how they answer', () => {
  const someone = (habit: TownMentee['habit']): TownMentee => {
    const found = buildTown(300, createRandom(7)).mentees.find((mentee) => mentee.habit === habit);
    if (found === undefined) throw new Error(`nobody is ${habit}`);
    return found;
  };
  const question = { answer: 'task', options: [], isConfirming: false };
  const answered = (habit: TownMentee['habit'], times = 400) => {
    const random = createRandom(3);
    const mentee = someone(habit);
    return Array.from({ length: times }, () =>
      replyTo(mentee, { body: 'Is it in?', question, byPerson: false }, random),
    );
  };
  const HOUR = 3_600_000;

  it('has the prompt answer within two hours, the slow not before eight, and the silent hardly ever', () => {
    const delays = (habit: TownMentee['habit']) => answered(habit).flatMap(([first]) => (first ? [first.afterMs] : []));
    expect(Math.max(...delays('prompt'))).toBeLessThanOrEqual(2 * HOUR);
    expect(Math.min(...delays('slow'))).toBeGreaterThanOrEqual(8 * HOUR);
    expect(delays('silent').length).toBeLessThan(50);
    expect(delays('prompt').length).toBeGreaterThan(330);
  });

  it('answers what is asked: a day, a letter, an amount, a code that was sent', () => {
    const random = createRandom(5);
    const mentee = someone('prompt');
    const reply = (answer: string, options: string[] = [], body = 'Which?') =>
      Array.from({ length: 60 }, () =>
        replyTo(mentee, { body, question: { answer, options, isConfirming: false }, byPerson: false }, random),
      ).flatMap(([first]) => (first ? [first.body] : []));
    expect(
      reply('choice', ['on campus', 'at home']).filter((body) => /^(?:[ab12]|on campus|at home)$/i.test(body)).length,
    ).toBeGreaterThan(40);
    expect(reply('money').some((body) => body.startsWith('$'))).toBe(true);
    expect(replyTo(mentee, { body: 'Your code is 4821', question: null, byPerson: false }, random)[0]?.body).toBe(
      '4821',
    );
  });

  it('puts two things into one text, or sends two, when somebody is chatty', () => {
    const replies = answered('chatty');
    expect(replies.some((list) => list.length === 2)).toBe(true);
    expect(replies.some((list) => list.length === 1 && (list[0]?.body ?? '').includes('?'))).toBe(true);
  });
});

it('takes deeds in the order of their time, and those of one time as they were added', () => {
  const agenda = createAgenda<string>();
  for (const [at, deed] of [
    [5, 'c'],
    [1, 'a'],
    [9, 'e'],
    [5, 'd'],
    [2, 'b'],
  ] as const)
    agenda.add(at, deed);
  const taken: string[] = [];
  for (let deed = agenda.take(8); deed !== null; deed = agenda.take(8)) taken.push(deed);
  expect(taken).toEqual(['a', 'b', 'c', 'd']);
  expect(agenda.nextAt()).toBe(9);
});

describe('what is written down', () => {
  const sent = (change: Partial<SentText>): SentText => ({
    at: 0,
    on: '2027-06-07',
    mentee: 0,
    kind: 'nudge',
    task: 'housing_form',
    segments: 1,
    asks: null,
    ...change,
  });

  it('adds up weeks, the busiest day, crowded days, and questions that nobody answered', () => {
    const ledger = createLedger((on) => (on < '2027-06-14' ? '2027-06-07' : '2027-06-14'));
    const asks = { flow: 'nudge-housing-form', step: 'ask_status' };
    ledger.sent(sent({ asks }));
    ledger.sent(sent({ kind: 'introduction', segments: 2 }));
    ledger.heard(0);
    ledger.sent(sent({ mentee: 1, asks }));
    ledger.sent(sent({ mentee: 1, on: '2027-06-15', asks }));
    ledger.sent(sent({ mentee: 1, on: '2027-06-15' }));
    const figures = ledger.figures();
    expect(figures.weeks.map(({ week, total }) => [week, total])).toEqual([
      ['2027-06-07', 3],
      ['2027-06-14', 2],
    ]);
    expect(figures.busiestDay).toEqual({ on: '2027-06-07', total: 3 });
    expect(figures.crowded).toEqual([{ on: '2027-06-15', mentees: 1 }]);
    expect(figures.questions).toEqual([{ ...asks, asked: 3, unanswered: 2 }]);
    expect(figures.segments).toBe(6);
    expect(ledger.unaskedOf(3, '2027-06-01', '2027-06-30')).toEqual([1, 3, 0]);
    expect(ledger.unaskedOf(3, '2027-06-08', '2027-06-30')).toEqual([0, 2, 0]);
  });

  it('tells many numbers by five', () => {
    expect(spreadOf([5, 1, 4, 2, 3])).toEqual({ count: 5, min: 1, p10: 1, median: 3, p90: 5, max: 5 });
    expect(spreadOf([])).toEqual({ count: 0, min: 0, p10: 0, median: 0, p90: 0, max: 0 });
  });

  it.each(['short', 'x'.repeat(160), 'x'.repeat(161), 'x'.repeat(307), 'mañana', 'día', 'á'.repeat(71), '[x]', '👍'])(
    'counts segments as the calculator does: %s',
    (text) => {
      expect(countSegments(text)).toBe(new segments.SegmentedMessage(text).segmentsCount);
    },
  );
});
