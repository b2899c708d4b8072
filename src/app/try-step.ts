// One step of taking in a text that may fail without taking the rest along.

import { nameOf } from './error-name.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Database, Stores } from './ports/database.ts';
import type { Received } from './received.ts';

export interface TryDeps extends HouseDeps {
  readonly database: Pick<Database, 'isTrouble'>;
}

/**
 * Does something on a savepoint of its own; false, and undone, when it fails.
 * @throws what the database could not do just now: then the whole text is taken again.
 */
export async function tryStep(
  deps: TryDeps,
  stores: Stores,
  { inboundId }: Received,
  work: () => Promise<void>,
): Promise<boolean> {
  try {
    await stores.savepoint(work);
    return true;
  } catch (error) {
    if (deps.database.isTrouble(error)) throw error;
    deps.log.error('inbound_step_failed', { inboundId, error: nameOf(error) });
    return false;
  }
}
