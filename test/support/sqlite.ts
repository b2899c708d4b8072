// SQLite databases for tests: in memory for use cases, in a temporary folder where a file matters.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenDatabaseOptions, openDatabase } from '../../src/adapters/db/open-database.ts';
import type { Database } from '../../src/app/ports/database.ts';

/** A data key for tests: 32 bytes in base64. */
export const TEST_DATA_KEY = Buffer.alloc(32, 7).toString('base64');

/** A migrated database in memory. The caller closes it. */
export function openMemoryDatabase(options: Partial<OpenDatabaseOptions> = {}): Promise<Database> {
  return openDatabase({ url: 'file::memory:', dataKey: TEST_DATA_KEY, purpose: 'server', migrate: {}, ...options });
}

/** A place for one SQLite file of its own; `remove` deletes it with everything beside it. */
export function makeSqliteFile(): { readonly url: string; readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'icehouse-'));
  const path = join(folder, 'icehouse.db');
  return { url: `file:${path}`, path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
