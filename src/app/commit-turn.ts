// One commit for what people do in the same moment: presses that arrive in one turn of the event loop share it where
// the database allows, each on a savepoint of its own. A flush to disk costs more than the work it keeps.

import type { Database, Stores } from './ports/database.ts';

/** Runs `work` in a transaction and resolves with its result after the commit; rejects when it was undone. */
export type CommitTurn = <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;

/** Most deeds in one commit. */
const TURN_LIMIT = 64;

interface Waiting {
  readonly work: (stores: Stores) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export function createCommitTurn(database: Database): CommitTurn {
  let waiting: Waiting[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const turn = waiting.slice(0, TURN_LIMIT);
      waiting = waiting.slice(TURN_LIMIT);
      await commit(database, turn);
    }
    running = false;
  };

  return <T>(work: (stores: Stores) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      // The one place where the type of a result is lost and given back: the list holds works of every type.
      waiting.push({ work, resolve: (value) => resolve(value as T), reject });
      if (running) return;
      running = true;
      setImmediate(() => void run());
    });
}

async function commit(database: Database, turn: readonly Waiting[]): Promise<void> {
  const results = await database
    .batch(turn, (stores, { work }) => work(stores))
    .catch((error: unknown) => turn.map(() => ({ status: 'rejected' as const, reason: error })));
  const settled = results.map(async (result, index) => {
    const one = turn[index];
    if (one === undefined) return;
    if (result.status === 'fulfilled') one.resolve(result.value);
    else await again(database, one, result.reason);
  });
  await Promise.all(settled);
}

/** A database in trouble is asked once more; a fault of the work itself is not. */
async function again(database: Database, { work, resolve, reject }: Waiting, cause: unknown): Promise<void> {
  if (!database.isTrouble(cause)) return reject(cause);
  await database.transact(work).then(resolve, reject);
}
