// The real twilio client against the local Twilio over HTTP: what the client cannot read is a mistake here.

import twilio from 'twilio';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startVendorServer, type VendorServer } from '../../src/rehearsal/vendor-server.ts';
import { InProcessTwilioClient, LocalTwilioClient } from './twilio-clients.ts';
import { ACCOUNT_SID, AUTH_TOKEN, createWorld, LUIS, MAYA, PROGRAM_NUMBER, SERVICE_SID, type World } from './world.ts';

let world: World;
let server: VendorServer;
const connect = (token = AUTH_TOKEN) =>
  twilio(ACCOUNT_SID, token, { httpClient: new LocalTwilioClient(server.twilioBaseUrl, 300) });
const nudge = { to: MAYA, messagingServiceSid: SERVICE_SID, body: 'Hi Maya' };

beforeAll(async () => {
  server = await startVendorServer(0, () => world);
});
afterAll(() => server.close());
beforeEach(() => {
  world = createWorld();
});

describe('the local Twilio, asked by the real client', () => {
  it('creates a message, which comes back with the fields and dates the client knows', async () => {
    const message = await connect().messages.create(nudge);
    expect(message).toMatchObject({
      status: 'accepted',
      direction: 'outbound-api',
      to: MAYA,
      numMedia: '0',
      errorCode: null,
    });
    expect(message.sid).toMatch(/^SM[0-9a-f]{32}$/);
    expect(message.dateCreated.getTime()).toBe(world.times.now);
    const fetched = await connect().messages(message.sid).fetch();
    expect(fetched.body).toBe('Hi Maya');
  });

  it('lists by recipient, sender and date, page after page', async () => {
    const client = connect();
    for (const body of ['one', 'two', 'three', 'four', 'five']) await client.messages.create({ ...nudge, body });
    await client.messages.create({ ...nudge, to: LUIS });
    world.twilio.receive({ from: MAYA, body: 'hello' });
    world.times.realNow += 1000;
    world.twilio.advance();
    const toMaya = await client.messages.list({ to: MAYA, pageSize: 2 });
    expect(toMaya.map((message) => message.body)).toEqual(['five', 'four', 'three', 'two', 'one']);
    const inbound = await client.messages.list({ from: MAYA, dateSentAfter: new Date(world.times.now - 3_600_000) });
    expect(inbound.map((message) => [message.body, message.direction])).toEqual([['hello', 'inbound']]);
    expect(await client.messages.list({ dateSentBefore: new Date(world.times.now - 1) })).toEqual([]);
  });

  it('shows account, number and service to a doctor', async () => {
    const client = connect();
    expect((await client.api.v2010.accounts(ACCOUNT_SID).fetch()).status).toBe('active');
    const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: PROGRAM_NUMBER });
    expect(number).toMatchObject({ phoneNumber: PROGRAM_NUMBER, smsUrl: 'https://icehouse.example/twilio/inbound' });
    const service = await client.messaging.v1.services(SERVICE_SID).fetch();
    expect(service.inboundRequestUrl).toBe('https://icehouse.example/twilio/inbound');
    const numbers = await client.messaging.v1.services(SERVICE_SID).phoneNumbers.list();
    expect(numbers.map((item) => item.phoneNumber)).toEqual([PROGRAM_NUMBER]);
  });

  it('refuses a wrong token with 20003', async () => {
    await expect(connect('wrong').messages.create(nudge)).rejects.toMatchObject({ status: 401, code: 20003 });
  });

  it('gives API errors that the client can classify', async () => {
    const client = connect();
    await expect(client.messages.create({ ...nudge, to: '12' })).rejects.toMatchObject({ status: 400, code: 21211 });
    world.twilio.receive({ from: MAYA, body: ' stop ' });
    await expect(client.messages.create(nudge)).rejects.toMatchObject({ status: 400, code: 21610 });
    world.twilio.script({ kind: '429' });
    await expect(client.messages.create(nudge)).rejects.toMatchObject({ status: 429, code: 20429 });
    world.twilio.script({ kind: '503' });
    await expect(client.messages.create(nudge)).rejects.toMatchObject({ status: 503 });
    await expect(client.messages.create(nudge)).rejects.toMatchObject({ code: 21610 });
  });

  it.each([
    ['accept_then_hang', 'ECONNABORTED', 1],
    ['accept_then_reset', 'ECONNRESET', 1],
    ['hang_before_accept', 'ECONNABORTED', 0],
    ['reset_before_accept', 'ECONNRESET', 0],
  ] as const)('leaves the client in doubt by %s', async (kind, code, messages) => {
    world.twilio.script({ kind });
    await expect(connect().messages.create(nudge)).rejects.toMatchObject({ code });
    expect(world.twilio.state().messages).toHaveLength(messages);
  });

  it('signs status callbacks so that the real validator accepts them', async () => {
    const statusCallback = 'https://icehouse.example/twilio/status?key=a%20b';
    await connect().messages.create({ ...nudge, statusCallback });
    world.times.realNow += 1000;
    const requests = world.twilio.advance();
    expect(requests.map((request) => new URLSearchParams(request.body).get('MessageStatus'))).toEqual([
      'queued',
      'sent',
      'delivered',
    ]);
    for (const request of requests) {
      const params = Object.fromEntries(new URLSearchParams(request.body));
      const signature = request.headers['x-twilio-signature'] ?? '';
      expect(twilio.validateRequest(AUTH_TOKEN, signature, statusCallback, params)).toBe(true);
      expect(request.url).toBe('http://127.0.0.1:9/twilio/status?key=a%20b');
    }
  });

  it('signs inbound texts with blanks, accents and emoji', () => {
    const request = world.twilio.receive({ from: MAYA, body: '  ¿Qué tal? 🧊 & = + ' });
    const params = Object.fromEntries(new URLSearchParams(request.body));
    expect(params.Body).toBe('  ¿Qué tal? 🧊 & = + ');
    const url = 'https://icehouse.example/twilio/inbound';
    expect(twilio.validateRequest(AUTH_TOKEN, request.headers['x-twilio-signature'] ?? '', url, params)).toBe(true);
    expect(twilio.validateRequest('another', request.headers['x-twilio-signature'] ?? '', url, params)).toBe(false);
  });
});

describe('the real client without a socket', () => {
  const connectInProcess = () =>
    twilio(ACCOUNT_SID, AUTH_TOKEN, {
      httpClient: new InProcessTwilioClient((request) => world.twilio.answer(request)),
    });

  it('gets the same answers as over HTTP', async () => {
    const client = connectInProcess();
    const { sid } = await client.messages.create(nudge);
    expect((await client.messages.list({ to: MAYA, dateSentAfter: new Date(0) })).length).toBe(0);
    expect((await client.messages.list({ to: MAYA, pageSize: 1 })).map((message) => message.sid)).toEqual([sid]);
    expect((await client.messaging.v1.services(SERVICE_SID).fetch()).sid).toBe(SERVICE_SID);
    await expect(client.messages.create({ ...nudge, body: '' })).rejects.toMatchObject({ status: 400, code: 21602 });
  });

  it('meets the same trouble as over HTTP', async () => {
    world.twilio.script({ kind: 'accept_then_reset' });
    await expect(connectInProcess().messages.create(nudge)).rejects.toMatchObject({ code: 'ECONNRESET' });
    world.twilio.script({ kind: 'accept_then_hang' });
    await expect(connectInProcess().messages.create(nudge)).rejects.toMatchObject({ code: 'ECONNABORTED' });
    expect(world.twilio.state().messages).toHaveLength(2);
  });
});
