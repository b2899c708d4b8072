// What came in, read by the real Twilio client from the local Twilio's list (TW-13).

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioClient } from '../../../src/adapters/twilio/client.ts';
import { createInboundReader } from '../../../src/adapters/twilio/read-inbound.ts';
import type { Vendors } from '../../../src/rehearsal/start-vendors.ts';
import {
  TWILIO_ACCOUNT as ACCOUNT,
  MESSAGING_SERVICE as SERVICE,
  startVendorsAlone,
  TWILIO_TOKEN as TOKEN,
} from '../../support/vendors.ts';

const PROGRAM_NUMBER = '+12135550100';
const MAYA = '+12135550121';
const NOON = Date.parse('2027-06-07T12:00:00Z');

let vendors: Vendors;
let now = NOON;
let failures: string[];
beforeAll(async () => {
  vendors = await startVendorsAlone({ seed: 'read-inbound-test', now: () => now });
});
afterAll(() => vendors.close());
beforeEach(() => {
  vendors.twilio.setDown(false);
  vendors.twilio.clearScripts();
  failures = [];
  now += 86_400_000;
});

function reader(authToken = TOKEN) {
  const settings = { accountSid: ACCOUNT, authToken, messagingServiceSid: SERVICE, apiBaseUrl: vendors.twilioBaseUrl };
  return createInboundReader(createTwilioClient(settings), settings, (code) => void failures.push(code));
}

const texts = (count: number) => {
  for (let index = 0; index < count; index += 1) vendors.twilio.receive({ from: MAYA, body: `text ${index}` });
};

describe('the list of what came in', () => {
  it('has the texts since a moment, oldest first, as the webhook would have brought them', async () => {
    vendors.twilio.receive({ from: MAYA, body: 'too old' });
    now += 60_000;
    const since = now;
    vendors.twilio.receive({ from: MAYA, body: 'first' });
    now += 60_000;
    vendors.twilio.receive({ from: MAYA, body: 'second' });
    const read = await reader().inboundSince(since);
    expect(read?.isWhole).toBe(true);
    expect(read?.texts.map(({ message }) => [message.body, message.sentAt])).toEqual([
      ['first', since],
      ['second', since + 60_000],
    ]);
    expect(read?.texts[0]?.message).toMatchObject({
      source: 'twilio',
      externalId: expect.stringMatching(/^SM[0-9a-f]{32}$/),
      from: { kind: 'phone', address: MAYA },
      vendorKeyword: null,
    });
  });

  it('leaves out what we sent, and marks what our own number sent itself', async () => {
    const settings = { accountSid: ACCOUNT, authToken: TOKEN, messagingServiceSid: SERVICE };
    const client = createTwilioClient({ ...settings, apiBaseUrl: vendors.twilioBaseUrl });
    await client.messages.create({ to: PROGRAM_NUMBER, messagingServiceSid: SERVICE, body: 'out' });
    vendors.twilio.receive({ from: PROGRAM_NUMBER, body: 'to myself' });
    const read = await reader().inboundSince(now - 1_000);
    expect(read?.texts.map(({ message }) => message.from)).toEqual([
      { kind: 'phone', address: `self:${PROGRAM_NUMBER}` },
    ]);
  });

  it('reads page after page, in the order in which texts came', async () => {
    texts(1_203);
    const read = await reader().inboundSince(now - 1_000);
    expect(read?.texts).toHaveLength(1_203);
    expect(read?.texts.at(0)?.message.body).toBe('text 0');
    expect(read?.texts.at(-1)?.message.body).toBe('text 1202');
  });

  it('stops at five thousand, and says so', async () => {
    texts(5_001);
    const read = await reader().inboundSince(now - 1_000);
    expect(read?.isWhole).toBe(false);
    expect(read?.texts).toHaveLength(5_000);
    expect(read?.texts.at(-1)?.message.body).toBe('text 5000');
  });

  it('names what came along, and where it is when it cannot be named', async () => {
    const url = `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages/MM1/Media/ME1`;
    vendors.twilio.receive({ from: MAYA, body: '', media: [{ url, contentType: 'image/jpeg' }] });
    const [listed] = (await reader().inboundSince(now - 1_000))?.texts ?? [];
    if (listed === undefined) throw new Error('nothing was listed');
    const place = `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages/${listed.message.externalId}/Media`;
    expect(await reader().mediaOf(listed)).toEqual([{ url: `${place}/ME1`, contentType: 'image/jpeg' }]);
    vendors.twilio.setDown(true);
    expect(await reader().mediaOf(listed)).toEqual([{ url: place, contentType: 'unknown' }]);
  });

  it.each(['a wrong token', 'a Twilio that is down', 'a list that answers 500'])(
    'is null with %s, and its failure is a code',
    async (kind) => {
      vendors.twilio.setDown(kind === 'a Twilio that is down');
      if (kind === 'a list that answers 500') vendors.twilio.script({ kind: '500_not_accepted' }, { on: 'list' });
      expect(await reader(kind === 'a wrong token' ? 'another-token' : TOKEN).inboundSince(now)).toBeNull();
      expect(failures).toHaveLength(1);
      expect(failures[0]).toMatch(/^[A-Z0-9_]+$/);
    },
  );
});
