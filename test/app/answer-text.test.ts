// Who hears of a text that the house does not answer as usual: in an open case, in a burst, when a flow fails.

import { describe, expect, it } from 'vitest';
import { createWorld, MAYA, MONDAY_10, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const MODERATE = 'i feel so alone, can i talk to somebody';
const STRANGER = '+12135550191';

function titled(world: World, title: string) {
  return world.posts.filter((post) => post.message.kind === 'notice' && post.message.title.includes(title));
}

/** A conversation that stands at a step which no flow has: whatever is texted to it fails. */
async function breakConversation(world: World): Promise<void> {
  await world.database.transact(async (stores) => {
    const mentee = await stores.people.menteeByPhone(world.database.hashPhone(MAYA));
    const running = mentee === null ? null : await stores.conversations.activeOf(mentee.id);
    const facts = running === null ? undefined : (await stores.conversations.events(running.id))[0]?.facts;
    if (running === null || facts === undefined) throw new Error('no conversation');
    const broken = { ...running, version: running.version + 1, step: 'no_such_step' };
    const event = { kind: 'reply_received', text: 'x' } as const;
    await stores.conversations.advance(broken, { version: broken.version, event, facts, at: MONDAY_10 });
  });
}

describe('a burst of texts', () => {
  it.each([MAYA, STRANGER])('TW-16: every text of an open case is shown to the counselors (%s)', async (phone) => {
    const world = await createWorld();
    await world.text(phone, CRISIS);
    for (let index = 0; index < 20; index += 1) await world.text(phone, `line ${index}`);
    const shown = titled(world, 'New text in case');
    expect(shown).toHaveLength(20);
    expect(new Set(shown.map((post) => post.to))).toEqual(new Set(['counselors']));
    expect(world.texts.filter((text) => text.to === phone)).toHaveLength(1);
  });

  it('TW-16: staff are told once in half an hour that a burst was cut', async () => {
    const world = await createWorld();
    for (let index = 0; index < 30; index += 1) await world.text(STRANGER, `hello ${index}`);
    expect(titled(world, 'not shown')).toHaveLength(1);
    expect(titled(world, 'not shown')[0]?.to).toBe('staff');
    world.clock.at += 31 * 60_000;
    for (let index = 0; index < 30; index += 1) await world.text(STRANGER, `again ${index}`);
    expect(titled(world, 'not shown')).toHaveLength(2);
  });
});

describe('a moderate text whose flow fails', () => {
  it('is answered and told like any moderate text, and reported as unprocessed', async () => {
    const world = await createWorld();
    await world.pass(3_600_000);
    await breakConversation(world);
    const before = world.texts.length;
    await world.text(MAYA, MODERATE);
    expect(world.texts.slice(before).map((text) => text.to)).toEqual([MAYA]);
    expect(world.texts.at(-1)?.body).toContain('988');
    expect(titled(world, 'could use a person')).toHaveLength(1);
    expect(titled(world, 'could not be processed')).toHaveLength(1);
    const unprocessed = await world.database.read((stores) => stores.inbox.unprocessed(10));
    expect(unprocessed.map((row) => row.body)).toEqual([MODERATE]);
  });

  it('is left to the vendor to bring again when it is the database that fails', async () => {
    const world = await createWorld();
    await world.pass(3_600_000);
    await breakConversation(world);
    world.database.isTrouble = () => true;
    await expect(world.text(MAYA, MODERATE)).rejects.toThrow();
    expect(await world.database.read((stores) => stores.inbox.unprocessed(10))).toEqual([]);
  });
});
