// Local vendors and a database file for a house that runs as a process of its own, on the real clock.

import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../src/adapters/db/open-database.ts';
import type { Database } from '../../src/app/ports/database.ts';
import { startVendors, type Vendors } from '../../src/rehearsal/start-vendors.ts';
import { importPeople } from './house.ts';
import { createTestClock, type TestClock } from './house-clock.ts';
import * as people from './house-people.ts';
import { afternoonZone, flowsOfToday } from './house-today.ts';
import { type RunningProcess, serve } from './process.ts';
import { makeSqliteFile, TEST_DATA_KEY } from './sqlite.ts';

export interface Street {
  readonly vendors: Vendors;
  readonly clock: TestClock;
  readonly address: people.MovableAddress;
  readonly environment: Record<string, string>;
  readonly databasePath: string;
  /** Starts the process and tells the vendors where it is. */
  serve(changes?: Readonly<Record<string, string>>): Promise<RunningProcess>;
  /** Looks into the file while nobody, or somebody else, serves it. */
  look<T>(work: (database: Database) => Promise<T>): Promise<T>;
  bodiesTo(phone: string): string[];
  close(): Promise<void>;
}

/** Vendors, an SQLite file with these people in it, and no house yet. */
export async function startStreet(
  rows: readonly people.RosterCells[] = [
    ...people.STAFF_ROWS,
    people.mentee('Maya', people.MAYA, { time_zone: afternoonZone() }),
  ],
): Promise<Street> {
  const clock = createTestClock(null);
  const address = people.makeAddress();
  const file = makeSqliteFile();
  const flows = flowsOfToday();
  const processes: RunningProcess[] = [];
  const vendors = await startVendors({
    port: 0,
    house: address,
    programNumber: people.PROGRAM_NUMBER,
    staff: people.SLACK_STAFF,
    now: () => clock.now(),
    seed: randomUUID(),
    stepMs: 5,
  });
  const environment = { ...people.environmentOf({ databaseUrl: file.url, ...vendors }), FLOWS_DIR: flows.folder };
  const look = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    const database = await openDatabase({ url: file.url, dataKey: TEST_DATA_KEY, purpose: 'command', migrate: {} });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  };
  if (rows.length > 0) await look((database) => importPeople({ database }, clock, rows));
  return {
    vendors,
    clock,
    address,
    environment,
    databasePath: file.path,
    look,
    serve: async (changes = {}) => {
      const running = await serve({ ...environment, ...changes });
      processes.push(running);
      address.baseUrl = running.baseUrl;
      return running;
    },
    bodiesTo: (phone) =>
      vendors.twilio
        .state()
        .messages.filter((one) => one.to === phone && one.direction === 'outbound-api')
        .map((one) => one.body),
    close: async () => {
      await vendors.close();
      for (const one of processes) await one.kill();
      file.remove();
      flows.remove();
    },
  };
}
