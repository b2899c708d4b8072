// Several texts in a row: read together when none alone is surely the answer, and asked back for once.

import { describe, expect, it } from 'vitest';
import { advance } from '../../../src/core/conversation/advance.ts';
import { LONGEST_PART, MOST_TEXTS, TOGETHER_MS } from '../../../src/core/conversation/read-reply.ts';
import { startConversation } from '../../../src/core/conversation/start-conversation.ts';
import { compileFlow } from '../../../src/core/flow/compile.ts';
import type { Conversation } from '../../../src/core/model/conversation.ts';
import type { ConversationEvent } from '../../../src/core/model/event.ts';
import { asConversationId, asMenteeId } from '../../../src/core/model/ids.ts';
import { maya } from '../flow/people.ts';

const T0 = Date.parse('2027-06-16T17:00:00Z');
const SECONDS = 1000;

const text = (words: string) => ({ en: words, es: words });

function flowOf(ask: Record<string, unknown>) {
  const compiled = compileFlow({
    flow: 'example',
    about: 'For tests.',
    start: 'question',
    variables: { day: 'date', phone: 'text' },
    steps: {
      question: {
        type: 'ask',
        text: text('Question?'),
        invalid: { text: text('Again?'), tries: 1, next: 'mentor' },
        no_reply: { after: '2 days', next: 'mentor' },
        ...ask,
      },
      done: { type: 'say', text: text('Done.'), next: 'over' },
      other: { type: 'say', text: text('The other.'), next: 'over' },
      mentor: { type: 'tell_mentor', reason: 'Needs a person.', next: 'over' },
      over: { type: 'end' },
    },
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.flow;
}

const TASK = {
  answer: 'task',
  on: { done: 'done', not_yet: 'other', later: 'other', stuck: 'other', not_for_me: 'other', talk: 'other' },
};
const DATE = { answer: 'date', save_as: 'day', next: 'done', also: { stuck: 'other' } };
const PHONE = { answer: 'phone', save_as: 'phone', next: 'done', also: { stuck: 'other' } };

/** What is texted after each reply; they come `gap` apart, twenty seconds if nothing else is said. */
function play(ask: Record<string, unknown>, replies: readonly string[], gap = 20 * SECONDS) {
  const flow = flowOf(ask);
  let conversation: Conversation = startConversation({
    id: asConversationId('c1'),
    menteeId: asMenteeId('m1'),
    flow,
    task: null,
  });
  let now = T0;
  const said: string[][] = [];
  const turn = (event: ConversationEvent): void => {
    const result = advance(conversation, event, { flow, wording: flow, facts: maya, now });
    if (!result.ok) throw new Error(result.failure.reason);
    conversation = JSON.parse(JSON.stringify(result.conversation)) as Conversation;
    now += gap;
    said.push(
      result.effects.flatMap(({ effect }) =>
        effect.kind === 'send_message' ? [effect.text] : effect.kind === 'tell_mentor' ? ['mentor is told'] : [],
      ),
    );
  };
  turn({ kind: 'started' });
  for (const reply of replies) turn({ kind: 'reply_received', text: reply });
  return { said: said.slice(1), conversation };
}

describe('texts in a row', () => {
  it.each([
    ['a date in two halves', DATE, ['aug', '15'], { day: '2027-08-15' }],
    ['a phone number', PHONE, ['213 555', '0121'], { phone: '+12135550121' }],
  ])('are read together: %s', (_, ask, replies, variables) => {
    expect(play(ask, replies).conversation.variables).toEqual(variables);
  });

  it('are one answer though the last alone would be the contrary', () => {
    expect(play(TASK, ['im not', 'done']).said).toEqual([['Again?'], ['The other.']]);
  });

  it('are read together also with what came before the last two', () => {
    expect(play(TASK, ['ok so', 'its', 'done']).said.at(-1)).toEqual(['Done.']);
  });

  it('leave a clear text alone: what came before is no second thought of it', () => {
    expect(play(TASK, ['who is this', 'done']).said).toEqual([['Again?'], ['Done.']]);
  });

  it('are asked back for once, and use up one try', () => {
    const { said, conversation } = play(TASK, ['who is this', 'lol', 'what', 'hm']);
    expect(said).toEqual([['Again?'], [], [], []]);
    expect(conversation).toMatchObject({ version: 5, waiting: { invalidReplies: 1 } });
    expect(conversation.waiting).toMatchObject({ heard: { texts: ['who is this', 'lol', 'what', 'hm'] } });
  });

  it('are two texts when two minutes lie between them', () => {
    expect(play(TASK, ['who is this', 'lol'], TOGETHER_MS).said).toEqual([['Again?'], []]);
    expect(play(TASK, ['who is this', 'lol'], TOGETHER_MS + 1).said).toEqual([['Again?'], ['mentor is told']]);
  });

  it('never ask back for a guess in the same moment, and a yes or no to the first is heard as one', () => {
    expect(play(TASK, ['i think so', 'asdf']).said).toEqual([['Did you mean: it is done? Reply YES or NO.'], []]);
    expect(play(TASK, ['i think so', 'yes']).said[1]).toEqual(['Done.']);
    expect(play(TASK, ['i think so', 'no']).said[1]).toEqual(['Again?']);
  });

  it('are remembered only so far: then the bot asks again', () => {
    const many = Array.from({ length: MOST_TEXTS + 1 }, (_, index) => `hm ${'x'.repeat(index)}`);
    const { said } = play(TASK, many);
    expect(said.flat()).toEqual(['Again?', 'mentor is told']);
    expect(said.at(-1)).toEqual(['mentor is told']);
  });

  it('hold no letter: a long text is part of nothing, and its words are not kept', () => {
    const letter = `${'so '.repeat(LONGEST_PART / 3)} so my`;
    const { conversation } = play(DATE, ['aug', letter, '15']);
    expect(JSON.stringify(conversation.waiting)).not.toContain('so so');
    expect(conversation.variables).not.toEqual({ day: '2027-08-15' });
  });

  it('are forgotten with the answer', () => {
    const { conversation } = play(DATE, ['aug', '15']);
    expect(JSON.stringify(conversation)).not.toContain('aug"');
  });
});
