// What `icehouse doctor` says of the weekly drill: a program that has none is warned, and it is no fault.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { icehouse } from '../support/icehouse.ts';
import { ROOT } from '../support/source-tree.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';

let folder: string;
let env: Record<string, string>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'icehouse-doctor-'));
  cpSync(join(ROOT, 'flows'), join(folder, 'flows'), { recursive: true });
  env = {
    DATABASE_URL: `file:${join(folder, 'icehouse.sqlite')}`,
    DATA_KEY: TEST_DATA_KEY,
    PORT: '3999',
    PUBLIC_BASE_URL: 'https://melt.example.org',
    FLOWS_DIR: join(folder, 'flows'),
    TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'f'.repeat(32),
    TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_SIGNING_SECRET: 'e'.repeat(32),
    SLACK_COUNSELOR_CHANNEL: 'C0COUNSELOR',
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function publishWith(drill: string): Promise<string> {
  const file = join(folder, 'flows', 'program.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^drill: .*$/m, `drill: ${drill}`));
  const published = await icehouse(['flows', 'publish', '--why', 'a drill'], { env, cwd: folder });
  expect(published).toMatchObject({ code: 0, err: '' });
  return (await icehouse(['doctor', '--offline'], { env, cwd: folder })).out;
}

describe('icehouse doctor', () => {
  it('warns of a program without a weekly drill, and not of one that has it', { timeout: 60_000 }, async () => {
    expect(await publishWith('null')).toMatch(/^ok {4}WARNING: no weekly drill/m);
    const out = await publishWith('{ weekday: 3, time: "10:30" }');
    expect(out).toContain('ok    a drill tries the alerts every week');
    expect(out).not.toContain('WARNING: no weekly drill');
  });

  it('and the check refuses a drill at no hour, and a drill phone that is none', { timeout: 60_000 }, async () => {
    const file = join(folder, 'flows', 'program.yaml');
    const right = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      right
        .replace(/^drill: .*$/m, 'drill: { weekday: 3, time: "late" }')
        .replace(/^drill_phone: .*$/m, 'drill_phone: "12"'),
    );
    const { code, out } = await icehouse(['flows', 'check', join(folder, 'flows')], { cwd: folder });
    writeFileSync(file, right);
    expect(code).toBe(1);
    expect(out).toMatch(/"late" is not a time/);
    expect(out).toMatch(/program\.yaml:\d+:\d+ .*12/);
  });
});
