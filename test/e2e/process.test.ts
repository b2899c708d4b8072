import { afterEach, describe, expect, it } from 'vitest';
import { SETTINGS, type SettingName } from '../../src/config.ts';
import { until } from '../support/house-clock.ts';
import { CREDENTIALS, environmentOf, MAYA, mentee, RENEE, STAFF_ROWS } from '../support/house-people.ts';
import { afternoonZone } from '../support/house-today.ts';
import { type Street, startStreet } from '../support/house-vendors.ts';
import { runIcehouse } from '../support/process.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';

let street: Street | undefined;
afterEach(async () => {
  await street?.close();
  street = undefined;
});

describe('a setting', () => {
  const good = environmentOf({
    databaseUrl: 'file:/nowhere/icehouse.sqlite',
    twilioBaseUrl: 'http://127.0.0.1:9',
    slackBaseUrl: 'http://127.0.0.1:9/api/',
  });
  const malformed: Readonly<Record<SettingName, string>> = {
    DATABASE_URL: 'mysql://localhost/icehouse',
    PORT: 'http',
    PUBLIC_BASE_URL: 'no-address',
    DATA_KEY: 'short',
    TWILIO_ACCOUNT_SID: 'SK123',
    TWILIO_AUTH_TOKEN: 'with a blank',
    TWILIO_MESSAGING_SERVICE_SID: '+12135550100',
    SLACK_BOT_TOKEN: 'xapp-1',
    SLACK_SIGNING_SECRET: 'with a blank',
    SLACK_COUNSELOR_CHANNEL: '#counselors',
    SLACK_STAFF_CHANNEL: '#staff',
    SLACK_CLIENT_ID: 'with a blank',
    SLACK_CLIENT_SECRET: 'with a blank',
    SLACK_REFRESH_TOKEN: 'xoxb-1',
    TWILIO_API_BASE_URL: 'localhost',
    SLACK_API_BASE_URL: 'localhost',
    OPERATOR_WEBHOOK_URL: 'ops@example.org',
    HEARTBEAT_URL: 'ping',
    FLOWS_DIR: '',
    LOG_LEVEL: 'verbose',
  };
  const names = Object.keys(SETTINGS) as SettingName[];
  const cases = names.flatMap((name) => [
    ...(SETTINGS[name].required
      ? [
          { name, how: 'missing', value: undefined },
          { name, how: 'empty', value: '' },
        ]
      : []),
    ...(malformed[name] === '' ? [] : [{ name, how: 'malformed', value: malformed[name] }]),
  ]);

  it('TW-02, SL-04: that is missing, empty or malformed stops `icehouse serve` with one line that names it', async () => {
    const tried = cases
      .filter(({ how }) => how !== 'empty')
      .concat(cases.filter(({ name, how }) => how === 'empty' && /TOKEN|SECRET|KEY/.test(name)));
    const left = [...tried];
    const wrong: unknown[] = [];
    const work = async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const { [next.name]: _, ...others } = good;
        const environment = next.value === undefined ? others : { ...others, [next.name]: next.value };
        const { code, stdout, stderr } = await runIcehouse(['serve'], environment);
        const lines = stderr.trim().split('\n');
        const says = lines[0] ?? '';
        const names =
          says.startsWith(`icehouse: ${next.name} is ${next.how}: it should be `) && says.includes('Where to get it: ');
        const leaks = next.value !== undefined && next.value !== '' && says.includes(next.value);
        if (code !== 1 || stdout !== '' || lines.length !== 1 || !names || leaks) wrong.push({ ...next, code, stderr });
      }
    };
    await Promise.all([work(), work()]);
    expect(wrong).toEqual([]);
  });
});

describe('DB-13: SIGTERM', () => {
  it('during traffic: what was taken is answered, the exit code is 0 within ten seconds, and nothing is lost or doubled', async () => {
    const phones = Array.from({ length: 40 }, (_, index) => `+12135550${100 + index}`).filter(
      (phone) => phone !== RENEE.phone && !phone.endsWith('0102') && !phone.endsWith('0110'),
    );
    street = await startStreet([
      ...STAFF_ROWS,
      ...phones.map((phone, index) => mentee(`M${index}`, phone, { time_zone: afternoonZone() })),
    ]);
    const here = street;
    const first = await here.serve();
    await until('the nudges', () => phones.every((phone) => here.bodiesTo(phone).length === 2), 20_000);
    const requests = phones.map((phone) => here.vendors.twilio.receive({ from: phone, body: 'done' }));
    const began = Date.now();
    const posting = Promise.all(requests.map((request) => here.vendors.post(request)));
    await until('some are answered', () => phones.some((phone) => here.bodiesTo(phone).length > 2));
    const code = await first.terminate();
    expect(code).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    const outcomes = await posting;
    const answered = outcomes.filter((outcome) => outcome.kind === 'answered');
    expect(new Set(answered.map((outcome) => outcome.status))).toEqual(new Set([200]));
    await here.look(async (database) => {
      const rows = await database.read(async (stores) =>
        Promise.all(phones.map((phone) => stores.outbox.ofPhone(database.hashPhone(phone)))),
      );
      expect(rows.flat().filter((row) => row.status === 'claimed')).toEqual([]);
    });
    await here.serve();
    // Twilio tries again what was not answered; here it tries everything again.
    const address = here.address.baseUrl;
    for (const request of requests) {
      const again = await here.vendors.post({ ...request, url: `${address}/twilio/inbound` });
      expect(again).toMatchObject({ status: 200 });
    }
    await until('everybody has an answer', () => phones.every((phone) => here.bodiesTo(phone).length === 3), 20_000);
  });
});

describe('TX-02: a crisis reply that Twilio would not take at first', () => {
  it('leaves within seconds, without waiting for the minute', async () => {
    street = await startStreet();
    const here = street;
    await here.serve();
    await until('the nudge', () => here.bodiesTo(MAYA).length === 2);
    here.vendors.twilio.script({ kind: '429' }, { to: MAYA, times: 2 });
    const began = Date.now();
    await here.vendors.sendText({ from: MAYA, body: 'i want to die' });
    await until('the reply', () => here.bodiesTo(MAYA).at(-1)?.includes('or text 988'));
    expect(Date.now() - began).toBeLessThan(8_000);
  });
});

describe('DB-02: a second server on the same file of the same host', () => {
  it('is safe: one text that comes to both is stored and answered once', async () => {
    street = await startStreet();
    const here = street;
    const first = await here.serve();
    await until('the nudge', () => here.bodiesTo(MAYA).length === 2);
    const second = await here.serve();
    const text = here.vendors.twilio.receive({ from: MAYA, body: 'done' });
    const urls = [first.baseUrl, second.baseUrl].map((base) => `${base}/twilio/inbound`);
    const statuses = await Promise.all(urls.map((url) => here.vendors.post({ ...text, url })));
    expect(statuses).toMatchObject([{ status: 200 }, { status: 200 }]);
    await until('the answer', () => here.bodiesTo(MAYA).length === 3);
    await second.terminate();
    await first.terminate();
    expect(here.bodiesTo(MAYA)).toHaveLength(3);
  });
});

describe('F36: everything that the process writes', () => {
  it('holds no text, no phone number, no name, no token, whatever goes wrong', async () => {
    street = await startStreet([]);
    const here = street;
    const { writeFileSync } = await import('node:fs');
    const roster = `${here.databasePath}.csv`;
    const rows = [...STAFF_ROWS, mentee('Maya', MAYA, { time_zone: afternoonZone() })];
    const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    writeFileSync(
      roster,
      [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))].map((line) => line.join(',')).join('\n'),
    );
    const imported = await runIcehouse(['roster', 'import', roster], here.environment);
    expect(imported).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Imported 1 mentees, 1 mentors, 2 counselors, 0 staff.'),
    });

    here.vendors.twilio.script({ kind: '500_not_accepted' }, { times: 1 });
    const running = await here.serve();
    await until('a send failed', () => running.output().includes('"status":"unknown"'));
    const said = ['i want to die and my aunt Zelda knows', 'done zzz', 'STOP', 'START', 'xyzzy plugh'];
    for (const body of said) expect(await here.vendors.sendText({ from: MAYA, body })).toMatchObject({ status: 200 });
    here.vendors.twilio.script({ kind: 'reject', code: 21211 }, { to: MAYA, times: 2 });
    here.vendors.slack.script({ kind: 'error', error: 'is_archived' }, { times: 3 });
    for (const body of ['help', 'i want to die again']) await here.vendors.sendText({ from: MAYA, body });
    await here.vendors.post(
      here.vendors.twilio.sign(
        '/twilio/inbound',
        new URLSearchParams({ MessageSid: 'SM1', From: MAYA, Body: 'forged words' }),
        'x',
      ),
    );
    await here.vendors.post(
      here.vendors.slack.sign({ type: 'json', body: '{"forged":"words"}' }, { signingSecret: 'x' }),
    );
    await here.vendors.post(here.vendors.slack.sign({ type: 'json', body: 'not json' }));
    await until('the refusals were seen', () => running.output().includes('21211'));
    expect(await running.terminate()).toBe(0);

    const output = running.output() + imported.stderr;
    expect(output.split('\n').length).toBeGreaterThan(10);
    const secrets = [...Object.values(CREDENTIALS).filter((value) => !value.endsWith('0001')), TEST_DATA_KEY];
    const words = [
      ...said.slice(0, 2),
      'xyzzy',
      'Zelda',
      'want to die',
      'forged',
      'Maya',
      'Testperson',
      'Renee',
      'or text 988',
      'automated',
    ];
    for (const secret of [...secrets, ...words]) expect(output).not.toContain(secret);
    expect(output).not.toMatch(/555\D?01\d\d|authorization|Basic /i);
  });
});
