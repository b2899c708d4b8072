// The first ten minutes of docs/flow-language.md, run as they stand there: every command of the section, in its order.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../support/source-tree.ts';

const MANUAL = readFileSync(join(ROOT, 'docs', 'flow-language.md'), 'utf8');
const [, SECTION = ''] = /^## Ten minutes[^\n]*\n([\s\S]*?)^## /m.exec(MANUAL) ?? [];
const COMMANDS = [...SECTION.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? '');

/** Runs a script of bash that stops at the first command that fails. */
function run(script: string, input: string): Promise<{ readonly code: number | null; readonly out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', '-c', script], { cwd: ROOT, env: { PATH: process.env['PATH'] ?? '' } });
    let out = '';
    const take = (text: string): void => {
      out += text;
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out }));
    child.stdin.end(input);
  });
}

it('works as written', { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'icehouse-first-'));
  try {
    const cli = `"${process.execPath}" --disable-warning=ExperimentalWarning "${join(ROOT, 'src', 'cli.ts')}"`;
    // What npx would find in the checkout is called directly; all else is as it stands.
    const npx = `npx() { shift; ${cli} "$@"; }\n`;
    const script = npx + COMMANDS.join('').replaceAll('/tmp/practice', join(folder, 'practice'));
    const { code, out } = await run(script, 'yes my mom\n:quit\n');
    expect(out).toContain('no mistakes');
    expect(out).toContain('Kept as "has company"');
    expect(out).toContain('6 of 6 branches, 100 %\n4 cases, 0 failed');
    expect(out).toContain('move-in-day: new');
    expect(out).toContain('Published as revision 1.');
    expect(out).toContain('Renee: asks about move-in day');
    expect(code, out).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
