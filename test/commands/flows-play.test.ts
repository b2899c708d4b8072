// `icehouse flows play`, driven through a pipe: what is shown, and that a kept run is a test that holds.

import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { icehouse } from '../support/icehouse.ts';
import { ROOT } from '../support/source-tree.ts';

const FLOW = 'nudge-housing-form';
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'icehouse-flows-play-'));
  cpSync(join(ROOT, 'flows'), folder, { recursive: true, filter: (source) => !source.endsWith('safety') });
  file = join(folder, `${FLOW}.test.yaml`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const play = (lines: readonly string[], ...args: readonly string[]) =>
  icehouse(['flows', 'play', FLOW, '--flows', folder, ...args], { input: `${lines.join('\n')}\n` });

describe('icehouse flows play', () => {
  it('shows each text with its local time, lets time pass, goes back, and shows where it stands', async () => {
    const { code, out, err } = await play(
      ['later', ':undo', ':wait 2 days', ':vars', ':nonsense', ':wait long', ':help', ':quit'],
      '--today',
      '2027-06-01',
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('2027-06-01 10:00  bot: Maya, Cal State LA wants your housing form by Tuesday, June 15');
    expect(out).toContain('mentee> later\n2027-06-01 10:05  bot: No problem. Which day should I ask again?');
    expect(out).toContain('mentee> :undo\nTaken back.\n2027-06-01 10:00  bot: Maya');
    expect(out).toContain('mentee> :wait 2 days\n2027-06-03 10:00  bot: Hi Maya, your Cal State LA housing form');
    expect(out).toContain(
      'mentee> :vars\n2027-06-03 10:00, at the step follow_up\n  task housing_form: not_started, due 2027-06-15\n',
    );
    expect(out).toContain('There is no :nonsense. :help lists what there is.');
    expect(out).toContain('That is not a duration; write one like 2 days or 3 hours.');
    expect(out).toContain(':until friday');
  });

  it('prints a run that was not kept as a test', async () => {
    const { out } = await play(['listo'], '--language', 'es');
    const before = readFileSync(file, 'utf8');
    expect(out).toContain(`Not kept. As a test it would be, in ${file}:\n\n- name: "a played run"\n  language: es\n`);
    expect(out).toMatch(/ {4}- reply: listo\n {6}expect: "¡Excelente, Maya!.*"\n {6}task: done\n {6}ends: true\n/);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('keeps a run as a test at the end of the file, which holds', async () => {
    const before = readFileSync(file, 'utf8');
    const lines = ['hm', ':and well', ':until friday 9:00', 'atorada', ':save stuck on a friday'];
    const { out } = await play(lines, '--language', 'es', '--today', '2027-06-03');
    expect(out).toContain(`Kept as "stuck on a friday" in ${file}.`);
    expect(out).not.toContain('Not kept');
    const after = readFileSync(file, 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(after.slice(before.length)).toMatch(
      /^\n {2}- name: "stuck on a friday"\n {4}language: es\n {4}today: 2027-06-03\n/,
    );
    expect(after.slice(before.length)).toContain('- replies:\n          - hm\n          - well\n');
    expect(after.slice(before.length)).toContain('- until: "friday 9:00"\n        nothing: true\n');
    expect(await icehouse(['flows', 'test', folder, '--flow', FLOW])).toMatchObject({ code: 0 });
  });

  it('keeps it under the name given beforehand, and never two under one name', async () => {
    expect((await play(['done'], '--save', 'twice')).out).toContain('Kept as "twice"');
    const again = await play(['done'], '--save', 'twice');
    expect(again.code).toBe(1);
    expect(again.err).toContain('has a case called "twice" already');
  });

  it.each([
    [['--language', 'fr'], '"fr" is not a language here'],
    [['--today', 'friday'], '"friday" is not a date'],
    [['--task', 'housing_from'], 'there is no task "housing_from". Did you mean "housing_form"?'],
  ])('refuses %j', async (args, message) => {
    const { code, err } = await play([], ...args);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(message) });
  });

  it('names a flow that was probably meant', async () => {
    const { code, err } = await icehouse(['flows', 'play', 'nudge-housing-fom', '--flows', folder]);
    expect({ code, err }).toEqual({
      code: 1,
      err: 'icehouse: there is no flow "nudge-housing-fom". Did you mean "nudge-housing-form"?\n',
    });
  });
});
