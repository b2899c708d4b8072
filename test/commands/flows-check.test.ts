// `icehouse flows check`: what authors and reviewers run.

import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { icehouse } from '../support/icehouse.ts';
import { ROOT } from '../support/source-tree.ts';

const FLOW = 'nudge-housing-form.yaml';
let folder: string;
let warned: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'icehouse-flows-'));
  cpSync(join(ROOT, 'flows'), folder, { recursive: true });
  appendFileSync(join(folder, FLOW), '\nsteps_too: []\n');
  warned = mkdtempSync(join(tmpdir(), 'icehouse-flows-'));
  cpSync(join(ROOT, 'flows'), warned, { recursive: true });
});
afterAll(() => {
  for (const made of [folder, warned]) rmSync(made, { recursive: true, force: true });
});

describe('icehouse flows check', () => {
  it('finds no mistake in the flows of this checkout', async () => {
    const { code, out, err } = await icehouse(['flows', 'check', '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ ok: true });
    expect(out).not.toContain('"mistake"');
  });

  it('marks a warning and ends with 0, after mistakes with 1', async () => {
    const file = join(warned, 'tasks.yaml');
    const past = readFileSync(file, 'utf8').replace('deadline: 2027-07-15', 'deadline: 2020-07-15');
    writeFileSync(file, past);
    const [words, json] = await Promise.all([
      icehouse(['flows', 'check', warned]),
      icehouse(['flows', 'check', warned, '--json']),
    ]);
    expect([words.code, json.code]).toEqual([0, 0]);
    expect(words.out).toMatch(/tasks\.yaml:\d+:\d+ warning: the deadline 2020-07-15 is past, .*\n/);
    expect(words.out).toMatch(/\d+ files, no mistakes, \d warnings?\n$/);
    expect(JSON.parse(json.out)).toMatchObject({ ok: true, problems: [{ severity: 'warning', file }] });
    appendFileSync(join(warned, FLOW), '\nsteps_too: []\n');
    const both = await icehouse(['flows', 'check', warned]);
    expect(both.code).toBe(1);
    expect(both.out).toMatch(/steps_too[^\n]*\n(?:.*\n)*.*warning: the deadline/);
  });

  it('lists what each text costs, in words and as JSON', async () => {
    const [words, json] = await Promise.all([
      icehouse(['flows', 'check', '--segments']),
      icehouse(['flows', 'check', '--segments', '--json']),
    ]);
    expect(words.out).toMatch(/nudge-housing-form\.yaml:\d+ say_done text es: 1 segment, \d+ characters\n/);
    const row = { step: 'say_done', text: 'text', flow: 'nudge-housing-form', language: 'en', segments: 1 };
    const report: unknown = JSON.parse(json.out);
    expect(report).toMatchObject({ segments: expect.arrayContaining([expect.objectContaining(row)]) });
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
      severity: 'mistake',
      file: join(folder, FLOW),
      line: expect.any(Number),
      column: 1,
      message: expect.any(String),
      hint: expect.any(String),
    };
    expect(report).toMatchObject({ problems: expect.arrayContaining([expect.objectContaining(problem)]) });
  });
});
