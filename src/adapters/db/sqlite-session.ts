// A handler's hold on the SQLite transaction that is open just now. Every call runs at once and is answered by a promise
// that is resolved already, so a handler of store calls alone finishes without a turn of the event loop.

import { type CompiledStatement, EndedTransactionError, type Session, type SqlValues } from './session.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

export class SqliteSession implements Session {
  readonly dialect = 'sqlite';
  readonly #connection: SqliteConnection;
  #depth = 0;
  #isEnded = false;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  async all(statement: CompiledStatement, values: SqlValues): Promise<unknown[]> {
    return this.#open().all(statement, values);
  }

  async first(statement: CompiledStatement, values: SqlValues): Promise<unknown> {
    return this.#open().first(statement, values);
  }

  async run(statement: CompiledStatement, values: SqlValues): Promise<number> {
    return this.#open().run(statement, values);
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const name = `s${this.#depth + 1}`;
    this.#open().execute(`savepoint ${name}`);
    this.#depth += 1;
    try {
      const result = await work();
      this.#open().execute(`release ${name}`);
      return result;
    } catch (error) {
      if (!this.#isEnded && this.#connection.isInTransaction) {
        this.#connection.execute(`rollback to ${name}`);
        this.#connection.execute(`release ${name}`);
      }
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** Nothing to do: SQLite has one writer, and this transaction is it. */
  async lock(): Promise<void> {
    this.#open();
  }

  /** From now on every store of this session refuses. */
  end(): void {
    this.#isEnded = true;
  }

  #open(): SqliteConnection {
    // Also when SQLite rolled back by itself (disk full, I/O error): what comes later must not be written on its own.
    if (this.#isEnded || !this.#connection.isInTransaction) throw new EndedTransactionError();
    return this.#connection;
  }
}
