// When Twilio's list is read, from where, and what is done with what it brings (TW-13).

import { beforeEach, describe, expect, it } from 'vitest';
import type { Stores } from '../../src/app/ports/database.ts';
import type { InboundReader, ListedText } from '../../src/app/ports/inbound-reader.ts';
import { createReceiveMessage } from '../../src/app/receive-message.ts';
import { createRecovery } from '../../src/app/recovery.ts';
import { createRelay } from '../../src/app/relay-outbox.ts';
import { createWorld, inbound, LUIS, MAYA, MONDAY_10, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: World;
let asked: number[];
let listed: ListedText[];
let isWhole: boolean;
let isDown: boolean;

beforeEach(async () => {
  world = await createWorld();
  asked = [];
  listed = [];
  isWhole = true;
  isDown = false;
});

const reader: InboundReader = {
  inboundSince: async (since) => {
    asked.push(since);
    return isDown ? null : { texts: listed.filter(({ message }) => message.sentAt >= since), isWhole };
  },
  mediaOf: async () => [],
};
/** A house that starts: what is called is one look at the list, and awaits what came of it. */
function start(
  receiveMessage = createReceiveMessage({ ...world, wake: () => {} }),
  inboundReader = reader,
  database = world.database,
) {
  const recovery = createRecovery({ ...world, database, inboundReader, receiveMessage, wake: () => {} });
  const look = () => {
    recovery.look();
    return recovery.settled();
  };
  return Object.assign(look, { recovery });
}
const text = (id: string, body: string, sentAt: number): ListedText => ({
  message: { ...inbound(MAYA, body, id), sentAt },
  mediaCount: 0,
});
const bodies = async () =>
  (await world.database.read(({ inbox }) => inbox.recent(world.hashPhone(mayas()), 0, 50))).map(({ body }) => body);
const mayas = () => MAYA as Parameters<World['hashPhone']>[0];
const subjects = async () => (await world.database.read(({ house }) => house.alarms())).map(({ subject }) => subject);

describe('TW-13: Twilio’s list is read', () => {
  it('every five minutes, and at once after the house stood still', async () => {
    const recover = start();
    for (let minute = 0; minute < 6; minute += 1) {
      await recover();
      world.clock.at += MINUTE;
    }
    expect(asked).toHaveLength(2);
    world.clock.at += 3 * MINUTE;
    await recover();
    expect(asked).toHaveLength(3);
    world.clock.at -= HOUR;
    await recover();
    expect(asked).toHaveLength(4);
  });

  it('by a new database from now on, and by a later start from an hour before the last good reading', async () => {
    await start()();
    expect(asked).toEqual([MONDAY_10]);
    world.clock.at += 3 * HOUR;
    isDown = true;
    await start()();
    isDown = false;
    world.clock.at += HOUR;
    await start()();
    world.clock.at += MINUTE;
    await start()();
    expect(asked.slice(2)).toEqual([MONDAY_10, MONDAY_10 + 3 * HOUR]);
  });

  it('by a database that had texts before it could be read, from an hour before the newest', async () => {
    await world.text(MAYA, 'hello');
    world.clock.at += 5 * HOUR;
    await start()();
    expect(asked).toEqual([MONDAY_10 - HOUR]);
  });

  it('again in the next minute when a text could not be stored', async () => {
    const refused = start(async () => {
      throw new Error('the disk is full');
    });
    await refused();
    world.clock.at += 10 * MINUTE;
    listed = [text('SM900', 'i want to die', world.clock.at - 5 * MINUTE)];
    await refused();
    expect(await bodies()).toEqual([]);
    world.clock.at += 2 * HOUR;
    await start()();
    expect(await bodies()).toEqual(['i want to die']);
  });
});

describe('TW-13: what the list brings', () => {
  it('is taken in once by two readings at the same time, and in the order of sending', async () => {
    await start()();
    world.clock.at += HOUR;
    listed = [text('SM901', 'one', MONDAY_10 + MINUTE), text('SM902', 'two', MONDAY_10 + 2 * MINUTE)];
    await Promise.all([start()(), start()()]);
    expect(await bodies()).toEqual(['one', 'two']);
    expect(await subjects()).toEqual(['webhooks']);
  });

  it('raises no alarm when it is of this minute', async () => {
    await start()();
    world.clock.at += 10 * MINUTE;
    listed = [text('SM903', 'just now', world.clock.at - MINUTE)];
    await start()();
    expect(await bodies()).toEqual(['just now']);
    expect(await subjects()).toEqual([]);
  });

  it('and is more than is read at once: a person reads the rest', async () => {
    await start()();
    world.clock.at += HOUR;
    isWhole = false;
    await start()();
    expect(await subjects()).toEqual(['too_many']);
  });

  it('and is a STOP counts from when it was sent', async () => {
    await start()();
    world.clock.at += HOUR;
    listed = [text('SM904', 'stop texting me please', MONDAY_10 + MINUTE)];
    await start()();
    const events = await world.database.read(({ consents }) => consents.events(world.hashPhone(mayas())));
    expect(events.at(-1)).toMatchObject({ state: 'opted_out', at: MONDAY_10 + MINUTE });
  });
});

describe('TW-13: a START that no webhook brought', () => {
  it.each([1, 10])('undoes no STOP that was sent after it, %i minutes later', async (minutes) => {
    await start()();
    const sentAt = world.clock.at + MINUTE;
    world.clock.at = sentAt + 20_000;
    await world.text(MAYA, 'STOP');
    world.clock.at = sentAt + minutes * MINUTE;
    listed = [text('SM910', 'START', sentAt)];
    await start()();
    expect(await bodies()).toEqual(['STOP', 'START']);
    const state = await world.database.read(({ consents }) => consents.state(world.hashPhone(mayas())));
    expect(state).toBe('opted_out');
  });
});

/** A list that is being read until the test lets it answer. */
function slowReader() {
  const waiting: (() => void)[] = [];
  const slow: InboundReader = {
    ...reader,
    inboundSince: async (since) => {
      const read = await reader.inboundSince(since);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return read;
    },
  };
  const answer = async () => {
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    waiting.shift()?.();
  };
  return { slow, answer };
}

/** Whether a promise has ended by the time at which everything that can go on has gone on. */
async function hasEnded(promise: Promise<void>): Promise<boolean> {
  let ended = false;
  void promise.then(() => (ended = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  return ended;
}

describe('TW-13: a list that answers slowly', () => {
  it('is read once at a time, and given up after two minutes', async () => {
    const { slow, answer } = slowReader();
    const { recovery } = start(undefined, slow);
    recovery.look();
    await expect.poll(() => asked.length).toBe(1);
    world.clock.at += MINUTE;
    recovery.look();
    await hasEnded(recovery.settled());
    expect(asked).toHaveLength(1);
    world.clock.at += MINUTE;
    recovery.look();
    await expect.poll(() => asked.length).toBe(2);
    await answer();
    await answer();
    await recovery.settled();
  });

  it('is waited for after a start and after a time of standing still, and by nobody in between', async () => {
    const { slow, answer } = slowReader();
    const { recovery } = start(undefined, slow);
    const first = recovery.caughtUp();
    expect(await hasEnded(first)).toBe(false);
    await answer();
    await first;
    for (let minute = 0; minute < 5; minute += 1) {
      world.clock.at += MINUTE;
      recovery.look();
      expect(await hasEnded(recovery.caughtUp())).toBe(true);
    }
    expect(asked).toHaveLength(2);
    world.clock.at += HOUR;
    const later = recovery.caughtUp();
    await answer();
    expect(await hasEnded(later)).toBe(false);
    await answer();
    await later;
    expect(asked).toHaveLength(3);
  });

  it('holds back what nobody asked for, never an alert or the numbers for somebody in danger', async () => {
    const { slow, answer } = slowReader();
    const { recovery } = start(undefined, slow);
    recovery.look();
    await world.receive(inbound(MAYA, 'i want to die', 'SM907'));
    await world.runDue();
    const drained = createRelay({ ...world, caughtUp: recovery.caughtUp }).drain();
    const sentTo = (phone: string) => world.texts.filter(({ to }) => to === phone).map(({ body }) => body);
    await expect.poll(() => sentTo(MAYA).join()).toContain('988');
    await expect.poll(() => world.posts.length).toBeGreaterThan(0);
    expect(sentTo(LUIS)).toEqual([]);
    await answer();
    await drained;
    expect(sentTo(LUIS).length).toBeGreaterThan(0);
  });
});

/** The same object, but for some of its members. */
function over<T extends object>(whole: T, members: Partial<T>): T {
  return new Proxy(whole, {
    get: (target, key) => {
      if (Reflect.has(members, key)) return Reflect.get(members, key);
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('TW-13: a list that cannot be read', () => {
  it('is tried each minute, is an alarm after a quarter of an hour, and no more when it can be read', async () => {
    const look = start();
    await look();
    isDown = true;
    for (let minute = 0; minute < 19; minute += 1) {
      world.clock.at += MINUTE;
      await look();
      expect(await subjects()).toEqual([]);
    }
    world.clock.at += MINUTE;
    await look();
    expect(await subjects()).toEqual(['list']);
    expect(asked).toHaveLength(1 + 16);
    isDown = false;
    listed = [text('SM905', 'i want to die', world.clock.at - 10 * MINUTE)];
    world.clock.at += MINUTE;
    await look();
    expect(await bodies()).toEqual(['i want to die']);
    expect(await subjects()).toEqual(['webhooks']);
  });

  it('is read past a text of before that cannot be opened any more', async () => {
    await start()();
    await world.receive(inbound(MAYA, 'hello', 'SM908'));
    world.clock.at += 10 * MINUTE;
    listed = [text('SM908', 'hello', MONDAY_10), text('SM909', 'one more', world.clock.at - 4 * MINUTE)];
    const damaged = (stores: Stores) =>
      over(stores, {
        inbox: over(stores.inbox, {
          byExternalId: (source, id) =>
            id === 'SM908' ? Promise.reject(new Error('the row was altered')) : stores.inbox.byExternalId(source, id),
        }),
      });
    const database = over(world.database, { read: (work) => world.database.read((stores) => work(damaged(stores))) });
    await start(undefined, reader, database)();
    expect(await bodies()).toEqual(['hello', 'one more']);
  });
});
