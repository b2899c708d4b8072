// A process of the measurement: started, waited for, watched from outside, ended by its own id.

import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Child {
  readonly pid: number;
  /** CPU it has used so far, in microseconds; null where the system does not say (no /proc). */
  cpuMicros(): number | null;
  /** Memory it holds now, in megabytes. */
  rssMb(): number | null;
  /** Asks it to end in good order and waits for it. */
  stop(): Promise<void>;
}

/** Clock ticks a second in /proc; the same on every Linux that Node runs on. */
const TICKS = 100;
const START_LIMIT_MS = 60_000;

/** Starts `node ARGS`; what it prints goes to `logFile`. */
export function startChild(args: readonly string[], env: Readonly<Record<string, string>>, logFile: string): Child {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    // Away from the checkout, whose .env may hold real addresses.
    cwd: dirname(logFile),
    stdio: ['ignore', log, log],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`could not start node ${args.join(' ')}`);
  return { pid, cpuMicros: () => cpuOf(pid), rssMb: () => rssOf(pid), stop: () => end(child) };
}

/** Resolves when `url` answers 200. */
export async function waitUntilUp(url: string, logFile: string): Promise<void> {
  for (const giveUpAt = Date.now() + START_LIMIT_MS; Date.now() < giveUpAt; await sleep(50)) {
    const answer = await fetch(url).catch(() => null);
    await answer?.text();
    if (answer?.ok === true) return;
  }
  throw new Error(`${url} does not answer; its log ends:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`);
}

/** Resolves when the process has rested for a moment. */
export async function waitUntilCalm(child: Child, limitMs = 30_000): Promise<void> {
  let before = child.cpuMicros();
  for (const giveUpAt = Date.now() + limitMs; Date.now() < giveUpAt; ) {
    await sleep(200);
    const now = child.cpuMicros();
    if (now === null || before === null || now - before <= 20_000) return;
    before = now;
  }
}

function cpuOf(pid: number): number | null {
  const fields = readProc(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields === undefined ? null : ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS;
}

function rssOf(pid: number): number | null {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readProc(pid, 'status') ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/** A port that is free just now. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
