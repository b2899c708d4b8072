// What waits for staff: to-dos, and texts that nobody's rule matched. Each is told once, and ends with a person's press.

import { describe, expect, it } from 'vitest';
import { addTodo } from '../../src/app/add-todo.ts';
import { digestUnread } from '../../src/app/digest-texts.ts';
import { armProgramTimers } from '../../src/app/program-timers.ts';
import type { InboundId } from '../../src/core/model/ids.ts';
import { importRows, SAM } from './import-rows.ts';
import { createWorld, LUIS, type World } from './world.ts';

const REVIEW = {
  key: 'review:1',
  kind: 'mentor_review',
  title: 'Talk with Dani',
  detail: 'Three weeks without a word.',
};

async function createWorldWithSam(): Promise<World> {
  const world = await createWorld();
  expect(await importRows(world, SAM)).toMatchObject({ ok: true });
  return world;
}

async function add(world: World): Promise<boolean> {
  const isNew = await world.database.transact((stores) => addTodo(stores, { ...REVIEW, now: world.clock.at }));
  await world.relay.drain();
  return isNew;
}

const todoPosts = (world: World) => world.posts.filter(({ message }) => message.kind === 'todo');

describe('a to-do', () => {
  it('is posted once to the staff channel, however often it comes up', async () => {
    const world = await createWorldWithSam();
    expect([await add(world), await add(world)]).toEqual([true, false]);
    expect(todoPosts(world)).toMatchObject([
      { to: 'staff', isUpdate: false, message: { todoKey: REVIEW.key, title: REVIEW.title, closedBy: null } },
    ]);
  });

  it('is closed by the first press, its post says by whom, and a later press hears it', async () => {
    const world = await createWorldWithSam();
    await add(world);
    const act = { kind: 'close_todo', todoKey: REVIEW.key } as const;
    expect(await world.act('U0SAM', act)).toEqual({ word: null, modal: null, homeChanged: true });
    expect(todoPosts(world).at(-1)).toMatchObject({
      isUpdate: true,
      message: { closedBy: 'Sam Ito', detail: REVIEW.detail },
    });
    expect(await world.act('U0RENEE', act)).toMatchObject({ word: 'Sam Ito has closed this already.' });
    expect(todoPosts(world)).toHaveLength(2);
    const events = await world.database.read((stores) => stores.audit.recent({ limit: 5, subject: REVIEW.key }));
    expect(events).toMatchObject([{ action: 'todo_closed', detail: { kind: 'mentor_review' } }]);
  });

  it('cannot be closed by a mentor or a stranger, nor when there is none', async () => {
    const world = await createWorldWithSam();
    await add(world);
    for (const who of ['U0DANI', 'U0NOBODY'])
      expect((await world.act(who, { kind: 'close_todo', todoKey: REVIEW.key })).word).toContain('Only staff');
    expect(await world.database.read((stores) => stores.todos.open(5))).toHaveLength(1);
    expect((await world.act('U0SAM', { kind: 'close_todo', todoKey: 'none' })).word).toContain('not on the list');
  });
});

/** So many texts that no rule matched, a minute apart; their ids, the oldest first. */
async function unread(world: World, count: number): Promise<InboundId[]> {
  const ids: InboundId[] = [];
  for (let index = 0; index < count; index += 1) {
    world.clock.at += 60_000;
    await world.text(LUIS, `sta ima ${index}`);
    await world.database.transact(async (stores) => {
      const [text] = await stores.inbox.recent(world.database.hashPhone(LUIS), 0, 1);
      if (text === undefined) throw new Error('no text');
      await stores.inbox.markUnread(text.id);
      ids.push(text.id);
    });
  }
  return ids;
}

const countUnread = (world: World) => world.database.read((stores) => stores.inbox.countUnread());

describe('reading texts', () => {
  it('marks one, keeps who read it, and tells the second reader', async () => {
    const world = await createWorldWithSam();
    const [id] = await unread(world, 1);
    if (id === undefined) throw new Error('no text');
    expect(await world.act('U0SAM', { kind: 'mark_read', inboundId: id })).toMatchObject({
      word: null,
      homeChanged: true,
    });
    expect((await world.act('U0RENEE', { kind: 'mark_read', inboundId: id })).word).toContain('read this already');
    const events = await world.database.read((stores) => stores.audit.recent({ limit: 5, subject: id }));
    expect(events).toMatchObject([{ action: 'text_read', subjectKind: 'inbound' }]);
    expect(await countUnread(world)).toBe(0);
  });

  it('marks all that were shown and nothing that came since', async () => {
    const world = await createWorldWithSam();
    const shown = await unread(world, 3);
    await unread(world, 2);
    const result = await world.act('U0SAM', { kind: 'mark_all_read', inboundIds: shown });
    expect(result.word).toContain('2 more wait');
    expect(await countUnread(world)).toBe(2);
  });

  it('marks no more than a view shows when the press does not say which', async () => {
    const world = await createWorldWithSam();
    await unread(world, 17);
    expect((await world.act('U0SAM', { kind: 'mark_all_read' })).word).toContain('2 more wait');
    expect(await world.act('U0SAM', { kind: 'mark_all_read' })).toMatchObject({ word: null, homeChanged: true });
    expect(await countUnread(world)).toBe(0);
  });

  it('is not for mentors', async () => {
    const world = await createWorldWithSam();
    const [id] = await unread(world, 1);
    if (id === undefined) throw new Error('no text');
    expect((await world.act('U0DANI', { kind: 'mark_read', inboundId: id })).word).toContain('Only staff');
    expect((await world.act('U0DANI', { kind: 'mark_all_read' })).word).toContain('Only staff');
    expect(await countUnread(world)).toBe(1);
  });
});

describe("the day's digest", () => {
  const digests = (world: World) =>
    world.posts.flatMap(({ to, message }) => (message.kind === 'texts_digest' ? [{ to, message }] : []));

  async function digest(world: World): Promise<void> {
    await world.database.transact((stores) => digestUnread(world, stores, world.clock.at));
    await world.relay.drain();
  }

  it('shows fifteen, counts the others, and comes once a day', async () => {
    const world = await createWorldWithSam();
    const ids = await unread(world, 18);
    await digest(world);
    await digest(world);
    expect(digests(world)).toMatchObject([{ to: 'staff', message: { on: '2027-06-07', more: 3 } }]);
    expect(digests(world)[0]?.message.texts.map(({ inboundId }) => inboundId)).toEqual(ids.slice(0, 15));
    expect(digests(world)[0]?.message.texts[0]).toMatchObject({ from: 'Luis', text: 'sta ima 0' });
    world.clock.at += 24 * 3_600_000;
    await digest(world);
    expect(digests(world).map(({ message }) => message.on)).toEqual(['2027-06-07', '2027-06-08']);
  });

  it('comes at five in the afternoon of the program by its own timer, each day on which something waits', async () => {
    const world = await createWorldWithSam();
    await world.database.transact((stores) => armProgramTimers(world, stores));
    await unread(world, 1);
    const fiveOClock = Date.parse('2027-06-07T17:00:00-07:00');
    await world.pass(fiveOClock - 60_000 - world.clock.at);
    expect(digests(world)).toEqual([]);
    await world.pass(60_000);
    expect(digests(world)).toHaveLength(1);
    // The house stands still over the next digest, and makes up for it without losing the one of that day.
    world.clock.at = Date.parse('2027-06-09T03:00:00-07:00');
    await world.pass(15 * 3_600_000);
    expect(digests(world).map(({ message }) => message.on)).toEqual(['2027-06-07', '2027-06-08', '2027-06-09']);
  });

  it('does not come when nothing waits, and then still comes that day', async () => {
    const world = await createWorldWithSam();
    await digest(world);
    expect(digests(world)).toEqual([]);
    await unread(world, 1);
    await digest(world);
    expect(digests(world)).toHaveLength(1);
  });
});
