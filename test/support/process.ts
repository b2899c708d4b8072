// The real process, `icehouse serve` as an operator starts it, on the Node that runs the tests: for what only a process
// can show, such as being killed.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './house-clock.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));

export interface RunningProcess {
  readonly baseUrl: string;
  readonly child: ChildProcess;
  /** Everything it wrote so far, to both streams. */
  output(): string;
  /** kill -9; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  terminate(): Promise<number | null>;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own to run in, so that no `.env` of a developer is read. */
const emptyFolder = mkdtempSync(join(tmpdir(), 'icehouse-cwd-'));
process.on('exit', () => rmSync(emptyFolder, { recursive: true, force: true }));

function start(args: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess {
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args], { cwd: emptyFolder, env });
}

/** Runs a command to its end. */
export function runIcehouse(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Finished> {
  const child = start(args, environment);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** Starts `icehouse serve` and resolves when it serves. */
export async function serve(environment: Readonly<Record<string, string>>): Promise<RunningProcess> {
  const child = start(['serve'], environment);
  let output = '';
  const note = (chunk: Buffer) => (output += chunk.toString());
  child.stdout?.on('data', note);
  child.stderr?.on('data', note);
  const gone = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  void gone.then(() => process.off('exit', killWithUs));
  const port = await until(
    'the process serves',
    () => {
      if (child.exitCode !== null) throw new Error(`the process ended before it served:\n${output}`);
      return /"port":(\d+)[^\n]*"msg":"serving"/.exec(output)?.[1];
    },
    20_000,
  );
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    child,
    output: () => output,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    terminate: () => {
      child.kill('SIGTERM');
      return gone;
    },
  };
}
