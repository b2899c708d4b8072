// `icehouse flows test` as authors run it: a readable difference, the branches no case takes, and the exit code.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { icehouse } from '../support/icehouse.ts';
import { ROOT } from '../support/source-tree.ts';

const FLOW = 'nudge-housing-form';
const scratch = mkdtempSync(join(tmpdir(), 'icehouse-flows-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folder: string;
let file: string;
let shipped: string;
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'case-'));
  cpSync(join(ROOT, 'flows'), folder, { recursive: true, filter: (source) => !source.endsWith('safety') });
  file = join(folder, `${FLOW}.test.yaml`);
  shipped = readFileSync(file, 'utf8');
});

const run = (...args: readonly string[]) => icehouse(['flows', 'test', folder, ...args]);

describe('icehouse flows test', () => {
  it('passes for the flows of this checkout, with every branch taken', async () => {
    const { code, out, err } = await icehouse(['flows', 'test']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/nudge-housing-form: (\d+) of \1 branches, 100 %/);
    expect(out).toMatch(/\d+ cases, 0 failed\n$/);
  });

  it('shows what was expected and what came, with the line, and ends with 1', async () => {
    const words = 'Great, Maya! Your housing form is in. One less thing before move-in.';
    writeFileSync(file, shipped.replace(words, 'Great!'));
    const line = shipped.slice(0, shipped.indexOf(words)).split('\n').length;
    const { code, out } = await run('--flow', FLOW);
    expect(code).toBe(1);
    expect(out).toContain(
      `${file}:${line}:17 ${FLOW}: is done\n  turn 2 (reply "Done!"), expect:\n    - Great!\n    + ${words}\n`,
    );
    expect(out).toMatch(/\d+ cases, 1 failed\n$/);
    expect(out).not.toContain('nudge-final-transcript');
  });

  it('writes what came with --update, back to exactly what was there', async () => {
    writeFileSync(file, shipped.replace('task: stuck', 'task: done').replace('Great, Maya!', 'Great!'));
    const { code, out } = await run('--flow', FLOW, '--update');
    expect({ code, out: out.split('\n').at(-2) }).toEqual({
      code: 0,
      out: expect.stringMatching(/^\d+ cases, 1 files rewritten$/),
    });
    expect(readFileSync(file, 'utf8')).toBe(shipped);
  });

  it('does not call mended with --update what no expectation can mend', async () => {
    writeFileSync(file, shipped.replace('- until: friday 10:00', '- until: 2027-01-01'));
    const { code, out } = await run('--flow', FLOW, '--update');
    expect(code).toBe(1);
    expect(out).toContain('    - 2027-01-01\n    + a moment that is past: it is 2027-06-08 10:10 already\n');
  });

  it('names the branches that no case takes, and ends with 1 under the coverage that is wanted', async () => {
    const [head, first] = shipped.split('\n  - name: ');
    writeFileSync(file, `${head}\n  - name: ${first}\n`);
    const [strict, lenient] = await Promise.all([run('--flow', FLOW), run('--flow', FLOW, '--coverage', '2')]);
    expect([strict.code, lenient.code]).toEqual([1, 0]);
    expect(strict.out).toContain('(wanted: 100 %)');
    expect(strict.out).toContain('  no case takes: ask_status → on.stuck\n');
    expect(strict.out).not.toContain('ask_status → on.done');
  });

  it('says all of it as one JSON object', async () => {
    writeFileSync(file, shipped.replace('task: stuck', 'task: done'));
    const { code, out } = await run('--flow', FLOW, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      problems: [],
      failures: [{ file, flow: FLOW, about: 'task', expected: 'done', got: 'stuck', line: expect.any(Number) }],
      coverage: [{ flow: FLOW, percent: 100, missing: [] }],
    });
  });

  it('names a mistake in a test file before it plays anything', async () => {
    writeFileSync(file, shipped.replace('reply:', 'replyy:'));
    const { code, out } = await run();
    expect(code).toBe(1);
    expect(out).toMatch(/nudge-housing-form\.test\.yaml:\d+:9 "replyy" is not known here\. Did you mean "reply"\?\n/);
    expect(out).toMatch(/1 mistake; nothing was played\n$/);
  });

  it.each([
    [['--flow', 'nope'], 'there is no flow "nope"'],
    [['--coverage', 'all'], '"all" is not a percentage'],
  ])('refuses %j', async (args, message) => {
    const { code, err } = await run(...args);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});
