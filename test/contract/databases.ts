// The databases that every contract suite runs on, each in a place of its own: an SQLite file and a real PostgreSQL.

import { rmSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { type OpenDatabaseOptions, openDatabase } from '../../src/adapters/db/open-database.ts';
import type { Database } from '../../src/app/ports/database.ts';
import { makePostgresDatabase } from '../support/postgres.ts';
import { makeSqliteFile, TEST_DATA_KEY } from '../support/sqlite.ts';

type Kind = 'sqlite' | 'postgres';

/** An empty place for a database. */
interface Place {
  readonly url: string;
  /** Runs SQL on a connection of its own, past everything of ours. */
  sql(text: string): Promise<Record<string, unknown>[]>;
  /** Takes every row, or (`tables`) every table away. */
  empty(what: 'rows' | 'tables'): void | Promise<void>;
  remove(): void | Promise<void>;
}

/** What a suite is given, fresh for each test. */
export class TestBed {
  readonly kind: Kind;
  readonly #opened: Database[] = [];
  #place: Place | undefined;
  #database: Database | undefined;

  constructor(kind: Kind) {
    this.kind = kind;
  }

  /** The migrated database of this test. */
  get database(): Database {
    if (this.#database === undefined) throw new Error('outside a test');
    return this.#database;
  }

  get place(): Place {
    if (this.#place === undefined) throw new Error('outside a test');
    return this.#place;
  }

  /** One more instance of the house on the same rows. */
  async open(options: Partial<OpenDatabaseOptions> = {}): Promise<Database> {
    const { url } = this.place;
    const database = await openDatabase({ url, dataKey: TEST_DATA_KEY, purpose: 'server', migrate: {}, ...options });
    this.#opened.push(database);
    return database;
  }

  /** Before the suite. Making a PostgreSQL database costs too much to do it for each test. */
  async arrive(): Promise<void> {
    this.#place = this.kind === 'sqlite' ? makeSqlitePlace() : await makePostgresPlace();
  }

  async begin(isMigrated: boolean): Promise<void> {
    if (isMigrated) this.#database = await this.open();
  }

  async end(isMigrated: boolean): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((database) => database.close()));
    await this.place.empty(isMigrated ? 'rows' : 'tables');
  }

  async leave(): Promise<void> {
    await this.place.remove();
  }
}

/** Declares a suite on both databases. `isMigrated: false` leaves the place empty. */
export function describeOnBoth(name: string, suite: (bed: TestBed) => void, { isMigrated = true } = {}): void {
  for (const kind of ['sqlite', 'postgres'] as const) {
    describe(`${name} on ${kind}`, () => {
      suite(useTestBed(kind, isMigrated));
    });
  }
}

/** A database of one kind for the tests of the suite around. */
export function useTestBed(kind: Kind, isMigrated = true): TestBed {
  const bed = new TestBed(kind);
  beforeAll(() => bed.arrive());
  beforeEach(() => bed.begin(isMigrated));
  afterEach(() => bed.end(isMigrated));
  afterAll(() => bed.leave());
  return bed;
}

function makeSqlitePlace(): Place {
  const { url, path, remove } = makeSqliteFile();
  return {
    url,
    remove,
    empty() {
      for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    },
    async sql(text) {
      const handle = new BetterSqlite3(path);
      try {
        if (!/^\s*(select|explain)/i.test(text)) {
          handle.exec(text);
          return [];
        }
        return handle.prepare<[], Record<string, unknown>>(text).all();
      } finally {
        handle.close();
      }
    },
  };
}

async function makePostgresPlace(): Promise<Place> {
  const { url, remove } = await makePostgresDatabase();
  const sql: Place['sql'] = async (text) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    url,
    remove,
    sql,
    async empty(what) {
      if (what === 'tables') {
        await sql('drop schema public cascade; create schema public');
        return;
      }
      const tables = await sql(
        "select tablename from pg_tables where schemaname = 'public' and tablename <> 'migrations'",
      );
      const names = tables.map(({ tablename }) => tablename).join(', ');
      // Past the triggers that keep the ledger.
      await sql(`set session_replication_role = replica; truncate ${names} restart identity`);
    },
  };
}
