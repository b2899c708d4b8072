// One handle on an SQLite file, with the settings that durability rests on and the statements that were prepared on it.

import BetterSqlite3 from 'better-sqlite3';
import type { CompiledStatement, SqlValue, SqlValues } from './session.ts';

export interface SqliteConnectionOptions {
  readonly path: string;
  /** How long the process may stand still for somebody else's lock. */
  readonly busyTimeoutMs: number;
  readonly readonly: boolean;
}

/** At the start nothing has to be answered yet, and another process may be opening the same new file. */
const OPENING_TIMEOUT_MS = 5_000;

type RawStatement = BetterSqlite3.Statement<SqlValue[], unknown>;

export class SqliteConnection {
  readonly #handle: BetterSqlite3.Database;
  readonly #byId: (RawStatement | undefined)[] = [];
  readonly #bySql = new Map<string, RawStatement>();

  constructor({ path, busyTimeoutMs, readonly }: SqliteConnectionOptions) {
    this.#handle = new BetterSqlite3(path, { readonly, timeout: OPENING_TIMEOUT_MS });
    // In WAL better-sqlite3 defaults to NORMAL, which can lose an acknowledged text at power loss. Per connection.
    if (!readonly) this.#handle.pragma('journal_mode = WAL');
    this.#handle.pragma('synchronous = FULL');
    this.#handle.pragma('foreign_keys = ON');
    // Pages of the log before it is copied back into the file: at 1000, the default, every second commit of 64 texts
    // copies; at 4000 (16 MB) a quarter fewer bytes are written for a text.
    this.#handle.pragma('wal_autocheckpoint = 4000');
    // Savepoints keep what they may have to undo: in memory, not in a file that is written for every message.
    this.#handle.pragma('temp_store = MEMORY');
    this.#handle.pragma(`busy_timeout = ${busyTimeoutMs}`);
  }

  /** True while a transaction is open; SQLite itself ends one on a full disk or an I/O error. */
  get isInTransaction(): boolean {
    return this.#handle.inTransaction;
  }

  all(statement: CompiledStatement, values: SqlValues): unknown[] {
    return this.#prepared(statement).all(...statement.bind(values));
  }

  first(statement: CompiledStatement, values: SqlValues): unknown {
    return this.#prepared(statement).get(...statement.bind(values));
  }

  run(statement: CompiledStatement, values: SqlValues): number {
    return this.#prepared(statement).run(...statement.bind(values)).changes;
  }

  /** Runs a statement that takes no values and gives no rows (BEGIN, COMMIT, SAVEPOINT …). */
  execute(sql: string): void {
    this.prepare(sql).run();
  }

  /** The prepared statement of this SQL, kept. */
  prepare(sql: string): RawStatement {
    const known = this.#bySql.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#handle.prepare<SqlValue[], unknown>(sql);
    this.#bySql.set(sql, prepared);
    return prepared;
  }

  /** The answer of a pragma that gives one value. */
  pragma(name: string): unknown {
    return this.#handle.pragma(name, { simple: true });
  }

  close(): void {
    this.#handle.close();
  }

  #prepared(statement: CompiledStatement): RawStatement {
    this.#byId[statement.id] ??= this.#handle.prepare<SqlValue[], unknown>(statement.sql);
    return this.#byId[statement.id] as RawStatement;
  }
}

/** Whether the error says that somebody else holds the file's lock just now. */
/** Whether SQLite could not work: locked, full, unreadable. A broken rule of the schema is a fault of the work. */
export function isSqliteTrouble(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && !/^SQLITE_(?:CONSTRAINT|ERROR|MISMATCH|RANGE)/.test(error.code);
}

export function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
