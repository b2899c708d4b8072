import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Stores } from '../../src/app/ports/database.ts';
import { createWorld, inbound, LUIS, MAYA, MONDAY_10, type World } from './world.ts';

const CRISIS = 'i want to kill myself';

describe('taking in a text', () => {
  it('TW-12: acts once on a text that comes twice, in the same batch or a year later', async () => {
    const world = await createWorld();
    await world.runDue();
    const text = inbound(MAYA, 'hello there', 'SM-twice');
    await Promise.all([world.receive(text), world.receive(text)]);
    world.clock.at += 365 * 24 * 3_600_000;
    await world.receive(text);
    const rows = await world.database.read((stores) => stores.inbox.recent(world.database.hashPhone(MAYA), 0, 10));
    expect(rows.map((row) => row.body)).toEqual(['hello there']);
  });

  it('CR-01: opens a case, queues the reply and alerts the channel in the transaction of the text', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    expect(world.texts.find((text) => text.to === MAYA)?.body).toContain('988');
    const alert = world.posts.find((post) => post.message.kind === 'alert');
    expect(alert).toMatchObject({ to: 'counselors', message: { firstName: 'Maya', tier: 'crisis', state: 'open' } });
  });

  it('answers a crisis in Spanish when the mentee texts in Spanish', async () => {
    const world = await createWorld();
    await world.text(LUIS, CRISIS);
    expect(world.texts.at(-1)?.body).toMatch(/988.*oprime 2/);
  });

  it('alerts for a text from somebody who opted out, and texts them nothing', async () => {
    const world = await createWorld();
    await world.text(MAYA, 'STOP');
    const before = world.texts.length;
    await world.text(MAYA, CRISIS);
    expect(world.texts).toHaveLength(before);
    const alert = world.posts.find((post) => post.message.kind === 'alert');
    expect(alert?.message).toMatchObject({ answered: expect.stringContaining('Phone, cannot text') });
  });

  it('alerts for a text from a number that nobody knows, and answers it without a name', async () => {
    const world = await createWorld();
    await world.text('+12135550190', CRISIS);
    expect(world.posts.some((post) => post.message.kind === 'alert')).toBe(true);
    expect(world.texts.at(-1)?.to).toBe('+12135550190');
    expect(world.texts.at(-1)?.body).not.toMatch(/Maya|Luis/);
  });

  it('keeps and screens a text whose flow fails, tells staff, and goes on with the next one', async () => {
    const world = await createWorld();
    await world.runDue();
    await world.relay.drain();
    // A step whose text asks for a value that no check could see is missing.
    const conversation = await world.database.transact(async (stores) => {
      const mentee = await stores.people.menteeByPhone(world.database.hashPhone(MAYA));
      const running = mentee === null ? null : await stores.conversations.activeOf(mentee.id);
      if (running === null) throw new Error('no conversation');
      const broken = { ...running, version: running.version + 1, step: 'no_such_step' };
      const facts = (await stores.conversations.events(running.id))[0]?.facts;
      if (facts === undefined) throw new Error('no facts');
      await stores.conversations.advance(broken, {
        version: broken.version,
        event: { kind: 'reply_received', text: 'x' },
        facts,
        at: MONDAY_10,
      });
      return broken;
    });
    await world.text(MAYA, 'done');
    const unprocessed = await world.database.read((stores) => stores.inbox.unprocessed(10));
    expect(unprocessed.map((row) => row.body)).toEqual(['done']);
    expect(
      world.posts.some(
        (post) => post.message.kind === 'notice' && post.message.title.includes('could not be processed'),
      ),
    ).toBe(true);
    expect(conversation.step).toBe('no_such_step');
    await world.text(MAYA, CRISIS);
    expect(world.posts.some((post) => post.message.kind === 'alert')).toBe(true);
  });

  it('opens a case for every crisis, however many there were before', async () => {
    const world = await createWorld();
    for (let index = 0; index < 40; index += 1) await world.text(`+1213555${String(4000 + index)}`, CRISIS);
    const open = await world.database.read((stores) => stores.escalations.unresolved());
    expect(new Set(open.map((escalation) => escalation.caseCode)).size).toBe(40);
  });

  /** The store of cases refuses, as a fault of ours would make it; a locked database does not look like this. */
  function refuseCases(world: World, where: 'batch' | 'everywhere'): void {
    const { batch, transact } = world.database;
    const openOf = () => Promise.reject(new Error('refused'));
    const bound = (target: object, name: string | symbol) => {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    };
    const cases = (target: Stores['escalations']) =>
      new Proxy(target, { get: (one, name) => (name === 'openOf' ? openOf : bound(one, name)) });
    const broken = (stores: Stores): Stores =>
      new Proxy(stores, { get: (one, name) => (name === 'escalations' ? cases(one.escalations) : bound(one, name)) });
    world.database.batch = (items, work) =>
      batch.call(world.database, items, (stores, item) => work(broken(stores), item as never)) as never;
    if (where === 'batch') return;
    world.database.transact = (work) => transact.call(world.database, (stores) => work(broken(stores))) as never;
  }

  it('DB-01: takes a text again, whole, when the database was locked; the vendor hears of it only after that', async () => {
    const world = await createWorld();
    const locked = new BetterSqlite3.SqliteError('database is locked', 'SQLITE_BUSY');
    world.database.batch = async (items) => items.map(() => ({ status: 'rejected', reason: locked }));
    await world.text(MAYA, CRISIS);
    expect(await world.database.read((stores) => stores.escalations.unresolved())).toHaveLength(1);
    world.database.transact = () => Promise.reject(locked);
    await expect(world.receive(inbound(LUIS, CRISIS, 'SM-locked'))).rejects.toBe(locked);
  });

  it('takes a text again by itself when its first handling fails, and opens the case', async () => {
    const world = await createWorld();
    refuseCases(world, 'batch');
    await world.text(MAYA, CRISIS);
    expect(world.texts.at(-1)?.body).toContain('988');
    expect(await world.database.read((stores) => stores.escalations.unresolved())).toHaveLength(1);
  });

  it('tells the counselors at once when no case can be opened at all', async () => {
    const world = await createWorld();
    refuseCases(world, 'everywhere');
    await world.receive(inbound(MAYA, CRISIS, 'SM-refused'));
    const rows = await world.database.read((stores) => stores.outbox.claimable(world.clock.at, 10, 'urgent'));
    expect(JSON.stringify(rows.map((row) => row.body))).toContain('NOT read for distress');
  });

  it('a harmless text whose handling fails is kept for staff, and nobody is paged', async () => {
    const world = await createWorld();
    refuseCases(world, 'everywhere');
    await world.receive(inbound(MAYA, 'done', 'SM-refused'));
    expect((await world.database.read((stores) => stores.inbox.unprocessed(10))).map((row) => row.body)).toEqual([
      'done',
    ]);
    expect(await world.database.read((stores) => stores.outbox.claimable(world.clock.at, 10, 'urgent'))).toEqual([]);
  });

  it('TW-15: takes a picture without words to a person, not to the flow', async () => {
    const world = await createWorld();
    await world.runDue();
    await world.relay.drain();
    await world.text(MAYA, '', { media: [{ url: 'https://media.example/1', contentType: 'image/jpeg' }] });
    const notice = world.posts.find((post) => post.to === 'U0DANI');
    expect(JSON.stringify(notice)).toContain('picture');
  });

  it('TW-16: stores and screens a burst of texts, and answers only the first of them', async () => {
    const world = await createWorld();
    for (let index = 0; index < 30; index += 1) await world.text('+12135550191', `hello ${index}`);
    expect(world.texts.filter((text) => text.to === '+12135550191')).toHaveLength(1);
    await world.text('+12135550191', CRISIS);
    expect(world.posts.some((post) => post.message.kind === 'alert')).toBe(true);
  });

  it('TW-16: never answers its own number or a short code', async () => {
    const world = await createWorld();
    await world.text('self:+12135550199', 'hello');
    await world.text('22395', 'your code is 1234');
    expect(world.texts).toEqual([]);
  });
});

describe('while a case is open', () => {
  it('the bot is silent, and what the mentee writes is shown to the counselors', async () => {
    const world = await createWorld();
    await world.runDue();
    await world.relay.drain();
    await world.text(MAYA, CRISIS);
    const before = world.texts.length;
    await world.text(MAYA, 'done');
    expect(world.texts).toHaveLength(before);
    expect(world.posts.at(-1)).toMatchObject({
      message: { kind: 'case_text', text: 'done' },
      threadTs: expect.any(String),
    });
  });

  it('sends the whole reply once an episode, then the short one', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.text(MAYA, `${CRISIS} tonight`);
    const replies = world.texts.filter((text) => text.to === MAYA).map((text) => text.body);
    expect(replies).toHaveLength(2);
    expect(replies[1]?.length).toBeLessThan(replies[0]?.length ?? 0);
    expect(replies[1]).toContain('988');
  });

  it('an ordinary text right after a crisis is not taken for another one', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const alerts = world.posts.filter((post) => post.message.kind === 'alert' && !post.isUpdate).length;
    await world.text(MAYA, 'ok thank you');
    expect(world.posts.filter((post) => post.message.kind === 'alert' && !post.isUpdate)).toHaveLength(alerts);
  });
});
