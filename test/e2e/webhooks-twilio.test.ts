import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HouseRequest } from '../../src/rehearsal/wire/exchange.ts';
import { startTown, statusOf, type Town } from '../support/house.ts';
import { LUIS, MAYA, mentee, PROGRAM_NUMBER, RENEE, STAFF_ROWS } from '../support/house-people.ts';

const phones = Array.from({ length: 8 }, (_, index) => `+1213555013${index}`);
let town: Town;
beforeAll(async () => {
  const rows = phones.map((phone, index) => mentee(`Mentee${index}`, phone));
  town = await startTown({
    rows: [...STAFF_ROWS, mentee('Maya', MAYA), mentee('Luis', LUIS, { language: 'es' }), ...rows],
  });
});
afterAll(() => town.close());

const post = async (what: HouseRequest) => statusOf(await town.vendors.post(what));

async function storedFrom(phone: string): Promise<string[]> {
  const { database } = town.house();
  const texts = await database.read((stores) => stores.inbox.recent(database.hashPhone(phone), 0, 100));
  return texts.map((text) => text.body);
}

function form(from: string, body: string, more: Readonly<Record<string, string>> = {}): URLSearchParams {
  const sid = `SM${crypto.randomUUID().replaceAll('-', '')}`;
  return new URLSearchParams({ MessageSid: sid, From: from, To: PROGRAM_NUMBER, Body: body, NumMedia: '0', ...more });
}

/** Sends a request of any shape without a client's help; resolves with the status. */
function sendRaw(headers: Readonly<Record<string, string>>, chunks: Iterable<string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${town.address.baseUrl}/twilio/inbound`, { method: 'POST', headers: { ...headers } });
    let status = 0;
    outgoing.on('response', (answer) => {
      status = answer.statusCode ?? 0;
      answer.resume();
      answer.on('close', () => resolve(status));
    });
    outgoing.on('error', (error) => (status === 0 ? reject(error) : resolve(status)));
    for (const chunk of chunks) outgoing.write(chunk);
    outgoing.end();
  });
}

describe('a text that comes more than once', () => {
  it('TW-12: is stored and answered once, though it comes twenty times in parallel and again much later', async () => {
    const what = town.vendors.twilio.receive({ from: MAYA, body: 'done' });
    const before = town.sentTo(MAYA).length;
    const statuses = await Promise.all(Array.from({ length: 20 }, () => post(what)));
    expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
    await town.settle();
    expect(await post({ ...what, headers: { ...what.headers, 'i-twilio-idempotency-token': 'another' } })).toBe(200);
    town.clock.pass(100 * 86_400_000);
    expect(await post(what)).toBe(200);
    town.clock.pass(-100 * 86_400_000);
    await town.settle();
    expect(await storedFrom(MAYA)).toEqual(['done']);
    expect(town.sentTo(MAYA)).toHaveLength(before + 1);
  });

  it('TW-12: a crisis text in twenty copies is one case, one reply, one alert', async () => {
    const what = town.vendors.twilio.receive({ from: LUIS, body: 'me quiero morir' });
    const before = town.sentTo(LUIS).length;
    await Promise.all(Array.from({ length: 20 }, () => post(what)));
    await town.settle();
    expect(town.sentTo(LUIS)).toHaveLength(before + 1);
    expect(town.posts()).toHaveLength(1);
  });

  it('TW-07: a replay with a parameter doubled is the text that it was', async () => {
    const fields = form(phones[0] ?? '', 'later');
    expect(await post(town.vendors.twilio.sign('/twilio/inbound', fields))).toBe(200);
    const signed = town.vendors.twilio.sign('/twilio/inbound', fields);
    expect(await post({ ...signed, body: `${signed.body}&Body=later` })).toBe(200);
    expect(await storedFrom(phones[0] ?? '')).toEqual(['later']);
  });
});

describe('a text that Twilio did not send', () => {
  const from = phones[1] ?? '';
  it.each([
    [
      'signed with another token',
      () => town.vendors.twilio.sign('/twilio/inbound', form(from, 'done'), 'another-token'),
    ],
    ['signed with an empty token', () => town.vendors.twilio.sign('/twilio/inbound', form(from, 'done'), '')],
    [
      'without a signature',
      () => {
        const { 'x-twilio-signature': _, ...headers } = town.vendors.twilio.sign(
          '/twilio/inbound',
          form(from, 'done'),
        ).headers;
        return { url: `${town.address.baseUrl}/twilio/inbound`, headers, body: form(from, 'done').toString() };
      },
    ],
    [
      'signed for another address of ours',
      () => ({
        ...town.vendors.twilio.sign('/twilio/status', form(from, 'done')),
        url: `${town.address.baseUrl}/twilio/inbound`,
      }),
    ],
    [
      'signed, and then changed',
      () => ({
        ...town.vendors.twilio.sign('/twilio/inbound', form(from, 'done')),
        body: form(from, 'stop').toString(),
      }),
    ],
  ])('TW-02: %s is refused, and nothing is written', async (_, make) => {
    expect(await post(make())).toBe(403);
    expect(await storedFrom(from)).toEqual([]);
  });

  it('TW-03: is refused though it names the right host in its own headers', async () => {
    const forged = town.vendors.twilio.sign('/twilio/inbound', form(from, 'done'), 'another-token');
    const headers = { ...forged.headers, 'x-forwarded-host': 'icehouse.example', 'x-forwarded-proto': 'https' };
    expect(await post({ ...forged, headers })).toBe(403);
  });

  it('TW-03: a good one passes whatever host its headers name', async () => {
    const good = town.vendors.twilio.sign('/twilio/inbound', form(phones[2] ?? '', 'later'));
    expect(
      await post({
        ...good,
        headers: { ...good.headers, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
      }),
    ).toBe(200);
  });

  it('TW-01, TW-04: a good one passes with parameters and a query that nobody knows', async () => {
    const path = '/twilio/inbound?a=it%27s%20%2B%C3%A9';
    expect(await post(town.vendors.twilio.sign(path, form(phones[3] ?? '', 'later', { SomethingNew: 'x y' })))).toBe(
      200,
    );
  });
});

describe('a request that is too large or makes no sense', () => {
  const megabyte = 'x'.repeat(1024 * 1024);

  it('is refused by its declared length before it is read', async () => {
    const body = `Body=${megabyte}`;
    expect(await sendRaw({ 'content-length': String(body.length) }, [body])).toBe(413);
  });

  it('is refused at the limit when it declares none', async () => {
    const chunks = Array.from({ length: 8 }, () => 'y'.repeat(64 * 1024));
    expect(await sendRaw({ 'transfer-encoding': 'chunked' }, chunks)).toBe(413);
  });

  it('F22: without MessageSid or From is refused, and with odd bytes is kept', async () => {
    const { twilio } = town.vendors;
    expect(await post(twilio.sign('/twilio/inbound', new URLSearchParams({ From: MAYA, Body: 'x' })))).toBe(400);
    expect(await post(twilio.sign('/twilio/inbound', new URLSearchParams({ MessageSid: 'SM1', Body: 'x' })))).toBe(400);
    expect(await post(twilio.sign('/twilio/inbound', form(phones[4] ?? '', 'a\u0000b\ud800 \u202eüñ')))).toBe(200);
    expect(await post(twilio.sign('/twilio/inbound', form(phones[4] ?? '', ' ')))).toBe(200);
    expect(await post(twilio.sign('/twilio/inbound', form(phones[4] ?? '', 'z'.repeat(1600))))).toBe(200);
    expect(await storedFrom(phones[4] ?? '')).toHaveLength(3);
  });

  it('F22: JSON, ten thousand fields, GET and another path are refused', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `f${index}=1`).join('&');
    expect(await sendRaw({ 'content-type': 'application/json' }, ['{"MessageSid":"SM1"}'])).toBe(403);
    expect(await sendRaw({ 'content-type': 'application/x-www-form-urlencoded' }, [many])).toBe(403);
    expect((await fetch(`${town.address.baseUrl}/twilio/inbound`)).status).toBe(405);
    expect((await fetch(`${town.address.baseUrl}/twilio/else`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${town.address.baseUrl}/`)).status).toBe(404);
  });

  it('TW-16: a text from our own number is never answered', async () => {
    const before = town.vendors.twilio.state().messages.length;
    expect(await post(town.vendors.twilio.sign('/twilio/inbound', form(PROGRAM_NUMBER, 'hello')))).toBe(200);
    await town.settle();
    expect(town.vendors.twilio.state().messages).toHaveLength(before);
  });

  it('leaves the house alive: the next text is answered', async () => {
    const phone = phones[5] ?? '';
    const before = town.sentTo(phone).length;
    expect(await town.text(phone, 'done')).toBe(200);
    await town.settle();
    expect(town.sentTo(phone)).toHaveLength(before + 1);
  });
});

describe('a status callback', () => {
  it('ST-02, TW-02: moves the receipt forward only, and a forged one not at all', async () => {
    const [message] = town.sentTo(phones[6] ?? '');
    const path = new URL(message?.statusCallback ?? '');
    const status = (word: string, token?: string) => {
      const fields = new URLSearchParams({ MessageSid: message?.sid ?? '', MessageStatus: word, To: phones[6] ?? '' });
      return town.vendors.twilio.sign(path.pathname + path.search, fields, token);
    };
    const receipt = async () => {
      const id = path.searchParams.get('outbound') ?? '';
      const { asOutboundId } = await import('../../src/core/model/ids.ts');
      return (await town.house().database.read((stores) => stores.outbox.byId(asOutboundId(id))))?.receiptStatus;
    };
    expect(await post(status('failed', 'another-token'))).toBe(403);
    expect(await post(status('delivered'))).toBe(200);
    expect(await post(status('sent'))).toBe(200);
    expect(await post(status('delivered'))).toBe(200);
    expect(await receipt()).toBe('delivered');
    expect(await post(town.vendors.twilio.sign('/twilio/status', new URLSearchParams({ MessageStatus: 'sent' })))).toBe(
      400,
    );
  });

  it('ST-05: for a message that nobody knows is taken', async () => {
    const fields = new URLSearchParams({
      MessageSid: `SM${'a'.repeat(32)}`,
      MessageStatus: 'delivered',
      To: RENEE.phone,
    });
    expect(await post(town.vendors.twilio.sign('/twilio/status?outbound=nobody', fields))).toBe(200);
  });
});
