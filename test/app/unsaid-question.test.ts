// A question that no phone has shown yet is answered by nobody: what a mentee texts meanwhile is about something else.

import { describe, expect, it } from 'vitest';
import { publishContent } from '../../src/app/publish-content.ts';
import { followPublished } from '../../src/app/published-content.ts';
import type { Conversation } from '../../src/core/model/conversation.ts';
import { createWorld, MAYA, type World } from './world.ts';

const HOUR = 3_600_000;
const FLOW = 'nudge-housing-form.yaml';
const TEN_AT_NIGHT = 12 * HOUR;

type Files = Record<string, unknown>;

/** Asked this morning; at night a publish moves everybody to another question, whose text waits for the morning. */
async function movedByNight(): Promise<World> {
  const world = await createWorld();
  await world.pass(HOUR);
  await world.pass(TEN_AT_NIGHT);
  const latest = await world.database.read((stores) => stores.content.latest());
  const files = structuredClone(latest?.files ?? {}) as Files;
  const text = JSON.stringify(files[FLOW]).replaceAll('"ask_status"', '"ask_anew"');
  files[FLOW] = { ...(JSON.parse(text) as Files), migrate: { ask_status: 'restart' } };
  await publishContent(world, { files, by: 'Renee', why: 'a test' });
  await followPublished(world);
  await world.pass(HOUR / 2);
  return world;
}

async function runningOf(world: World): Promise<Conversation | undefined> {
  const running = await world.database.read(async ({ conversations, people }) => {
    const mentee = await people.menteeByPhone(world.database.hashPhone(MAYA));
    return { mentee, all: await conversations.running() };
  });
  return running.all.find(({ menteeId }) => menteeId === running.mentee?.id);
}

const toMaya = (world: World): string[] => world.texts.filter(({ to }) => to === MAYA).map(({ body }) => body);

describe('a question whose text is held until the morning', () => {
  it('is not answered by what is texted in the night, which goes to a person', async () => {
    const world = await movedByNight();
    const held = await runningOf(world);
    expect(held).toMatchObject({ step: 'ask_anew', waiting: { kind: 'reply' } });
    const before = toMaya(world).length;
    await world.text(MAYA, 'done');
    expect(await runningOf(world)).toEqual(held);
    expect(JSON.stringify(world.posts.filter(({ to }) => to === 'U0DANI'))).toContain('done');
    await world.pass(12 * HOUR);
    expect(toMaya(world).slice(before).join()).toContain('housing form');
    await world.text(MAYA, 'done');
    expect(await runningOf(world)).toBeUndefined();
  });

  it('leaves the one before it to be answered', async () => {
    const world = await createWorld((files) => {
      (files['program.yaml'] as { weekly_unasked_texts: number }).weekly_unasked_texts = 1;
    });
    await world.pass(3 * 24 * HOUR);
    expect(await runningOf(world)).toMatchObject({ step: 'follow_up', unanswered: { step: 'ask_status' } });
    const before = toMaya(world).length;
    await world.text(MAYA, 'stuck');
    expect(toMaya(world).slice(before)).toHaveLength(1);
    const records = await world.database.read(async ({ people, tasks }) => {
      const mentee = await people.menteeByPhone(world.database.hashPhone(MAYA));
      return mentee === null ? [] : tasks.of(mentee.id);
    });
    expect(records.find(({ task }) => task === 'housing_form')?.status).toBe('stuck');
    await world.pass(24 * HOUR);
    expect(toMaya(world)).toHaveLength(before + 1);
  });
});
