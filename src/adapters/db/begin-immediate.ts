// Takes SQLite's write lock. A transaction that reads first and writes later fails at once when somebody else wrote in
// between, whatever the busy timeout; and the timeout blocks the process, so the longer wait happens here, asleep.

import { setTimeout as sleep } from 'node:timers/promises';
import { isBusy, type SqliteConnection } from './sqlite-connection.ts';

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 80;

/** Begins a write transaction; tries for `limitMs` while another process holds the lock, then throws its error. */
export async function beginImmediate(connection: SqliteConnection, limitMs: number): Promise<void> {
  const giveUpAt = performance.now() + limitMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      connection.execute('begin immediate');
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
      await sleep(pauseMs * (0.5 + Math.random()));
    }
  }
}
