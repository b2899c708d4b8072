import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freeSpace, networkFileSystemOf } from '../../../src/adapters/db/disk.ts';
import { claimHost, type Host } from '../../../src/adapters/db/host-claim.ts';
import type { Database } from '../../../src/app/ports/database.ts';
import { makeSqliteFile, openMemoryDatabase } from '../../support/sqlite.ts';

const here: Host = { id: 'boot-1', name: 'icehouse-1' };
const there: Host = { id: 'boot-2', name: 'icehouse-2' };
const NOON = 1_780_000_000_000;
let now = NOON;
const clock = () => now;
let database: Database;
beforeEach(async () => {
  now = NOON;
  database = await openMemoryDatabase();
});
afterEach(() => database.close());

test('refuses a second host while the first one serves, and names it (DB-02)', async () => {
  await claimHost(database, clock, here);
  now += 29_999;
  await expect(claimHost(database, clock, there)).rejects.toThrow('served by another host, "icehouse-1"');
});

test('lets the same host take over at once', async () => {
  await claimHost(database, clock, here);
  await claimHost(database, clock, here);
});

test('lets another host begin when the lease ran out, and then stops the first', async () => {
  const first = await claimHost(database, clock, here);
  now += 20_000;
  await first.renew();
  now += 29_999;
  await expect(claimHost(database, clock, there)).rejects.toThrow('icehouse-1');
  now += 1;
  await claimHost(database, clock, there);
  await expect(first.renew()).rejects.toThrow('icehouse-2');
});

test('lets another host begin at once after a release, and releases only its own claim', async () => {
  const first = await claimHost(database, clock, here);
  await first.release();
  await claimHost(database, clock, there);
  await first.release();
  await expect(claimHost(database, clock, here)).rejects.toThrow('icehouse-2');
});

test('knows this host without being told', async () => {
  await claimHost(database, clock);
  await claimHost(database, clock);
  await expect(claimHost(database, clock, there)).rejects.toThrow('served by another host');
});

test('measures the disk under the file', async () => {
  const { path, remove } = makeSqliteFile();
  const free = await freeSpace(dirname(path));
  expect(free).toBeGreaterThan(0);
  expect(free).toBeLessThanOrEqual(1);
  expect(networkFileSystemOf(path)).toBeNull();
  remove();
});
