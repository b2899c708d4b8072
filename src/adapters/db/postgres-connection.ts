// A pool of PostgreSQL connections with the settings of the house, and the errors that are worth another try.

import pg from 'pg';
import { z } from 'zod';

const INT8 = 20;
const errorWithCode = z.object({ code: z.string() });

export interface PostgresPoolOptions {
  readonly url: string;
  readonly maxConnections: number;
  readonly statementTimeoutMs: number;
  /** Told when an idle connection breaks; the pool makes a new one by itself. */
  readonly onConnectionLost?: (code: string) => void;
}

export function createPostgresPool(options: PostgresPoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    connectionTimeoutMillis: 5_000,
    statement_timeout: options.statementTimeoutMs,
    // A handler only awaits store calls, so a transaction that idles has lost its process.
    idle_in_transaction_session_timeout: options.statementTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Instants and counts are far below 2^53: numbers, as SQLite gives them.
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  });
  // Without a listener a broken idle connection would end the process.
  pool.on('error', (error) => options.onConnectionLost?.(codeOf(error) ?? 'connection_lost'));
  return pool;
}

/** Two transactions stood in each other's way and the database undid this one: it may simply be run again. */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40001' || code === '40P01';
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);

/** The database is not there just now (restart, failover, too many connections). */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  if (code !== undefined) return CONNECTION_CODES.has(code) || code.startsWith('08');
  return (
    error instanceof Error &&
    /connection (terminated|timeout)|timeout exceeded when trying to connect/i.test(error.message)
  );
}

/** The server could not do it just now: out of a resource, a time limit, a lock, or a transaction that it ended. */
export function isServerTrouble(error: unknown): boolean {
  return /^(?:53|55P03|57014|58|25P02)/.test(codeOf(error) ?? '');
}

function codeOf(error: unknown): string | undefined {
  const parsed = errorWithCode.safeParse(error);
  return parsed.success ? parsed.data.code : undefined;
}
