// The bot is given the conversation back: after a release, and when the pause after a case ends. What was asked long ago
// is asked again, what is fresh is left alone, and during a pause nothing unasked goes out.

import { describe, expect, it } from 'vitest';
import type { EscalationId } from '../../src/core/model/ids.ts';
import { createWorld, MAYA, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Tasks {
  tasks: Record<string, { deadline: string; lead_days: number }>;
}

/** A house that asks about the housing form only, and has asked Maya. */
async function asked(cap = 3): Promise<World> {
  const world = await createWorld((files) => {
    const { tasks } = files['tasks.yaml'] as Tasks;
    const { housing_form } = tasks;
    if (housing_form === undefined) throw new Error('no such task');
    (files['tasks.yaml'] as Tasks).tasks = { housing_form: { ...housing_form, deadline: '2027-07-05' } };
    (files['program.yaml'] as { weekly_unasked_texts: number }).weekly_unasked_texts = cap;
  });
  await world.pass(HOUR);
  expect(toMaya(world)).toHaveLength(2);
  return world;
}

const toMaya = (world: World): string[] => world.texts.filter(({ to }) => to === MAYA).map(({ body }) => body);

async function caseOf(world: World): Promise<EscalationId> {
  const [running] = await world.database.read((stores) => stores.escalations.unresolved());
  if (running === undefined) throw new Error('no case');
  return running.id;
}

async function conversationOf(world: World) {
  return world.database.read(async (stores) => {
    const mentee = await stores.people.menteeByPhone(world.database.hashPhone(MAYA));
    return mentee === null ? null : stores.conversations.activeOf(mentee.id);
  });
}

/** Maya writes in distress and Renee takes over. */
async function handedOff(world: World): Promise<EscalationId> {
  await world.text(MAYA, CRISIS);
  const escalationId = await caseOf(world);
  await world.act('U0RENEE', { kind: 'take_over', escalationId });
  return escalationId;
}

const resolve = (world: World, escalationId: EscalationId, resumeAfterHours: number | null) =>
  world.resolve('U0RENEE', { escalationId, outcome: 'safe', resumeAfterHours, note: '' });

describe('after a release', () => {
  it('an old question is asked again in full, and its answer goes the ordinary way and into the thread', async () => {
    const world = await asked();
    const question = toMaya(world).at(-1);
    world.clock.at += 3 * HOUR;
    const escalationId = await handedOff(world);
    await world.act('U0RENEE', { kind: 'release', escalationId });
    const before = toMaya(world).length;
    await world.pass(MINUTE);
    expect(toMaya(world).slice(before)).toEqual([question]);
    await world.text(MAYA, 'done');
    expect(toMaya(world)).toHaveLength(before + 2);
    expect(world.posts.filter(({ message }) => message.kind === 'case_text').at(-1)).toMatchObject({
      message: { text: 'done', tier: 'none' },
    });
    expect((await world.database.read((stores) => stores.escalations.unresolved())).map(({ id }) => id)).toEqual([
      escalationId,
    ]);
  });

  it('a question of the last two hours stays as it is, and can still be answered', async () => {
    const world = await asked();
    const escalationId = await handedOff(world);
    await world.act('U0RENEE', { kind: 'release', escalationId });
    const before = toMaya(world).length;
    await world.pass(10 * MINUTE);
    expect(toMaya(world)).toHaveLength(before);
    await world.text(MAYA, 'done');
    expect(toMaya(world)).toHaveLength(before + 1);
  });

  it('the bot is silent until then, also for what the flow would take, and again after new distress', async () => {
    const world = await asked();
    const escalationId = await handedOff(world);
    const before = toMaya(world).length;
    await world.text(MAYA, 'done');
    expect(toMaya(world)).toHaveLength(before);
    await world.act('U0RENEE', { kind: 'release', escalationId });
    await world.pass(MINUTE);
    await world.text(MAYA, CRISIS);
    const answered = toMaya(world).length;
    await world.text(MAYA, 'done');
    expect(toMaya(world)).toHaveLength(answered);
  });
});

describe('after the end of a case', () => {
  it('CR-09: nothing unasked for 72 hours; then the open question is asked again, once', async () => {
    const world = await asked();
    const question = toMaya(world).at(-1);
    const escalationId = await handedOff(world);
    await resolve(world, escalationId, 72);
    const before = toMaya(world).length;
    await world.pass(72 * HOUR - MINUTE);
    expect(toMaya(world)).toHaveLength(before);
    await world.pass(2 * HOUR);
    expect(toMaya(world).slice(before)).toEqual([question]);
    const conversation = await conversationOf(world);
    expect(conversation?.waiting).toMatchObject({ kind: 'reply', invalidReplies: 0 });
    await world.pass(DAY);
    expect(toMaya(world)).toHaveLength(before + 1);
    // Silence counts from the second asking: two days, and the flow goes on as usual.
    await world.pass(DAY + HOUR);
    expect(toMaya(world)).toHaveLength(before + 2);
    const events = await world.database.read((stores) =>
      conversation === null ? Promise.resolve([]) : stores.conversations.events(conversation.id),
    );
    expect(events.map(({ event }) => event.kind)).toEqual(['started', 'resumed', 'timer_due']);
  });

  it('a nudge that waited in the outbox waits on, and no task is begun during the pause', async () => {
    const world = await createWorld();
    const escalationId = await handedOff(world);
    await resolve(world, escalationId, 72);
    const before = toMaya(world).length;
    await world.pass(71 * HOUR);
    expect(toMaya(world)).toHaveLength(before);
    expect(await conversationOf(world)).toBeNull();
    await world.pass(4 * HOUR);
    expect(toMaya(world).slice(before)[0]).toContain('automated');
    expect(toMaya(world)).toHaveLength(before + 2);
  });

  it('a nudge that was queued before the case is held by the pause and leaves at its end', async () => {
    const world = await createWorld();
    await world.runDue();
    await world.text(MAYA, CRISIS);
    await resolve(world, await caseOf(world), 24);
    const rows = () =>
      world.database.read(async (stores) =>
        (await stores.outbox.ofPhone(world.database.hashPhone(MAYA))).filter(
          ({ messageClass, isIntroduction }) => messageClass === 'nudge' && !isIntroduction,
        ),
      );
    const queued = (await rows()).map(({ id }) => id);
    expect(queued).toHaveLength(1);
    await world.pass(23 * HOUR);
    expect((await rows()).map(({ id, status }) => ({ id, status }))).toEqual([{ id: queued[0], status: 'pending' }]);
    await world.pass(4 * HOUR);
    expect((await rows()).map(({ id, status }) => ({ id, status }))).toEqual([{ id: queued[0], status: 'sent' }]);
  });

  it('who writes first during the pause is answered as always', async () => {
    const world = await asked();
    await resolve(world, await handedOff(world), 72);
    await world.pass(5 * HOUR);
    const before = toMaya(world).length;
    await world.text(MAYA, 'done');
    expect(toMaya(world)).toHaveLength(before + 1);
    await world.pass(60 * HOUR);
    expect(toMaya(world)).toHaveLength(before + 1);
  });

  it('a pause without an end lasts until a person ends it', async () => {
    const world = await asked();
    const escalationId = await handedOff(world);
    await resolve(world, escalationId, null);
    const before = toMaya(world).length;
    await world.pass(12 * DAY);
    expect(toMaya(world)).toHaveLength(before);
    await world.act('U0RENEE', { kind: 'reopen', escalationId });
    await resolve(world, escalationId, 0);
    await world.pass(2 * HOUR);
    expect(toMaya(world)).toHaveLength(before + 1);
  });

  it('with no pause chosen the question comes back at once', async () => {
    const world = await asked();
    world.clock.at += 3 * HOUR;
    const question = toMaya(world).at(-1);
    await resolve(world, await handedOff(world), 0);
    await world.pass(MINUTE);
    expect(toMaya(world).at(-1)).toBe(question);
  });

  it('a new case during the pause keeps the bot silent past its end', async () => {
    const world = await asked();
    await resolve(world, await handedOff(world), 24);
    await world.pass(23 * HOUR);
    const escalationId = await handedOff(world);
    const before = toMaya(world).length;
    await world.pass(2 * HOUR);
    expect(toMaya(world)).toHaveLength(before);
    await resolve(world, escalationId, 0);
    await world.pass(2 * HOUR);
    expect(toMaya(world)).toHaveLength(before + 1);
  });

  it('a STOP in the pause outlives it; START brings the conversation back', async () => {
    const world = await asked();
    await resolve(world, await handedOff(world), 24);
    await world.text(MAYA, 'STOP');
    const before = toMaya(world).length;
    await world.pass(3 * DAY);
    expect(toMaya(world)).toHaveLength(before);
    await world.text(MAYA, 'START');
    await world.pass(3 * DAY);
    expect(toMaya(world).length).toBeGreaterThan(before + 1);
  });

  it('TC-01: the second asking counts as unasked: it is held by the weekly cap', async () => {
    const world = await asked(1);
    await resolve(world, await handedOff(world), 24);
    const before = toMaya(world).length;
    await world.pass(4 * DAY);
    expect(toMaya(world)).toHaveLength(before);
    await world.pass(4 * DAY);
    expect(toMaya(world)).toHaveLength(before + 1);
  });
});
