// What a new structure means for those who stand on an older one, and how they are taken along.

import { describe, expect, it } from 'vitest';
import { advance } from '../../../src/core/conversation/advance.ts';
import { planMove } from '../../../src/core/conversation/plan-move.ts';
import { startConversation } from '../../../src/core/conversation/start-conversation.ts';
import { compileFlow } from '../../../src/core/flow/compile.ts';
import type { CompiledFlow } from '../../../src/core/flow/compiled-flow.ts';
import type { Conversation, FlowValue } from '../../../src/core/model/conversation.ts';
import type { ConversationEvent, MoveTarget } from '../../../src/core/model/event.ts';
import { asConversationId, asMenteeId } from '../../../src/core/model/ids.ts';
import { maya } from '../flow/people.ts';

const T0 = Date.parse('2027-06-16T17:00:00Z');
const HOUR = 3_600_000;
const words = (text: string) => ({ en: text, es: text });
const fallback = {
  invalid: { text: words('Please choose one.'), tries: 1, next: 'over' },
  no_reply: { after: '2 days', next: 'over' },
};
const OPTIONS = [
  { value: 'dorm', label: words('The dorms') },
  { value: 'home', label: words('At home') },
];

/** A question with options, then a pause, then a text that speaks of what was answered. */
function source(change: { steps?: object; migrate?: Record<string, string>; variables?: object; start?: string } = {}) {
  return {
    flow: 'example',
    about: 'For tests.',
    start: change.start ?? 'where',
    variables: change.variables ?? { place: 'text', room: 'number' },
    ...(change.migrate === undefined ? {} : { migrate: change.migrate }),
    steps: change.steps ?? {
      where: ask({ options: OPTIONS, answer: 'choice', save_as: 'place', next: 'pause' }),
      pause: { type: 'wait', for: '3 days', next: 'thanks' },
      thanks: { type: 'say', text: words('You said {place}.'), next: 'over' },
      over: { type: 'end' },
    },
  };
}

function ask(given: object) {
  return { type: 'ask', text: words('Where will you live?'), ...fallback, ...given };
}

function flowOf(data: unknown): CompiledFlow {
  const compiled = compileFlow(data);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.flow;
}

const old = flowOf(source());
/** The same with another first step and other names for the rest. */
const renamed = (migrate: Record<string, string>, changed: object = {}) =>
  flowOf(
    source({
      migrate,
      start: 'hello',
      steps: {
        hello: { type: 'say', text: words('Hello.'), next: 'living' },
        living: ask({ options: [...OPTIONS].reverse(), answer: 'choice', save_as: 'place', next: 'rest' }),
        rest: { type: 'wait', for: '5 days', next: 'thanks' },
        thanks: { type: 'say', text: words('You said {place}.'), next: 'over' },
        over: { type: 'end' },
        ...changed,
      },
    }),
  );

function step(conversation: Conversation, event: ConversationEvent, flow: CompiledFlow, now: number) {
  const result = advance(conversation, event, { flow, wording: flow, facts: maya, now });
  if (!result.ok) throw new Error(result.failure.reason);
  return {
    ...result,
    said: result.effects.flatMap(({ effect }) => (effect.kind === 'send_message' ? effect.text : [])),
  };
}

function asked(): Conversation {
  const started = startConversation({ id: asConversationId('c1'), menteeId: asMenteeId('m1'), flow: old, task: null });
  return step(started, { kind: 'started' }, old, T0).conversation;
}

const standing = (name: string, variables: Record<string, FlowValue> = {}): Conversation => ({
  ...asked(),
  step: name,
  variables,
  waiting: name === 'pause' ? { kind: 'time', dueAt: T0 + HOUR } : asked().waiting,
});

const fateOf = (conversation: Conversation, next: CompiledFlow, askedAt: number | null = T0) =>
  planMove(conversation, { old, next, askedAt });

describe('what becomes of a conversation', () => {
  it('is nothing when only the words are others', () => {
    const next = flowOf({
      ...source(),
      steps: { ...source().steps, thanks: { type: 'say', text: words('{place}!'), next: 'over' } },
    });
    expect(fateOf(asked(), next)).toEqual({ kind: 'same' });
  });

  it('is to finish where it is, while its step is there with the same type', () => {
    const steps = { ...source().steps, where: ask({ answer: 'text', save_as: 'place', next: 'pause' }) };
    expect(fateOf(asked(), flowOf(source({ steps })))).toEqual({ kind: 'stays' });
  });

  it('is in the way when its step is gone, until the file says where it goes', () => {
    expect(fateOf(asked(), renamed({}))).toEqual({ kind: 'blocked', why: 'the new flow has no step "where"' });
    expect(fateOf(asked(), renamed({ where: 'stay' }))).toEqual({ kind: 'stays' });
    expect(fateOf(asked(), renamed({ where: 'finish' }))).toEqual({ kind: 'moves', to: { kind: 'finish' } });
    expect(fateOf(asked(), renamed({ where: 'restart' }))).toEqual({ kind: 'moves', to: { kind: 'restart' } });
  });

  it('is in the way when its step has another type', () => {
    const steps = { ...source().steps, where: { type: 'set', variable: 'place', to: 'dorm', next: 'pause' } };
    const why = 'step "where" was of type ask and is of type set now';
    expect(fateOf(asked(), flowOf(source({ steps })))).toEqual({ kind: 'blocked', why });
  });

  it('is to wait on at the same question, and to begin another one', () => {
    const to = { kind: 'stand', step: 'living', askedAt: T0 };
    expect(fateOf(asked(), renamed({ where: 'living' }))).toEqual({ kind: 'moves', to });
    const other = renamed({ where: 'living' }, { living: ask({ answer: 'text', save_as: 'place', next: 'rest' }) });
    expect(fateOf(asked(), other)).toEqual({ kind: 'moves', to: { kind: 'enter', step: 'living' } });
    const more = [...OPTIONS, { value: 'own', label: words('A flat') }];
    const third = renamed(
      { where: 'living' },
      { living: ask({ answer: 'choice', options: more, save_as: 'place', next: 'rest' }) },
    );
    expect(fateOf(asked(), third)).toEqual({ kind: 'moves', to: { kind: 'enter', step: 'living' } });
  });

  it('is to be asked anew when its question has not left yet', () => {
    expect(fateOf(asked(), renamed({ where: 'living' }), null)).toEqual({
      kind: 'moves',
      to: { kind: 'enter', step: 'living' },
    });
  });

  it('is to wait on from pause to pause', () => {
    const to = { kind: 'stand', step: 'rest', askedAt: null };
    expect(fateOf(standing('pause', { place: 'dorm' }), renamed({ pause: 'rest' }), null)).toEqual({
      kind: 'moves',
      to,
    });
  });

  it('is in the way when a value is missing, also one that only a later step speaks of', () => {
    const blocked = (name: string) => ({ kind: 'blocked', why: `step "${name}" has no value for {place}` });
    expect(fateOf(standing('pause'), renamed({ pause: 'thanks' }))).toEqual(blocked('thanks'));
    expect(fateOf(standing('pause'), renamed({ pause: 'rest' }))).toEqual(blocked('rest'));
    expect(fateOf(standing('pause'), renamed({ pause: 'living' }))).toMatchObject({ kind: 'moves' });
  });

  it('is in the way when the value it has is of another type now', () => {
    const next = flowOf(
      source({
        migrate: { pause: 'later' },
        variables: { place: 'number' },
        steps: {
          where: ask({ answer: 'number', save_as: 'place', next: 'later' }),
          later: { type: 'wait', for: '1 day', next: 'thanks' },
          thanks: { type: 'say', text: words('{place}'), next: 'over' },
          over: { type: 'end' },
        },
      }),
    );
    const why = 'step "later" has no value for {place}';
    expect(fateOf(standing('pause', { place: 'dorm' }), next)).toEqual({ kind: 'blocked', why });
  });
});

describe('a move', () => {
  const next = renamed({});
  const move = (conversation: Conversation, to: MoveTarget) =>
    step(conversation, { kind: 'moved', to, structureHash: next.structureHash }, next, T0 + HOUR);

  it('keeps the options as they were texted: B means what it meant', () => {
    const { conversation, effects } = move(asked(), { kind: 'stand', step: 'living', askedAt: T0 });
    expect(effects).toEqual([]);
    expect(conversation).toMatchObject({ version: 2, step: 'living', structureHash: next.structureHash });
    const answered = step(conversation, { kind: 'reply_received', text: 'B' }, next, T0 + 2 * HOUR);
    expect(answered.conversation).toMatchObject({ step: 'rest', variables: { place: 'home' } });
  });

  it('enters a step by its timer, says what is said there, and nothing before', () => {
    const { conversation, effects, said } = move(asked(), { kind: 'enter', step: 'living' });
    expect(said).toEqual([]);
    expect(effects.map(({ effect }) => effect)).toEqual([
      { kind: 'clear_timer', timer: 'wait' },
      { kind: 'clear_timer', timer: 'no_reply' },
      { kind: 'set_timer', timer: 'wait', dueAt: T0 + HOUR },
    ]);
    expect(step(conversation, { kind: 'reply_received', text: 'B' }, next, T0 + HOUR).conversation).toBe(conversation);
    expect(step(conversation, { kind: 'timer_due', timer: 'no_reply' }, next, T0 + HOUR).conversation).toBe(
      conversation,
    );
    const entered = step(conversation, { kind: 'timer_due', timer: 'wait' }, next, T0 + HOUR);
    expect(entered.said).toEqual(['Where will you live?\nA) At home\nB) The dorms']);
    expect(entered.conversation).toMatchObject({ step: 'living', version: 3, waiting: { kind: 'reply' } });
  });

  it('drops the variables that the new structure does not know', () => {
    const knowing = standing('pause', { place: 'dorm', forgotten: 'x', room: 'not a number' });
    const { conversation } = move(knowing, { kind: 'stand', step: 'rest', askedAt: null });
    expect(conversation.variables).toEqual({ place: 'dorm' });
    expect(conversation.waiting).toEqual({ kind: 'time', dueAt: T0 + HOUR });
  });

  it('forgets all of it at a restart, and begins at the start', () => {
    const { conversation } = move(standing('pause', { place: 'dorm' }), { kind: 'restart' });
    expect(conversation).toMatchObject({ step: 'hello', variables: {}, waiting: null, status: 'active' });
    expect(step(conversation, { kind: 'timer_due', timer: 'wait' }, next, T0 + HOUR).said[0]).toBe('Hello.');
  });

  it('ends quietly, on the structure that it stood on', () => {
    const { conversation, said, effects } = move(asked(), { kind: 'finish' });
    expect(conversation).toMatchObject({ status: 'ended', waiting: null, structureHash: old.structureHash });
    expect([said, effects.map(({ effect }) => effect.kind)]).toEqual([[], ['clear_timer', 'clear_timer']]);
    expect(move(conversation, { kind: 'restart' }).conversation).toBe(conversation);
  });

  it('is refused with a flow that is not the one it moves to', () => {
    const event = { kind: 'moved', to: { kind: 'enter', step: 'living' }, structureHash: next.structureHash } as const;
    const result = advance(asked(), event, { flow: old, wording: old, facts: maya, now: T0 });
    expect(result).toMatchObject({ ok: false, failure: { reason: expect.stringContaining('another structure') } });
  });
});

describe('migrate in a file', () => {
  it('is no part of the structure', () => {
    expect(flowOf(source({ migrate: { gone: 'where' } })).structureHash).toBe(old.structureHash);
  });

  it('names steps that exist, and old ones as it likes', () => {
    const compiled = compileFlow(source({ migrate: { gone: 'wher', other: 'stay' } }));
    expect(compiled).toMatchObject({
      ok: false,
      problems: [
        { path: ['migrate', 'gone'], message: 'there is no step "wher" to move to', hint: 'Did you mean "where"?' },
      ],
    });
  });
});
