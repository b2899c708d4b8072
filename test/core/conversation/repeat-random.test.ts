// Steps of a conversation over time: loops that end, experiments that stay what they were, and what is kept of both.

import { describe, expect, it } from 'vitest';
import { advance } from '../../../src/core/conversation/advance.ts';
import { startConversation } from '../../../src/core/conversation/start-conversation.ts';
import { compileFlow } from '../../../src/core/flow/compile.ts';
import type { CompiledFlow } from '../../../src/core/flow/compiled-flow.ts';
import type { Conversation } from '../../../src/core/model/conversation.ts';
import { asConversationId, asMenteeId } from '../../../src/core/model/ids.ts';
import { maya } from '../flow/people.ts';

const T0 = Date.parse('2027-06-16T17:00:00Z');
const DAY = 24 * 3_600_000;

function problemsOf(steps: Record<string, unknown>): string[] {
  const compiled = compileFlow(dataOf(steps));
  return compiled.ok ? [] : compiled.problems.map(({ message }) => message);
}

function dataOf(steps: Record<string, unknown>) {
  return {
    flow: 'example',
    about: 'For tests.',
    start: 'first',
    variables: { tone: 'text' },
    steps: { ...steps, over: { type: 'end' } },
  };
}

function flowOf(steps: Record<string, unknown>): CompiledFlow {
  const compiled = compileFlow(dataOf(steps));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.flow;
}

const say = (words: string, next: string) => ({ type: 'say', text: { en: words, es: words }, next });
const pause = (next: string) => ({ type: 'wait', for: '1 day', next });
const repeat = (times: number, next: string, enough: string) =>
  Object.fromEntries([
    ['type', 'repeat'],
    ['times', times],
    ['next', next],
    ['then', enough],
  ]);

/** Lets all its waits pass, with the state through JSON between turns, and gives what was said. */
function runThrough(flow: CompiledFlow, menteeId = 'm1'): { said: string[]; conversation: Conversation } {
  const said: string[] = [];
  let conversation: Conversation = startConversation({
    id: asConversationId('c1'),
    menteeId: asMenteeId(menteeId),
    flow,
    task: null,
  });
  for (let day = 0; conversation.status === 'active' && day < 100; day += 1) {
    const event = day === 0 ? ({ kind: 'started' } as const) : ({ kind: 'timer_due', timer: 'wait' } as const);
    const result = advance(conversation, event, { flow, wording: flow, facts: maya, now: T0 + day * DAY });
    if (!result.ok) throw new Error(result.failure.reason);
    for (const { effect } of result.effects) if (effect.kind === 'send_message') said.push(effect.text);
    conversation = JSON.parse(JSON.stringify(result.conversation)) as Conversation;
  }
  return { said, conversation };
}

describe('a loop with a repeat', () => {
  it('comes to an end, and its count is nought again', () => {
    const flow = flowOf({ first: say('ping', 'rest'), rest: pause('again'), again: repeat(3, 'first', 'over') });
    const { said, conversation } = runThrough(flow);
    expect(said).toEqual(['ping', 'ping', 'ping', 'ping']);
    expect(conversation).toMatchObject({ status: 'ended', variables: { '#again': 0 } });
  });

  it('inside another one counts anew each time', () => {
    const flow = flowOf({
      first: say('outer', 'inner'),
      inner: say('inner', 'rest'),
      rest: pause('again_inner'),
      again_inner: repeat(2, 'inner', 'again_outer'),
      again_outer: repeat(1, 'first', 'over'),
    });
    expect(runThrough(flow).said.join(' ')).toBe('outer inner inner inner outer inner inner inner');
  });
});

describe('a loop without a limit is refused', () => {
  const endless = (name: string) => [`"${name}" leads back to itself without a limit`];
  const ask = (next: string) => ({
    type: 'ask',
    text: { en: 'Ready?', es: 'Lista?' },
    answer: 'yes_no',
    on: { yes: 'over', no: next },
    invalid: { text: { en: 'Again?', es: 'Otra vez?' }, tries: 1, next: 'over' },
    no_reply: { after: '2 days', next: 'over' },
  });

  it.each([
    ['through a question', { first: ask('first') }],
    ['through a pause', { first: ask('rest'), rest: pause('first') }],
    ['through a wait for a day', { first: ask('rest'), rest: { type: 'wait', until: '2027-07-01', next: 'first' } }],
    ['through a branch', { first: ask('look'), look: branch('first') }],
    ['through the way out of a repeat', { first: ask('again'), again: repeat(2, 'over', 'first') }],
    ['through two repeats that lead to each other', { first: repeat(2, 'over', 'b'), b: repeat(2, 'over', 'first') }],
  ])('%s', (_, steps) => expect(problemsOf(steps)).toEqual(endless('first')));

  it('and one with a limit but without a pause, which would text somebody over and over in one minute', () => {
    const steps = { first: say('ping', 'again'), again: repeat(3, 'first', 'over') };
    expect(problemsOf(steps)).toEqual(['"first" leads back to itself without a pause']);
  });

  it('and one beside a loop that has a limit', () => {
    const steps = { first: ask('again'), again: repeat(2, 'first', 'next'), next: ask('rest'), rest: pause('next') };
    expect(problemsOf(steps)).toEqual(endless('next'));
  });
});

function branch(next: string) {
  return { type: 'branch', on: 'language', cases: [{ is: 'es', next }], else: 'over' };
}

describe('an experiment', () => {
  const experiment = (order: readonly string[]) => ({
    type: 'random',
    experiment: 'greeting',
    variants: Object.fromEntries(order.map((name) => [name, { next: name }])),
    save_as: 'tone',
  });
  const flow = flowOf({
    first: experiment(['warm', 'short']),
    warm: say('warm', 'shown'),
    short: say('short', 'shown'),
    shown: say('It was {tone}.', 'over'),
  });
  const other = flowOf({
    first: pause('pick'),
    pick: experiment(['short', 'warm']),
    warm: say('warm', 'over'),
    short: say('short', 'over'),
  });

  it('gives a mentee the same variant in every flow and every time, and keeps it in the state', () => {
    const variants = Array.from({ length: 40 }, (_, index) => {
      const { said, conversation } = runThrough(flow, `mentee-${index}`);
      const [variant = ''] = said;
      expect(said).toEqual([variant, `It was ${variant}.`]);
      expect(conversation.variables).toEqual({ tone: variant, '#experiment:greeting': variant });
      expect(runThrough(flow, `mentee-${index}`)).toEqual({ said, conversation });
      expect(runThrough(other, `mentee-${index}`).said).toEqual([variant]);
      return variant;
    });
    expect(new Set(variants).size).toBe(2);
  });
});
