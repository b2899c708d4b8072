// Kysely on an SQLite connection of ours: transactions take the write lock at once, and statements are prepared once.
// For migrations and the odd query of a tool; stores use prepared statements (statement.ts) and never come here.

import {
  type Dialect,
  SqliteAdapter,
  type SqliteDialectConfig,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { beginImmediate } from './begin-immediate.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Another instance may be migrating just now. */
const BUSY_LIMIT_MS = 60_000;

class ImmediateDriver extends SqliteDriver {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection, config: SqliteDialectConfig) {
    super(config);
    this.#connection = connection;
  }

  override beginTransaction(): Promise<void> {
    return beginImmediate(this.#connection, BUSY_LIMIT_MS);
  }
}

/** The connection stays the caller's: destroying the Kysely instance does not close it. */
export function sqliteDialect(connection: SqliteConnection): Dialect {
  const database = {
    prepare: (sql: string) => {
      const statement = connection.prepare(sql);
      return {
        reader: statement.reader,
        all: (parameters: readonly unknown[]) => statement.all(...(parameters as never[])),
        run: (parameters: readonly unknown[]) => statement.run(...(parameters as never[])),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...(parameters as never[])),
      };
    },
    close: () => {},
  };
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ImmediateDriver(connection, { database }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
