// The local Twilio as a table: what is asked, what is scripted, what comes of it. No sockets, no clock.

import { beforeEach, describe, expect, it } from 'vitest';
import type { TwilioFault } from '../../../src/rehearsal/twilio/fault.ts';
import type { KeywordHandling } from '../../../src/rehearsal/twilio/state.ts';
import type { VendorAnswer } from '../../../src/rehearsal/wire/exchange.ts';
import { ACCOUNT_SID, AUTH_TOKEN, createWorld, LUIS, MAYA, readAnswer, SERVICE_SID, type World } from '../world.ts';

const CALLBACK = 'https://icehouse.example/twilio/status?key=1';
let world: World;
beforeEach(() => {
  world = createWorld();
});

function create(change: Record<string, string> = {}): VendorAnswer {
  const form = { To: MAYA, Body: 'Hi', MessagingServiceSid: SERVICE_SID, StatusCallback: CALLBACK, ...change };
  return world.twilio.answer({
    method: 'POST',
    path: `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`,
    query: new URLSearchParams(),
    headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}` },
    body: new URLSearchParams(form).toString(),
  });
}

function advance(realMs: number, programMs = 0): string[] {
  world.times.realNow += realMs;
  world.times.now += programMs;
  return world.twilio.advance().map((request) => {
    const form = new URLSearchParams(request.body);
    return [form.get('MessageStatus'), form.get('ErrorCode')].filter((part) => part !== null).join(' ');
  });
}

describe('a message sent through the local Twilio', () => {
  it.each([
    ['no recipient', { To: '' }, 21604],
    ['no text', { Body: ' ' }, 21602],
    ['a text of 1601 characters', { Body: 'x'.repeat(1601) }, 21617],
    ['a number that is none', { To: '5550101' }, 21211],
    ['a sender that is not ours', { From: LUIS }, 21606],
    ['a service that is not ours', { MessagingServiceSid: 'MG1' }, 21701],
  ])('with %s is refused', (_, change, code) => {
    expect(readAnswer(create(change))).toMatchObject({ status: code === 21701 ? 404 : 400, body: { code } });
    expect(world.twilio.state().messages).toEqual([]);
  });

  it.each([
    ['x'.repeat(160), 1, 'GSM-7'],
    ['x'.repeat(161), 2, 'GSM-7'],
    ['á'.repeat(70), 1, 'UCS-2'],
    ['á'.repeat(71), 2, 'UCS-2'],
  ])('is counted in segments (%#)', (body, segments, encoding) => {
    create({ Body: body });
    expect(world.twilio.state().messages[0]).toMatchObject({ segments, encoding });
  });

  it('passes its statuses in real time, and no callback tells of the first', () => {
    expect(readAnswer(create()).body).toMatchObject({ status: 'accepted' });
    expect(advance(99)).toEqual([]);
    expect(world.twilio.nextStepAt()).toBe(1_000_100);
    expect(advance(1)).toEqual(['queued']);
    expect(advance(200)).toEqual(['sent', 'delivered']);
    expect(world.twilio.state().messages[0]).toMatchObject({ status: 'delivered', errorCode: null });
    expect(world.twilio.nextStepAt()).toBeNull();
  });

  it.each<[string, TwilioFault, string[]]>([
    [
      'undelivered',
      { kind: 'final', status: 'undelivered', errorCode: 30003 },
      ['queued', 'sent', 'undelivered 30003'],
    ],
    ['failed', { kind: 'final', status: 'failed', errorCode: 30034 }, ['queued', 'failed 30034']],
    ['doubled', { kind: 'callbacks', how: 'doubled' }, ['queued', 'queued', 'sent', 'sent', 'delivered', 'delivered']],
    ['shuffled', { kind: 'callbacks', how: 'shuffled' }, ['delivered', 'sent', 'queued']],
    ['lost', { kind: 'callbacks', how: 'lost' }, []],
  ])('ends as scripted: %s', (_, fault, told) => {
    world.twilio.script(fault);
    create();
    expect(advance(1000)).toEqual(told);
  });

  it('is told of late when callbacks are late, although it was delivered long ago', () => {
    world.twilio.script({ kind: 'callbacks', how: 'late', lateMs: 60_000 });
    create();
    expect(advance(1000)).toEqual([]);
    expect(world.twilio.state().messages[0]?.status).toBe('delivered');
    expect(advance(60_000)).toEqual(['queued', 'sent', 'delivered']);
  });

  it('expires with 30036 when it waits longer than its validity period of program time', () => {
    world.twilio.script({ kind: 'wait' });
    create({ ValidityPeriod: '600' });
    expect(advance(100_000, 599_000)).toEqual(['queued']);
    expect(advance(0, 1000)).toEqual(['failed 30036']);
  });

  it.each<[TwilioFault, number, number]>([
    [{ kind: '429' }, 429, 0],
    [{ kind: '503' }, 503, 0],
    [{ kind: '500_not_accepted' }, 500, 0],
    [{ kind: '500_accepted' }, 500, 1],
    [{ kind: 'reject', code: 21614 }, 400, 0],
  ])('is answered as scripted (%o)', (fault, status, messages) => {
    world.twilio.script(fault);
    expect(create()).toMatchObject({ kind: 'reply', status });
    expect(world.twilio.state().messages).toHaveLength(messages);
    expect(create()).toMatchObject({ kind: 'reply', status: 201 });
  });

  it('meets trouble for one recipient, so many times, or always, until the scripts are cleared', () => {
    world.twilio.script({ kind: '429' }, { to: LUIS, times: 2 });
    expect(create()).toMatchObject({ status: 201 });
    const toLuis = () => create({ To: LUIS });
    expect([toLuis(), toLuis(), toLuis()].map((answer) => 'status' in answer && answer.status)).toEqual([
      429, 429, 201,
    ]);
    world.twilio.script({ kind: '503' }, { times: 'always' });
    expect([create(), create()].map((answer) => 'status' in answer && answer.status)).toEqual([503, 503]);
    world.twilio.clearScripts();
    expect(create()).toMatchObject({ status: 201 });
  });

  it('is cut off when Twilio is wholly down', () => {
    world.twilio.setDown(true);
    expect(create()).toEqual({ kind: 'reset' });
  });

  it('calls nobody back who is not the house', () => {
    create({ StatusCallback: 'https://elsewhere.example/status' });
    expect(advance(1000)).toEqual([]);
  });

  it('gets the same id from the same seed', () => {
    const first = readAnswer(create()).body.sid;
    world = createWorld();
    expect(readAnswer(create()).body.sid).toBe(first);
    expect(readAnswer(create()).body.sid).not.toBe(first);
  });
});

describe('keywords at the local Twilio', () => {
  it.each([
    ['STOP', true],
    [' unsubscribe ', true],
    ['stop texting me', false],
    ['no más', false],
  ])('%s alone blocks the number: %s', (body, isBlocked) => {
    world.twilio.receive({ from: MAYA, body });
    expect(create()).toMatchObject({ status: isBlocked ? 400 : 201 });
    expect(create({ To: LUIS })).toMatchObject({ status: 201 });
  });

  it.each(['START', 'unstop', 'Yes'])('%s lifts the block', (body) => {
    world.twilio.receive({ from: MAYA, body: 'stop' });
    expect(readAnswer(create()).body).toMatchObject({ code: 21610 });
    world.twilio.receive({ from: MAYA, body });
    expect(create()).toMatchObject({ status: 201 });
  });

  it.each<[KeywordHandling, string[], string | null]>([
    ['block', ['received'], null],
    ['default', ['received', 'delivered'], null],
    ['advanced', ['received', 'delivered'], 'STOP'],
    ['off', ['received'], null],
  ])('are still delivered to the house under "%s" handling', (keywordHandling, statuses, optOutType) => {
    world = createWorld({ keywordHandling });
    const form = new URLSearchParams(world.twilio.receive({ from: MAYA, body: 'Stop' }).body);
    expect([form.get('Body'), form.get('OptOutType')]).toEqual(['Stop', optOutType]);
    expect(world.twilio.state().messages.map((message) => message.status)).toEqual(statuses);
    expect(create()).toMatchObject({ status: keywordHandling === 'off' ? 201 : 400 });
  });
});

describe('an inbound text', () => {
  it('carries the parameters that Twilio sends, with media', () => {
    const request = world.twilio.receive({
      from: MAYA,
      body: '',
      media: [{ url: 'https://media.example/1', contentType: 'image/png' }],
    });
    expect(request.url).toBe('http://127.0.0.1:9/twilio/inbound');
    expect(request.headers['i-twilio-idempotency-token']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(Object.fromEntries(new URLSearchParams(request.body))).toMatchObject({
      AccountSid: ACCOUNT_SID,
      MessagingServiceSid: SERVICE_SID,
      MessageSid: expect.stringMatching(/^MM[0-9a-f]{32}$/),
      SmsStatus: 'received',
      NumMedia: '1',
      MediaUrl0: 'https://media.example/1',
      MediaContentType0: 'image/png',
    });
  });

  it('can be forged for a test: another token, another form', () => {
    const form = new URLSearchParams({ From: MAYA, Body: 'hi' });
    const good = world.twilio.sign('/twilio/inbound', form).headers['x-twilio-signature'];
    expect(world.twilio.sign('/twilio/inbound', form, 'guess').headers['x-twilio-signature']).not.toBe(good);
    expect(world.twilio.sign('/twilio/status', form).headers['x-twilio-signature']).not.toBe(good);
  });
});
