// Work in SQLite is done within a turn of the event loop: loops over many rows have to let in what comes meanwhile.

import { describe, expect, it } from 'vitest';
import { noticeRow } from '../../src/app/outbound-rows.ts';
import type { Database } from '../../src/app/ports/database.ts';
import { createRelay } from '../../src/app/relay-outbox.ts';
import { createWorld, inbound, MAYA, type World } from './world.ts';

const NOTICES = 400;
const CRISIS = 'i want to kill myself';

/** So many everyday messages, each to somebody else, are due. */
async function queueNotices(world: World, count: number): Promise<void> {
  await world.database.transact(async (stores) => {
    for (let index = 0; index < count; index += 1) {
      const recipient = { kind: 'slack_user', slackUserId: `U${index}` } as const;
      const row = noticeRow({ key: `notice-${index}`, recipient, title: 'Everyday', lines: [], now: world.clock.at });
      await stores.outbox.add(row, world.clock.at);
    }
  });
}

const isEveryday = ({ message }: World['posts'][number]) => message.kind === 'notice' && message.title === 'Everyday';
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('F38: many messages that leave', () => {
  it('hold up no text in danger: its card leaves while most of them still wait', async () => {
    const world = await createWorld();
    await queueNotices(world, NOTICES);
    const draining = world.relay.drain();
    while (!world.posts.some(isEveryday)) await turn();
    await world.receive(inbound(MAYA, CRISIS, 'SMcrisis'));
    world.relay.wake();
    await draining;
    const card = world.posts.findIndex(({ message }) => message.kind === 'alert');
    expect(card).toBeGreaterThan(-1);
    expect(world.posts.slice(0, card).filter(isEveryday).length).toBeLessThan(NOTICES / 2);
    expect(world.posts.filter(isEveryday)).toHaveLength(NOTICES);
  });

  it('share the commits in which their outcomes are recorded', async () => {
    const world = await createWorld();
    await queueNotices(world, 64);
    const { database } = world;
    let commits = 0;
    const counted: Database = {
      read: (work) => database.read(work),
      transact: (work) => {
        commits += 1;
        return database.transact(work);
      },
      batch: (items, work) => {
        commits += 1;
        return database.batch(items, work);
      },
      isTrouble: (error) => database.isTrouble(error),
      hashPhone: (phone) => database.hashPhone(phone),
      close: () => database.close(),
    };
    await createRelay({ ...world, database: counted }).drain();
    expect(world.posts.filter(isEveryday)).toHaveLength(64);
    expect(commits).toBeLessThan(32);
  });
});

describe('F38: many timers that fall due in one minute', () => {
  it('let in what comes between them', async () => {
    const world = await createWorld();
    await world.pass(0);
    await world.database.transact(async (stores) => {
      for (let index = 0; index < 500; index += 1) {
        await stores.timers.set({ kind: 'plan', subject: `nobody-${index}`, name: 'next', dueAt: world.clock.at });
      }
    });
    let turns = 0;
    let isOver = false;
    const counting = (async () => {
      while (!isOver) {
        await turn();
        turns += 1;
      }
    })();
    expect(await world.runDue()).toBeGreaterThanOrEqual(500);
    isOver = true;
    await counting;
    expect(turns).toBeGreaterThanOrEqual(10);
  });
});
