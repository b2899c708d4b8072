// Webhooks as Twilio sends them: its usual twenty fields, signed over the public address, each text with a sid of its own.

import { createHmac, randomBytes } from 'node:crypto';
import { httpRequest } from './load.ts';

export const AUTH_TOKEN = 'bench0000000000000000000000000000';
export const PUBLIC_BASE_URL = 'https://icehouse.example.test';

const COMMON = {
  ToCountry: 'US',
  ToState: 'CA',
  NumMedia: '0',
  ToCity: 'LOS ANGELES',
  FromZip: '90012',
  FromState: 'CA',
  SmsStatus: 'received',
  FromCity: 'LOS ANGELES',
  FromCountry: 'US',
  To: '+12135550199',
  MessagingServiceSid: 'MG00000000000000000000000000000000',
  ToZip: '90001',
  NumSegments: '1',
  AccountSid: 'AC00000000000000000000000000000000',
  ApiVersion: '2010-04-01',
};

/** One text, ready to be written to a socket. */
export function inboundWebhook(from: string, text: string): Buffer {
  const sid = `SM${randomBytes(16).toString('hex')}`;
  const fields: Record<string, string> = {
    ...COMMON,
    MessageSid: sid,
    SmsSid: sid,
    SmsMessageSid: sid,
    From: from,
    Body: text,
  };
  const path = '/twilio/inbound';
  const signed = Object.keys(fields)
    .toSorted()
    .reduce((data, name) => data + name + fields[name], PUBLIC_BASE_URL + path);
  return httpRequest(
    path,
    {
      'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
      'User-Agent': 'TwilioProxy/1.1',
      Accept: '*/*',
      'X-Twilio-Signature': createHmac('sha1', AUTH_TOKEN).update(signed).digest('base64'),
      'I-Twilio-Idempotency-Token': randomBytes(16).toString('hex'),
    },
    new URLSearchParams(fields).toString(),
  );
}
