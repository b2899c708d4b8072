// The real Twilio client against the local Twilio over HTTP: a counselor is phoned.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCallSender } from '../../../src/adapters/twilio/call.ts';
import { createTwilioClient } from '../../../src/adapters/twilio/client.ts';
import { asOutboundId, asPhone } from '../../../src/core/model/ids.ts';
import type { Vendors } from '../../../src/rehearsal/start-vendors.ts';
import {
  TWILIO_ACCOUNT as ACCOUNT,
  PUBLIC_BASE as BASE,
  MESSAGING_SERVICE as SERVICE,
  startVendorsAlone,
  TWILIO_TOKEN as TOKEN,
} from '../../support/vendors.ts';

const RENEE = asPhone('+12135550101');
const WORDS = "This is Tom & Ana's <Program>. crisis alert, case K, 7, Q, X. Press 1 to acknowledge.";

let vendors: Vendors;
beforeAll(async () => {
  vendors = await startVendorsAlone({ seed: 'call-test' });
});
afterAll(() => vendors.close());
beforeEach(() => {
  vendors.twilio.clearScripts();
  vendors.twilio.setDown(false);
});

const senderFor = (messagingServiceSid = SERVICE) => {
  const client = createTwilioClient({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    messagingServiceSid,
    apiBaseUrl: vendors.twilioBaseUrl,
  });
  return createCallSender(client, { messagingServiceSid, publicBaseUrl: BASE });
};
const ring = { outboundId: asOutboundId('out 1'), to: RENEE, words: WORDS };
const newest = () => vendors.twilio.state().calls.at(-1);

describe('a call', () => {
  it('comes from the number of the program, says the words and waits for one key that is signed for this row', async () => {
    const outcome = await senderFor().call(ring);
    expect(outcome).toEqual({ kind: 'accepted', providerId: newest()?.sid, status: 'queued' });
    expect(newest()).toMatchObject({
      from: '+12135550100',
      to: RENEE,
      statusCallback: `${BASE}/twilio/voice/status?outbound=out%201`,
    });
    expect(newest()?.twiml).toContain(`action="${BASE}/twilio/voice/ack?outbound=out%201"`);
    expect(newest()?.twiml).toContain('Tom &amp; Ana&apos;s &lt;Program&gt;');
    const request = vendors.twilio.pressKey(newest()?.sid ?? '', '1');
    expect(new URLSearchParams(request.body).get('Digits')).toBe('1');
    expect(request.url).toContain('/twilio/voice/ack?outbound=out%201');
  });

  it.each([
    ['429', { kind: '429' }, { kind: 'not_sent', code: '20429' }],
    ['an error of Twilio', { kind: '503' }, { kind: 'unknown', code: '503' }],
    ['a number that is none', { kind: 'reject', code: 21211 }, { kind: 'rejected', problem: 'bad_number' }],
    ['a dead account', { kind: 'reject', code: 20003 }, { kind: 'rejected', problem: 'account' }],
  ] as const)('that meets %s is told apart', async (_, fault, outcome) => {
    const sender = senderFor();
    await sender.call(ring);
    const before = vendors.twilio.state().calls.length;
    vendors.twilio.script(fault, { on: 'call' });
    expect(await sender.call(ring)).toMatchObject(outcome);
    expect(vendors.twilio.state().calls).toHaveLength(before);
  });

  it('was certainly not made while nobody knows from which number, and is once Twilio says', async () => {
    const sender = senderFor();
    vendors.twilio.setDown(true);
    expect(await sender.call(ring)).toMatchObject({ kind: 'not_sent', code: 'no_number_list' });
    vendors.twilio.setDown(false);
    expect(await sender.call(ring)).toMatchObject({ kind: 'accepted' });
  });

  it('that is refused asks anew from which number: the one of before may be no longer ours', async () => {
    const sender = senderFor();
    await sender.call(ring);
    vendors.twilio.script({ kind: 'reject', code: 21210 }, { on: 'call' });
    expect(await sender.call(ring)).toMatchObject({ kind: 'rejected' });
    vendors.twilio.setDown(true);
    expect(await sender.call(ring)).toMatchObject({ kind: 'not_sent', code: 'no_number_list' });
  });
});
