import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HouseRequest } from '../../src/rehearsal/wire/exchange.ts';
import { startTown, statusOf, type Town, wordsOf } from '../support/house.ts';
import { COUNSELORS, DANI, MAYA, RENEE } from '../support/house-people.ts';

let town: Town;
beforeAll(async () => {
  town = await startTown();
  await town.text(MAYA, 'i want to die');
  await town.settle();
});
afterAll(() => town.close());

const post = async (what: HouseRequest) => statusOf(await town.vendors.post(what));
const event = (text: string) =>
  JSON.stringify({
    type: 'event_callback',
    event_id: `Ev${text}`,
    team_id: 'T0REHEARSAL',
    event: { type: 'message', channel_type: 'im', channel: 'D0', user: DANI.slack, text, ts: '1.1' },
  });
const signed = (text: string, how: Parameters<Town['vendors']['slack']['sign']>[1] = {}) =>
  town.vendors.slack.sign({ type: 'json', body: event(text) }, how);
const logged = (word: string) => town.log.filter((line) => line.includes(word)).length;

describe('a request that Slack did not send', () => {
  it.each([
    ['SL-01: with a wrong signature', () => signed('a', { signingSecret: 'another' })],
    ['SL-01: with an old stamp', () => signed('b', { realNow: Date.now() - 6 * 60_000 })],
    ['SL-02: with a stamp from the future', () => signed('c', { realNow: Date.now() + 120_000 })],
    ['SL-02: with a stamp a year ahead', () => signed('d', { realNow: Date.now() + 365 * 86_400_000 })],
    [
      'SL-01: with another version of the signature',
      () => {
        const good = signed('e');
        return {
          ...good,
          headers: {
            ...good.headers,
            'x-slack-signature': String(good.headers['x-slack-signature']).replace('v0=', 'v1='),
          },
        };
      },
    ],
    ['SL-01: without any signature', () => ({ ...signed('f'), headers: { 'content-type': 'application/json' } })],
    ['SL-01: whose body was changed', () => ({ ...signed('g'), body: event('h') })],
  ])('%s is refused, and nothing is stored', async (_, make) => {
    expect(await post(make())).toBe(401);
    const { database } = town.house();
    const texts = await database.read((stores) =>
      stores.inbox.recent(database.hashPhone(`slack:${DANI.slack}`), 0, 10),
    );
    expect(texts).toEqual([]);
  });

  it('SL-05: of two megabytes is refused, with and without a declared length', async () => {
    const body = 'x'.repeat(2 * 1024 * 1024);
    const good = town.vendors.slack.sign({ type: 'json', body });
    expect(await send({ ...good.headers, 'content-length': String(body.length) }, body)).toBe(413);
    expect(await send({ ...good.headers, 'transfer-encoding': 'chunked' }, body)).toBe(413);
    expect(await post(town.vendors.slack.verifyUrl('still here'))).toBe(200);
  });
});

describe('a request of Slack', () => {
  it('SL-10: the question whether the address answers is answered', async () => {
    const delivery = await town.vendors.post(town.vendors.slack.verifyUrl('riddle'));
    expect(delivery).toMatchObject({ status: 200, body: expect.stringContaining('riddle') });
  });

  it('SL-03, SL-08: a direct message is stored once, though it comes again with retry headers and another event id', async () => {
    const what = town.vendors.slack.writeDirect(DANI.slack, 'can somebody look at Luis’ form?');
    expect(await post(what)).toBe(200);
    const payload: unknown = JSON.parse(what.body);
    for (const number of [1, 2, 3]) {
      const body = JSON.stringify(Object.assign({}, payload, number === 3 ? { event_id: 'Evother' } : {}));
      expect(
        await post(town.vendors.slack.sign({ type: 'json', body }, { retry: { number, reason: 'http_timeout' } })),
      ).toBe(200);
    }
    const { database } = town.house();
    const texts = await database.read((stores) =>
      stores.inbox.recent(database.hashPhone(`slack:${DANI.slack}`), 0, 10),
    );
    expect(texts.map((text) => text.body)).toEqual(['can somebody look at Luis’ form?']);
  });

  it('CR-01: a mentor’s direct message in danger is answered there and opens a case', async () => {
    const before = town.posts().length;
    expect(await post(town.vendors.slack.writeDirect(DANI.slack, 'i want to die'))).toBe(200);
    await town.settle();
    expect(town.directsTo(DANI.slack).some((message) => message.text.includes('988'))).toBe(true);
    expect(town.posts().slice(before).map(wordsOf).join()).toContain('Crisis');
  });

  it('SL-13: a button, a modal, a command that nobody knows is acknowledged', async () => {
    const action = {
      type: 'block_actions',
      user: { id: RENEE.slack },
      team: { id: 'T0REHEARSAL' },
      actions: [{ type: 'button', action_id: 'of_long_ago', block_id: 'b', value: 'x', action_ts: '1.1' }],
      trigger_id: '1.2',
      container: {},
      channel: { id: COUNSELORS },
    };
    const form = new URLSearchParams({ payload: JSON.stringify(action) }).toString();
    expect(await post(town.vendors.slack.sign({ type: 'form', body: form }))).toBe(200);
    expect(
      await post(
        town.vendors.slack.command({ userId: RENEE.slack, channel: COUNSELORS, command: '/whatever', text: '' }),
      ),
    ).toBe(200);
    expect(logged('slack_action_unknown')).toBe(1);
    expect(logged('slack_command_unknown')).toBe(1);
  });

  it('SL-03: a press that is replayed within five minutes has no second effect', async () => {
    const [alert] = town.posts();
    if (alert === undefined) throw new Error('no alert');
    const what = town.vendors.slack.press({
      userId: RENEE.slack,
      channel: alert.channel,
      ts: alert.ts,
      actionId: 'acknowledge',
    });
    for (let count = 0; count < 3; count += 1) expect(await post(what)).toBe(200);
    await town.settle();
    expect(logged('"status":"acknowledged"')).toBe(1);
  });

  it('SL-16: a mentee’s words cannot mention, link or format', async () => {
    const nasty = 'i want to die <!channel> <@U0RENEE> <https://evil.example|bank> *bold* &lt;!here&gt;';
    await town.text('+12135550188', nasty);
    await town.settle();
    const card = town.cards().at(-1);
    if (card === undefined) throw new Error('no card');
    const shown = [card, ...town.thread(card)];
    expect(shown.map(wordsOf).join()).toContain('<!channel> <@U0RENEE>');
    for (const { text, blocks } of shown) {
      expect(text).not.toMatch(/[<>]/);
      expect(JSON.stringify(blocks)).not.toContain('"mrkdwn"');
    }
  });
});

function send(headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${town.address.baseUrl}/slack/events`, { method: 'POST', headers: { ...headers } });
    let status = 0;
    outgoing.on('response', (answer) => {
      status = answer.statusCode ?? 0;
      answer.resume();
      answer.on('close', () => resolve(status));
    });
    outgoing.on('error', (error) => (status === 0 ? reject(error) : resolve(status)));
    outgoing.end(body);
  });
}
