// MI-02: a mentor never sees crisis text, whatever the path: list, notice, home, digest, modals, find, weekly prompts,
// and texts that could not be processed. Neither do program staff.

import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, menteeNamed, onlyCase, sayInThread, shownToOthers, withStaff } from './special-house.ts';
import { createWorld, MAYA, type World } from './world.ts';

const WORDS = [
  ['crisis', 'i want to kill myself tonight zebra'],
  ['abuse', 'my dad hits me zebra'],
  ['someone else', 'my roommate wants to kill herself zebra'],
  ['a threat', 'im bringing a gun to school to shoot them zebra'],
  ['high', 'we have no food and nowhere to sleep tonight zebra'],
  ['immigration', 'im scared ice will deport my mom zebra'],
] as const;
const SECRET = /zebra|kill|hits me|\bgun\b|deport/;

async function lived(text: string): Promise<World> {
  const world = await createWorld();
  await withStaff(world);
  await world.runDue();
  await world.text(MAYA, 'i will look at the housing form');
  await world.text(MAYA, text);
  const escalationId = onlyCase(world);
  await world.act('U0RENEE', { kind: 'take_over', escalationId });
  world.clock.at += MINUTE;
  await sayInThread(world, 'U0RENEE', 'I am with you, zebra.');
  await world.text(MAYA, 'ok zebra, thank you', {
    media: [{ url: 'https://media.example/1', contentType: 'image/png' }],
  });
  await world.act('U0RENEE', { kind: 'release', escalationId });
  await world.text(MAYA, 'it was zebra all along');
  await world.pass(HOUR);
  return world;
}

describe('MI-02: what a mentor and staff are shown of a case', () => {
  it.each(WORDS)('%s: not a word, while it is open and after it', async (_, text) => {
    const world = await lived(text);
    expect(await shownToOthers(world)).not.toMatch(SECRET);
    const escalationId = onlyCase(world);
    await world.resolve('U0RENEE', { escalationId, outcome: 'safe', resumeAfterHours: 0, note: 'zebra note' });
    await world.pass(2 * DAY);
    expect(await shownToOthers(world)).not.toMatch(SECRET);
  });

  it('nor by opening or pressing what is a counselor’s', async () => {
    const world = await lived('i want to kill myself zebra');
    const escalationId = onlyCase(world);
    for (const kind of ['case_details', 'case_call', 'resolve_case'] as const) {
      const modal = await world.openModal('U0DANI', { kind, escalationId });
      expect(modal.kind).toBe('word');
      expect(JSON.stringify(modal)).not.toMatch(SECRET);
    }
    const { id: menteeId } = await menteeNamed(world, 'Maya');
    expect((await world.openModal('U0DANI', { kind: 'pause_mentee', menteeId })).kind).toBe('word');
    for (const kind of ['acknowledge', 'take_over', 'release', 'reopen', 'resume_nudges'] as const) {
      const { word, modal } = await world.act('U0DANI', { kind, escalationId });
      expect([modal, word?.replace(/[^a-z]/gi, '').length === 0]).toEqual([null, false]);
      expect(word).not.toMatch(SECRET);
    }
  });

  it('nor in the week’s prompt, its summary, or the update of their mentee', async () => {
    const world = await lived('i want to kill myself zebra');
    await world.resolve('U0RENEE', { escalationId: onlyCase(world), outcome: 'safe', resumeAfterHours: 0, note: '' });
    await world.pass(11 * DAY);
    const prompt = world.posts.findLast(({ message }) => message.kind === 'weekly_prompt')?.message;
    if (prompt?.kind !== 'weekly_prompt') throw new Error('no prompt');
    const { promptId } = prompt;
    const { id: menteeId } = await menteeNamed(world, 'Maya');
    const modals = [
      await world.openModal('U0DANI', { kind: 'weekly_update', promptId }),
      await world.openModal('U0DANI', { kind: 'mentee_update', promptId, menteeId }),
      await world.openModal('U0DANI', { kind: 'worried' }),
    ];
    expect(modals.map(({ kind }) => kind)).toEqual(['weekly_update', 'mentee_update', 'worried']);
    expect(JSON.stringify(modals)).not.toMatch(SECRET);
    expect(await shownToOthers(world)).not.toMatch(SECRET);
  });

  it('nor when a text of the case could not be shown in its thread', async () => {
    const world = await lived('i want to kill myself zebra');
    const batch = world.database.batch.bind(world.database);
    const bound = (target: object, name: string | symbol) => {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    };
    world.database.batch = (items, work) =>
      batch(items, (stores, item) => {
        const refuse = () => Promise.reject(new Error('refused'));
        const outbox = new Proxy(stores.outbox, {
          get: (target, name) => (name === 'alertPosts' ? refuse : bound(target, name)),
        });
        return work(
          new Proxy(stores, { get: (target, name) => (name === 'outbox' ? outbox : bound(target, name)) }),
          item,
        );
      });
    await world.text(MAYA, 'zebra zebra');
    expect(await world.database.read(({ inbox }) => inbox.unprocessed(9))).toMatchObject([{ body: 'zebra zebra' }]);
    expect(JSON.stringify(world.posts)).toMatch(/not shown here: they have case/);
    expect(await shownToOthers(world)).not.toMatch(SECRET);
  });
});
