// The interpreter: what one event does to a conversation, what it leaves alone, and where it stops.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Advance, advance, STEP_LIMIT } from '../../../src/core/conversation/advance.ts';
import { startConversation } from '../../../src/core/conversation/start-conversation.ts';
import { compileFlow, restoreFlow } from '../../../src/core/flow/compile.ts';
import type { CompiledFlow } from '../../../src/core/flow/compiled-flow.ts';
import { RE_ASK_AFTER_MS } from '../../../src/core/flow/steps/ask.ts';
import type { Conversation, ConversationFacts } from '../../../src/core/model/conversation.ts';
import type { ConversationEvent } from '../../../src/core/model/event.ts';
import { asConversationId, asMenteeId } from '../../../src/core/model/ids.ts';
import { maya } from '../flow/people.ts';

const T0 = Date.parse('2027-06-16T17:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function source(words = 'Ready, {first_name}?') {
  const text = { en: words, es: 'Lista, {first_name}?' };
  const again = { en: 'Please say yes or no.', es: 'Di si o no, porfa.' };
  return {
    flow: 'example',
    about: 'For tests.',
    start: 'question',
    variables: { ready: 'yes_no', day: 'date' },
    steps: {
      question: {
        type: 'ask',
        text,
        answer: 'yes_no',
        save_as: 'ready',
        on: { yes: 'thanks', no: 'which_day' },
        invalid: { text: again, tries: 1, next: 'mentor' },
        no_reply: { after: '2 days', next: 'mentor' },
      },
      which_day: {
        type: 'ask',
        text: { en: 'Which day?', es: 'Que dia?' },
        answer: 'date',
        save_as: 'day',
        next: 'pause',
        invalid: { text: again, tries: 2, next: 'mentor' },
        no_reply: { after: '2 days', next: 'mentor' },
      },
      pause: { type: 'wait', until: 'day', at: '10:00', next: 'again' },
      // biome-ignore lint/suspicious/noThenProperty: authors write it, and nobody awaits a step.
      again: { type: 'repeat', times: 3, next: 'question', then: 'mentor' },
      thanks: {
        type: 'say',
        text: { en: 'Thanks, it is due {deadline}.', es: 'Gracias, es el {deadline}.' },
        next: 'done',
      },
      done: { type: 'task', status: 'done', next: 'over' },
      mentor: { type: 'tell_mentor', reason: 'Needs a person.', next: 'over' },
      over: { type: 'end' },
    },
  };
}

function flowOf(data: unknown): CompiledFlow {
  const compiled = compileFlow(data);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.flow;
}

const flow = flowOf(source());
const fresh = startConversation({
  id: asConversationId('c1'),
  menteeId: asMenteeId('m1'),
  flow,
  task: 'fafsa_corrections',
});

interface Turn {
  readonly event: ConversationEvent;
  readonly at: number;
}

const reply = (text: string, at = T0): Turn => ({ event: { kind: 'reply_received', text }, at });
const started: Turn = { event: { kind: 'started' }, at: T0 };
const timer = (name: 'wait' | 'no_reply', at: number): Turn => ({ event: { kind: 'timer_due', timer: name }, at });

const resumed = (at: number): Turn => ({ event: { kind: 'resumed' }, at });

function play(turns: readonly Turn[], facts: ConversationFacts = maya, first: Conversation = fresh): Advance[] {
  const results: Advance[] = [];
  let conversation = first;
  for (const { event, at } of turns) {
    const result = advance(conversation, event, { flow, wording: flow, facts, now: at });
    results.push(result);
    if (result.ok) conversation = JSON.parse(JSON.stringify(result.conversation)) as Conversation;
  }
  return results;
}

function last(turns: readonly Turn[], facts?: ConversationFacts): Advance & { ok: true } {
  const result = play(turns, facts).at(-1);
  if (!result?.ok) throw new Error(JSON.stringify(result));
  return result;
}

describe('advance', () => {
  it('asks, sets the timer for silence, and keys each effect by conversation, version and place', () => {
    const { conversation, effects } = last([started]);
    expect(conversation).toMatchObject({ version: 1, step: 'question', status: 'active' });
    expect(effects).toEqual([
      { key: 'c1:1:0', effect: { kind: 'send_message', text: 'Ready, Maya?' } },
      { key: 'c1:1:1', effect: { kind: 'set_timer', timer: 'no_reply', dueAt: T0 + 2 * DAY } },
    ]);
  });

  it('runs through several steps for one answer and ends', () => {
    const { conversation, effects, understood } = last([started, reply('yess!!')]);
    expect(conversation).toMatchObject({ version: 2, status: 'ended', waiting: null, variables: { ready: true } });
    expect(effects.map(({ effect }) => effect.kind)).toEqual(['clear_timer', 'send_message', 'change_task']);
    expect(effects[1]?.effect).toEqual({ kind: 'send_message', text: 'Thanks, it is due Thursday, July 15.' });
    expect(understood).toBe(true);
  });

  it('speaks Spanish, with the date in Spanish', () => {
    const spanish = { ...maya, mentee: { ...maya.mentee, language: 'es' as const } };
    const { effects } = last([started, reply('sí')], spanish);
    expect(effects[1]?.effect).toEqual({ kind: 'send_message', text: 'Gracias, es el jueves 15 de julio.' });
  });

  it('re-asks what it cannot read, says so, and gives up to a person', () => {
    const [, first, second] = play([started, reply('who is this'), reply('asdf', T0 + HOUR)]);
    expect(first).toMatchObject({ ok: true, understood: false, conversation: { step: 'question', version: 2 } });
    expect(second).toMatchObject({ ok: true, understood: false, conversation: { status: 'ended', version: 3 } });
  });

  it('asks an old question again when the bot may speak again, in full, and silence counts anew', () => {
    const at = T0 + 3 * DAY;
    const { conversation, effects, understood } = last([started, reply('who is this'), resumed(at)]);
    expect(conversation).toMatchObject({ version: 3, step: 'question', waiting: { askedAt: at, invalidReplies: 0 } });
    expect(effects).toEqual([
      { key: 'c1:3:0', effect: { kind: 'send_message', text: 'Ready, Maya?' } },
      { key: 'c1:3:1', effect: { kind: 'set_timer', timer: 'no_reply', dueAt: at + 2 * DAY } },
    ]);
    expect(understood).toBe(true);
  });

  it('asks again with the options as they were texted, though their wording is another one now', () => {
    const choices = (label: string) =>
      flowOf({
        flow: 'choices',
        about: 'For tests.',
        start: 'how',
        variables: { how: 'text' },
        steps: {
          how: {
            type: 'ask',
            text: { en: 'How is it going?', es: 'Como va?' },
            answer: 'choice',
            options: [
              { value: 'good', label: { en: label, es: 'Bien' } },
              { value: 'bad', label: { en: 'Badly', es: 'Mal' } },
            ],
            save_as: 'how',
            next: 'over',
            invalid: { text: { en: 'A or B, please.', es: 'A o B.' }, tries: 1, next: 'over' },
            no_reply: { after: '2 days', next: 'over' },
          },
          over: { type: 'end' },
        },
      });
    const pinned = choices('Well');
    const start = { id: asConversationId('c3'), menteeId: asMenteeId('m1'), flow: pinned, task: null };
    const at = { flow: pinned, facts: maya };
    const asked = advance(startConversation(start), { kind: 'started' }, { ...at, wording: pinned, now: T0 });
    if (!asked.ok) throw new Error('not asked');
    const wording = choices('Great');
    const again = advance(asked.conversation, { kind: 'resumed' }, { ...at, wording, now: T0 + DAY });
    expect(again).toMatchObject({ effects: [{ effect: { text: 'How is it going?\nA) Well\nB) Badly' } }, {}] });
  });

  it('waits until the day and asks again', () => {
    const friday = Date.parse('2027-06-18T17:00:00Z');
    const { conversation, effects } = last([started, reply('no'), reply('friday'), timer('wait', friday)]);
    expect(conversation).toMatchObject({
      step: 'question',
      version: 4,
      variables: { ready: false, day: '2027-06-18' },
    });
    expect(effects[0]).toEqual({ key: 'c1:4:0', effect: { kind: 'send_message', text: 'Ready, Maya?' } });
  });

  it.each([
    ['an event for a conversation that ended', [started, reply('yes'), reply('hello')]],
    ['a second start', [started, started]],
    ['a timer of the other kind', [started, timer('wait', T0 + 3 * DAY)]],
    ['a timer that rings too early', [started, timer('no_reply', T0 + DAY)]],
    ['a question of the last two hours when the bot may speak again', [started, resumed(T0 + RE_ASK_AFTER_MS)]],
    ['a wait for time when the bot may speak again', [started, reply('no'), reply('friday'), resumed(T0 + 3 * DAY)]],
    ['a conversation that ended, when the bot may speak again', [started, reply('yes'), resumed(T0 + 3 * DAY)]],
    ['a reply while nothing is asked', [started, reply('no'), reply('friday'), reply('ok cool')]],
    ['a reply before the start', [reply('hi')]],
  ])('changes nothing for %s, and says so', (_, turns) => {
    const before = turns.length === 1 ? fresh : last(turns.slice(0, -1)).conversation;
    const result = last(turns);
    expect(result).toEqual({ ok: true, conversation: before, effects: [], understood: false });
  });

  it('speaks the newest wording of the same structure', () => {
    const wording = flowOf(source('All set, {first_name}?'));
    expect(wording.structureHash).toBe(flow.structureHash);
    const result = advance(fresh, { kind: 'started' }, { flow, wording, facts: maya, now: T0 });
    expect(result).toMatchObject({ ok: true, effects: [{ effect: { text: 'All set, Maya?' } }, {}] });
  });

  it('fails on a flow with another structure', () => {
    const other = flowOf({ ...source(), flow: 'other' });
    expect(advance(fresh, { kind: 'started' }, { flow: other, wording: other, facts: maya, now: T0 }).ok).toBe(false);
  });

  it('fails without effects when a value is missing, and names step and value', () => {
    const result = play([started, reply('yes')], { ...maya, task: null });
    expect(result[1]).toEqual({ ok: false, failure: { step: 'thanks', reason: 'there is no value for {deadline}' } });
  });

  it('fails when the stored step is not in the flow', () => {
    const lost = { ...fresh, step: 'gone' };
    const result = advance(lost, { kind: 'started' }, { flow, wording: flow, facts: maya, now: T0 });
    expect(result).toEqual({ ok: false, failure: { step: 'gone', reason: 'the flow has no such step' } });
  });

  it('stops a flow that runs in circles at the limit', () => {
    const circle = restoreFlow({
      flow: 'circle',
      about: 'Never passes a check.',
      start: 'a',
      steps: {
        a: { type: 'say', text: { en: 'a', es: 'a' }, next: 'b' },
        b: { type: 'say', text: { en: 'b', es: 'b' }, next: 'a' },
      },
    });
    if (circle === null) throw new Error('not restored');
    const begun = startConversation({
      id: asConversationId('c2'),
      menteeId: asMenteeId('m1'),
      flow: circle,
      task: null,
    });
    const result = advance(begun, { kind: 'started' }, { flow: circle, wording: circle, facts: maya, now: T0 });
    expect(result).toMatchObject({ ok: false, failure: { reason: `more than ${STEP_LIMIT} steps for one event` } });
  });
});

const anyReply = fc.oneof(
  fc.constantFrom('yes', 'no', 'sip', 'friday', 'mañana', 'done', 'stuck', '???', '👍', 'later'),
  fc.string({ maxLength: 60, unit: 'grapheme' }),
);
const anyEvent: fc.Arbitrary<ConversationEvent> = fc.oneof(
  { weight: 4, arbitrary: anyReply.map((text): ConversationEvent => ({ kind: 'reply_received', text })) },
  fc.constantFrom<ConversationEvent>(
    { kind: 'timer_due', timer: 'wait' },
    { kind: 'timer_due', timer: 'no_reply' },
    { kind: 'resumed' },
  ),
);
const anyTurns = fc
  .array(fc.record({ event: anyEvent, gap: fc.integer({ min: 0, max: 4 * DAY }) }), { maxLength: 15 })
  .map((steps) => {
    let at = T0;
    return [
      started,
      ...steps.map(({ event, gap }): Turn => {
        at += gap;
        return { event, at };
      }),
    ];
  });

describe('advance, for any events', () => {
  it('replays to the same states, effects and keys, with JSON between turns or without', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        expect(play(turns)).toEqual(play(turns));
      }),
      { numRuns: 150 },
    );
  });

  it('counts each event that changed something, and gives no key twice', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        const results = play(turns).map((result) => {
          expect(result.ok).toBe(true);
          return result as Advance & { ok: true };
        });
        const versions = [0, ...results.map(({ conversation }) => conversation.version)];
        for (const [index, version] of versions.slice(1).entries()) {
          expect(version - (versions[index] ?? 0)).toBeOneOf([0, 1]);
        }
        const keys = results.flatMap(({ effects }) => effects.map(({ key }) => key));
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 150 },
    );
  });

  it('has state that survives JSON unchanged', () => {
    fc.assert(
      fc.property(anyTurns, (turns) => {
        for (const result of play(turns)) {
          if (result.ok) expect(JSON.parse(JSON.stringify(result.conversation))).toEqual(result.conversation);
        }
      }),
      { numRuns: 50 },
    );
  });
});
