// Whose question a text answers: one that was left for want of a reply still takes its answer, also after the end, and
// never one that the open question takes, that is a guess, or that comes too late.

import { describe, expect, it } from 'vitest';
import { type Advance, advance } from '../../../src/core/conversation/advance.ts';
import { callOffConversation } from '../../../src/core/conversation/call-off-conversation.ts';
import { LATE_ANSWER_MS } from '../../../src/core/conversation/read-reply.ts';
import { startConversation } from '../../../src/core/conversation/start-conversation.ts';
import { compileFlow } from '../../../src/core/flow/compile.ts';
import type { Conversation } from '../../../src/core/model/conversation.ts';
import type { ConversationEvent } from '../../../src/core/model/event.ts';
import { asConversationId, asMenteeId } from '../../../src/core/model/ids.ts';
import { maya } from '../flow/people.ts';

const T0 = Date.parse('2027-06-16T17:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const text = (words: string) => ({ en: words, es: words });
const rest = (next: string) => ({
  invalid: { text: text('Again?'), tries: 1, next: 'mentor' },
  no_reply: { after: '2 days', next },
});

/** Where to live, then how much is left, then a pause, then the end: every one of them on silence too. */
function flowOf(label = 'Dorm', kind: Record<string, unknown> = {}) {
  const compiled = compileFlow({
    flow: 'example',
    about: 'For tests.',
    start: 'where',
    variables: { where: 'text', gap: 'number' },
    steps: {
      where: {
        type: 'ask',
        text: text('Where?'),
        answer: 'choice',
        options: [
          { value: 'campus', label: text(label) },
          { value: 'home', label: text('At home') },
        ],
        save_as: 'where',
        next: 'noted',
        ...rest('how_much'),
        ...kind,
      },
      how_much: {
        type: 'ask',
        text: text('How much?'),
        answer: 'number',
        save_as: 'gap',
        next: 'noted',
        ...rest('pause'),
      },
      pause: { type: 'wait', for: '3 days', next: 'over', also: { stuck: 'mentor' } },
      noted: { type: 'say', text: text('Noted.'), next: 'later' },
      later: { type: 'wait', for: '1 day', next: 'over' },
      mentor: { type: 'tell_mentor', reason: 'Needs a person.', next: 'over' },
      over: { type: 'end' },
    },
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.flow;
}

const started: ConversationEvent = { kind: 'started' };
const silence: ConversationEvent = { kind: 'timer_due', timer: 'no_reply' };
const waited: ConversationEvent = { kind: 'timer_due', timer: 'wait' };
const reply = (words: string): ConversationEvent => ({ kind: 'reply_received', text: words });

type Turn = readonly [at: number, event: ConversationEvent];

const LEFT: readonly Turn[] = [
  [0, started],
  [2 * DAY, silence],
];
const PAUSED: readonly Turn[] = [...LEFT, [4 * DAY, silence]];
const ENDED: readonly Turn[] = [...PAUSED, [7 * DAY, waited]];

function play(turns: readonly Turn[], flow = flowOf(), wording = flow): (Advance & { ok: true })[] {
  let conversation: Conversation = startConversation({
    id: asConversationId('c1'),
    menteeId: asMenteeId('m1'),
    flow,
    task: null,
  });
  return turns.map(([at, event]) => {
    const result = advance(conversation, event, { flow, wording, facts: maya, now: T0 + at });
    if (!result.ok) throw new Error(result.failure.reason);
    conversation = JSON.parse(JSON.stringify(result.conversation)) as Conversation;
    return result;
  });
}

function last(turns: readonly Turn[], flow?: ReturnType<typeof flowOf>, wording?: ReturnType<typeof flowOf>) {
  const result = play(turns, flow, wording).at(-1);
  if (result === undefined) throw new Error('no turn');
  return result;
}

describe('a late answer', () => {
  it('lands on its own question while another one is open, and the conversation goes on from there', () => {
    const { conversation, effects, understood } = last([...LEFT, [3 * DAY, reply('home')]]);
    expect(understood).toBe(true);
    expect(conversation).toMatchObject({ step: 'later', version: 3, variables: { where: 'home' }, unanswered: null });
    expect(conversation.variables).not.toHaveProperty('gap');
    expect(effects).toEqual([
      { key: 'c1:3:0', effect: { kind: 'clear_timer', timer: 'wait' } },
      { key: 'c1:3:1', effect: { kind: 'clear_timer', timer: 'no_reply' } },
      { key: 'c1:3:2', effect: { kind: 'send_message', text: 'Noted.' } },
      { key: 'c1:3:3', effect: { kind: 'set_timer', timer: 'wait', dueAt: T0 + 4 * DAY } },
    ]);
  });

  it('is not taken from the open question that can read it', () => {
    const { conversation } = last([...LEFT, [3 * DAY, reply('430')]]);
    expect(conversation).toMatchObject({ variables: { gap: 430 }, unanswered: null });
    // "2" is an option of the first question too.
    expect(last([...LEFT, [3 * DAY, reply('2')]]).conversation.variables).toEqual({ gap: 2 });
  });

  it('lands on the question left last while the conversation waits for time, and replaces its timer', () => {
    const { conversation, effects } = last([...PAUSED, [5 * DAY, reply('430')]]);
    expect(conversation).toMatchObject({ step: 'later', variables: { gap: 430 } });
    expect(effects.map(({ effect }) => effect)).toContainEqual({ kind: 'clear_timer', timer: 'wait' });
  });

  it('is not taken from a pause that says where it leads', () => {
    expect(last([...PAUSED, [5 * DAY, reply('im stuck')]]).conversation).toMatchObject({
      status: 'ended',
      step: 'over',
    });
  });

  it('makes a conversation that ended the running one again', () => {
    expect(play(ENDED).at(-1)?.conversation).toMatchObject({ status: 'ended', version: 4 });
    const { conversation } = last([...ENDED, [8 * DAY, reply('430')]]);
    expect(conversation).toMatchObject({ status: 'active', step: 'later', version: 5, variables: { gap: 430 } });
  });

  it('is in time for fourteen days after its question was left, and not a moment longer', () => {
    const left = 4 * DAY;
    const at = (ms: number) => last([...ENDED, [left + ms, reply('430')]]);
    expect(at(LATE_ANSWER_MS).understood).toBe(true);
    const tooLate = at(LATE_ANSWER_MS + 1);
    expect(tooLate.effects).toEqual([]);
    expect(tooLate.conversation.version).toBe(4);
  });

  it('is never a guess: what is only likely changes nothing', () => {
    expect(last([...ENDED, [8 * DAY, reply('not sure, maybe 400ish')]]).conversation.version).toBe(4);
    expect(last([...ENDED, [8 * DAY, reply('ok thanks')]]).conversation.version).toBe(4);
  });

  it('of a question for any words is none: they may mean anything', () => {
    const words = { answer: 'text', options: undefined };
    const left = last([...LEFT, [3 * DAY, reply('at my aunts place')]], flowOf('Dorm', words));
    expect(left.conversation).toMatchObject({ step: 'how_much', waiting: { invalidReplies: 1 } });
  });

  it('keeps the meaning its options had when they were texted', () => {
    const pinned = flowOf('Dorm');
    const wording = flowOf('Residence hall');
    expect(last([...LEFT, [3 * DAY, reply('dorm')]], pinned).conversation.variables).toEqual({ where: 'campus' });
    const asked = play(LEFT, pinned).at(-1)?.conversation;
    if (asked === undefined) throw new Error('not asked');
    const now = T0 + 3 * DAY;
    const result = advance(asked, reply('dorm'), { flow: pinned, wording, facts: maya, now });
    expect(result).toMatchObject({ ok: true, conversation: { variables: { where: 'campus' } } });
  });

  it('is taken once: the memory is gone with it, and with any answer that was understood', () => {
    const turns: Turn[] = [...LEFT, [3 * DAY, reply('home')]];
    const again = last([...turns, [3 * DAY + HOUR, reply('dorm')]]);
    expect(again.conversation.variables).toEqual({ where: 'home' });
    const answered: Turn[] = [...LEFT, [3 * DAY, reply('430')]];
    expect(last([...answered, [3 * DAY + HOUR, reply('home')]]).conversation.variables).toEqual({ gap: 430 });
  });

  it('that is none leaves the open question to ask again', () => {
    const { conversation, effects } = last([...LEFT, [3 * DAY, reply('who is this')]]);
    expect(conversation).toMatchObject({ step: 'how_much', unanswered: { step: 'where' } });
    expect(effects[0]?.effect).toEqual({ kind: 'send_message', text: 'Again?' });
  });

  it('finds nothing in a conversation that the house ended', () => {
    const left = play(LEFT).at(-1)?.conversation;
    if (left === undefined) throw new Error('not left');
    const { conversation } = callOffConversation(left, 'deadline_changed');
    const flow = flowOf();
    const result = advance(conversation, reply('home'), { flow, wording: flow, facts: maya, now: T0 + 3 * DAY });
    expect(result).toMatchObject({ ok: true, effects: [], conversation: { status: 'ended' } });
  });

  it('finds nothing in a conversation that was stored before late answers were taken', () => {
    const ended = play(ENDED).at(-1)?.conversation;
    const flow = flowOf();
    if (ended === undefined) throw new Error('not ended');
    const old = { ...ended, unanswered: null };
    const result = advance(old, reply('430'), { flow, wording: flow, facts: maya, now: T0 + 8 * DAY });
    expect(result).toEqual({ ok: true, conversation: old, effects: [], understood: false });
  });
});
