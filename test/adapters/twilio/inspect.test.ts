// What the doctor asks Twilio, against the local Twilio.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioClient } from '../../../src/adapters/twilio/client.ts';
import { inspectTwilio } from '../../../src/adapters/twilio/inspect.ts';
import { startVendors, type Vendors } from '../../../src/rehearsal/start-vendors.ts';

const TOKEN = 'twilio-token-of-the-tests';
const ACCOUNT = `AC${'0'.repeat(31)}1`;
const SERVICE = `MG${'0'.repeat(31)}1`;
const BASE = 'https://icehouse.example';

let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendors({
    port: 0,
    house: {
      baseUrl: 'http://127.0.0.1:9',
      publicBaseUrl: BASE,
      twilioAuthToken: TOKEN,
      accountSid: ACCOUNT,
      messagingServiceSid: SERVICE,
      slackSigningSecret: 'unused',
      slackBotToken: 'xoxb-unused',
      counselorChannel: 'C0COUNSEL1',
    },
    programNumber: '+12135550100',
    staff: [],
    now: () => Date.now(),
    seed: 'inspect-test',
  });
});
afterAll(() => vendors.close());
beforeEach(() => vendors.twilio.setDown(false));

function inspect(publicBaseUrl = BASE, authToken = TOKEN) {
  const settings = { accountSid: ACCOUNT, authToken, messagingServiceSid: SERVICE, apiBaseUrl: vendors.twilioBaseUrl };
  return inspectTwilio(createTwilioClient(settings), { messagingServiceSid: SERVICE, publicBaseUrl });
}

describe('the doctor', () => {
  it('finds account, number and webhook well, and minds a fallback URL on our own host', async () => {
    const findings = await inspect();
    expect(findings.filter(({ ok }) => ok)).toHaveLength(3);
    const [fallback, ...others] = findings.filter(({ ok }) => !ok);
    expect(others).toEqual([]);
    expect(fallback?.what).toBe('the fallback URL of the service is set, on another host');
  });

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
