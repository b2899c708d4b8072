import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/adapters/db/open-database.ts';
import { SqliteDatabase } from '../../src/adapters/db/sqlite-database.ts';
import type { Database } from '../../src/app/ports/database.ts';
import { makeSqliteFile, openMemoryDatabase, TEST_DATA_KEY } from '../support/sqlite.ts';

let file: ReturnType<typeof makeSqliteFile>;
const opened: Database[] = [];
const open = async (purpose: 'server' | 'command' = 'server'): Promise<SqliteDatabase> => {
  const database = await openDatabase({ url: file.url, dataKey: TEST_DATA_KEY, purpose, migrate: {} });
  opened.push(database);
  if (!(database instanceof SqliteDatabase)) throw new Error('not SQLite');
  return database;
};
beforeEach(() => {
  file = makeSqliteFile();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
  file.remove();
});

test('sets what durability rests on, on each connection (DB-01)', async () => {
  const { writer, reader } = (await open()).connections;
  for (const connection of [writer, reader]) {
    expect(connection.pragma('journal_mode')).toBe('wal');
    expect(connection.pragma('synchronous')).toBe(2);
    expect(connection.pragma('foreign_keys')).toBe(1);
    expect(connection.pragma('busy_timeout')).toBe(50);
  }
  expect((await open('command')).connections.writer.pragma('busy_timeout')).toBe(5_000);
});

test('waits asleep for another process that writes, and then writes (DB-01)', async () => {
  const database = await open();
  const other = new BetterSqlite3(file.path);
  other.exec('begin immediate');
  let turns = 0;
  const turn = setInterval(() => {
    turns += 1;
  }, 5);
  const written = database.transact(({ house }) => house.put('a', 'x'));
  await sleep(400);
  other.exec('commit');
  other.close();
  await written;
  clearInterval(turn);
  expect(turns).toBeGreaterThan(4);
  expect(await database.read(({ house }) => house.get('a'))).toBe('x');
});

test('gives up waiting in the end, and works again afterwards', async () => {
  await open();
  const tools = { codec: (await import('../../src/adapters/db/sealed.ts')).SealedCodec, ids: { next: () => 'x' } };
  const impatient = new SqliteDatabase({
    path: file.path,
    tools: { codec: new tools.codec(TEST_DATA_KEY), ids: tools.ids },
    busyTimeoutMs: 5,
    busyLimitMs: 50,
  });
  opened.push(impatient);
  const other = new BetterSqlite3(file.path);
  other.exec('begin immediate');
  await expect(impatient.transact(({ house }) => house.put('a', 'x'))).rejects.toThrow('locked');
  const results = await impatient.batch([1, 2], ({ house }) => house.put('b', 'x'));
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await impatient.read(({ house }) => house.get('a'))).toBeNull();
  other.close();
  await impatient.transact(({ house }) => house.put('a', 'x'));
});

const WRITER = `
  const { openDatabase } = await import(process.argv[1]);
  const database = await openDatabase({ url: process.argv[2], dataKey: process.argv[3], purpose: 'command', migrate: {} });
  for (let n = 0; n < 50; n += 1) {
    await database.transact(async ({ house }) => house.put('count', String(Number((await house.get('count')) ?? 0) + 1)));
  }
  await database.close();
`;

test('loses no write when several processes write and migrate at the same moment', async () => {
  const module = new URL('../../src/adapters/db/open-database.ts', import.meta.url).href;
  const writers = [1, 2, 3].map(() =>
    spawn(process.execPath, ['--input-type=module', '-e', WRITER, module, file.url, TEST_DATA_KEY], {
      stdio: 'inherit',
    }),
  );
  const codes = await Promise.all(writers.map(async (writer) => (await once(writer, 'exit'))[0]));
  expect(codes).toEqual([0, 0, 0]);
  expect(await (await open()).read(({ house }) => house.get('count'))).toBe('150');
});

test('finishes a batch of store calls without a turn of the event loop', async () => {
  const database = await open();
  let turns = 0;
  setImmediate(() => {
    turns += 1;
  });
  await database.batch(
    Array.from({ length: 64 }, (_, index) => index),
    (stores, item) => stores.savepoint(() => stores.house.put(`${item}`, 'x')),
  );
  expect(turns).toBe(0);
});

test('serves reads on committed rows while a transaction of another process is open', async () => {
  const database = await open();
  await database.transact(({ house }) => house.put('a', 'x'));
  const other = new BetterSqlite3(file.path);
  other.exec("begin immediate; update house_values set value = 'y'");
  expect(await database.read(({ house }) => house.get('a'))).toBe('x');
  other.close();
});

test('rolls everything back and rejects every item when the disk is full', async () => {
  const database = await open();
  const { writer } = database.connections;
  const pages = Number(writer.pragma('page_count'));
  writer.pragma(`max_page_count = ${pages}`);
  const long = 'x'.repeat(200_000);
  const results = await database.batch([1, 2], async ({ house }, item) =>
    house.put(`${item}`, item === 2 ? long : 'x'),
  );
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  writer.pragma('max_page_count = 1000000');
  expect(await database.read(({ house }) => house.get('1'))).toBeNull();
  await database.transact(({ house }) => house.put('1', long));
});

test('keeps a database in memory for tests, which reads and refuses to write while reading', async () => {
  const database = await openMemoryDatabase();
  opened.push(database);
  await database.transact(({ house }) => house.put('a', 'x'));
  expect(await database.read(({ house }) => house.get('a'))).toBe('x');
  await expect(database.read(({ house }) => house.put('a', 'y'))).rejects.toThrow(/read-?only/);
  await database.transact(({ house }) => house.put('a', 'z'));
});

test.each(['', 'icehouse.db', 'mysql://x'])('refuses DATABASE_URL %j with what it should look like', async (url) => {
  const refused = openDatabase({ url, dataKey: TEST_DATA_KEY, purpose: 'server', migrate: {} });
  await expect(refused).rejects.toThrow('DATABASE_URL must be file:/path/to/icehouse.db or postgres://');
});
