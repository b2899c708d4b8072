// The house as a program runs it: `icehouse serve` in a process of its own, on a database of its own, its vendors a
// stand-in in a third process.

import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, freePort, startChild, waitUntilCalm, waitUntilUp } from './child.ts';
import type { Town } from './town.ts';
import { AUTH_TOKEN, PUBLIC_BASE_URL } from './webhooks.ts';

export const SIGNING_SECRET = 'bench-signing-secret';

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const STAND_IN = fileURLToPath(new URL('stand-in.ts', import.meta.url));

/** A send as the stand-in saw it: a text has a number, a post has none. `at` is in microseconds of the monotonic clock. */
export interface Sent {
  readonly id: string;
  readonly at: number;
  readonly to: string | null;
}

export interface RunningHouse extends Child {
  readonly port: number;
  readonly databaseFile: string;
  /** How many transactions the database has committed: each of them is one flush. */
  commits(): number;
  /** How many sends the stand-in has seen. */
  sends(): Promise<number>;
  /** The sends since this was asked last. */
  sent(): Promise<readonly Sent[]>;
  /** From now on the stand-in takes sends at once, or never answers them. */
  vendors(mode: 'take' | 'hold'): Promise<void>;
}

/** Starts it. `vendors`: whether the stand-in takes sends at once or holds them, which stops the relay. */
export async function startHouse(
  town: Town,
  options: { readonly name: string; readonly vendors: 'take' | 'hold'; readonly nodeArgs?: readonly string[] },
): Promise<RunningHouse> {
  const databaseFile = town.copyDatabase(`${options.name}.sqlite`);
  const logFile = join(town.folder, `${options.name}.log`);
  const port = await freePort();
  const vendorPort = await freePort();
  const vendors = startChild([STAND_IN, String(vendorPort), options.vendors], {}, logFile);
  const house = startChild(
    [...(options.nodeArgs ?? []), CLI, 'serve'],
    {
      DATABASE_URL: `file:${databaseFile}`,
      PORT: String(port),
      PUBLIC_BASE_URL,
      DATA_KEY: town.dataKey,
      TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000000',
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      TWILIO_MESSAGING_SERVICE_SID: 'MG00000000000000000000000000000000',
      TWILIO_API_BASE_URL: `http://127.0.0.1:${vendorPort}`,
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_COUNSELOR_CHANNEL: 'C0BENCH',
      SLACK_API_BASE_URL: `http://127.0.0.1:${vendorPort}/api/`,
      FLOWS_DIR: town.flows,
    },
    logFile,
  );
  const stop = async () => {
    await house.stop();
    await vendors.stop();
  };
  try {
    await waitUntilUp(`http://127.0.0.1:${vendorPort}/calls`, logFile);
    await waitUntilUp(`http://127.0.0.1:${port}/healthz`, logFile);
    await waitUntilCalm(house);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...house,
    port,
    databaseFile,
    commits: () => commitsOf(databaseFile),
    sends: async () => Number(await (await fetch(`http://127.0.0.1:${vendorPort}/calls`)).text()),
    sent: async () => (await (await fetch(`http://127.0.0.1:${vendorPort}/record`)).json()) as readonly Sent[],
    vendors: async (mode) => {
      await (await fetch(`http://127.0.0.1:${vendorPort}/${mode}`)).text();
    },
    stop,
  };
}

/** SQLite counts committed transactions in the header of the shared-memory file of its log (field iChange). */
function commitsOf(databaseFile: string): number {
  const file = openSync(`${databaseFile}-shm`, 'r');
  try {
    const header = Buffer.alloc(12);
    readSync(file, header, 0, header.length, 0);
    return header.readUInt32LE(8);
  } finally {
    closeSync(file);
  }
}
