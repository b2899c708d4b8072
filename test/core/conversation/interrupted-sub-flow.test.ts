// Questions inside a called flow: they come back after an interruption, take late answers, and their loops are limited, as
// if they stood in the calling one.

import { describe, expect, it } from 'vitest';
import { advance } from '../../../src/core/conversation/advance.ts';
import { startConversation } from '../../../src/core/conversation/start-conversation.ts';
import { compileFlow } from '../../../src/core/flow/compile.ts';
import type { CompiledFlow } from '../../../src/core/flow/compiled-flow.ts';
import type { Conversation } from '../../../src/core/model/conversation.ts';
import type { Effect } from '../../../src/core/model/effect.ts';
import type { ConversationEvent } from '../../../src/core/model/event.ts';
import { asConversationId, asMenteeId } from '../../../src/core/model/ids.ts';
import { maya } from '../flow/people.ts';

const T0 = Date.parse('2027-06-16T17:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const text = (words: string) => ({ en: words, es: words });
const invalid = (next: string) => ({ text: text('Again?'), tries: 1, next });

const place = {
  flow: 'place',
  about: 'Asks where they live; twice when nobody answers.',
  start: 'where',
  variables: { place: 'text' },
  steps: {
    where: {
      type: 'ask',
      text: text('Where?'),
      answer: 'choice',
      options: [
        { value: 'campus', label: text('Dorm') },
        { value: 'home', label: text('At home') },
      ],
      save_as: 'place',
      next: 'told',
      invalid: invalid('silent'),
      no_reply: { after: '2 days', next: 'again' },
    },
    // biome-ignore lint/suspicious/noThenProperty: authors write it, and nobody awaits a step.
    again: { type: 'repeat', times: 1, next: 'where', then: 'silent' },
    told: { type: 'end', result: 'told' },
    silent: { type: 'end', result: 'silent' },
  },
};

const caller = {
  flow: 'caller',
  about: 'For tests.',
  start: 'find_out',
  variables: { gap: 'number' },
  steps: {
    find_out: { type: 'call', flow: 'place', on: { told: 'noted', silent: 'how_much' } },
    how_much: {
      type: 'ask',
      text: text('How much?'),
      answer: 'number',
      save_as: 'gap',
      next: 'over',
      invalid: invalid('over'),
      no_reply: { after: '2 days', next: 'over' },
    },
    noted: { type: 'say', text: text('Noted.'), next: 'over' },
    over: { type: 'end' },
  },
};

function compiled(data: unknown, library?: ReadonlyMap<string, CompiledFlow>): CompiledFlow {
  const result = compileFlow(data, library);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.flow;
}

const flow = compiled(caller, new Map([['place', compiled(place)]]));

function play(turns: readonly (readonly [number, ConversationEvent])[]) {
  let conversation: Conversation = startConversation({
    id: asConversationId('c1'),
    menteeId: asMenteeId('m1'),
    flow,
    task: null,
  });
  let effects: Effect[] = [];
  for (const [at, event] of turns) {
    const result = advance(conversation, event, { flow, wording: flow, facts: maya, now: T0 + at });
    if (!result.ok) throw new Error(`${result.failure.step}: ${result.failure.reason}`);
    conversation = JSON.parse(JSON.stringify(result.conversation)) as Conversation;
    effects = result.effects.map(({ effect }) => effect);
  }
  return { conversation, said: effects.flatMap((effect) => (effect.kind === 'send_message' ? [effect.text] : [])) };
}

const started = [0, { kind: 'started' }] as const;
const silence = (at: number) => [at, { kind: 'timer_due', timer: 'no_reply' }] as const;
const reply = (at: number, words: string) => [at, { kind: 'reply_received', text: words }] as const;

describe('a question inside a called flow', () => {
  it('is asked again when it is old and the bot may speak again, and takes its answer', () => {
    const turns = [started, [3 * HOUR, { kind: 'resumed' }]] as const;
    expect(play(turns)).toMatchObject({
      said: ['Where?\nA) Dorm\nB) At home'],
      conversation: { step: 'find_out.where' },
    });
    expect(play([...turns, reply(4 * HOUR, 'b')]).said).toEqual(['Noted.']);
  });

  it('is asked as often as its own repeat says, which counts within the call', () => {
    const once = play([started, silence(2 * DAY)]);
    expect(once).toMatchObject({ said: ['Where?\nA) Dorm\nB) At home'] });
    expect(once.conversation.variables).toEqual({ 'find_out.#again': 1 });
    expect(play([started, silence(2 * DAY), silence(4 * DAY)]).said).toEqual(['How much?']);
  });

  it('takes a late answer after its flow has returned, and returns anew with another result', () => {
    const left = [started, silence(2 * DAY), silence(4 * DAY)] as const;
    const { conversation, said } = play([...left, reply(5 * DAY, 'at home')]);
    expect(said).toEqual(['Noted.']);
    expect(conversation).toMatchObject({ status: 'ended', step: 'over', unanswered: null });
    expect(play([...left, reply(5 * DAY, '400')]).conversation.variables).toMatchObject({ gap: 400 });
  });

  it('takes a late answer after everything has ended', () => {
    const ended = [
      started,
      silence(2 * DAY),
      silence(4 * DAY),
      reply(5 * DAY, 'lol'),
      reply(5 * DAY + HOUR, 'asdf'),
    ] as const;
    expect(play(ended).conversation.status).toBe('ended');
    expect(play([...ended, reply(6 * DAY, 'dorm')]).said).toEqual(['Noted.']);
  });

  it('remembers what was no answer yet, and reads it with the next text', () => {
    const { conversation } = play([started, reply(1000, 'i want the')]);
    expect(conversation).toMatchObject({ step: 'find_out.where', waiting: { heard: { texts: ['i want the'] } } });
    expect(play([started, reply(1000, 'i want the'), reply(9000, 'dorm')]).said).toEqual(['Noted.']);
  });
});
