import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishContent } from '../../src/app/publish-content.ts';
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
  /** The housing task is published no more, so the running talk about it has no deadline and no link to speak of. */
  async function takeAwayTheTask() {
    const { database } = town.house();
    const latest = await database.read((stores) => stores.content.latest());
    if (latest === null) throw new Error('nothing was published');
    const files = structuredClone(latest.files) as Record<string, { tasks: Record<string, unknown> }>;
    delete files['tasks.yaml']?.tasks['housing_form'];
    await publishContent({ database, clock: town.clock }, { files, by: 'test', why: 'a mistake' });
    await town.settle();
    return async () => {
      await publishContent({ database, clock: town.clock }, { files: latest.files, by: 'test', why: 'mended' });
      await town.settle();
    };
  }

  it('keeps the text, marks it, shows it to staff, and the next text works when the flow is mended', async () => {
    const mend = await takeAwayTheTask();
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
    await takeAwayTheTask();
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
    await takeAwayTheTask();
    const { LUIS } = await import('../support/house-people.ts');
    expect(await Promise.all([town.text(MAYA, 'done'), town.text(LUIS, 'STOP'), town.text(MAYA, 'HELP')])).toEqual([
      200, 200, 200,
    ]);
    await town.settle();
    const { database } = town.house();
    expect(await database.read((stores) => stores.consents.state(database.hashPhone(LUIS)))).toBe('opted_out');
  });
});
