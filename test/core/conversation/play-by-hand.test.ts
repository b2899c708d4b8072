// A play by hand: moves, steps back, and the case that is made of it, which holds when it is played again.

import { describe, expect, it } from 'vitest';
import {
  addIn,
  asCase,
  beginByHand,
  type HandPlay,
  jumpIn,
  lastOf,
  sayIn,
  standingOf,
  transcriptOf,
  undoIn,
} from '../../../src/core/conversation/play-by-hand.ts';
import { playCase } from '../../../src/core/conversation/play-case.ts';
import { readFlowTests } from '../../../src/core/flow/flow-test-schema.ts';
import { surroundings } from './play-people.ts';

const around = surroundings();
const begun = (): HandPlay => beginByHand({ language: 'es' }, around);
const jumped = (play: HandPlay, wait: string): HandPlay => {
  const next = jumpIn(play, { wait });
  if (typeof next === 'string') throw new Error(next);
  return next;
};

describe('a play by hand', () => {
  it('shows what the mentee gets and what comes of it, with local time', () => {
    expect(transcriptOf(lastOf(begun()))).toEqual([
      '2027-06-24 10:00  bot: Maya, is your bill (es) paid by jueves 1 de julio? (es)',
      '2027-06-24 10:00  (waits until 2027-06-26 10:00)',
    ]);
    expect(transcriptOf(lastOf(sayIn(begun(), 'sip')))).toEqual([
      '2027-06-24 10:05  bot: Thanks. (es)',
      '2027-06-24 10:05  task is stuck',
      '2027-06-24 10:05  mentor is told: Look at the bill.',
      '2027-06-24 10:05  case is opened (moderate): The bill is open.',
      '2027-06-24 10:05  (the conversation is over)',
    ]);
  });

  it('goes back to exactly where it was, and never before its opening', () => {
    const one = sayIn(begun(), 'hm');
    expect(undoIn(sayIn(one, 'sip'))).toEqual(one);
    expect(undoIn(undoIn(undoIn(one)))).toEqual(begun());
  });

  it('says why it cannot jump, and stays', () => {
    expect(jumpIn(begun(), { wait: 'two days' })).toMatch(/^not a duration/);
    expect(jumpIn(begun(), { until: '2027-06-01' })).toMatch(/past/);
  });

  it('shows where it stands', () => {
    expect(standingOf(lastOf(begun()).state)).toEqual([
      '2027-06-24 10:00, at the step ask_bill',
      '  task bill: not_started, due 2027-07-01',
      '  timer no_reply: 2027-06-26 10:00',
    ]);
    expect(standingOf(lastOf(sayIn(begun(), 'no')).state)).toContain('  is_paid: false');
  });
});

describe('a play by hand as a case', () => {
  const played = addIn(sayIn(jumped(begun(), '1 day'), 'hm'), 'sip');
  const written = asCase(played, 'played');

  it('holds each move with all that came of it', () => {
    expect(written).toMatchObject({
      name: 'played',
      language: 'es',
      turns: [
        { expect: 'Maya, is your bill (es) paid by jueves 1 de julio? (es)' },
        { wait: '1 day', nothing: true },
        { replies: ['hm', 'sip'], expect: ['Yes or no? (es)', 'Thanks. (es)'], task: 'stuck', ends: true },
      ],
    });
  });

  it('is a case without mistakes, and holds', () => {
    const known = { variables: ['is_paid'], inputs: [], tasks: ['bill'], mayBeEmpty: false };
    const { cases, problems } = readFlowTests({ cases: [written] }, known);
    expect(problems).toEqual([]);
    expect(cases.flatMap((one) => playCase(one, around).differences)).toEqual([]);
  });
});
