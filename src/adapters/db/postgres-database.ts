// The Database port on PostgreSQL: a transaction a handler, several at once. What two of them must not do at the same
// time to one person is kept apart by lockPerson.

import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Database, Stores } from '../../app/ports/database.ts';
import { HandlerGuard } from './handler-guard.ts';
import { isConflict, isConnectionLoss, isServerTrouble } from './postgres-connection.ts';
import { PostgresSession } from './postgres-session.ts';
import { createStores, type StoreTools } from './stores.ts';

type Work<T> = (stores: Stores) => Promise<T>;

const BEGIN = 'begin';
const BEGIN_READING = 'begin isolation level repeatable read read only';
const CONNECT_TRIES = 6;
const CONFLICT_TRIES = 4;

export class PostgresDatabase implements Database {
  readonly #pool: pg.Pool;
  readonly #tools: StoreTools;

  constructor(pool: pg.Pool, tools: StoreTools) {
    this.#pool = pool;
    this.#tools = tools;
  }

  /** A conflict with another transaction is tried again, so `work` may run more than once. */
  async transact<T>(work: Work<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#once(BEGIN, work);
      } catch (error) {
        if (!isConflict(error) || tries === CONFLICT_TRIES) throw error;
        // Lets the other one finish first: begun at once, this one might take its rows again before it wakes.
        await sleep(20 * tries * (0.5 + Math.random()));
      }
    }
  }

  batch<Item, Result>(
    items: readonly Item[],
    work: (stores: Stores, item: Item) => Promise<Result>,
  ): Promise<PromiseSettledResult<Result>[]> {
    return Promise.allSettled(items.map((item) => this.transact((stores) => work(stores, item))));
  }

  read<T>(work: Work<T>): Promise<T> {
    return this.#once(BEGIN_READING, work);
  }

  isTrouble(error: unknown): boolean {
    return isConflict(error) || isConnectionLoss(error) || isServerTrouble(error);
  }

  hashPhone(phone: string) {
    return this.#tools.codec.hashPhone(phone);
  }

  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end();
  }

  async #once<T>(begin: string, work: Work<T>): Promise<T> {
    const client = await this.#begin(begin);
    let broken: Error | undefined;
    try {
      const result = await this.#handle(client, work);
      const { command } = await client.query('commit');
      // PostgreSQL answers ROLLBACK, without an error, when a statement had failed and the handler went on.
      if (command !== 'COMMIT')
        throw new Error('PostgreSQL rolled the transaction back: one of its statements had failed.');
      return result;
    } catch (error) {
      broken = await rollBack(client);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async #handle<T>(client: pg.PoolClient, work: Work<T>): Promise<T> {
    const guard = new HandlerGuard();
    const session = new PostgresSession(client, guard);
    try {
      return await guard.watch(() => work(createStores(session, this.#tools)));
    } finally {
      session.end();
    }
  }

  /** A connection with a transaction open on it. Nothing has happened yet, so a lost connection is simply tried again. */
  async #begin(begin: string): Promise<pg.PoolClient> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#tryToBegin(begin);
      } catch (error) {
        if (!isConnectionLoss(error) || tries === CONNECT_TRIES) throw error;
        await sleep(50 * 2 ** tries * (0.5 + Math.random()));
      }
    }
  }

  async #tryToBegin(begin: string): Promise<pg.PoolClient> {
    const client = await this.#pool.connect();
    try {
      await client.query(begin);
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

/** Gives the error with which the connection turned out to be useless. */
async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('rollback failed');
  }
}
