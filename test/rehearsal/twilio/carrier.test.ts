// What reaches a house over HTTP: texts with one retry, callbacks in order, and words when nobody takes them.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startVendors, type Vendors } from '../../../src/rehearsal/start-vendors.ts';
import { describeDelivery } from '../../../src/rehearsal/wire/deliver.ts';
import { readBody } from '../../../src/rehearsal/wire/serve.ts';
import {
  ACCOUNT_SID,
  AUTH_TOKEN,
  BOT_TOKEN,
  COUNSELORS,
  MAYA,
  PROGRAM_NUMBER,
  SERVICE_SID,
  SIGNING_SECRET,
} from '../world.ts';

interface Heard {
  readonly url: string;
  readonly token: string | undefined;
  readonly form: URLSearchParams;
}

let house: Server;
let heard: Heard[];
let answers: number[];
let troubles: string[];
let vendors: Vendors;

beforeEach(async () => {
  heard = [];
  answers = [];
  troubles = [];
  house = createServer(async (incoming, outgoing) => {
    const token = incoming.headers['i-twilio-idempotency-token'];
    heard.push({
      url: incoming.url ?? '',
      token: typeof token === 'string' ? token : undefined,
      form: new URLSearchParams(await readBody(incoming)),
    });
    outgoing.writeHead(answers.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => house.listen(0, '127.0.0.1', resolve));
  vendors = await startVendors({
    port: 0,
    house: {
      baseUrl: `http://127.0.0.1:${(house.address() as AddressInfo).port}`,
      publicBaseUrl: 'https://icehouse.example',
      twilioAuthToken: AUTH_TOKEN,
      accountSid: ACCOUNT_SID,
      messagingServiceSid: SERVICE_SID,
      slackSigningSecret: SIGNING_SECRET,
      slackBotToken: BOT_TOKEN,
      counselorChannel: COUNSELORS,
    },
    programNumber: PROGRAM_NUMBER,
    staff: [],
    now: () => Date.parse('2027-05-04T17:00:00Z'),
    seed: 'carrier',
    stepMs: 10,
    onTrouble: (delivery) => troubles.push(describeDelivery(delivery)),
  });
});
afterEach(async () => {
  await vendors.close();
  house.closeAllConnections();
  house.close();
});

async function create(): Promise<void> {
  const form = {
    To: MAYA,
    Body: 'Hi',
    MessagingServiceSid: SERVICE_SID,
    StatusCallback: 'https://icehouse.example/twilio/status?key=1',
  };
  await fetch(`${vendors.twilioBaseUrl}/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}` },
    body: new URLSearchParams(form),
  });
}

describe('the way from the local Twilio to the house', () => {
  it('sends a text once when the house takes it', async () => {
    expect(await vendors.sendText({ from: MAYA, body: 'hi' })).toMatchObject({ kind: 'answered', status: 200 });
    expect(heard.map(({ url, form }) => [url, form.get('Body')])).toEqual([['/twilio/inbound', 'hi']]);
  });

  it('sends it once more, with the same id and token, when the house answers 503', async () => {
    answers = [503];
    expect(await vendors.sendText({ from: MAYA, body: 'hi' })).toMatchObject({ status: 200 });
    expect(heard).toHaveLength(2);
    expect(heard[1]?.token).toBe(heard[0]?.token);
    expect(heard[1]?.form.get('MessageSid')).toBe(heard[0]?.form.get('MessageSid'));
  });

  it('does not repeat a text that the house refused', async () => {
    answers = [403];
    expect(await vendors.sendText({ from: MAYA, body: 'hi' })).toMatchObject({ status: 403 });
    expect(heard).toHaveLength(1);
  });

  it('posts status callbacks in order, each to its own address', async () => {
    await create();
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    expect(heard.map(({ url, form }) => [url, form.get('MessageStatus')])).toEqual([
      ['/twilio/status?key=1', 'queued'],
      ['/twilio/status?key=1', 'sent'],
      ['/twilio/status?key=1', 'delivered'],
    ]);
    expect(troubles).toEqual([]);
  });

  it('says in words that a callback found no house', async () => {
    house.closeAllConnections();
    house.close();
    await create();
    await vi.waitFor(() => expect(troubles).toHaveLength(3));
    expect(troubles[0]).toMatch(/^The house could not be reached: .+\.$/);
  });
});
