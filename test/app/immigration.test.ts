// IM: an immigration disclosure is for counselors alone: high, no word to the mentor or the staff channel, removed after
// the case, and no field for anybody's status anywhere.

import { describe, expect, it } from 'vitest';
import { ROSTER_COLUMNS } from '../../src/app/roster-row.ts';
import {
  bornOn,
  DAY,
  HOUR,
  lastCard,
  MINUTE,
  onlyCase,
  sayInThread,
  shownToOthers,
  textsTo,
  withStaff,
} from './special-house.ts';
import { createWorld, LUIS, MAYA, type World } from './world.ts';

const FEAR = 'im scared ice will deport my mom';
const SECRET = /\bice\b|deport|undocumented|my mom|papeles|\bmigra\b/i;

async function disclosed(text = FEAR, change?: (files: Record<string, unknown>) => void) {
  const world = change === undefined ? await createWorld() : await createWorld(change);
  await withStaff(world);
  await world.text(MAYA, text);
  return { world, escalationId: onlyCase(world) };
}

const allRows = (world: World) =>
  world.database.read(async (stores) => {
    const escalation = await stores.escalations.byId(onlyCase(world));
    if (escalation === null) throw new Error('no case');
    const inbox = await stores.inbox.recent(escalation.phoneHash, 0, 99);
    const signals = await stores.inbox.signalsSince(escalation.phoneHash, 'high', 0);
    const outbox = [
      ...(await stores.outbox.ofEscalation(escalation.id)),
      ...(await stores.outbox.ofPhone(escalation.phoneHash)),
    ];
    return { escalation, inbox, signals, outbox };
  });

async function resolved(days = 0) {
  const scene = await disclosed(FEAR, (files) => {
    Object.assign(files['program.yaml'] as object, { forget_immigration_after_days: days });
  });
  const { world, escalationId } = scene;
  await world.act('U0RENEE', { kind: 'take_over', escalationId });
  world.clock.at += MINUTE;
  await sayInThread(world, 'U0RENEE', 'I know a lawyer who can talk with your mom about ICE.');
  await world.text(MAYA, 'thank you, my mom says yes');
  world.clock.at += MINUTE;
  await world.resolve('U0RENEE', {
    escalationId,
    outcome: 'connected',
    resumeAfterHours: 0,
    note: 'Mom and ICE: lawyer.',
  });
  return scene;
}

describe('IM: an immigration disclosure', () => {
  it('is never answered with 911, also not when they write of it again', async () => {
    const world = await createWorld();
    await world.text(MAYA, 'ice took my mom today');
    await world.text(MAYA, 'they are going to deport my mom');
    expect(textsTo(world)).toHaveLength(2);
    expect(textsTo(world).join()).not.toContain('911');
  });

  it('is high, answered without 911 or advice, and goes to counselors', async () => {
    const { world } = await disclosed();
    expect(lastCard(world)).toMatchObject({ tier: 'high' });
    expect(textsTo(world)).toEqual([expect.stringMatching(/told a counselor.*don't have to explain more by text/)]);
    expect(textsTo(world).join()).not.toMatch(/911|lawyer|status/i);
  });

  it.each([
    FEAR,
    'last year ice took my dad',
    'la migra se llevó a mi papá',
    'i dont have papers and im scared',
    'no tengo papeles y tengo miedo',
  ])('no word of it reaches the mentor, the staff channel, a home, a list or the log: %s', async (text) => {
    const { world, escalationId } = await disclosed(text);
    expect(world.posts.some(({ to }) => to === 'U0DANI' || to === 'staff')).toBe(false);
    // With the bot at work again, so that a day's digest and the nudges come about.
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId });
    await world.act('U0RENEE', { kind: 'release', escalationId });
    await world.pass(2 * DAY);
    expect(await shownToOthers(world)).not.toMatch(SECRET);
  });

  it('nor what they write in the case later, also once the bot has it back', async () => {
    const { world, escalationId } = await disclosed();
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId });
    await world.text(MAYA, 'my mom has court on friday');
    await world.act('U0RENEE', { kind: 'release', escalationId });
    await world.text(MAYA, 'my mom got a letter');
    await world.pass(2 * DAY);
    expect(await shownToOthers(world)).not.toMatch(SECRET);
  });

  it('nor when its handling fails', async () => {
    const { world } = await disclosed();
    const batch = world.database.batch.bind(world.database);
    world.database.batch = (items, work) =>
      batch(items, async (stores, item) => {
        const outbox = new Proxy(stores.outbox, {
          get: (target, name) =>
            name === 'lastTextTo'
              ? () => Promise.reject(new Error('refused'))
              : (Reflect.get(target, name, target) as () => unknown).bind?.(target),
        });
        return work(
          new Proxy(stores, {
            get: (target, name) => {
              const value: unknown = name === 'outbox' ? outbox : Reflect.get(target, name, target);
              return typeof value === 'function' ? value.bind(target) : value;
            },
          }),
          item,
        );
      });
    await world.text(MAYA, 'my mom got a letter');
    await world.pass(HOUR);
    expect(world.logged.some(({ event }) => event === 'inbound_not_screened')).toBe(true);
    expect(await shownToOthers(world)).not.toMatch(SECRET);
  });
});

describe('IM: after the case', () => {
  it('its words are gone a day after its end: in the case, the inbox, the outbox and in Slack', async () => {
    const { world } = await resolved();
    await world.pass(23 * HOUR);
    expect(JSON.stringify(await allRows(world))).toMatch(SECRET);
    await world.pass(2 * HOUR);
    const { escalation, inbox, signals, outbox } = await allRows(world);
    expect(JSON.stringify([escalation, inbox, outbox])).not.toMatch(SECRET);
    expect(JSON.stringify([escalation, signals])).not.toMatch(/immigra/i);
    expect(escalation.wordsRemovedAt).toBe(world.clock.at - HOUR);
    expect(inbox.map(({ body, wordsRemovedAt }) => [body, typeof wordsRemovedAt])).toEqual([
      ['', 'number'],
      ['', 'number'],
    ]);
    expect(outbox.length).toBeGreaterThan(3);
    expect(lastCard(world)).toMatchObject({ words: [], answered: '', state: 'resolved' });
  });

  it('each post of the thread is rewritten', async () => {
    const { world } = await resolved();
    const before = world.posts.length;
    const shown = world.posts.filter(
      ({ to, isUpdate, threadTs }) => to === 'counselors' && !isUpdate && threadTs !== null,
    );
    const secret = shown.filter(({ message }) => SECRET.test(JSON.stringify(message)));
    expect(secret.length).toBeGreaterThan(1);
    await world.pass(25 * HOUR);
    const rewritten = world.posts.slice(before).filter(({ isUpdate }) => isUpdate);
    expect(rewritten.length).toBeGreaterThanOrEqual(secret.length + 1);
    expect(JSON.stringify(rewritten)).not.toMatch(SECRET);
    expect(JSON.stringify(rewritten)).toContain('These words were removed after the case.');
  });

  it('Details shows that they were removed, and the audit that it was done', async () => {
    const { world, escalationId } = await resolved();
    await world.pass(25 * HOUR);
    const modal = await world.openModal('U0RENEE', { kind: 'case_details', escalationId });
    expect(JSON.stringify(modal)).not.toMatch(SECRET);
    expect(JSON.stringify(modal)).toContain('(removed after the case)');
    const audit = await world.database.read(({ audit }) => audit.recent({ limit: 9, subject: escalationId }));
    expect(audit[1]).toMatchObject({ action: 'case_words_removed', actor: 'house', detail: { texts: 2 } });
  });

  it('a case that is opened again within the day keeps its words until it ends again', async () => {
    const { world, escalationId } = await resolved();
    await world.pass(20 * HOUR);
    await world.act('U0RENEE', { kind: 'reopen', escalationId });
    await world.act('U0RENEE', { kind: 'release', escalationId });
    await world.pass(3 * DAY);
    expect(JSON.stringify((await allRows(world)).inbox)).toMatch(SECRET);
    await world.resolve('U0RENEE', { escalationId, outcome: 'connected', resumeAfterHours: 0, note: '' });
    await world.pass(25 * HOUR);
    expect(JSON.stringify(await allRows(world))).not.toMatch(SECRET);
  });

  it('a program may keep them for some days', async () => {
    const { world } = await resolved(5);
    await world.pass(5 * DAY - HOUR);
    expect(JSON.stringify((await allRows(world)).inbox)).toMatch(SECRET);
    await world.pass(2 * HOUR);
    expect(JSON.stringify(await allRows(world))).not.toMatch(SECRET);
  });

  it('the words of any other case stay', async () => {
    const world = await createWorld();
    await world.text(LUIS, 'me quiero morir');
    const escalationId = onlyCase(world);
    await world.resolve('U0RENEE', { escalationId, outcome: 'safe', resumeAfterHours: 0, note: '' });
    await world.pass(60 * DAY);
    expect(JSON.stringify(await allRows(world))).toContain('me quiero morir');
  });

  it('what they write after the case stays', async () => {
    const { world } = await resolved();
    world.clock.at += HOUR;
    await world.text(MAYA, 'i sent the housing form');
    await world.pass(26 * HOUR);
    expect((await allRows(world)).inbox.at(-1)?.body).toBe('i sent the housing form');
  });
});

describe('IM: no status anywhere', () => {
  const STATUS = /immigra|citizen|documented|daca|visa|residen|alien|legal_status|status_of/i;

  it('no column of the roster asks for one', () => {
    expect(ROSTER_COLUMNS.filter((column) => STATUS.test(column))).toEqual([]);
  });

  it('no table of the database has a place for one', async () => {
    const { readdirSync, readFileSync } = await import('node:fs');
    const folder = new URL('../../migrations/', import.meta.url);
    const sql = readdirSync(folder).map((name) =>
      readFileSync(new URL(name, folder), 'utf8').replace(/^\s*\/\/.*$/gm, ''),
    );
    expect(sql.join('\n')).not.toMatch(STATUS);
  });

  it('nothing that is kept of a mentee says it, before, in and after such a case', async () => {
    const { world } = await resolved();
    await bornOn(world, 'Maya', '2008-01-01');
    const known = await world.database.read(async ({ people, tasks, consents }) => {
      const maya = (await people.mentees()).find(({ firstName }) => firstName === 'Maya');
      if (maya === undefined) throw new Error('no Maya');
      return [maya, await people.contacts(maya.id), await tasks.of(maya.id), await consents.events(maya.phoneHash)];
    });
    expect(JSON.stringify(known)).not.toMatch(STATUS);
    expect(JSON.stringify(await world.database.read(({ audit }) => audit.recent({ limit: 99 })))).not.toMatch(STATUS);
  });
});
