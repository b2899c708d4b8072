import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { MAYA } from '../support/house-people.ts';

let town: Town;
beforeEach(async () => {
  town = await startTown();
});
afterEach(() => town.close());

async function stored() {
  const { database } = town.house();
  return database.read(async (stores) => {
    const mentee = await stores.people.menteeByPhone(database.hashPhone(MAYA));
    return {
      texts: await stores.inbox.recent(database.hashPhone(MAYA), 0, 50),
      conversation: mentee === null ? null : await stores.conversations.activeOf(mentee.id),
    };
  });
}

describe('TW-14: two texts of one mentee at the same moment', () => {
  it('are both stored, and move the conversation one after the other', async () => {
    const before = (await stored()).conversation;
    if (before === null) throw new Error('no conversation');
    expect(await Promise.all([town.text(MAYA, 'later'), town.text(MAYA, 'friday')])).toEqual([200, 200]);
    await town.settle();
    const { texts } = await stored();
    expect(texts.map((text) => text.body).toSorted()).toEqual(['friday', 'later']);
    const { database } = town.house();
    const events = await database.read((stores) => stores.conversations.events(before.id));
    expect(events.map((event) => event.version)).toEqual(events.map((_, index) => index + 1));
    expect(events).toHaveLength(3);
  });

  it('twelve at once are all kept, and no version is skipped', async () => {
    const before = (await stored()).conversation;
    if (before === null) throw new Error('no conversation');
    const texts = Array.from({ length: 12 }, (_, index) => `hm ${index}`);
    expect(new Set(await Promise.all(texts.map((text) => town.text(MAYA, text))))).toEqual(new Set([200]));
    await town.settle();
    expect((await stored()).texts).toHaveLength(12);
    const { database } = town.house();
    const events = await database.read((stores) => stores.conversations.events(before.id));
    expect(events.map((event) => event.version)).toEqual(events.map((_, index) => index + 1));
  });
});

describe('a flow step that fails', () => {
  /** The running talk stands at a step that its flow does not have. */
  async function breakTheFlow() {
    const { conversation } = await stored();
    if (conversation === null) throw new Error('no conversation');
    await standAt('no_such_step');
    return () => standAt(conversation.step);
  }

  async function standAt(step: string) {
    const { database } = town.house();
    const { conversation } = await stored();
    if (conversation === null) throw new Error('no conversation');
    await database.transact(async (stores) => {
      const last = (await stores.conversations.events(conversation.id)).at(-1);
      if (last === undefined) throw new Error('nothing has happened');
      const version = conversation.version + 1;
      await stores.conversations.advance({ ...conversation, version, step }, { ...last, version });
    });
  }

  it('keeps the text, marks it, shows it to staff, and the next text works when the flow is mended', async () => {
    const mend = await breakTheFlow();
    const sent = town.sentTo(MAYA).length;
    expect(await town.text(MAYA, 'done')).toBe(200);
    await town.settle();
    expect((await stored()).texts).toMatchObject([{ body: 'done', status: 'unprocessed' }]);
    expect(town.posts().map(wordsOf)).toEqual([expect.stringMatching(/could not be processed.*Maya.*done/)]);
    expect(town.sentTo(MAYA)).toHaveLength(sent);
    await mend();
    expect(await town.text(MAYA, 'done')).toBe(200);
    await town.settle();
    expect(town.bodiesTo(MAYA).slice(sent)).toEqual([expect.stringContaining('Maya')]);
    expect((await stored()).texts.map((text) => text.status)).toEqual(['unprocessed', 'done']);
  });

  it('CR-01: does not silence danger in that very text', async () => {
    await breakTheFlow();
    await town.text(MAYA, 'i want to die');
    await town.settle();
    expect(town.bodiesTo(MAYA).at(-1)).toContain('988');
    expect(
      town
        .posts()
        .map(wordsOf)
        .some((words) => words.includes('Words that fired')),
    ).toBe(true);
  });

  it('does not take the others of its batch with it', async () => {
    await breakTheFlow();
    const { LUIS } = await import('../support/house-people.ts');
    expect(await Promise.all([town.text(MAYA, 'done'), town.text(LUIS, 'STOP'), town.text(MAYA, 'HELP')])).toEqual([
      200, 200, 200,
    ]);
    await town.settle();
    const { database } = town.house();
    expect(await database.read((stores) => stores.consents.state(database.hashPhone(LUIS)))).toBe('opted_out');
  });
});
