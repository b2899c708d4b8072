// The newcomer's walk as a real process: answers on standard input, files in a folder of its own.

import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillTemplate } from '../../src/adapters/system/env-file.ts';
import { icehouse } from '../support/icehouse.ts';

const TOKEN = 'xoxb-setup-test';
const ANSWERS = [
  '', // database: the usual one
  '3999',
  'https://melt.example.org/',
  '', // a new key
  `AC${'0'.repeat(32)}`,
  'f'.repeat(32),
  `MG${'0'.repeat(32)}`,
  TOKEN,
  'e'.repeat(32),
  'C0COUNSELOR',
  '', // no staff channel
  '', // no operator webhook
];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'icehouse-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const setup = (answers: readonly string[]) =>
  icehouse(['setup', '--offline'], { cwd: folder, input: `${answers.join('\n')}\n` });
const envOf = () => parseEnv(readFileSync(join(folder, '.env'), 'utf8'));

describe('icehouse setup', () => {
  it('writes a .env that only its owner can read, and ends in doctor', async () => {
    const { out, err } = await setup(ANSWERS);
    expect(err).toBe('');
    expect(envOf()).toMatchObject({
      DATABASE_URL: 'file:./data/icehouse.sqlite',
      PORT: '3999',
      PUBLIC_BASE_URL: 'https://melt.example.org/',
      SLACK_BOT_TOKEN: TOKEN,
      SLACK_COUNSELOR_CHANNEL: 'C0COUNSELOR',
    });
    expect(envOf()['DATA_KEY']).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(envOf()['SLACK_STAFF_CHANNEL']).toBeUndefined();
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    expect(out).toContain('ok    the settings are complete');
  });

  it("puts the house's address into the webhook it names and into the manifest it writes", async () => {
    const { out } = await setup(ANSWERS);
    expect(out).toContain('https://melt.example.org/twilio/inbound#');
    const manifest = readFileSync(join(folder, 'slack-manifest.json'), 'utf8');
    expect(manifest).toContain('"https://melt.example.org/slack/events"');
    expect(manifest).not.toContain('icehouse.example.org');
  });

  it('never prints a secret', async () => {
    const { out, err } = await setup(ANSWERS);
    for (const secret of [TOKEN, 'f'.repeat(32), 'e'.repeat(32), envOf()['DATA_KEY'] ?? 'none']) {
      expect(`${out}${err}`).not.toContain(secret);
    }
  });

  it('says what a wrong answer should look like, and asks again', async () => {
    const { out } = await setup([...ANSWERS.slice(0, 4), 'SK123', ...ANSWERS.slice(4)]);
    expect(out).toContain('That is not AC followed by 32 letters and digits.');
    expect(envOf()['TWILIO_ACCOUNT_SID']).toBe(ANSWERS[4]);
  });

  it('writes no .env when the answers end early, or stay wrong', async () => {
    const early = await setup(ANSWERS.slice(0, 5));
    expect(early).toMatchObject({ code: 1, err: expect.stringContaining('answers ended') });
    const wrong = await setup(['', 'no port', 'no port', 'no port', 'no port', 'no port']);
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('PORT was not given after 5 tries') });
    expect(() => envOf()).toThrow('ENOENT');
  });

  it('closes a file that others could read, and shows no address that may hold a password', async () => {
    const secret = 'postgres://icehouse:opensesame@127.0.0.1/icehouse';
    const file = join(folder, '.env');
    writeFileSync(file, `DATABASE_URL=${secret}\nOPERATOR_WEBHOOK_URL=https://ops.example.org/hook/opensesame\n`);
    chmodSync(file, 0o644);
    const { out } = await setup([...ANSWERS.slice(0, -1), 'none']);
    expect(out).not.toContain('opensesame');
    expect(envOf()['DATABASE_URL']).toBe(secret);
    expect(envOf()['OPERATOR_WEBHOOK_URL']).toBeUndefined();
    for (const name of ['.env', '.env.before-setup']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it('writes over no earlier backup: it may hold the only copy of a key', async () => {
    for (const key of ['first', 'second', 'third']) {
      writeFileSync(join(folder, '.env'), `DATA_KEY=${key}\n`);
      await setup([...ANSWERS.slice(0, 3), Buffer.alloc(32).toString('base64'), ...ANSWERS.slice(4)]);
    }
    const kept = ['.env.before-setup', '.env.before-setup-2', '.env.before-setup-3'];
    expect(kept.map((name) => parseEnv(readFileSync(join(folder, name), 'utf8'))['DATA_KEY'])).toEqual([
      'first',
      'second',
      'third',
    ]);
  });

  it('a second time offers what stands there, keeps the earlier file and what it does not ask for', async () => {
    await setup(ANSWERS);
    const first = envOf();
    writeFileSync(join(folder, '.env'), `${readFileSync(join(folder, '.env'), 'utf8')}\nLOG_LEVEL=warn\n`);
    const again = await setup(ANSWERS.map((_, index) => (index === 1 ? '4001' : '')));
    expect(again.out).toContain('.env.before-setup');
    expect(envOf()).toEqual({ ...first, PORT: '4001', LOG_LEVEL: 'warn' });
    expect(parseEnv(readFileSync(join(folder, '.env.before-setup'), 'utf8'))['PORT']).toBe('3999');
  });
});

describe('the settings file', () => {
  it('reads back whatever was answered', () => {
    const answers = { A_PLAIN: 'file:./x.sqlite', B_HASH: 'p#ss w0rd', C_QUOTE: `it's "so"`, D_KEPT: 'yes' };
    const filled = fillTemplate('# first\nA_PLAIN=\n\n# B_HASH=\n# C_QUOTE=example\n', answers);
    expect(parseEnv(filled)).toEqual(answers);
    expect(filled).toContain('# first\n');
  });
});
