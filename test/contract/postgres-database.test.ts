import { expect, test } from 'vitest';
import { openDatabase } from '../../src/adapters/db/open-database.ts';
import type { Database } from '../../src/app/ports/database.ts';
import { asMenteeId } from '../../src/core/model/ids.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';
import { useTestBed } from './databases.ts';
import { hashOf, NOON, sampleMentee } from './samples.ts';

const bed = useTestBed('postgres');

test('goes on after the server threw its connections out (DB-06)', async () => {
  const lost: string[] = [];
  const database = await bed.open({ onConnectionLost: (code) => lost.push(code) });
  await database.transact(({ house }) => house.put('a', 'x'));
  await bed.place.sql(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  await database.transact(({ house }) => house.put('b', 'x'));
  expect(await database.read(({ house }) => house.get('b'))).toBe('x');
});

test('runs a handler again when another transaction stood in its way', async () => {
  const other = await bed.open();
  await bed.database.transact(async ({ people, tasks }) => {
    for (const n of [1, 2]) {
      await people.saveMentee(sampleMentee(n), NOON);
      await tasks.addMissing(asMenteeId(`mentee-${n}`), 't', 'import', NOON);
    }
  });
  let runs = 0;
  let holding = 0;
  const cross = (database: Database, [first, second]: readonly [number, number]) =>
    database.transact(async ({ tasks }) => {
      runs += 1;
      await tasks.markAsked(asMenteeId(`mentee-${first}`), 't', NOON);
      holding += 1;
      // Until the other one has its first row too; only store calls may be awaited, so by calls that touch nothing.
      while (holding < 2) await tasks.of(asMenteeId('nobody'));
      await tasks.markAsked(asMenteeId(`mentee-${second}`), 't', NOON);
    });
  await Promise.all([cross(bed.database, [1, 2]), cross(other, [2, 1])]);
  expect(runs).toBeGreaterThan(2);
});

test('holds a person until the transaction ends (TW-14)', async () => {
  const order: string[] = [];
  const hold = (name: string) =>
    bed.database.transact(async ({ lockPerson, house }) => {
      await lockPerson(hashOf(1));
      order.push(`${name} begins`);
      for (let call = 0; call < 20; call += 1) await house.get('x');
      order.push(`${name} ends`);
    });
  await Promise.all([hold('first'), hold('second')]);
  expect(order[1]).toBe(order[0]?.replace('begins', 'ends'));
});

test('reads one moment, whatever is committed meanwhile', async () => {
  const other = await bed.open();
  let write: Promise<void> | undefined;
  const seen = await bed.database.read(async ({ house }) => {
    const values = [await house.get('a')];
    write = other.transact(({ house: theirs }) => theirs.put('a', 'x'));
    for (let call = 0; call < 50; call += 1) values.push(await house.get('a'));
    return values;
  });
  await write;
  expect(new Set(seen)).toEqual(new Set([null]));
  expect(await bed.database.read(({ house }) => house.get('a'))).toBe('x');
});

test('refuses to start without a server, in words of its own', async () => {
  const url = 'postgres://postgres@127.0.0.1:1/none';
  await expect(openDatabase({ url, dataKey: TEST_DATA_KEY, purpose: 'command', migrate: {} })).rejects.toThrow(
    'ECONNREFUSED',
  );
});
