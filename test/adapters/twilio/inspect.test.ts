// What the doctor asks Twilio, against the local Twilio.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioClient } from '../../../src/adapters/twilio/client.ts';
import { inspectTwilio } from '../../../src/adapters/twilio/inspect.ts';
import type { Vendors } from '../../../src/rehearsal/start-vendors.ts';
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

function inspect(publicBaseUrl = BASE, authToken = TOKEN) {
  const settings = { accountSid: ACCOUNT, authToken, messagingServiceSid: SERVICE, apiBaseUrl: vendors.twilioBaseUrl };
  return inspectTwilio(createTwilioClient(settings), { messagingServiceSid: SERVICE, publicBaseUrl });
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

  it('finds all well when fallbacks are elsewhere and calls come here', async () => {
    vendors.twilio.setConsole({
      fallbackUrl: 'https://files.example/fallback.xml',
      voiceUrl: `${BASE}/twilio/voice`,
      voiceFallbackUrl: 'https://handler.twilio.com/twiml/EH1',
    });
    expect((await inspect()).filter(({ ok }) => !ok)).toEqual([]);
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
