// When Twilio's list is read, from where, and what is done with what it brings (TW-13).

import { beforeEach, describe, expect, it } from 'vitest';
import type { InboundReader, ListedText } from '../../src/app/ports/inbound-reader.ts';
import { createReceiveMessage } from '../../src/app/receive-message.ts';
import { createRecoverInbound } from '../../src/app/recover-inbound.ts';
import { createWorld, inbound, MAYA, MONDAY_10, type World } from './world.ts';

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
const start = (receiveMessage = createReceiveMessage({ ...world, wake: () => {} })) =>
  createRecoverInbound({ ...world, inboundReader: reader, receiveMessage, wake: () => {} });
const text = (id: string, body: string, sentAt: number): ListedText => ({
  message: { ...inbound(MAYA, body, id), sentAt },
  mediaCount: 0,
});
const bodies = async () =>
  (await world.database.read(({ inbox }) => inbox.recent(world.hashPhone(mayas()), 0, 50))).map(({ body }) => body);
const mayas = () => MAYA as Parameters<World['hashPhone']>[0];
const subjects = async () => (await world.database.read(({ house }) => house.alarms())).map(({ subject }) => subject);

describe('Twilio’s list is read', () => {
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

describe('what the list brings', () => {
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
