// A text finds the question it belongs to on the real stores: after days, after the end, after HELP, and in pieces.

import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../src/core/model/conversation.ts';
import { asConversationId, type MenteeId } from '../../src/core/model/ids.ts';
import { createWorld, MAYA, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Tasks {
  tasks: Record<string, { deadline: string; lead_days: number }>;
}

/** A house that asks about the housing form only, and has asked Maya. */
async function asked(deadline = '2027-07-05'): Promise<World> {
  const world = await createWorld((files) => {
    const { tasks } = files['tasks.yaml'] as Tasks;
    const { housing_form } = tasks;
    if (housing_form === undefined) throw new Error('no such task');
    (files['tasks.yaml'] as Tasks).tasks = { housing_form: { ...housing_form, deadline } };
  });
  await world.pass(HOUR);
  expect(toMaya(world)).toHaveLength(2);
  return world;
}

const toMaya = (world: World): string[] => world.texts.filter(({ to }) => to === MAYA).map(({ body }) => body);

const mentorHeard = (world: World): string => JSON.stringify(world.posts.filter(({ to }) => to === 'U0DANI'));

async function menteeOf(world: World): Promise<MenteeId> {
  const mentee = await world.database.read((stores) => stores.people.menteeByPhone(world.database.hashPhone(MAYA)));
  if (mentee === null) throw new Error('no mentee');
  return mentee.id;
}

async function conversationsOf(world: World): Promise<{ active: Conversation | null; ended: Conversation | null }> {
  const id = await menteeOf(world);
  return world.database.read(async ({ conversations }) => ({
    active: await conversations.activeOf(id),
    ended: await conversations.lastEndedOf(id),
  }));
}

async function statusOf(world: World): Promise<string | undefined> {
  const id = await menteeOf(world);
  const records = await world.database.read((stores) => stores.tasks.of(id));
  return records.find(({ task }) => task === 'housing_form')?.status;
}

/** Maya is asked which day, says nothing, and the conversation ends with the mentor. */
async function endedWithoutDay(deadline?: string): Promise<World> {
  const world = await asked(deadline);
  await world.text(MAYA, 'later');
  await world.pass(2 * DAY + HOUR);
  const { active, ended } = await conversationsOf(world);
  expect(active).toBeNull();
  expect(ended?.unanswered).toMatchObject({ step: 'ask_day' });
  return world;
}

describe('a late answer', () => {
  it('to a conversation that ended is its answer, and no text for the mentor', async () => {
    const world = await asked();
    await world.pass(5 * DAY);
    expect(mentorHeard(world)).toContain('Did not reply');
    expect((await conversationsOf(world)).active).toBeNull();
    const posts = world.posts.length;
    await world.text(MAYA, 'omg sorry its done');
    expect(await statusOf(world)).toBe('done');
    expect(toMaya(world).at(-1)).toContain('Your housing form is in');
    expect(world.posts).toHaveLength(posts);
  });

  it('sets the conversation going again, with its timers', async () => {
    const world = await endedWithoutDay();
    await world.text(MAYA, 'june 14');
    expect((await conversationsOf(world)).active).toMatchObject({ step: 'wait_for_day', unanswered: null });
    expect(toMaya(world).at(-1)).toContain('I will ask you again on Monday, June 14');
    const before = toMaya(world).length;
    await world.pass(5 * DAY);
    expect(toMaya(world).slice(before)).toEqual([expect.stringContaining('wants your housing form')]);
  });

  it('is for a person when its task was closed meanwhile', async () => {
    const world = await endedWithoutDay();
    const menteeId = await menteeOf(world);
    const change = { menteeId, task: 'housing_form', status: 'done', againOn: null, source: 'mentor' } as const;
    await world.database.transact((stores) => stores.tasks.change({ ...change, at: world.clock.now() }));
    await world.text(MAYA, 'june 14');
    expect((await conversationsOf(world)).active).toBeNull();
    expect(mentorHeard(world)).toContain('june 14');
  });

  it('is for a person when its deadline has passed', async () => {
    const world = await endedWithoutDay('2027-06-10');
    await world.pass(2 * DAY);
    await world.text(MAYA, 'stuck');
    expect((await conversationsOf(world)).active).toBeNull();
    expect(await statusOf(world)).not.toBe('stuck');
    expect(mentorHeard(world)).toContain('Wrote something that the bot cannot answer');
  });

  it('is for a person after two weeks, and when it is only likely', async () => {
    const world = await endedWithoutDay();
    const guess = toMaya(world).length;
    await world.text(MAYA, 'end of the month');
    expect(toMaya(world).slice(guess).join()).not.toContain('Did you mean');
    expect((await conversationsOf(world)).active).toBeNull();
    await world.pass(14 * DAY);
    await world.text(MAYA, 'june 29');
    const { active } = await conversationsOf(world);
    expect(active?.step).not.toBe('wait_for_day');
  });

  it('that was sent before its question is none, though it is found only now', async () => {
    const world = await endedWithoutDay();
    const { ended } = await conversationsOf(world);
    const askedAt = ended?.unanswered?.waiting.askedAt ?? 0;
    await world.text(MAYA, 'june 14', { sentAt: askedAt - HOUR });
    expect((await conversationsOf(world)).active).toBeNull();
  });

  it('is for a person when people had the conversation meanwhile: a yes is to what they asked', async () => {
    const world = await asked();
    await world.pass(5 * DAY);
    expect((await conversationsOf(world)).ended?.unanswered).toMatchObject({ step: 'follow_up' });
    await world.text(MAYA, 'i want to kill myself');
    const [escalation] = await world.database.read((stores) => stores.escalations.unresolved());
    if (escalation === undefined) throw new Error('no case');
    await world.act('U0RENEE', { kind: 'take_over', escalationId: escalation.id });
    await world.resolve('U0RENEE', { escalationId: escalation.id, outcome: 'safe', resumeAfterHours: 0, note: '' });
    await world.text(MAYA, 'yes');
    expect(await statusOf(world)).not.toBe('done');
    expect(toMaya(world).join()).not.toContain('Your housing form is in');
  });

  it('leaves an ended conversation alone while another one runs', async () => {
    const world = await createWorld();
    await world.pass(HOUR);
    await world.text(MAYA, 'later');
    await world.pass(2 * DAY + HOUR);
    const { ended } = await conversationsOf(world);
    expect(ended?.unanswered).toMatchObject({ step: 'ask_day' });
    await world.pass(7 * DAY);
    const { active } = await conversationsOf(world);
    expect(active?.id).not.toBe(ended?.id);
    expect(active).not.toBeNull();
    await world.text(MAYA, 'june 20');
    const after = await conversationsOf(world);
    expect(after.active?.id).toBe(active?.id);
    expect(
      await world.database.read(({ conversations }) => conversations.byId(asConversationId(ended?.id ?? ''))),
    ).toEqual(ended);
  });
});

describe('texts in a row', () => {
  it('are asked back for once, and every one of them is seen by a person', async () => {
    const world = await asked();
    const before = toMaya(world).length;
    for (const words of ['lol', 'hm', 'idk']) {
      await world.text(MAYA, words);
      world.clock.at += 20_000;
    }
    expect(toMaya(world).slice(before)).toEqual([expect.stringContaining('Sorry, I did not get that')]);
    for (const words of ['lol', 'hm', 'idk']) expect(mentorHeard(world)).toContain(words);
  });

  it('are one answer together', async () => {
    const world = await asked();
    await world.text(MAYA, 'ok so');
    world.clock.at += 10_000;
    await world.text(MAYA, 'its');
    world.clock.at += 10_000;
    await world.text(MAYA, 'done');
    expect(await statusOf(world)).toBe('done');
  });
});

describe('HELP', () => {
  it('leaves a fresh question as it is, and its answer still counts', async () => {
    const world = await asked();
    const before = toMaya(world).length;
    await world.text(MAYA, 'HELP');
    expect(toMaya(world)).toHaveLength(before + 1);
    await world.text(MAYA, 'done');
    expect(await statusOf(world)).toBe('done');
  });

  it('brings an old question back behind the answer, once', async () => {
    const world = await asked();
    const question = toMaya(world).at(-1);
    world.clock.at += 3 * HOUR;
    const before = toMaya(world).length;
    await world.text(MAYA, 'HELP');
    expect(toMaya(world).slice(before)).toEqual([expect.stringContaining('reply TALK'), question]);
    await world.text(MAYA, 'HELP');
    expect(toMaya(world)).toHaveLength(before + 3);
    await world.text(MAYA, 'done');
    expect(await statusOf(world)).toBe('done');
  });

  it('asks nothing again of whoever has stopped, or whom people are with', async () => {
    const stopped = await asked();
    stopped.clock.at += 3 * HOUR;
    await stopped.text(MAYA, 'STOP');
    const before = toMaya(stopped).length;
    await stopped.text(MAYA, 'HELP');
    expect(toMaya(stopped).slice(before).join()).not.toContain('housing form');
    const inCase = await asked();
    inCase.clock.at += 3 * HOUR;
    await inCase.text(MAYA, 'i want to kill myself');
    const answered = toMaya(inCase).length;
    await inCase.text(MAYA, 'HELP');
    expect(toMaya(inCase).slice(answered).join()).not.toContain('housing form');
  });
});
