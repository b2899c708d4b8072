// `icehouse flows check`: what authors and reviewers run.

import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { icehouse } from '../support/icehouse.ts';
import { ROOT } from '../support/source-tree.ts';

const FLOW = 'nudge-housing-form.yaml';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'icehouse-flows-'));
  cpSync(join(ROOT, 'flows'), folder, { recursive: true });
  appendFileSync(join(folder, FLOW), '\nsteps_too: []\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('icehouse flows check', () => {
  it('finds no mistake in the flows of this checkout', async () => {
    const { code, out, err } = await icehouse(['flows', 'check', '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toEqual({ ok: true, problems: [] });
  });

  it('names a mistake with file, line and column, in words and as JSON, and ends with 1', async () => {
    const [words, json] = await Promise.all([
      icehouse(['flows', 'check', folder]),
      icehouse(['flows', 'check', folder, '--json']),
    ]);
    expect([words.code, json.code]).toEqual([1, 1]);
    expect(words.out).toMatch(/nudge-housing-form\.yaml:\d+:1 .*steps_too/);
    expect(words.out).toMatch(/\d mistakes?\n$/);
    const report: unknown = JSON.parse(json.out);
    expect(report).toMatchObject({ ok: false });
    const problem = {
      file: join(folder, FLOW),
      line: expect.any(Number),
      column: 1,
      message: expect.any(String),
      hint: expect.any(String),
    };
    expect(report).toMatchObject({ problems: expect.arrayContaining([expect.objectContaining(problem)]) });
  });
});
