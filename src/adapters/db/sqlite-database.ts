// The Database port on one SQLite file: one writer connection whose transactions queue behind each other, and a second
// connection for reading. A whole batch shares one commit.

import type { Database, Stores } from '../../app/ports/database.ts';
import { beginImmediate } from './begin-immediate.ts';
import { HandlerGuard } from './handler-guard.ts';
import { isSqliteTrouble, SqliteConnection } from './sqlite-connection.ts';
import { SqliteSession } from './sqlite-session.ts';
import { createStores, type StoreTools } from './stores.ts';
import { TurnQueue } from './turn-queue.ts';

export interface SqliteDatabaseOptions {
  /** Path of the file, or `:memory:` (tests). */
  readonly path: string;
  readonly tools: StoreTools;
  /** How long one try may block the process: 50 in a server, which must go on answering; 5000 in a one-off command. */
  readonly busyTimeoutMs: number;
  /** How long a transaction may wait in all for somebody else's lock before it fails. */
  readonly busyLimitMs: number;
}

type Work<T> = (stores: Stores) => Promise<T>;

/** SQLite has ended the transaction by itself. */
class RolledBackError extends Error {
  override readonly name = 'RolledBackError';
  constructor() {
    super('SQLite rolled the transaction back (disk full or I/O error).');
  }
}

export class SqliteDatabase implements Database {
  readonly #tools: StoreTools;
  readonly #busyLimitMs: number;
  readonly #writer: SqliteConnection;
  readonly #reader: SqliteConnection;
  readonly #writes = new TurnQueue();
  readonly #reads: TurnQueue;

  constructor({ path, tools, busyTimeoutMs, busyLimitMs }: SqliteDatabaseOptions) {
    this.#tools = tools;
    this.#busyLimitMs = busyLimitMs;
    this.#writer = new SqliteConnection({ path, busyTimeoutMs, readonly: false });
    // A database in memory belongs to its connection, so reads take turns with the writes there.
    const isInMemory = path === ':memory:';
    this.#reader = isInMemory ? this.#writer : new SqliteConnection({ path, busyTimeoutMs, readonly: true });
    this.#reads = isInMemory ? this.#writes : new TurnQueue();
  }

  /** The writer, for migrations and checks before the first transaction, and the reader (tests ask for their pragmas). */
  get connections(): { readonly writer: SqliteConnection; readonly reader: SqliteConnection } {
    return { writer: this.#writer, reader: this.#reader };
  }

  transact<T>(work: Work<T>): Promise<T> {
    const begin = this.#beginBefore();
    return this.#writes.take(async () => {
      await begin();
      try {
        const result = await this.#handle(this.#writer, work);
        this.#writer.execute('commit');
        return result;
      } catch (error) {
        rollBack(this.#writer);
        throw error;
      }
    });
  }

  batch<Item, Result>(
    items: readonly Item[],
    work: (stores: Stores, item: Item) => Promise<Result>,
  ): Promise<PromiseSettledResult<Result>[]> {
    const begin = this.#beginBefore();
    return this.#writes.take(async () => {
      try {
        await begin();
        const results: PromiseSettledResult<Result>[] = [];
        for (const item of items) results.push(await this.#handleItem((stores) => work(stores, item)));
        this.#writer.execute('commit');
        return results;
      } catch (error) {
        rollBack(this.#writer);
        return items.map(() => ({ status: 'rejected', reason: error }));
      }
    });
  }

  read<T>(work: Work<T>): Promise<T> {
    return this.#reads.take(async () => {
      const isShared = this.#reader === this.#writer;
      this.#reader.execute('begin');
      if (isShared) this.#reader.execute('pragma query_only = ON');
      try {
        return await this.#handle(this.#reader, work);
      } finally {
        if (isShared) this.#reader.execute('pragma query_only = OFF');
        rollBack(this.#reader);
      }
    });
  }

  isTrouble(error: unknown): boolean {
    return isSqliteTrouble(error) || error instanceof RolledBackError;
  }

  hashPhone(phone: string) {
    return this.#tools.codec.hashPhone(phone);
  }

  async close(): Promise<void> {
    await this.#writes.close();
    await this.#reads.close();
    if (this.#reader !== this.#writer) this.#reader.close();
    this.#writer.close();
  }

  /** The wait counts from the asking: behind others who wait for the same lock, nobody waits once more. */
  #beginBefore(): () => Promise<void> {
    const askedAt = performance.now();
    return () => beginImmediate(this.#writer, this.#busyLimitMs - (performance.now() - askedAt));
  }

  /** One item of a batch on its own savepoint. Throws only when the whole transaction is gone. */
  async #handleItem<T>(work: Work<T>): Promise<PromiseSettledResult<T>> {
    this.#writer.execute('savepoint item');
    try {
      const value = await this.#handle(this.#writer, work);
      this.#writer.execute('release item');
      return { status: 'fulfilled', value };
    } catch (reason) {
      if (!this.#writer.isInTransaction) throw reason;
      this.#writer.execute('rollback to item');
      this.#writer.execute('release item');
      return { status: 'rejected', reason };
    }
  }

  async #handle<T>(connection: SqliteConnection, work: Work<T>): Promise<T> {
    const session = new SqliteSession(connection);
    try {
      const result = await new HandlerGuard().watch(() => work(createStores(session, this.#tools)));
      // A handler may have swallowed the error with which SQLite ended the transaction by itself.
      if (!connection.isInTransaction) throw new RolledBackError();
      return result;
    } finally {
      session.end();
    }
  }
}

function rollBack(connection: SqliteConnection): void {
  if (connection.isInTransaction) connection.execute('rollback');
}
