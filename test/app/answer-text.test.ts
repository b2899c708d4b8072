// Who hears of a text that the house does not answer as usual: in an open case, in a burst, when a flow fails.

import { describe, expect, it } from 'vitest';
import { createWorld, MAYA, MONDAY_10, RENEE, type World } from './world.ts';

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
    const shown = world.posts.filter((post) => post.message.kind === 'case_text');
    expect(shown.map((post) => (post.message.kind === 'case_text' ? post.message.text : ''))).toEqual([
      CRISIS,
      ...Array.from({ length: 20 }, (_, index) => `line ${index}`),
    ]);
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

const unreadTexts = (world: World): Promise<string[]> =>
  world.database.read(async (stores) => (await stores.inbox.unread(20)).map(({ body }) => body));

describe('a text that nothing matched', () => {
  it('waits to be read by a person, whoever wrote it and in whatever language', async () => {
    const world = await createWorld();
    await world.text(MAYA, 'hola como va todo');
    await world.text(STRANGER, 'who is this');
    await world.text('+12135550110', 'quick question about maya');
    await world.text(MAYA, '', { media: [{ url: 'https://api.twilio.com/media/1', contentType: 'image/jpeg' }] });
    expect(await unreadTexts(world)).toEqual(['hola como va todo', 'who is this', 'quick question about maya', '']);
  });

  it('is none of what a flow took, a consent word, a signal or an ACK', async () => {
    const world = await createWorld();
    await world.pass(3_600_000);
    await world.text(MAYA, 'done');
    await world.text(MAYA, 'HELP');
    await world.text(MAYA, MODERATE);
    await world.text(STRANGER, CRISIS);
    await world.text(RENEE, 'ACK');
    expect(await unreadTexts(world)).toEqual([]);
  });
});

describe('a text in a hand-off whose place in the thread fails', () => {
  it('is kept and reported, and takes nothing else along', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const [running] = await world.database.read((stores) => stores.escalations.unresolved());
    if (running === undefined) throw new Error('no case');
    await world.act('U0RENEE', { kind: 'take_over', escalationId: running.id });
    const { info } = world.log;
    world.log.info = (event, fields) => {
      if (event === 'escalation_changed') throw new Error('a fault of ours');
      info(event, fields);
    };
    await world.text(MAYA, 'are you there');
    const unprocessed = await world.database.read((stores) => stores.inbox.unprocessed(10));
    expect(unprocessed.map(({ body }) => body)).toEqual(['are you there']);
    expect(titled(world, 'could not be processed')).toHaveLength(1);
    await world.text(MAYA, 'i took all the pills');
    expect(world.texts.at(-1)?.body).toMatch(/988|911/);
    expect(world.posts.filter(({ message }) => message.kind === 'case_text').at(-1)).toMatchObject({
      message: { text: 'i took all the pills', tier: 'crisis' },
    });
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

describe('a mentee with a case that is released', () => {
  const toldMentor = (world: World) =>
    world.posts.filter(({ to }) => to === 'U0DANI').map(({ message }) => JSON.stringify(message));

  it.each([
    ['my mom is asking about the form', 'Wrote something'],
    [MODERATE, 'Wrote something heavy'],
  ])('the mentor hears that %j was written, and not what: the thread of the case has it', async (words, reason) => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const [running] = await world.database.read((stores) => stores.escalations.unresolved());
    if (running === undefined) throw new Error('no case');
    const escalationId = running.id;
    await world.act('U0RENEE', { kind: 'take_over', escalationId });
    await world.act('U0RENEE', { kind: 'release', escalationId });
    // By then what she wrote in distress is not read together with this any more.
    world.clock.at += 3 * 3_600_000;
    await world.text(MAYA, words);
    expect(toldMentor(world).join()).toContain(reason);
    expect(toldMentor(world).join()).not.toContain(words);
    const shown = world.posts.filter(({ message }) => message.kind === 'case_text');
    expect(shown.at(-1)?.message).toMatchObject({ text: words });
    const end = { escalationId, outcome: 'safe', resumeAfterHours: 0, note: '' } as const;
    await world.resolve('U0RENEE', end);
    await world.text(MAYA, 'is this still you');
    expect(toldMentor(world).at(-1)).toContain('is this still you');
  });
});
