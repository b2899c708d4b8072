// Author tests as they are played: usual values, what is compared, what an update writes, and which ways were taken.

import { describe, expect, it } from 'vitest';
import { openingOf, playCase } from '../../../src/core/conversation/play-case.ts';
import { localStamp } from '../../../src/core/conversation/play-clock.ts';
import { coverageOf, percentOf } from '../../../src/core/conversation/play-coverage.ts';
import type { FlowTestCase, FlowTestTurn } from '../../../src/core/flow/flow-test-schema.ts';
import { caseOf, surroundings } from './play-people.ts';

const around = surroundings();
const OPENING = 'Maya, is your bill paid by Thursday, July 1?';

function differences(turns: FlowTestTurn[], rest: Partial<FlowTestCase> = {}) {
  return playCase(caseOf(turns, rest), around).differences.map(({ about, expected, got }) => [about, expected, got]);
}

describe('who a case is about', () => {
  it('is Maya, in English, with the mentor Ana, a week before the deadline, when the case says nothing', () => {
    const { facts, now } = openingOf({}, around);
    expect(facts.mentee).toEqual({
      firstName: 'Maya',
      language: 'en',
      timeZone: 'America/Los_Angeles',
      college: 'Cal State LA',
    });
    expect(facts.mentor).toEqual({ firstName: 'Ana' });
    expect(facts.task).toMatchObject({ key: 'bill', status: 'not_started', deadlineOn: '2027-07-01' });
    expect(localStamp(now, 'America/Los_Angeles')).toBe('2027-06-24 10:00');
  });

  it('is whom the case names', () => {
    const head = {
      first_name: 'Luz',
      language: 'es',
      college: 'UCLA',
      mentor: 'none',
      time_zone: 'America/Denver',
      today: '2027-05-03',
      at: '18:30',
      task: 'other',
      deadline: '2027-08-02',
      status: 'stuck',
    } as const;
    const { facts, now } = openingOf(head, around);
    expect(facts.mentee).toEqual({ firstName: 'Luz', language: 'es', timeZone: 'America/Denver', college: 'UCLA' });
    expect(facts.mentor).toBeNull();
    expect(facts.task).toMatchObject({ key: 'other', title: 'other (es)', status: 'stuck', deadlineOn: '2027-08-02' });
    expect(localStamp(now, 'America/Denver')).toBe('2027-05-03 18:30');
  });

  it('has no task when the case says none', () => expect(openingOf({ task: 'none' }, around).facts.task).toBeNull());
});

describe('a case that holds', () => {
  it('finds no difference in texts, task, mentor, escalation, timers, variables and end', () => {
    const turns: FlowTestTurn[] = [
      { expect: OPENING, timers: { no_reply: '2027-06-26 10:00' }, ends: false },
      { wait: '1 day', nothing: true },
      {
        reply: 'nope',
        expect: ['Thanks.'],
        task: 'stuck',
        mentor: 'Look at the bill.',
        escalation: 'moderate',
        remembers: { is_paid: false },
        timers: 'none',
        ends: true,
      },
      { until: 'friday', nothing: true },
    ];
    expect(differences(turns)).toEqual([]);
  });

  it('rings a timer on the way, at its own time', () => {
    const turns: FlowTestTurn[] = [{ wait: '9 days', expect: [], task: 'stuck', escalation: 'moderate', ends: true }];
    expect(differences(turns)).toEqual([]);
  });

  it('reads several texts in a row as one burst, and single ones five minutes apart', () => {
    expect(differences([{ replies: ['hm', 'well'], expect: 'Yes or no?', ends: false }])).toEqual([]);
    const apart: FlowTestTurn[] = [
      { reply: 'hm', expect: 'Yes or no?' },
      { reply: 'well', expect: 'Thanks.', escalation: 'moderate', ends: true },
    ];
    expect(differences(apart)).toEqual([]);
  });

  it('gives later steps the status that an earlier one set', () => {
    expect(differences([{ reply: 'yes', expect: 'Thanks.', ends: true }], { status: 'done' })).toEqual([]);
  });
});

describe('a case that does not hold', () => {
  it.each<[string, FlowTestTurn[], unknown[]]>([
    ['another text', [{ expect: 'Hi.' }], ['expect', 'Hi.', OPENING]],
    ['a text too few', [{ expect: [OPENING, 'Bye.'] }], ['expect', 'Bye.', 'nothing']],
    ['a text too many', [{ expect: [] }], ['expect', 'nothing', OPENING]],
    ['a task that stays', [{ expect: OPENING, task: 'done' }], ['task', 'done', 'nothing']],
    ['another day', [{ expect: OPENING, again_on: '2027-06-30' }], ['again_on', '2027-06-30', 'nothing']],
    ['another timer', [{ timers: 'none' }], ['timers', 'nothing', 'no_reply 2027-06-26 10:00']],
    ['a mentor not told', [{ mentor: 'Call.' }], ['mentor', 'Call.', 'nothing']],
    ['a case not opened', [{ escalation: 'high' }], ['escalation', 'high', 'nothing']],
    ['a case nobody named', [{ wait: '2 days', task: 'stuck' }], ['escalation', 'nothing', 'moderate']],
    ['another value', [{ remembers: { is_paid: true } }], ['remembers', 'true', 'nothing']],
    ['an end too soon', [{ ends: true }], ['ends', 'true', 'false']],
    ['something', [{ nothing: true }], ['nothing', 'nothing', OPENING]],
    ['a past day', [{ until: '2027-06-01' }], ['until', '2027-06-01', expect.stringContaining('past')]],
    ['no moment', [{ until: 'soon' }], ['until', 'soon', expect.stringContaining('not a moment')]],
  ])('names %s', (_, turns, found) => expect(differences(turns)).toEqual([found]));

  it('names a flow that cannot go on, and the step', () => {
    const [found] = differences([{ expect: OPENING }], { task: 'none' });
    expect(found).toEqual(['flow', 'it runs', expect.stringMatching(/^ask_bill: /)]);
  });

  it('goes on after a difference, so that one run shows all', () => {
    const found = differences([{ expect: 'Hi.' }, { reply: 'yes', expect: 'Bye.', escalation: 'moderate' }]);
    expect(found.map(([about]) => about)).toEqual(['expect', 'expect']);
  });
});

describe('what an update writes', () => {
  const rewrites = (turns: FlowTestTurn[]) => playCase(caseOf(turns), around).rewrites;

  it('is nothing for a case that holds', () => expect(rewrites([{ expect: OPENING }])).toEqual([]));

  it('is only the keys that differ', () => {
    const turns: FlowTestTurn[] = [
      { expect: 'Hi.', ends: false },
      { reply: 'yes', task: 'done', escalation: 'moderate' },
    ];
    expect(rewrites(turns)).toEqual([
      { path: ['turns', 0, 'expect'], value: OPENING },
      { path: ['turns', 1, 'task'], value: 'stuck' },
    ]);
  });

  it('is everything for a case of replies alone, with a turn for the opening', () => {
    expect(rewrites([{ wait: '1 day' }, { reply: 'yes' }])).toEqual([
      { path: ['turns', 0], value: { expect: OPENING }, inserts: true },
      { path: ['turns', 0, 'nothing'], value: true },
      { path: ['turns', 1, 'expect'], value: 'Thanks.' },
      { path: ['turns', 1, 'task'], value: 'stuck' },
      { path: ['turns', 1, 'mentor'], value: 'Look at the bill.' },
      { path: ['turns', 1, 'escalation'], value: 'moderate' },
      { path: ['turns', 1, 'ends'], value: true },
    ]);
  });

  it('takes out what is expected and never came', () => {
    expect(rewrites([{ expect: OPENING, task: 'done' }])).toEqual([{ path: ['turns', 0, 'task'], value: undefined }]);
  });

  it('puts what happened in the place of "nothing"', () => {
    expect(rewrites([{ nothing: true }])).toEqual([
      { path: ['turns', 0, 'nothing'], value: undefined },
      { path: ['turns', 0, 'expect'], value: OPENING },
    ]);
  });
});

describe('the ways that were taken', () => {
  const waysOf = (...turns: FlowTestTurn[]) =>
    playCase(caseOf(turns), around).ways.map(({ step, way }) => `${step} ${way}`);

  it.each([
    ['yes', 'ask_bill on.yes'],
    ['no', 'ask_bill on.no'],
    ['can someone call me?', 'ask_bill also.talk'],
  ])('"%s" takes %s, though all lead to one step', (reply, way) => expect(waysOf({ reply })[0]).toBe(way));

  it('tell a second text that cannot be read from an answer, and count no way for the first', () => {
    expect(waysOf({ reply: 'hm' })).toEqual([]);
    expect(waysOf({ reply: 'hm' }, { reply: 'well' })[0]).toBe('ask_bill invalid.next');
  });

  it('count only the reading that counted when texts are tried together', () => {
    expect(
      waysOf({ reply: 'hm' }, { replies: ['well', 'yes'] }).filter((way) => way.startsWith('ask_bill')),
    ).toHaveLength(1);
  });

  it('go on through steps that do not wait', () => {
    const on = ['mark next', 'tell next', 'open next'];
    expect(waysOf({ wait: '3 days' })).toEqual(['ask_bill no_reply.next', ...on]);
    expect(waysOf({ reply: 'yes' })).toEqual(['ask_bill on.yes', 'thank next', 'look else', ...on]);
  });

  it('are counted beside those that no case takes', () => {
    const { flow } = around;
    const ways = ['yes', 'can someone call me?'].flatMap((reply) => playCase(caseOf([{ reply }]), around).ways);
    const [coverage] = coverageOf([flow], [{ flow, ways }]);
    expect(coverage).toEqual({
      flow: 'bill',
      branches: 11,
      covered: 7,
      missing: [
        { step: 'ask_bill', way: 'on.no' },
        { step: 'ask_bill', way: 'invalid.next' },
        { step: 'ask_bill', way: 'no_reply.next' },
        { step: 'look', way: 'cases.0.next' },
      ],
    });
    expect(coverage && percentOf(coverage)).toBe(63);
  });
});
