// What the doctor asks Twilio, against the local Twilio.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioClient } from '../../../src/adapters/twilio/client.ts';
import { inspectTwilio } from '../../../src/adapters/twilio/inspect.ts';
import type { Vendors } from '../../../src/rehearsal/start-vendors.ts';
import { ROOT } from '../../support/source-tree.ts';
import {
  TWILIO_ACCOUNT as ACCOUNT,
  PUBLIC_BASE as BASE,
  MESSAGING_SERVICE as SERVICE,
  startVendorsAlone,
  TWILIO_TOKEN as TOKEN,
} from '../../support/vendors.ts';

let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendorsAlone({ seed: 'inspect-test' });
});
afterAll(() => vendors.close());
beforeEach(() => {
  vendors.twilio.setDown(false);
  vendors.twilio.setConsole({ fallbackUrl: null, voiceUrl: '', voiceFallbackUrl: '' });
});

/** What the manual tells whoever runs a house to put elsewhere. */
const GUIDE = readFileSync(join(ROOT, 'docs', 'operations.md'), 'utf8');
const [TEXT_FALLBACK = '', CALL_FALLBACK = ''] = [...GUIDE.matchAll(/```xml\n(.*?)```/gsu)].map(([, xml]) => xml);
const FALLBACKS = {
  fallbackUrl: 'https://files.example/fallback.xml',
  voiceUrl: `${BASE}/twilio/voice`,
  voiceFallbackUrl: 'https://handler.twilio.com/twiml/EH1',
};

interface Asked {
  readonly url: string;
  readonly init: RequestInit;
}
let asked: Asked[];
let files: (url: string) => Response;
const xml = (body: string) => new Response(body, { headers: { 'content-type': 'text/xml' } });
beforeEach(() => {
  asked = [];
  files = (url) => xml(url.includes('handler') ? CALL_FALLBACK : TEXT_FALLBACK);
});

function inspect(publicBaseUrl = BASE, authToken = TOKEN) {
  const settings = { accountSid: ACCOUNT, authToken, messagingServiceSid: SERVICE, apiBaseUrl: vendors.twilioBaseUrl };
  return inspectTwilio(createTwilioClient(settings), { ...settings, publicBaseUrl }, async (url, init) => {
    asked.push({ url, init });
    return files(url);
  });
}

describe('the doctor', () => {
  it('finds account, number and webhook well, and minds a fallback URL on our own host', async () => {
    const findings = await inspect();
    expect(findings.filter(({ ok }) => ok)).toHaveLength(3);
    expect(findings.filter(({ ok }) => !ok).map(({ what }) => what)).toEqual([
      'the fallback URL of the service is set, on another host',
      'the voice URL of the number that ends in 0100 points here',
      'the voice fallback URL of the number that ends in 0100 is set, on another host',
    ]);
  });

  it('finds all well when calls come here and the files of the manual are the fallbacks', async () => {
    vendors.twilio.setConsole(FALLBACKS);
    const findings = await inspect();
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
    expect(findings.filter(({ what }) => what.endsWith('answers with 988 and 911'))).toHaveLength(2);
  });

  it('asks a fallback as Twilio does, signed, with nobody’s words in it', async () => {
    vendors.twilio.setConsole(FALLBACKS);
    await inspect();
    expect(asked.map(({ url }) => url)).toEqual([
      `https://files.example/fallback.xml?AccountSid=${ACCOUNT}`,
      `https://handler.twilio.com/twiml/EH1?AccountSid=${ACCOUNT}`,
    ]);
    for (const { url, init } of asked) {
      const signature = new Headers(init.headers).get('x-twilio-signature') ?? '';
      expect(init.method).toBe('POST');
      expect(validateRequest(TOKEN, signature, url, {})).toBe(true);
      expect(init.body).toBeUndefined();
    }
  });

  it.each([
    ['that is not there', () => new Response('', { status: 404 }), 'it answers 404 to a POST'],
    ['that refuses a POST', () => new Response('', { status: 405 }), 'it answers 405 to a POST'],
    ['that is a web page', () => new Response(TEXT_FALLBACK, { headers: { 'content-type': 'text/html' } }), 'text/xml'],
    ['that is no TwiML', () => xml('<html>988 911</html>'), 'not TwiML'],
    ['that says nothing', () => xml('<Response/>'), 'no <Message>'],
    ['without the lifeline', () => xml('<Response><Message>Call 911.</Message></Response>'), 'does not say 988'],
    ['without any number', () => xml('<Response><Message>Later!</Message></Response>'), 'does not say 988 or 911'],
  ])('minds a fallback %s', async (_, answer, words) => {
    vendors.twilio.setConsole(FALLBACKS);
    files = (url) => (url.includes('handler') ? xml(CALL_FALLBACK) : answer());
    expect((await inspect()).filter(({ ok }) => !ok)).toEqual([
      {
        what: 'the fallback URL of the service answers with 988 and 911',
        ok: false,
        mend: expect.stringContaining(words),
      },
    ]);
  });

  it('minds a fallback whose host is gone', async () => {
    vendors.twilio.setConsole(FALLBACKS);
    files = () => {
      throw new TypeError('fetch failed');
    };
    const bad = (await inspect()).filter(({ ok }) => !ok);
    expect(bad.map(({ mend }) => mend)).toEqual(Array(2).fill(expect.stringContaining('it does not answer')));
  });

  it('has both languages in the files of the manual, with digits that a voice reads one by one', () => {
    expect(TEXT_FALLBACK).toMatch(/Call 911[\s\S]*Llama al 911/u);
    expect(CALL_FALLBACK).toMatch(/en-US[\s\S]*9 8 8[\s\S]*es-MX[\s\S]*9 8 8/u);
  });

  it.each(['', 'not an address', 'http://files.example/fallback.xml', 'https://icehouse.example:8443/fallback.xml'])(
    'minds “%s” as a fallback, for texts and for calls, and says where it is told how',
    async (url) => {
      vendors.twilio.setConsole({ fallbackUrl: url, voiceUrl: `${BASE}/twilio/voice`, voiceFallbackUrl: url });
      const bad = (await inspect()).filter(({ ok }) => !ok);
      expect(bad).toHaveLength(2);
      for (const { mend } of bad) expect(mend).toContain('docs/operations.md');
    },
  );

  it('minds a webhook that points elsewhere, and says what to set', async () => {
    const findings = await inspect('https://moved.example');
    expect(findings.find(({ what }) => what.includes('webhook'))).toMatchObject({
      ok: false,
      mend: 'set it to https://moved.example/twilio/inbound#ct=2000&rt=4500&rc=2&rp=all',
    });
  });

  it.each(['a wrong token', 'a Twilio that does not answer'])(
    'names the settings to look at with %s, and no secret',
    async (kind) => {
      vendors.twilio.setDown(kind !== 'a wrong token');
      const findings = await inspect(BASE, kind === 'a wrong token' ? 'another-token' : TOKEN);
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatchObject({ ok: false, mend: expect.stringContaining('TWILIO_AUTH_TOKEN') });
      expect(JSON.stringify(findings)).not.toMatch(/another-token|twilio-token/);
    },
  );
});
