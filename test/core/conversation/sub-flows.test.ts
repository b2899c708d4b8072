// Conversations that lead through called flows: inputs, results, values brought back, and words that change meanwhile.

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { advance } from '../../../src/core/conversation/advance.ts';
import { startConversation } from '../../../src/core/conversation/start-conversation.ts';
import { restoreFlow } from '../../../src/core/flow/compile.ts';
import type { CompiledFlow } from '../../../src/core/flow/compiled-flow.ts';
import { RE_ASK_AFTER_MS } from '../../../src/core/flow/steps/ask.ts';
import type { Conversation } from '../../../src/core/model/conversation.ts';
import type { ConversationEvent } from '../../../src/core/model/event.ts';
import { asConversationId, asMenteeId } from '../../../src/core/model/ids.ts';
import { maya } from '../flow/people.ts';
import { askAmount, bothBills, linked, outer } from '../flow/sub-flows.ts';

const T0 = Date.parse('2027-06-16T17:00:00Z');
const DAY = 24 * 3_600_000;

interface Told {
  readonly conversation: Conversation;
  readonly texts: readonly string[];
  readonly keys: readonly string[];
  readonly reasons: readonly string[];
}

function start(flow: CompiledFlow): Conversation {
  return startConversation({ id: asConversationId('c1'), menteeId: asMenteeId('m1'), flow, task: null });
}

/** Plays events one after the other, each an hour after the one before, with the state through JSON between two. */
function play(flow: CompiledFlow, events: readonly ConversationEvent[], wording = flow): Told {
  const facts = { ...maya, task: null };
  let told: Told = { conversation: start(flow), texts: [], keys: [], reasons: [] };
  for (const [index, event] of events.entries()) {
    const late = event.kind === 'timer_due' ? 3 * DAY : 0;
    const before = JSON.parse(JSON.stringify(told.conversation)) as Conversation;
    const result = advance(before, event, { flow, wording, facts, now: T0 + index * 3_600_000 + late });
    if (!result.ok) throw new Error(`${result.failure.step}: ${result.failure.reason}`);
    const effects = result.effects.map(({ effect }) => effect);
    told = {
      conversation: result.conversation,
      texts: [...told.texts, ...effects.flatMap((effect) => (effect.kind === 'send_message' ? [effect.text] : []))],
      keys: [...told.keys, ...result.effects.map(({ key }) => key)],
      reasons: [
        ...told.reasons,
        ...effects.flatMap((effect) => (effect.kind === 'tell_mentor' ? [effect.reason] : [])),
      ],
    };
  }
  return told;
}

const started: ConversationEvent = { kind: 'started' };
const says = (text: string): ConversationEvent => ({ kind: 'reply_received', text });
const silence: ConversationEvent = { kind: 'timer_due', timer: 'no_reply' };

const flow = linked('outer', askAmount(), bothBills, outer);
const ASK_HOUSING = 'How much is left for housing?';
const ASK_TUITION = 'How much is left for tuition?';

describe('a conversation within called flows', () => {
  it('stands at the step inside, with the inputs that it was given', () => {
    const { conversation, texts } = play(flow, [started]);
    expect(texts).toEqual(['Hi Maya.', ASK_HOUSING]);
    expect(conversation).toMatchObject({
      step: 'bills.housing.ask',
      waiting: { kind: 'reply' },
      variables: { 'bills.housing.label': 'housing' },
    });
  });

  it('comes back two levels up by the results, with the values that were saved', () => {
    const { conversation, texts } = play(flow, [started, says('430'), says('70')]);
    expect(texts).toEqual(['Hi Maya.', ASK_HOUSING, ASK_TUITION, 'Housing 430, tuition 70.', 'Thanks!']);
    expect(conversation).toMatchObject({
      status: 'ended',
      variables: { 'bills.rent': 430, 'bills.gap': 70, 'bills.tuition.amount': 70 },
    });
  });

  it('goes another way by another result', () => {
    expect(play(flow, [started, says('1500')]).texts.slice(2)).toEqual(['Housing 1500 is a lot.', 'Thanks!']);
  });

  it('goes on by next for a result without a line, and without a result', () => {
    const unknown = play(flow, [started, says('purple'), says('still purple')]);
    expect(unknown.texts.slice(2)).toEqual(['A number please, for housing.', 'Thanks!']);
    expect(unknown.reasons).toContain('Has an open bill.');
    const silent = play(flow, [started, says('430'), silence]);
    expect(silent.texts.slice(2)).toEqual([ASK_TUITION, 'Thanks!']);
    expect(silent.conversation.status).toBe('ended');
    expect(silent.reasons).toEqual([]);
  });

  it('gives the same keys when the same events are played again', () => {
    const events = [started, says('430'), says('70')];
    const { keys, conversation } = play(flow, events);
    expect(new Set(keys).size).toBe(keys.length);
    expect(play(flow, events)).toMatchObject({ keys, conversation });
  });

  it('is played on by the definition that was stored, without what is published', () => {
    const restored = restoreFlow(JSON.parse(JSON.stringify(flow.source)));
    if (restored === null) throw new Error('not restored');
    const events = [started, says('430'), says('70')];
    expect(play(restored, events)).toEqual(play(flow, events));
  });

  it('speaks the newest words of a called flow', () => {
    const wording = linked('outer', askAmount('What is open for {label}?'), bothBills, outer);
    expect(play(flow, [started], wording).texts).toEqual(['Hi Maya.', 'What is open for housing?']);
  });

  it('is not advanced by a flow whose called flow has another structure', () => {
    const changed = JSON.parse(JSON.stringify(askAmount()).replace('2 days', '3 days'));
    expect(() => play(flow, [started], linked('outer', changed, bothBills, outer))).toThrow(/another structure/);
  });

  it('asks an old question inside again when the bot may speak again', () => {
    const { conversation } = play(flow, [started, says('430')]);
    const now = T0 + 3_600_000 + RE_ASK_AFTER_MS + 1;
    const result = advance(conversation, { kind: 'resumed' }, { flow, wording: flow, facts: maya, now });
    expect(result).toMatchObject({
      ok: true,
      conversation: { step: 'bills.tuition.ask' },
      effects: [{ effect: { kind: 'send_message', text: ASK_TUITION } }, { effect: { kind: 'set_timer' } }],
    });
  });

  it('ends the whole conversation when it is called off inside', () => {
    const { conversation } = play(flow, [started, { kind: 'called_off', why: 'task_removed' }]);
    expect(conversation).toMatchObject({ status: 'ended', waiting: null });
  });

  it('tells whoever watches each step by its qualified name, the call once more when it is left', () => {
    const { conversation } = play(flow, [started, says('430')]);
    const seen: string[] = [];
    const watch = ({ step, event, outcome }: { step: string; event: { kind: string } | null; outcome: object }) => {
      seen.push(`${step} ${event?.kind ?? 'entered'} ${'kind' in outcome ? String(outcome.kind) : ''}`);
    };
    advance(conversation, says('70'), { flow, wording: flow, facts: maya, now: T0 + DAY, watch });
    expect(seen).toEqual([
      'bills.tuition.ask reply_received go',
      'bills.tuition.big entered go',
      'bills.tuition.small entered end',
      'bills.tuition returned go',
      'bills.sum entered go',
      'bills.over entered end',
      'bills returned go',
      'thanks entered go',
      'over entered end',
    ]);
  });
});

describe('a flow that is called in a loop', () => {
  const round = {
    flow: 'round',
    about: 'Asks until it is a small amount.',
    start: 'again',
    variables: { last: 'number' },
    steps: {
      again: parse('{ type: repeat, times: 2, next: ask, then: over }'),
      ask: {
        type: 'call',
        flow: 'ask-amount',
        with: { label: 'rent' },
        save: { last: 'amount' },
        on: { small: 'over' },
        next: 'again',
      },
      over: { type: 'end' },
    },
  };
  const looping = linked('round', askAmount(), round);

  it('begins each round with its inputs alone', () => {
    const { conversation } = play(looping, [started, says('1500')]);
    expect(conversation).toMatchObject({ status: 'active', step: 'ask.ask' });
    expect(conversation.variables).toMatchObject({ last: 1500, 'ask.label': 'rent' });
    expect(conversation.variables).not.toHaveProperty(['ask.amount']);
  });

  it('keeps what was saved before when a later round has nothing to save', () => {
    const { conversation } = play(looping, [started, says('1500'), silence]);
    expect(conversation).toMatchObject({ status: 'ended', variables: { last: 1500 } });
  });
});
