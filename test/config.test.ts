// Settings: each is named when it is missing or malformed, in one line that says what it should look like and where to
// get it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  ConfigError,
  OWN_FLOWS,
  readConfig,
  readEnvironment,
  readSettings,
  SETTINGS,
  type SettingName,
} from '../src/config.ts';

const GOOD: Readonly<Record<string, string>> = {
  DATABASE_URL: 'file:./data/icehouse.sqlite',
  PORT: '3000',
  PUBLIC_BASE_URL: 'https://icehouse.example.org/',
  DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'f'.repeat(32),
  TWILIO_MESSAGING_SERVICE_SID: `MG${'0'.repeat(32)}`,
  SLACK_BOT_TOKEN: 'xoxb-1-2-3',
  SLACK_SIGNING_SECRET: 'e'.repeat(32),
  SLACK_COUNSELOR_CHANNEL: 'C0123456789',
};
const NAMES = Object.keys(SETTINGS) as SettingName[];
const REQUIRED = NAMES.filter((name) => SETTINGS[name].required);

function refusal(environment: Readonly<Record<string, string | undefined>>): ConfigError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('the settings', () => {
  it('needed to serve are these ten, and the others have their defaults', () => {
    expect(Object.keys(GOOD).sort()).toEqual([...REQUIRED].sort());
    expect(readConfig(GOOD)).toEqual({
      databaseUrl: 'file:./data/icehouse.sqlite',
      port: 3000,
      publicBaseUrl: 'https://icehouse.example.org',
      dataKey: GOOD['DATA_KEY'],
      twilio: {
        accountSid: GOOD['TWILIO_ACCOUNT_SID'],
        authToken: GOOD['TWILIO_AUTH_TOKEN'],
        messagingServiceSid: GOOD['TWILIO_MESSAGING_SERVICE_SID'],
        apiBaseUrl: null,
      },
      slack: {
        botToken: 'xoxb-1-2-3',
        signingSecret: GOOD['SLACK_SIGNING_SECRET'],
        counselorChannel: 'C0123456789',
        staffChannel: 'C0123456789',
        apiBaseUrl: null,
        rotation: null,
      },
      operatorWebhookUrl: null,
      heartbeatUrl: null,
      flowsDir: OWN_FLOWS,
      logLevel: 'info',
    });
  });

  it.each(REQUIRED)('stop the start when %s is missing or empty, in one line with its shape and its place', (name) => {
    const { shape, where } = SETTINGS[name];
    for (const [value, problem] of [
      [undefined, 'is missing'],
      ['', 'is empty'],
    ] as const) {
      const error = refusal({ ...GOOD, [name]: value });
      expect(error.names).toEqual([name]);
      expect(error.message).toBe(`${name} ${problem}: it should be ${shape}. Where to get it: ${where}.`);
      expect(error.message).not.toContain('\n');
    }
  });

  it.each<[SettingName, readonly string[]]>([
    ['DATABASE_URL', ['./data.sqlite', 'file:', 'mysql://host/name', 'postgres://']],
    ['PORT', ['http', '-1', '3000.5', '65536', '3000 ']],
    ['PUBLIC_BASE_URL', ['house.college.example', 'ftp://example.org', 'https://example.org/#rc=2', '/twilio']],
    ['DATA_KEY', ['secret', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64'), 'ff'.repeat(32)]],
    ['TWILIO_ACCOUNT_SID', ['SM123', 'AC', `SK${'0'.repeat(32)}`]],
    ['TWILIO_AUTH_TOKEN', ['two words', ' ']],
    ['TWILIO_MESSAGING_SERVICE_SID', ['+12135550100', 'AC123']],
    ['SLACK_BOT_TOKEN', ['xoxp-1-2', 'xapp-1', 'xoxb-']],
    ['SLACK_SIGNING_SECRET', [' ', 'two words']],
    ['SLACK_COUNSELOR_CHANNEL', ['#counselors', 'counselors', 'D0123456789']],
    ['SLACK_STAFF_CHANNEL', ['#staff']],
    ['TWILIO_API_BASE_URL', ['localhost:4010', 'not an address']],
    ['SLACK_API_BASE_URL', ['localhost:4020']],
    ['OPERATOR_WEBHOOK_URL', ['mailto:me@example.org']],
    ['HEARTBEAT_URL', ['mailto:me@example.org', 'ping']],
    ['FLOWS_DIR', []],
    ['LOG_LEVEL', ['debug', 'loud', 'INFO']],
  ])('are refused with a malformed %s, which is not repeated: it may be a secret', (name, values) => {
    for (const value of values) {
      const error = refusal({ ...GOOD, [name]: value });
      expect(error.message).toContain(`${name} is malformed: it should be ${SETTINGS[name].shape}`);
      expect(error.message).toContain(SETTINGS[name].where);
      if (value.trim().length > 12) expect(error.message).not.toContain(value);
    }
  });

  it('of a rotating Slack token come all three or none', () => {
    const all = { SLACK_CLIENT_ID: '123.456', SLACK_CLIENT_SECRET: 'abc', SLACK_REFRESH_TOKEN: 'xoxe-1-first' };
    expect(readConfig({ ...GOOD, ...all }).slack.rotation).toEqual({
      clientId: '123.456',
      clientSecret: 'abc',
      refreshToken: 'xoxe-1-first',
    });
    expect(() => readConfig({ ...GOOD, ...all, SLACK_CLIENT_SECRET: '' })).toThrow('belong together');
  });

  it('name the first that is wrong and count the others', () => {
    const { PORT: _, DATA_KEY: __, ...rest } = GOOD;
    const error = refusal({ ...rest, SLACK_BOT_TOKEN: 'nonsense' });
    expect(error.names).toEqual(['PORT', 'DATA_KEY', 'SLACK_BOT_TOKEN']);
    expect(error.message).toMatch(/^PORT is missing: .* \(then also: DATA_KEY, SLACK_BOT_TOKEN\)$/);
  });

  it('take a PostgreSQL, a port as a number, and addresses without and with their slash', () => {
    const config = readConfig({
      ...GOOD,
      DATABASE_URL: 'postgresql://icehouse@db.example/icehouse',
      PUBLIC_BASE_URL: 'https://icehouse.example.org:8443/bot//',
      TWILIO_API_BASE_URL: 'http://127.0.0.1:4010/vendors/twilio/',
      SLACK_API_BASE_URL: 'http://127.0.0.1:4020',
      SLACK_STAFF_CHANNEL: 'G0STAFF0001',
    });
    expect(config.publicBaseUrl).toBe('https://icehouse.example.org:8443/bot');
    expect(config.twilio.apiBaseUrl).toBe('http://127.0.0.1:4010/vendors/twilio');
    expect(config.slack).toMatchObject({ apiBaseUrl: 'http://127.0.0.1:4020/api/', staffChannel: 'G0STAFF0001' });
    const asGiven = readConfig({ ...GOOD, SLACK_API_BASE_URL: 'http://127.0.0.1:4020/vendors/slack/api' });
    expect(asGiven.slack.apiBaseUrl).toBe('http://127.0.0.1:4020/vendors/slack/api/');
  });

  it('are read a few at a time by commands that need no vendor', () => {
    const read = readSettings(['DATABASE_URL', 'FLOWS_DIR'], { DATABASE_URL: 'file:x.sqlite' });
    expect(read).toEqual({ DATABASE_URL: 'file:x.sqlite' });
    expect(() => readSettings(['DATA_KEY'], GOOD)).not.toThrow();
    expect(() => readSettings(['DATA_KEY'], {})).toThrow('DATA_KEY is missing');
  });
});

describe('a .env file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'icehouse-env-'));
  const path = join(folder, '.env');
  const mine = 'ICEHOUSE_TEST_OF_THE_ENVIRONMENT';
  afterEach(() => {
    delete process.env[mine];
    rmSync(path, { force: true });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('gives what the environment does not, with comments, blanks and quotes', () => {
    writeFileSync(path, `# a comment\nPORT=3000\nDATA_KEY="with = and # in it"\n\n${mine}=from the file\n`);
    expect(readEnvironment(path)).toMatchObject({
      PORT: '3000',
      DATA_KEY: 'with = and # in it',
      [mine]: 'from the file',
    });
  });

  it('gives way to the environment', () => {
    writeFileSync(path, `${mine}=from the file\n`);
    process.env[mine] = 'from the environment';
    expect(readEnvironment(path)[mine]).toBe('from the environment');
  });

  it('need not be there', () => {
    expect(readEnvironment(join(folder, 'absent'))['PATH']).toBe(process.env['PATH']);
  });
});
