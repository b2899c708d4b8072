// Local vendors without a house behind them, for tests of one adapter: what it asks is answered, and nothing calls back.

import { startVendors, type VendorOptions, type Vendors } from '../../src/rehearsal/start-vendors.ts';

export const TWILIO_TOKEN = 'twilio-token-of-the-tests';
export const TWILIO_ACCOUNT = `AC${'0'.repeat(31)}1`;
export const MESSAGING_SERVICE = `MG${'0'.repeat(31)}1`;
export const SLACK_TOKEN = 'xoxb-token-of-the-tests';
export const COUNSELOR_CHANNEL = 'C0COUNSEL1';
export const PUBLIC_BASE = 'https://icehouse.example';

/** Starts both on a free port. The caller closes them. */
export function startVendorsAlone(
  options: Pick<VendorOptions, 'seed'> & Partial<Pick<VendorOptions, 'staff' | 'now' | 'stepMs'>>,
): Promise<Vendors> {
  return startVendors({
    port: 0,
    house: {
      baseUrl: 'http://127.0.0.1:9',
      publicBaseUrl: PUBLIC_BASE,
      twilioAuthToken: TWILIO_TOKEN,
      accountSid: TWILIO_ACCOUNT,
      messagingServiceSid: MESSAGING_SERVICE,
      slackSigningSecret: 'unused',
      slackBotToken: SLACK_TOKEN,
      counselorChannel: COUNSELOR_CHANNEL,
    },
    programNumber: '+12135550100',
    staff: [],
    now: () => Date.now(),
    ...options,
  });
}
