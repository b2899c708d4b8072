// The real Twilio client against the local Twilio over HTTP: what is sent, what each kind of trouble means (platforms
// 1.2 and 1.4), and that nothing of a failed call gets into the log.

import { inspect } from 'node:util';
import twilio from 'twilio';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioClient } from '../../../src/adapters/twilio/client.ts';
import { codeOfFailure, outcomeOfFailure } from '../../../src/adapters/twilio/failure.ts';
import { createSmsSender } from '../../../src/adapters/twilio/send.ts';
import type { LogFields } from '../../../src/app/ports/log.ts';
import { asOutboundId, asPhone } from '../../../src/core/model/ids.ts';
import type { Vendors } from '../../../src/rehearsal/start-vendors.ts';
import { LocalTwilioClient } from '../../rehearsal/twilio-clients.ts';
import { freePort } from '../../support/http.ts';
import { createMemoryLog } from '../../support/log-lines.ts';
import {
  TWILIO_ACCOUNT as ACCOUNT,
  PUBLIC_BASE as BASE,
  MESSAGING_SERVICE as SERVICE,
  startVendorsAlone,
  TWILIO_TOKEN as TOKEN,
} from '../../support/vendors.ts';

const MAYA = asPhone('+12135550101');
const LUIS = asPhone('+12135550102');
const START = Date.parse('2027-05-04T17:00:00Z');
const WORDS = 'Hi Maya, a private matter';

let now = START;
let vendors: Vendors;
let lookupFailures: string[] = [];

beforeAll(async () => {
  vendors = await startVendorsAlone({ seed: 'send-test', now: () => now, stepMs: 3_600_000 });
});
afterAll(() => vendors.close());
beforeEach(() => {
  now += 10_000_000;
  lookupFailures = [];
  vendors.twilio.clearScripts();
  vendors.twilio.setDown(false);
});

const settings = { accountSid: ACCOUNT, authToken: TOKEN, messagingServiceSid: SERVICE };
const onLookupFailure = (code: string) => lookupFailures.push(code);
const senderOf = (client: ReturnType<typeof createTwilioClient>) =>
  createSmsSender(client, { messagingServiceSid: SERVICE, publicBaseUrl: BASE }, onLookupFailure);
const sender = () => senderOf(createTwilioClient({ ...settings, apiBaseUrl: vendors.twilioBaseUrl }));
const text = { outboundId: asOutboundId('out 1'), to: MAYA, body: WORDS, validitySeconds: 600 };
const sent = () => vendors.twilio.state().messages.filter((message) => message.createdAt === now);

describe('a text that is sent', () => {
  it('finding 3: carries a StatusCallback of its own with the outbound id, and the end of its queueing (TX-08)', async () => {
    const outcome = await sender().send(text);
    expect(outcome).toEqual({ kind: 'accepted', providerId: sent()[0]?.sid, status: 'accepted' });
    expect(sent()).toMatchObject([
      {
        to: MAYA,
        body: WORDS,
        messagingServiceSid: SERVICE,
        statusCallback: `${BASE}/twilio/status?outbound=out%201`,
        validityPeriod: 600,
      },
    ]);
  });

  it('leaves the end of queueing to Twilio when there is none', async () => {
    await sender().send({ ...text, validitySeconds: null });
    expect(sent()[0]?.validityPeriod).toBe(36_000);
  });

  it('is asked for once only: the client never repeats by itself (TX-03)', async () => {
    vendors.twilio.script({ kind: '500_accepted' }, { times: 'always' });
    await sender().send(text);
    expect(sent()).toHaveLength(1);
  });
});

describe('trouble with a send', () => {
  it('TX-02: 429 was never processed, so it may be sent again', async () => {
    vendors.twilio.script({ kind: '429' });
    expect(await sender().send(text)).toEqual({ kind: 'not_sent', afterMs: null, code: '20429' });
    expect(sent()).toEqual([]);
  });

  it.each([
    ['500_accepted', '500', 1],
    ['500_not_accepted', '500', 0],
    ['503', '503', 0],
    ['accept_then_reset', 'ECONNRESET', 1],
    ['reset_before_accept', 'ECONNRESET', 0],
  ] as const)('TX-03: %s is an unknown outcome (%s)', async (kind, code, count) => {
    vendors.twilio.script({ kind });
    expect(await sender().send(text)).toEqual({ kind: 'unknown', code });
    expect(sent()).toHaveLength(count);
  });

  it('TX-03: a time limit is an unknown outcome', async () => {
    const impatient = twilio(ACCOUNT, TOKEN, { httpClient: new LocalTwilioClient(vendors.twilioBaseUrl, 150) });
    vendors.twilio.script({ kind: 'accept_then_hang' });
    expect(await senderOf(impatient).send(text)).toEqual({ kind: 'unknown', code: 'ECONNABORTED' });
    expect(sent()).toHaveLength(1);
  });

  it('TX-03: ours is ten seconds, with no retries, for the real Twilio and a local one', () => {
    for (const apiBaseUrl of [null, 'http://127.0.0.1:9']) {
      const client = createTwilioClient({ ...settings, apiBaseUrl });
      expect(client.httpClient).toMatchObject({ defaultTimeout: 10_000, autoRetry: false });
    }
  });

  it('is certainly not sent when nobody listens', async () => {
    const client = createTwilioClient({ ...settings, apiBaseUrl: `http://127.0.0.1:${await freePort()}` });
    expect(await senderOf(client).send(text)).toEqual({ kind: 'not_sent', afterMs: null, code: 'ECONNREFUSED' });
  });

  it.each([
    [21211, 'bad_number'],
    [21614, 'bad_number'],
    [21635, 'bad_number'],
    [30005, 'bad_number'],
    [30006, 'bad_number'],
    [21408, 'route_closed'],
    [21612, 'route_closed'],
    [21610, 'opted_out'],
    [21617, 'too_long'],
    [21608, 'account'],
    [20003, 'account'],
    [20005, 'account'],
    [20008, 'account'],
    [30003, 'unreachable'],
    [30008, 'unreachable'],
    [30004, 'filtered'],
    [30007, 'filtered'],
    [30023, 'daily_cap'],
    [30027, 'daily_cap'],
    [63018, 'daily_cap'],
    [63038, 'daily_cap'],
    [30034, 'unregistered'],
    [30036, 'expired'],
    [29999, 'unclassified'],
  ] as const)('TX-06: code %d means %s, and is not sent again', async (code, problem) => {
    vendors.twilio.script({ kind: 'reject', code });
    expect(await sender().send(text)).toEqual({ kind: 'rejected', problem, code: String(code) });
  });

  it.each([20429, 21611, 30001, 30022])('TX-06: code %d means a rate, and may be sent later', async (code) => {
    vendors.twilio.script({ kind: 'reject', code });
    expect(await sender().send(text)).toEqual({ kind: 'not_sent', afterMs: null, code: String(code) });
  });

  it('TX-06: a 4xx without a code of Twilio (a proxy of somebody) is an unknown outcome', () => {
    expect(outcomeOfFailure({ status: 404 })).toEqual({ kind: 'unknown', code: '404' });
    expect(outcomeOfFailure(new Error('what?'))).toEqual({ kind: 'unknown', code: 'no_answer' });
  });

  it('TX-06: an opted-out number is told apart with the list that the carrier keeps', async () => {
    vendors.twilio.receive({ from: LUIS, body: 'STOP' });
    expect(await sender().send({ ...text, to: LUIS })).toMatchObject({ kind: 'rejected', problem: 'opted_out' });
  });
});

describe('a doubtful text', () => {
  const question = (body: string, more: { since?: number; knownIds?: string[] } = {}) =>
    sender().find({ to: MAYA, body, since: now, knownIds: [], ...more });

  it('TX-04: is adopted by number and words, whatever typography has made of them', async () => {
    const body = "It's “ready” – see https://example.org/a?b=1 …";
    await sender().send({ ...text, body: 'something else' });
    await sender().send({ ...text, body });
    const found = await question(`It’s "ready" - see  https://short.example/x ...`);
    expect(found).toEqual({ kind: 'found', providerId: sent().at(-1)?.sid, status: 'accepted' });
  });

  it('TX-04: is absent when nothing like it is there: another text, another number, an older one, an adopted one, one from them', async () => {
    expect(await question(WORDS)).toEqual({ kind: 'absent' });
    await sender().send({ ...text, to: LUIS });
    expect(await question(WORDS)).toEqual({ kind: 'absent' });
    await sender().send(text);
    expect(await question(`${WORDS}.`)).toEqual({ kind: 'absent' });
    expect(await question(WORDS, { since: now + 121_000 })).toEqual({ kind: 'absent' });
    expect(await question(WORDS, { knownIds: sent().map((message) => message.sid) })).toEqual({ kind: 'absent' });
    vendors.twilio.receive({ from: MAYA, body: 'their own words' });
    expect(await question('their own words')).toEqual({ kind: 'absent' });
    expect(await question(WORDS)).toMatchObject({ kind: 'found' });
  });

  it('TX-04: stays in doubt while Twilio cannot be asked, and says why', async () => {
    vendors.twilio.setDown(true);
    expect(await question(WORDS)).toEqual({ kind: 'unreachable' });
    expect(lookupFailures).toEqual(['ECONNRESET']);
  });

  it('ST-04: is asked about by its id; only a text that Twilio does not know is absent', async () => {
    const outcome = await sender().send(text);
    const providerId = outcome.kind === 'accepted' ? outcome.providerId : '';
    expect(await sender().statusOf(providerId)).toEqual({ kind: 'found', providerId, status: 'accepted' });
    expect(await sender().statusOf(`SM${'f'.repeat(32)}`)).toEqual({ kind: 'absent' });
    vendors.twilio.script({ kind: 'reject', code: 20003 }, { on: 'fetch' });
    expect(await sender().statusOf(providerId)).toEqual({ kind: 'unreachable' });
    vendors.twilio.setDown(true);
    expect(await sender().statusOf(providerId)).toEqual({ kind: 'unreachable' });
  });
});

describe('finding 9: the error of a failed call', () => {
  async function failure(): Promise<unknown> {
    const client = createTwilioClient({ ...settings, apiBaseUrl: vendors.twilioBaseUrl });
    return client.messages
      .create({ to: MAYA, messagingServiceSid: SERVICE, body: WORDS })
      .then(() => undefined)
      .catch((error: unknown) => error);
  }
  const secrets = [
    TOKEN,
    Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64'),
    WORDS,
    MAYA,
    MAYA.slice(1),
    encodeURIComponent(WORDS),
    'private',
  ];

  it('holds credentials, words and number, which is why it must not travel', async () => {
    vendors.twilio.setDown(true);
    expect(inspect(await failure(), { depth: 9 })).toContain('private');
  });

  it.each(['reset', 'refusal'])(
    'leaves nothing of them in the log after a %s, even when it is logged whole by mistake',
    async (kind) => {
      if (kind === 'reset') vendors.twilio.setDown(true);
      else vendors.twilio.script({ kind: 'reject', code: 21211 });
      const error = await failure();
      const { log, text: written } = createMemoryLog();
      log.warn('send_failed', { code: codeOfFailure(error) });
      if (error instanceof Error) log.error('logged_as_error', { error });
      log.error('logged_whole', error as LogFields);
      expect(written().split('\n')).toHaveLength(4);
      for (const secret of secrets) expect(written()).not.toContain(secret);
    },
  );
});
