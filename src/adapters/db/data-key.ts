// A database belongs to the data key it was begun with. With another one nobody would be found by their number, and no
// row would open: refuse at the start instead of meeting every student as a stranger.

import type { Database } from '../../app/ports/database.ts';

const NAME = 'data_key_id';

/** The database was begun with another DATA_KEY. */
export class WrongDataKeyError extends Error {
  override readonly name = 'WrongDataKeyError';
  constructor(expected: string, given: string) {
    super(`DATA_KEY is not the key of this database: it was begun with key ${expected}, this one is ${given}.`);
  }
}

/** Notes the key in a new database; throws WrongDataKeyError when an older one was begun with another. */
export async function requireDataKey(database: Database, keyId: string): Promise<void> {
  const noted = await database.read((stores) => stores.house.get(NAME));
  if (noted === null) await database.transact((stores) => stores.house.put(NAME, keyId));
  else if (noted !== keyId) throw new WrongDataKeyError(noted, keyId);
}
