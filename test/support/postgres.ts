// Empty PostgreSQL databases for contract tests, on the server that postgres-setup.ts started.

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A database of its own, without tables. `remove` drops it, whoever is still connected. */
export async function makePostgresDatabase(): Promise<{ readonly url: string; remove(): Promise<void> }> {
  const serverUrl = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runOnce(serverUrl, `create database ${name}`);
  return {
    url: serverUrl.replace(/\/postgres$/, `/${name}`),
    remove: () => runOnce(serverUrl, `drop database ${name} with (force)`),
  };
}

async function runOnce(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
