// Brings a database to the schema of this code: forward only, all of it or nothing, one process at a time.

import { readdir } from 'node:fs/promises';
import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Schema } from './schema.ts';

const FOLDER = new URL('../../../migrations/', import.meta.url);
const NAME = /^(\d{4}-[a-z0-9-]+)\.ts$/;
/** Any number will do, as long as every instance of the house asks for the same one. */
const POSTGRES_LOCK = 4_423_873;

interface Migration {
  readonly name: string;
  up(db: Kysely<unknown>): Promise<void>;
}

export interface MigrateOptions {
  /** Told of each migration as it begins. */
  readonly report?: (name: string) => void;
  /** Where the migrations are (tests). */
  readonly folder?: URL;
}

/** The database is ahead of this code. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
  constructor(unknown: readonly string[], newestKnown: string) {
    super(
      `The database was changed by a newer Icehouse: it has ${unknown.join(', ')}, this one knows up to ${newestKnown}. ` +
        'Start the newer version, or restore a backup made before it.',
    );
  }
}

/** The database is behind this code. */
export class OlderSchemaError extends Error {
  override readonly name = 'OlderSchemaError';
  constructor(missing: readonly string[]) {
    super(`The database lacks ${missing.join(', ')}: run "icehouse migrate" first.`);
  }
}

/** Runs what is missing and gives its names. Throws NewerSchemaError and changes nothing when the database is ahead. */
export async function migrate(db: Kysely<Schema>, { report, folder = FOLDER }: MigrateOptions = {}): Promise<string[]> {
  const migrations = await findMigrations(folder);
  return db.transaction().execute(async (trx) => {
    if (trx.getExecutor().adapter instanceof PostgresAdapter) {
      await sql`select pg_advisory_xact_lock(${POSTGRES_LOCK})`.execute(trx);
    }
    await sql`create table if not exists migrations (name text not null primary key, applied_at bigint not null)`.execute(
      trx,
    );
    const missing = findMissing(migrations, await appliedNames(trx));
    for (const { name, up } of missing) {
      report?.(name);
      // A migration knows no tables: it was written before the ones of today.
      await up(trx as unknown as Kysely<unknown>);
      await trx.insertInto('migrations').values({ name, applied_at: Date.now() }).execute();
    }
    return missing.map(({ name }) => name);
  });
}

/** Throws unless the database has exactly the migrations of this code. */
export async function requireCurrentSchema(db: Kysely<Schema>, folder: URL = FOLDER): Promise<void> {
  const migrations = await findMigrations(folder);
  const tables = await db.introspection.getTables();
  const applied = tables.some(({ name }) => name === 'migrations') ? await appliedNames(db) : [];
  const missing = findMissing(migrations, applied);
  if (missing.length > 0) throw new OlderSchemaError(missing.map(({ name }) => name));
}

function findMissing(migrations: readonly Migration[], applied: readonly string[]): Migration[] {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = applied.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new NewerSchemaError(unknown, migrations.at(-1)?.name ?? 'none');
  return migrations.filter(({ name }) => !applied.includes(name));
}

async function appliedNames(db: Kysely<Schema>): Promise<string[]> {
  const rows = await db.selectFrom('migrations').select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
}

async function findMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).flatMap((file) => NAME.exec(file)?.[1] ?? []).sort();
  return Promise.all(
    names.map(async (name) => {
      const loaded: unknown = await import(new URL(`${name}.ts`, folder).href);
      return { name, up: upOf(loaded, name) };
    }),
  );
}

function upOf(loaded: unknown, name: string): Migration['up'] {
  if (typeof loaded === 'object' && loaded !== null && 'up' in loaded && typeof loaded.up === 'function') {
    // A migration is our own file: its `up` takes a Kysely, as every one beside it.
    return loaded.up as Migration['up'];
  }
  throw new Error(`migrations/${name}.ts has no function "up"`);
}
