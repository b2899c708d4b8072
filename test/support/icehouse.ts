// The `icehouse` command as a real process.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './source-tree.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs `icehouse ARGS` to its end. Of this environment it gets PATH alone, and it runs beside no .env. */
export function icehouse(
  args: readonly string[],
  { input = '', env = {}, cwd = join(ROOT, 'test') }: RunOptions = {},
): Promise<Ran> {
  const node = ['--disable-warning=ExperimentalWarning', join(ROOT, 'src', 'cli.ts')];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...node, ...args], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', ...env },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
