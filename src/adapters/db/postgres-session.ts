// A handler's hold on one PostgreSQL connection and the transaction that is open on it.

import type pg from 'pg';
import type { HandlerGuard } from './handler-guard.ts';
import { type CompiledStatement, EndedTransactionError, type Session, type SqlValues } from './session.ts';

export class PostgresSession implements Session {
  readonly dialect = 'postgres';
  readonly #client: pg.PoolClient;
  readonly #guard: HandlerGuard;
  #depth = 0;
  #isEnded = false;

  constructor(client: pg.PoolClient, guard: HandlerGuard) {
    this.#client = client;
    this.#guard = guard;
  }

  async all(statement: CompiledStatement, values: SqlValues): Promise<unknown[]> {
    return (await this.#query(statement, values)).rows;
  }

  async first(statement: CompiledStatement, values: SqlValues): Promise<unknown> {
    return (await this.#query(statement, values)).rows[0];
  }

  async run(statement: CompiledStatement, values: SqlValues): Promise<number> {
    return (await this.#query(statement, values)).rowCount ?? 0;
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const name = `s${this.#depth + 1}`;
    await this.#call({ text: `savepoint ${name}` });
    this.#depth += 1;
    try {
      const result = await work();
      await this.#call({ text: `release savepoint ${name}` });
      return result;
    } catch (error) {
      if (!this.#isEnded) await this.#call({ text: `rollback to savepoint ${name}` });
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  async lock(name: string): Promise<void> {
    await this.#call({ text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))', values: [name] });
  }

  /** From now on every store of this session refuses. */
  end(): void {
    this.#isEnded = true;
  }

  /** Named, so that each connection parses and plans it once. */
  #query(statement: CompiledStatement, values: SqlValues): Promise<pg.QueryResult> {
    return this.#call({ name: `house_${statement.id}`, text: statement.sql, values: statement.bind(values) });
  }

  async #call(query: pg.QueryConfig): Promise<pg.QueryResult> {
    if (this.#isEnded) throw new EndedTransactionError();
    this.#guard.callBegins();
    try {
      return await this.#client.query(query);
    } finally {
      this.#guard.callEnds();
    }
  }
}
