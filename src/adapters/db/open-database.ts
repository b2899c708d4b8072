// Opens the database that DATABASE_URL names: `file:/path/icehouse.db` (SQLite) or `postgres://…`.

import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import type { Ids } from '../../app/ports/clock.ts';
import type { Database } from '../../app/ports/database.ts';
import { requireDataKey } from './data-key.ts';
import { sqliteDialect } from './dialect.ts';
import { networkFileSystemOf } from './disk.ts';
import { type MigrateOptions, migrate, requireCurrentSchema } from './migrate.ts';
import { createPostgresPool } from './postgres-connection.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { randomIds } from './random-ids.ts';
import type { Schema } from './schema.ts';
import { SealedCodec } from './sealed.ts';
import { SqliteDatabase } from './sqlite-database.ts';

export interface OpenDatabaseOptions {
  /** `file:/path/icehouse.db`, `file::memory:` (tests), `postgres://…`. */
  readonly url: string;
  /** DATA_KEY: 32 bytes in base64. */
  readonly dataKey: string;
  /** A server must never stand still for somebody else's lock; a one-off command may. */
  readonly purpose: 'server' | 'command';
  /** Where new row ids come from; random ones unless a simulation wants them its own way. */
  readonly ids?: Ids;
  /** Run missing migrations first. Without it a database that is behind is refused. */
  readonly migrate?: MigrateOptions | false;
  readonly onConnectionLost?: (code: string) => void;
}

/** A webhook must be refused while its vendor still listens, also one that waited behind another: Slack does for 3 s. */
const BUSY = { server: { timeoutMs: 50, limitMs: 1_200 }, command: { timeoutMs: 5_000, limitMs: 30_000 } };
const POOL_SIZE = { server: 8, command: 2 };
const STATEMENT_TIMEOUT_MS = 10_000;

/**
 * Opens the database and checks that it may be used: schema of this code (NewerSchemaError, OlderSchemaError) and the
 * data key it was begun with. The caller closes it.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const tools = { codec: new SealedCodec(options.dataKey), ids: options.ids ?? randomIds };
  const place = parseDatabaseUrl(options.url);
  const { database, db } = place.kind === 'sqlite' ? openSqlite(place.path, tools) : openPostgres(place.url, tools);
  try {
    if (options.migrate) await migrate(db, options.migrate);
    else await requireCurrentSchema(db);
    await requireDataKey(database, tools.codec.keyId);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }

  function openSqlite(path: string, storeTools: typeof tools): { database: Database; db: Kysely<Schema> } {
    const { timeoutMs, limitMs } = BUSY[options.purpose];
    if (path !== ':memory:') prepareFolder(path);
    const sqlite = new SqliteDatabase({ path, tools: storeTools, busyTimeoutMs: timeoutMs, busyLimitMs: limitMs });
    return { database: sqlite, db: new Kysely({ dialect: sqliteDialect(sqlite.connections.writer) }) };
  }

  function openPostgres(url: string, storeTools: typeof tools): { database: Database; db: Kysely<Schema> } {
    const pool = createPostgresPool({
      url,
      maxConnections: POOL_SIZE[options.purpose],
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      ...(options.onConnectionLost && { onConnectionLost: options.onConnectionLost }),
    });
    return {
      database: new PostgresDatabase(pool, storeTools),
      db: new Kysely({ dialect: new PostgresDialect({ pool }) }),
    };
  }
}

/** Where a DATABASE_URL points; throws with what it should look like. */
export function parseDatabaseUrl(url: string): { kind: 'sqlite'; path: string } | { kind: 'postgres'; url: string } {
  if (/^postgres(ql)?:\/\//.test(url)) return { kind: 'postgres', url };
  const path = /^file:(?:\/\/)?(.+)$/.exec(url)?.[1];
  if (path === undefined) {
    throw new Error('DATABASE_URL must be file:/path/to/icehouse.db or postgres://user:password@host/name.');
  }
  return { kind: 'sqlite', path: path === ':memory:' ? path : resolve(path) };
}

function prepareFolder(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const network = networkFileSystemOf(path);
  if (network !== null) {
    throw new Error(
      `The folder of ${path} is on a network file system (${network}), where SQLite loses data: put the file of ` +
        'DATABASE_URL on a disk of this host, or use PostgreSQL.',
    );
  }
}
