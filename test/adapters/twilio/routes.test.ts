// Twilio's doors behind a real server, knocked at by the local Twilio (platforms 1.1): what is verified, what is
// refused, and when it is answered.

import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTwilioRoutes } from '../../../src/adapters/twilio/routes.ts';
import { createVerify } from '../../../src/adapters/twilio/verify.ts';
import type { CallPress } from '../../../src/app/acknowledge-by-call.ts';
import type { InboundMessage } from '../../../src/app/ports/messages.ts';
import type { Receipt } from '../../../src/app/ports/senders.ts';
import { type Answer, type RawRequest, send, serve, type TestServer } from '../../support/http.ts';
import { createMemoryLog } from '../../support/log-lines.ts';

const TOKEN = 'twilio-token-of-the-tests';
const BASE = 'https://icehouse.example';
const MAYA = '+12135550101';
const PROGRAM = '+12135550100';

let server: TestServer;
let received: InboundMessage[];
let receipts: Receipt[];
let presses: CallPress[];
let answerOfStore: () => Promise<void>;
let memory: ReturnType<typeof createMemoryLog>;

beforeEach(async () => {
  received = [];
  receipts = [];
  presses = [];
  answerOfStore = async () => {};
  memory = createMemoryLog();
  server = await serve(
    createTwilioRoutes({
      verify: createVerify({ publicBaseUrl: BASE, authToken: TOKEN }),
      receiveMessage: async (message) => {
        received.push(message);
        await answerOfStore();
      },
      recordReceipt: async (receipt) => {
        receipts.push(receipt);
        await answerOfStore();
      },
      acknowledgeByCall: async (press) => {
        presses.push(press);
        await answerOfStore();
        return press.digits === '1'
          ? { words: 'Thank you. Case K, 7, Q, X is yours.', asksAgain: false }
          : { words: 'Press 1 to acknowledge.', asksAgain: true };
      },
      callWords: () => ({ en: 'Call 988 & "911" <now>: (213) 555-0100.', es: 'Llama al 988, ñandú.' }),
      log: memory.log,
    }),
  );
});
afterEach(() => server.close());

const text = { MessageSid: 'SM1', From: MAYA, To: PROGRAM, Body: 'Hi', NumMedia: '0' };
type Form = Readonly<Record<string, string | readonly string[]>>;

/** A form as Twilio sends it, signed for the public address. */
function signed(form: Form, how: Partial<RawRequest> & { url?: string; token?: string } = {}): RawRequest {
  const { url, token = TOKEN, path = '/twilio/inbound', headers = {}, ...rest } = how;
  const copy = Object.fromEntries(
    Object.entries(form).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
  const pairs = Object.entries(form).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
  return {
    path,
    body: new URLSearchParams(pairs).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': twilio.getExpectedTwilioSignature(token, (url ?? BASE) + path, copy),
      ...headers,
    },
    ...rest,
  };
}

const post = (form: Form, how: Parameters<typeof signed>[1] = {}): Promise<Answer> => send(server, signed(form, how));

describe('CR-06: a key in a call of ours', () => {
  const key = { CallSid: 'CA1', CallStatus: 'in-progress', From: PROGRAM, To: MAYA };
  const path = '/twilio/voice/ack?outbound=out%201';

  it('is handed over with the row that the call was made for, and answered with what is said next', async () => {
    const taken = await post({ ...key, Digits: '1' }, { path });
    expect(taken.status).toBe(200);
    expect(taken.body).toContain('<Say language="en-US">Thank you. Case K, 7, Q, X is yours.</Say><Hangup/>');
    const other = await post({ ...key, Digits: '4' }, { path });
    expect(other.body).toMatch(
      /^<\?xml [^>]*><Response>(?:<Gather [^>]*numDigits="1"[^>]*>.*<\/Gather>){3}<\/Response>$/,
    );
    expect(presses).toEqual([
      { outboundId: 'out 1', digits: '1' },
      { outboundId: 'out 1', digits: '4' },
    ]);
  });

  it('is refused without our signature or for another row, and nothing is acknowledged', async () => {
    expect((await post({ ...key, Digits: '1' }, { path, token: 'another' })).status).toBe(403);
    const one = signed({ ...key, Digits: '1' }, { path });
    expect((await send(server, { ...one, path: '/twilio/voice/ack?outbound=out%202' })).status).toBe(403);
    expect((await post({ ...key, Digits: '1' }, { path: '/twilio/voice/ack' })).status).toBe(400);
    expect(presses).toEqual([]);
  });

  it('is asked for again when it could not be kept: nobody hears that a case is theirs which is not', async () => {
    answerOfStore = () => Promise.reject(new Error('disk full'));
    const answer = await post({ ...key, Digits: '1' }, { path });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('could not be saved');
    expect(answer.body).not.toContain('Thank you');
  });

  it('what became of the call is a receipt; one that reached no phone is a refusal', async () => {
    const status = '/twilio/voice/status?outbound=out%201';
    for (const CallStatus of ['completed', 'no-answer', 'busy', 'failed'])
      expect((await post({ ...key, CallStatus }, { path: status })).status).toBe(200);
    expect(receipts.map((receipt) => [receipt.status, receipt.problem, receipt.code])).toEqual([
      ['completed', null, null],
      ['no-answer', null, null],
      ['busy', null, null],
      ['failed', 'unreachable', 'call_failed'],
    ]);
    expect((await post({ CallSid: 'CA1' }, { path: status })).status).toBe(400);
  });
});

describe('a webhook of Twilio', () => {
  it('TW-01: is accepted with fields that nobody knows, all of them part of the signature', async () => {
    const answer = await post({ ...text, FromZip: '90012', BrandNewField: 'ñ & = +' });
    expect(answer.status).toBe(200);
    expect(received).toEqual([
      {
        source: 'twilio',
        externalId: 'SM1',
        from: { kind: 'phone', address: MAYA },
        body: 'Hi',
        media: [],
        vendorKeyword: null,
      },
    ]);
    const tampered = signed({ ...text, BrandNewField: 'one' });
    expect((await send(server, { ...tampered, body: String(tampered.body).replace('one', 'two') })).status).toBe(403);
    expect(received).toHaveLength(1);
  });

  it.each([
    ['no signature', { headers: { 'x-twilio-signature': '' } }],
    ['a signature of another token', { token: 'another' }],
    ['a signature made with an empty token', { token: '' }],
    ['a signature that is no base64', { headers: { 'x-twilio-signature': 'not base64!' } }],
  ])('TW-02: is refused with %s, and nothing is written', async (_, how) => {
    expect((await post(text, how)).status).toBe(403);
    expect((await post({ MessageSid: 'SM1', MessageStatus: 'sent' }, { ...how, path: '/twilio/status' })).status).toBe(
      403,
    );
    expect(received).toEqual([]);
    expect(receipts).toEqual([]);
    expect(memory.events()).toEqual(['twilio_signature_refused', 'twilio_signature_refused']);
    expect(memory.text()).not.toContain('5550101');
  });

  it('TW-02: is refused without the header at all', async () => {
    const { path, body = '', headers = {} } = signed(text);
    const { 'x-twilio-signature': _, ...bare } = headers;
    expect((await send(server, { path, body, headers: bare })).status).toBe(403);
    expect(received).toEqual([]);
  });

  it('TW-02: cannot be verified with an empty token: the house does not start', () => {
    expect(() => createVerify({ publicBaseUrl: BASE, authToken: '' })).toThrow('TWILIO_AUTH_TOKEN is empty');
  });

  it('TW-03: is verified over the configured address, whatever Host and X-Forwarded headers say', async () => {
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    expect((await post(text, { headers })).status).toBe(200);
    expect((await post(text, { headers, url: 'https://evil.example' })).status).toBe(403);
    expect((await post(text, { url: 'http://icehouse.example' })).status).toBe(403);
    expect((await post(text, { url: 'https://icehouse.example:443' })).status).toBe(200);
  });

  it.each([
    "/twilio/status?outbound=a'b",
    '/twilio/status?outbound=a%27b',
    '/twilio/status?outbound=a%20b+c',
    '/twilio/status?outbound=%22%C3%B1%22&x=1',
  ])('TW-04: is verified with the raw path and query %s', async (path) => {
    expect((await post({ MessageSid: 'SM1', MessageStatus: 'sent' }, { path })).status).toBe(200);
    expect(receipts[0]?.outboundId).toBe(new URLSearchParams(path.slice(path.indexOf('?'))).get('outbound'));
  });

  it('TW-05: keeps blanks around a field until it is verified, and after', async () => {
    expect((await post({ ...text, Body: '  hi there \n' })).status).toBe(200);
    expect(received[0]?.body).toBe('  hi there \n');
  });

  it('TW-07: survives a doubled field and takes the first of it', async () => {
    expect((await post({ ...text, Body: ['hi', 'hi'] })).status).toBe(200);
    expect((await post({ ...text, MessageSid: ['SM2', 'SM2'], From: [MAYA, MAYA], Body: ['one', 'two'] })).status).toBe(
      200,
    );
    expect(received.map(({ externalId, body }) => [externalId, body])).toEqual([
      ['SM1', 'hi'],
      ['SM2', 'one'],
    ]);
  });

  it('TW-10: is answered with empty TwiML, and only once the text is stored', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    answerOfStore = () => promise;
    const answering = post(text);
    const first = await Promise.race([answering, new Promise((go) => setTimeout(() => go('no answer yet'), 60))]);
    expect(first).toBe('no answer yet');
    expect(received).toHaveLength(1);
    resolve();
    const answer = await answering;
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/xml');
    expect(answer.body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  });

  it('TW-11: is answered 503 when the store cannot commit, a text and a receipt alike', async () => {
    answerOfStore = async () => {
      throw new Error('disk full');
    };
    expect((await post(text)).status).toBe(503);
    expect((await post({ MessageSid: 'SM1', MessageStatus: 'sent' }, { path: '/twilio/status' })).status).toBe(503);
  });

  it('TW-15: carries media as addresses only, at most ten of them', async () => {
    const media = {
      NumMedia: '99',
      MediaUrl0: 'https://api.example/m0',
      MediaContentType0: 'image/png',
      MediaUrl1: 'https://api.example/m1',
      MediaUrl11: 'https://api.example/m11',
    };
    await post({ ...text, Body: '', ...media });
    expect(received[0]).toMatchObject({
      body: '',
      media: [
        { url: 'https://api.example/m0', contentType: 'image/png' },
        { url: 'https://api.example/m1', contentType: 'unknown' },
      ],
    });
    for (const NumMedia of ['-1', 'many', '1e9', ''])
      await post({ ...text, MessageSid: `SM${received.length + 1}`, NumMedia });
    expect(received).toHaveLength(5);
  });

  it('TW-16: marks a text from our own number, so that nobody answers it', async () => {
    await post({ ...text, From: PROGRAM });
    expect(received[0]?.from).toEqual({ kind: 'phone', address: `self:${PROGRAM}` });
  });

  it.each([
    ['STOP', 'STOP'],
    ['HELP', 'HELP'],
    ['SOMETHING', null],
  ])('CA-11: reads OptOutType %s as %s', async (OptOutType, keyword) => {
    await post({ ...text, OptOutType });
    expect(received[0]?.vendorKeyword).toBe(keyword);
  });

  it('loses the letter NUL, which a database would refuse', async () => {
    expect((await post({ ...text, Body: 'a\u0000b' })).status).toBe(200);
    expect(received[0]?.body).toBe('ab');
  });

  it.each([
    ['MessageSid', { ...text, MessageSid: '' }],
    ['a MessageSid of letters and digits', { ...text, MessageSid: '../etc' }],
    ['From', { MessageSid: 'SM1', Body: 'Hi' }],
  ])('is refused with 400 without %s', async (_, form) => {
    expect((await post(form)).status).toBe(400);
    expect(received).toEqual([]);
  });

  it('is refused with 400 as a receipt without an id or a status', async () => {
    expect((await post({ MessageStatus: 'sent' }, { path: '/twilio/status' })).status).toBe(400);
    expect((await post({ MessageSid: 'SM1' }, { path: '/twilio/status' })).status).toBe(400);
  });

  it.each(['GET', 'PUT', 'DELETE'])('is refused with 405 as %s', async (method) => {
    expect((await send(server, { path: '/twilio/inbound', method })).status).toBe(405);
  });

  it('is refused with 404 on a path that is none of ours', async () => {
    expect((await post(text, { path: '/twilio/elsewhere' })).status).toBe(404);
    expect((await post(text, { path: '/twilio/inbound/' })).status).toBe(404);
  });
});

describe('an oversized webhook', () => {
  const piece = 'x'.repeat(64 * 1024);

  it('is refused with 413 by the length it declares, before it is read', async () => {
    const answer = await send(server, { ...signed(text), headers: { 'content-length': '300000' }, body: 'Body=x' });
    expect(answer.status).toBe(413);
    expect(answer.headers.connection).toBe('close');
  });

  it('is refused with 413 while it is read, when it comes in chunks', async () => {
    const answer = await send(server, { ...signed(text), body: ['Body=', piece, piece, piece, piece, piece, piece] });
    expect(answer.status).toBe(413);
    expect(received).toEqual([]);
  });

  it('is refused with more fields than Twilio ever sends, for the signature cannot fit', async () => {
    const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`F${index}`, '1']));
    expect((await post({ ...many, ...text })).status).toBe(403);
  });

  it('leaves the door open for the next one', async () => {
    await send(server, { ...signed(text), body: ['Body=', piece, piece, piece, piece, piece] });
    expect((await post(text)).status).toBe(200);
  });
});

describe('a delivery receipt', () => {
  it('ST-05: finds its outbound id in the address of the callback', async () => {
    const form = { MessageSid: 'SM9', MessageStatus: 'undelivered', ErrorCode: '30003', RawDlrDoneDate: '2705041017' };
    await post(form, { path: '/twilio/status?outbound=out-1' });
    expect(receipts).toEqual([
      { outboundId: 'out-1', providerId: 'SM9', status: 'undelivered', problem: 'unreachable', code: '30003' },
    ]);
  });

  it('ST-05: is accepted without an outbound id, to be parked', async () => {
    await post({ SmsSid: 'SM9', SmsStatus: 'sent', ErrorCode: '0' }, { path: '/twilio/status' });
    expect(receipts).toEqual([{ outboundId: null, providerId: 'SM9', status: 'sent', problem: null, code: '0' }]);
  });
});

describe('a call', () => {
  const call = { CallSid: 'CA1', From: MAYA, To: PROGRAM, Direction: 'inbound' };

  it('hears the words of the program in both languages, twice, digit by digit, as XML', async () => {
    const answer = await post(call, { path: '/twilio/voice' });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/xml');
    const once =
      '<Say language="en-US">Call 9 8 8 &amp; &quot;9 1 1&quot; &lt;now&gt;: 2 1 3, 5 5 5, 0 1 0 0.</Say>' +
      '<Say language="es-MX">Llama al 9 8 8, ñandú.</Say>';
    expect(answer.body).toBe(
      `<?xml version="1.0" encoding="UTF-8"?><Response>${once}<Pause length="1"/>${once}</Response>`,
    );
  });

  it('is in the log without a number, and takes nothing in', async () => {
    await post(call, { path: '/twilio/voice' });
    expect(memory.events()).toEqual(['call_answered']);
    expect(memory.text()).not.toMatch(/5550101|CA1/);
    expect(received).toEqual([]);
  });

  it('is heard by nobody whose request Twilio did not sign', async () => {
    const answer = await post(call, { path: '/twilio/voice', token: 'another' });
    expect(answer.status).toBe(403);
    expect(answer.body).toBe('');
  });
});
