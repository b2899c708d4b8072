// `icehouse alarms` and `icehouse unprocessed`: what waits for a person, and the word that it was seen to.

import { openDatabase } from '../adapters/db/open-database.ts';
import { systemClock } from '../adapters/system/clock.ts';
import type { Database } from '../app/ports/database.ts';
import { readEnvironment, readSettings } from '../config.ts';
import { asInboundId } from '../core/model/ids.ts';

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const settings = readSettings(['DATABASE_URL', 'DATA_KEY'], readEnvironment());
  const { DATABASE_URL: url = '', DATA_KEY: dataKey = '' } = settings;
  const database = await openDatabase({ url, dataKey, purpose: 'command' });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Lists the open alarms; with `close`, ends those of that kind. */
export async function alarms(options: { readonly close?: string; readonly json?: boolean }): Promise<void> {
  const { close } = options;
  const { open, closed } = await withDatabase((database) =>
    database.transact(async (stores) => {
      const before = await stores.house.alarms();
      const ended = before.filter((alarm) => alarm.kind === close);
      for (const { kind, subject } of ended) await stores.house.clearAlarm(kind, subject, systemClock.now());
      return { open: before.filter((alarm) => alarm.kind !== close), closed: ended.length };
    }),
  );
  if (close !== undefined && closed === 0) throw new Error(`no open alarm is of the kind ${close}`);
  if (options.json === true) return void process.stdout.write(`${JSON.stringify({ open, closed })}\n`);
  for (const { kind, subject, detail, raisedAt } of open) {
    process.stdout.write(`${new Date(raisedAt).toISOString()}  ${kind}  ${subject}\n    ${detail}\n`);
  }
  process.stdout.write(`${open.length} open${closed > 0 ? `, ${closed} closed` : ''}\n`);
}

/** Lists texts whose flow failed; with `done`, marks one as answered by hand. Their words are in the staff channel. */
export async function unprocessed(options: { readonly done?: string; readonly json?: boolean }): Promise<void> {
  const { done } = options;
  const waiting = await withDatabase((database) =>
    database.transact(async (stores) => {
      if (done !== undefined && !(await stores.inbox.markDone(asInboundId(done)))) {
        throw new Error(`no unprocessed text has the id ${done}`);
      }
      return (await stores.inbox.unprocessed(1_000)).map(({ id, receivedAt }) => ({ id, receivedAt }));
    }),
  );
  if (options.json === true) return void process.stdout.write(`${JSON.stringify({ unprocessed: waiting })}\n`);
  for (const { id, receivedAt } of waiting) process.stdout.write(`${new Date(receivedAt).toISOString()}  ${id}\n`);
  process.stdout.write(`${waiting.length} unprocessed\n`);
}
