// The rehearsal's own address, asked over HTTP as the page asks it, with a house that only takes notes.

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRehearsal } from '../../src/rehearsal/start-rehearsal.ts';
import type { Vendors } from '../../src/rehearsal/start-vendors.ts';
import {
  ACCOUNT_SID,
  AUTH_TOKEN,
  BOT_TOKEN,
  COUNSELORS,
  DANA,
  LUIS,
  MAYA,
  PROGRAM_NUMBER,
  SERVICE_SID,
  SIGNING_SECRET,
} from './world.ts';

const START = Date.parse('2027-05-04T17:00:00Z');
let house: Server;
let status: number;
let paths: string[];
let now: number;
let planned: number | null;
let rehearsal: Vendors;

beforeEach(async () => {
  status = 200;
  paths = [];
  now = START;
  planned = START + 1_800_000;
  house = createServer((incoming, outgoing) => {
    paths.push(incoming.url ?? '');
    incoming.resume();
    outgoing.writeHead(status).end();
  });
  await new Promise<void>((resolve) => house.listen(0, '127.0.0.1', resolve));
  rehearsal = await startRehearsal({
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
    people: [
      { name: 'Maya', phone: MAYA, language: 'en', note: '' },
      { name: 'Luis', phone: LUIS, language: 'es', note: '', timeZone: 'America/Denver' },
    ],
    staff: [{ name: 'Dana Reyes', slackUserId: DANA, role: 'counselor', phone: '+12135550190' }],
    clock: {
      now: () => now,
      nextEventAt: async () => planned,
      advanceTo: async (at) => {
        now = at;
      },
      advanceToNextEvent: async () => {
        now = planned ?? now;
      },
    },
    programNumber: PROGRAM_NUMBER,
  });
});
afterEach(async () => {
  await rehearsal.close();
  house.closeAllConnections();
  house.close();
});

async function post(name: string, body: unknown): Promise<{ status: number; error: string | null }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${rehearsal.url}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const { error } = (await response.json()) as { error: string | null };
  return { status: response.status, error };
}

interface Shown {
  readonly phones: readonly { readonly messages: readonly unknown[] }[];
  readonly staffTexts: readonly unknown[];
  readonly staffCalls: readonly { readonly id: string }[];
}
const readState = async () => (await (await fetch(`${rehearsal.url}/api/state`)).json()) as Shown;

const send = (to: string, body: string) =>
  fetch(`${rehearsal.twilioBaseUrl}/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}` },
    body: new URLSearchParams({ To: to, Body: body, MessagingServiceSid: SERVICE_SID }),
  });

const alert = async () => {
  const response = await fetch(`${rehearsal.slackBaseUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      channel: COUNSELORS,
      text: 'Alert',
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'acknowledge', text: { type: 'plain_text', text: 'Acknowledge' } }],
        },
      ],
    }),
  });
  const { ts } = (await response.json()) as { ts: string };
  return ts;
};

describe('a call to staff', () => {
  const ring = (from: string) =>
    fetch(`${rehearsal.twilioBaseUrl}/2010-04-01/Accounts/${ACCOUNT_SID}/Calls.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}` },
      body: new URLSearchParams({
        To: '+12135550190',
        From: from,
        Twiml:
          '<Response><Gather numDigits="1" action="https://icehouse.example/twilio/voice/ack?outbound=o1&amp;x=1"><Say>Case K, counselors&apos; channel.</Say></Gather></Response>',
      }),
    });

  it('is shown with what it says, and a pressed key goes to the house, signed', async () => {
    expect((await ring(PROGRAM_NUMBER)).status).toBe(201);
    const [call] = (await readState()).staffCalls;
    expect(call).toMatchObject({
      to: '+12135550190',
      name: 'Dana Reyes',
      words: "Case K, counselors' channel.",
      pressed: [],
    });
    expect(await post('key', { call: call?.id, digit: '1' })).toEqual({ status: 200, error: null });
    expect(paths).toEqual(['/twilio/voice/ack?outbound=o1&x=1']);
    expect((await readState()).staffCalls[0]).toMatchObject({ pressed: ['1'] });
  });

  it('is refused from a number that is not ours, and no key is pressed in what is no call', async () => {
    expect((await ring('+12135550199')).status).toBe(400);
    expect((await readState()).staffCalls).toEqual([]);
    expect((await post('key', { call: 'CA1', digit: '1' })).status).toBe(400);
    await ring(PROGRAM_NUMBER);
    const [call] = (await readState()).staffCalls;
    expect((await post('key', { call: call?.id, digit: '12' })).status).toBe(400);
    expect(paths).toEqual([]);
  });
});

describe('the rehearsal', () => {
  it.each([
    ['/', 'text/html'],
    ['/page.css', 'text/css'],
    ['/page.js', 'text/javascript'],
    ['/icon.svg', 'image/svg+xml'],
  ])('serves %s from its own files alone', async (path, type) => {
    const response = await fetch(rehearsal.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(await response.text()).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });

  it('serves every script that its scripts import', async () => {
    const seen = new Set(['/page.js']);
    for (const path of seen) {
      const response = await fetch(rehearsal.url + path);
      expect(response.status, path).toBe(200);
      for (const [, name] of (await response.text()).matchAll(/from '\.(\/[a-z]+\.js)'/g)) if (name) seen.add(name);
    }
    expect(seen.size).toBeGreaterThan(5);
  });

  it('shows a text on the phone it went to, and others under staff', async () => {
    await send(LUIS, 'Hola');
    await send('+12135550190', 'An alert waits');
    const state = await readState();
    expect(state.phones[0]?.messages).toEqual([]);
    expect(state.phones[1]?.messages).toMatchObject([{ body: 'Hola', isFromPhone: false, at: START }]);
    expect(state.staffTexts).toMatchObject([{ body: 'An alert waits', name: 'Dana Reyes' }]);
  });

  it('sends what is typed on a phone to the house, and says so when the house fails', async () => {
    expect(await post('texts', { phone: MAYA, body: 'done' })).toEqual({ status: 200, error: null });
    status = 503;
    expect(await post('texts', { phone: MAYA, body: 'hello?' })).toEqual({
      status: 502,
      error: 'The house answered 503.',
    });
    expect(paths).toEqual(['/twilio/inbound', '/twilio/inbound', '/twilio/inbound']);
    expect(await post('texts', { phone: '+12135550199', body: 'x' })).toMatchObject({ status: 400 });
  });

  it('presses a button as a counselor', async () => {
    const ts = await alert();
    expect(await post('press', { ts, action_id: 'acknowledge' })).toEqual({ status: 200, error: null });
    expect(paths).toEqual(['/slack/events']);
    expect(await post('press', { ts, action_id: 'gone' })).toMatchObject({
      status: 409,
      error: 'This button is no longer there.',
    });
  });

  it.each([
    ['next', 1_800_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['1d', 86_400_000],
  ])('moves the clock by %s', async (advance, ms) => {
    expect(await post('clock', { advance })).toEqual({ status: 200, error: null });
    expect(now - START).toBe(ms);
  });

  it('says so when nothing is planned', async () => {
    planned = null;
    expect(await post('clock', { advance: 'next' })).toEqual({
      status: 409,
      error: 'Nothing is planned: there is no next event.',
    });
  });

  it('takes no form of a foreign page', async () => {
    const response = await fetch(`${rehearsal.url}/api/clock`, { method: 'POST', body: '{"advance":"1d"}' });
    expect(response.status).toBe(415);
    expect(now).toBe(START);
  });

  it('tells an open page of every change', async () => {
    const response = await fetch(`${rehearsal.url}/api/stream`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let told = '';
    const hear = async (text: string) => {
      while (!told.includes(text)) told += (await reader?.read())?.value ?? '';
    };
    await hear('"phones"');
    await send(MAYA, 'Fresh news');
    await hear('Fresh news');
    await reader?.cancel();
  });
});
