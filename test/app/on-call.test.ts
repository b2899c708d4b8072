// Who is paged: the list of the roster, somebody who stands in, and nobody who has left.

import { describe, expect, it } from 'vitest';
import { onCallNames } from '../../src/app/on-call.ts';
import type { CounselorId } from '../../src/core/model/ids.ts';
import { importRows, SAM, VERA } from './import-rows.ts';
import { createWorld, RENEE, type World } from './world.ts';

const HOUR = 3_600_000;
const VERAS_PHONE = '+12135550103';

async function createWorldWithVera(): Promise<World> {
  const world = await createWorld();
  expect(await importRows(world, VERA, SAM)).toMatchObject({ ok: true });
  return world;
}

const namesNow = (world: World) => world.database.read((stores) => onCallNames(stores, world.clock.at));

async function idOf(world: World, slackUserId: string): Promise<CounselorId> {
  const counselor = await world.database.read((stores) => stores.people.counselorBySlackUser(slackUserId));
  if (counselor === null) throw new Error(`no counselor ${slackUserId}`);
  return counselor.id;
}

const standIn = async (world: World, by: string, who: string, hours: number) =>
  world.submit(by, { kind: 'on_call_override', counselorId: await idOf(world, who), hours });

const auditOf = (world: World, subject: string) =>
  world.database.read(async (stores) =>
    (await stores.audit.recent({ limit: 10, subject })).map(({ actor, action, detail }) => ({ actor, action, detail })),
  );

describe('who is on call', () => {
  it('is the list by place, with whoever stands in first, until their hours are over', async () => {
    const world = await createWorldWithVera();
    expect(await namesNow(world)).toEqual(['Renee Okafor', 'Tomas Aguilar']);
    expect(await standIn(world, 'U0RENEE', 'U0VERA', 2)).toEqual({ kind: 'close' });
    expect(await namesNow(world)).toEqual(['Vera Cruz', 'Renee Okafor', 'Tomas Aguilar']);
    world.clock.at += 2 * HOUR;
    expect(await namesNow(world)).toEqual(['Renee Okafor', 'Tomas Aguilar']);
  });

  it('names nobody twice who stands in and is on the list', async () => {
    const world = await createWorldWithVera();
    await standIn(world, 'U0RENEE', 'U0TOMAS', 1);
    expect(await namesNow(world)).toEqual(['Tomas Aguilar', 'Renee Okafor']);
  });

  it('SL-24: leaves out who was deactivated in Slack, and keeps a guest', async () => {
    const world = await createWorldWithVera();
    await world.noteSlackPerson({ slackUserId: 'U0RENEE', standing: 'deactivated' });
    await world.noteSlackPerson({ slackUserId: 'U0TOMAS', standing: 'guest' });
    expect(await namesNow(world)).toEqual(['Tomas Aguilar']);
  });

  it('texts whoever stands in first in a crisis', async () => {
    const world = await createWorldWithVera();
    await standIn(world, 'U0RENEE', 'U0VERA', 8);
    await world.text('+12135550121', 'i want to kill myself');
    await world.pass(6 * 60_000);
    const paged = world.texts.map(({ to }) => to).filter((to) => to === VERAS_PHONE || to === RENEE);
    expect(paged[0]).toBe(VERAS_PHONE);
  });
});

describe('standing in', () => {
  it('offers counselors with a phone who are here, and shows who stands in', async () => {
    const world = await createWorldWithVera();
    await importRows(world, { ...VERA, first_name: 'Kai', last_name: '', phone: '', slack_user_id: 'U0KAI' });
    await world.noteSlackPerson({ slackUserId: 'U0TOMAS', standing: 'deactivated' });
    await standIn(world, 'U0RENEE', 'U0VERA', 3);
    expect(await world.openModal('U0RENEE', { kind: 'on_call_override' })).toMatchObject({
      kind: 'on_call_override',
      counselors: [{ name: 'Renee Okafor' }, { name: 'Vera Cruz' }],
      current: { name: 'Vera Cruz', until: world.clock.at + 3 * HOUR },
    });
  });

  it('tells the counselors who is paged now, and the audit who changed it', async () => {
    const world = await createWorldWithVera();
    const vera = await idOf(world, 'U0VERA');
    const renee = await idOf(world, 'U0RENEE');
    await standIn(world, 'U0RENEE', 'U0VERA', 8);
    expect(world.posts.at(-1)).toMatchObject({
      to: 'counselors',
      message: {
        kind: 'notice',
        lines: [
          { text: 'Vera Cruz, until 6:00 pm' },
          { text: 'Vera Cruz, Renee Okafor, Tomas Aguilar' },
          { text: 'Renee Okafor' },
        ],
      },
    });
    expect(await world.act('U0RENEE', { kind: 'clear_override' })).toMatchObject({ homeChanged: true });
    expect(world.posts.at(-1)).toMatchObject({ message: { lines: [{}, { text: 'Renee Okafor, Tomas Aguilar' }, {}] } });
    expect(await auditOf(world, vera)).toEqual([
      { actor: renee, action: 'on_call_override_cleared', detail: {} },
      { actor: renee, action: 'on_call_override_set', detail: { hours: 8 } },
    ]);
    expect(await namesNow(world)).toEqual(['Renee Okafor', 'Tomas Aguilar']);
  });

  it.each([0, 1.5, 169, Number.NaN])('refuses %s hours, at the input that was wrong', async (hours) => {
    const world = await createWorldWithVera();
    expect(await standIn(world, 'U0RENEE', 'U0VERA', hours)).toMatchObject({
      kind: 'errors',
      errors: { hours: expect.stringContaining('168') },
    });
    expect(await namesNow(world)).toEqual(['Renee Okafor', 'Tomas Aguilar']);
  });

  it('is for counselors alone', async () => {
    const world = await createWorldWithVera();
    for (const stranger of ['U0SAM', 'U0DANI', 'U0NOBODY']) {
      expect(await world.openModal(stranger, { kind: 'on_call_override' })).toMatchObject({ kind: 'word' });
      expect(await standIn(world, stranger, 'U0VERA', 2)).toMatchObject({ kind: 'show', modal: { kind: 'word' } });
      expect(await world.act(stranger, { kind: 'clear_override' })).toMatchObject({ word: expect.any(String) });
    }
    expect(await namesNow(world)).toEqual(['Renee Okafor', 'Tomas Aguilar']);
  });

  it('that has ended already is said to be over', async () => {
    const world = await createWorldWithVera();
    expect(await world.act('U0RENEE', { kind: 'clear_override' })).toMatchObject({
      word: expect.stringContaining('Nobody stands in'),
    });
  });
});
