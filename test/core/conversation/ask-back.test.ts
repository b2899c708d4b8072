// "Did you mean …?": a likely answer waits in the state for a yes or a no, as plain JSON, and never counts by itself.

import { describe, expect, it } from 'vitest';
import { advance } from '../../../src/core/conversation/advance.ts';
import { startConversation } from '../../../src/core/conversation/start-conversation.ts';
import { compileFlow } from '../../../src/core/flow/compile.ts';
import type { Conversation } from '../../../src/core/model/conversation.ts';
import type { Effect } from '../../../src/core/model/effect.ts';
import type { ConversationEvent } from '../../../src/core/model/event.ts';
import { asConversationId, asMenteeId } from '../../../src/core/model/ids.ts';
import { maya } from '../flow/people.ts';

const NOW = Date.parse('2027-06-16T17:00:00Z');

function flowOf(ask: Record<string, unknown>) {
  const compiled = compileFlow({
    flow: 'example',
    about: 'For tests.',
    start: 'question',
    variables: { day: 'date' },
    steps: {
      question: {
        type: 'ask',
        text: { en: 'Question?', es: 'Pregunta?' },
        invalid: { text: { en: 'Again?', es: 'Otra vez?' }, tries: 1, next: 'mentor' },
        no_reply: { after: '2 days', next: 'mentor' },
        ...ask,
      },
      yes_step: { type: 'say', text: { en: 'Taken.', es: 'Tomado.' }, next: 'over' },
      other: { type: 'say', text: { en: 'The other.', es: 'Lo otro.' }, next: 'over' },
      mentor: { type: 'tell_mentor', reason: 'Needs a person.', next: 'over' },
      over: { type: 'end' },
    },
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.flow;
}

const TASK = {
  answer: 'task',
  on: { done: 'yes_step', not_yet: 'other', later: 'other', stuck: 'other', not_for_me: 'other', talk: 'other' },
};
const DATE = { answer: 'date', save_as: 'day', next: 'yes_step', also: { stuck: 'other' } };

/** What the bot says to each reply, with the state through JSON between turns. */
function play(ask: Record<string, unknown>, replies: readonly string[]) {
  const flow = flowOf(ask);
  let conversation: Conversation = startConversation({
    id: asConversationId('c1'),
    menteeId: asMenteeId('m1'),
    flow,
    task: 'fafsa_corrections',
  });
  const said: string[][] = [];
  let now = NOW;
  const turn = (event: ConversationEvent): void => {
    const result = advance(conversation, event, { flow, wording: flow, facts: maya, now });
    // Far enough from each other that no two are read together.
    now += 300_000;
    if (!result.ok) throw new Error(result.failure.reason);
    conversation = JSON.parse(JSON.stringify(result.conversation)) as Conversation;
    said.push(result.effects.flatMap(({ effect }) => wordsOf(effect)));
  };
  turn({ kind: 'started' });
  for (const text of replies) turn({ kind: 'reply_received', text });
  return { said: said.slice(1), conversation };
}

function wordsOf(effect: Effect): string[] {
  if (effect.kind === 'send_message') return [effect.text];
  return effect.kind === 'tell_mentor' ? ['mentor is told'] : [];
}

describe('asking back', () => {
  it('takes the likely answer after a yes, and passes on what else was written', () => {
    const { said, conversation } = play(DATE, ['end of the month. where do i sign?', 'yes']);
    expect(said).toEqual([['Did you mean: Wednesday, June 30? Reply YES or NO.'], ['mentor is told', 'Taken.']]);
    expect(conversation.variables).toEqual({ day: '2027-06-30' });
  });

  it('takes a thumb for a yes', () => {
    expect(play(TASK, ['\u{1F44D}', '\u{1F44D}']).said).toEqual([
      ['Did you mean: it is done? Reply YES or NO.'],
      ['Taken.'],
    ]);
  });

  it('asks anew after a no, and then goes to a person', () => {
    expect(play(TASK, ['i think so', 'no', 'asdf']).said).toEqual([
      ['Did you mean: it is done? Reply YES or NO.'],
      ['Again?'],
      ['mentor is told'],
    ]);
  });

  it('takes another answer instead of the yes or no', () => {
    expect(play(TASK, ['i think so', 'im stuck']).said[1]).toEqual(['The other.']);
    expect(play(DATE, ['end of the month', 'no, july 2']).conversation.variables).toEqual({ day: '2027-07-02' });
    expect(play(DATE, ['end of the month', 'friday']).conversation.variables).toEqual({ day: '2027-06-18' });
  });

  it('does not ask back twice in a row', () => {
    expect(play(DATE, ['end of the month', 'mid july']).said[1]).toEqual(['Again?']);
  });

  it('never asks whether a no was meant', () => {
    const yesNo = { answer: 'yes_no', on: { yes: 'yes_step', no: 'other' } };
    expect(play(yesNo, ['i dont think so']).said).toEqual([['Again?']]);
    expect(play(yesNo, ['i think so', 'no']).said[1]).toEqual(['The other.']);
  });

  it('keeps the likely answer as plain JSON, and a state from before has none', () => {
    const { conversation } = play(DATE, ['end of the month']);
    expect(conversation.waiting).toMatchObject({ meant: { way: null, value: '2027-06-30', rest: null } });
    expect(play(DATE, []).conversation.waiting).not.toHaveProperty('meant');
  });
});
