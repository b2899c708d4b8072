// `icehouse migrate`: the database's schema, forward only.

import { openDatabase } from '../adapters/db/open-database.ts';
import { readEnvironment, readSettings } from '../config.ts';

export async function migrateDatabase(): Promise<void> {
  const settings = readSettings(['DATABASE_URL', 'DATA_KEY'], readEnvironment());
  let count = 0;
  const report = (name: string) => {
    count += 1;
    process.stdout.write(`${name}\n`);
  };
  const database = await openDatabase({
    url: settings.DATABASE_URL ?? '',
    dataKey: settings.DATA_KEY ?? '',
    purpose: 'command',
    migrate: { report },
  });
  await database.close();
  process.stdout.write(count === 0 ? 'The database is up to date.\n' : `${count} done.\n`);
}
