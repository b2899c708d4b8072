// An SQLite file belongs to one host: its write-ahead log is shared through that host's memory, and a second host would
// tear it (DB-02). The server holds a lease in the file itself; commands on the same host need none.

import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import type { Database, Stores } from '../../app/ports/database.ts';
import { JsonColumn } from './json-column.ts';

const NAME = 'host_claim';
const LEASE_MS = 30_000;

const claimColumn = new JsonColumn(
  'house_values',
  'value',
  z.object({ hostId: z.string(), hostName: z.string(), until: z.number() }),
);

/** Who this host is. `id` is the same for every process, and every container, that shares this host's memory. */
export interface Host {
  readonly id: string;
  readonly name: string;
}

/** Another host serves this file. */
export class OtherHostError extends Error {
  override readonly name = 'OtherHostError';
  constructor(hostName: string, until: number) {
    super(
      `The database file is served by another host, "${hostName}", until ${new Date(until).toISOString()} at least. ` +
        'An SQLite file can be served by one host only: stop the other one and try again in a minute, or use PostgreSQL.',
    );
  }
}

/** The server's hold on the file. Renew it every ten seconds; when `renew` throws OtherHostError, stop serving at once. */
export interface HostClaim {
  renew(): Promise<void>;
  /** Lets another host begin at once. */
  release(): Promise<void>;
}

/** Claims the file for this host, or throws OtherHostError. The same host takes its own claim over. `realNow` in ms. */
export async function claimHost(
  database: Database,
  realNow: () => number,
  host: Host = readHost(),
): Promise<HostClaim> {
  const claim = () =>
    database.transact(async ({ house }) => {
      const held = await read(house);
      if (held !== null && held.hostId !== host.id && held.until > realNow()) {
        throw new OtherHostError(held.hostName, held.until);
      }
      await write(house, host, realNow() + LEASE_MS);
    });
  const release = () =>
    database.transact(async ({ house }) => {
      if ((await read(house))?.hostId === host.id) await write(house, host, 0);
    });
  await claim();
  return { renew: claim, release };
}

async function read(house: Stores['house']) {
  const value = await house.get(NAME);
  return value === null ? null : claimColumn.read(NAME, value);
}

function write(house: Stores['house'], { id, name }: Host, until: number): Promise<void> {
  return house.put(NAME, claimColumn.write(NAME, { hostId: id, hostName: name, until }));
}

/** The kernel's boot id where there is one, because it is shared memory that counts; else the host's name. */
function readHost(): Host {
  const name = hostname();
  try {
    return { id: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), name };
  } catch {
    return { id: name, name };
  }
}
