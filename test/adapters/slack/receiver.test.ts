// Slack's door: the real Bolt app behind a real server, knocked at by the local Slack (platforms 2).

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Press } from '../../../src/adapters/slack/listeners/buttons.ts';
import { createSlackListener } from '../../../src/adapters/slack/receiver.ts';
import type { InboundMessage } from '../../../src/app/ports/messages.ts';
import { startVendors, type Vendors } from '../../../src/rehearsal/start-vendors.ts';
import type { HouseRequest } from '../../../src/rehearsal/wire/exchange.ts';
import { type Answer, type RawRequest, send, serve, type TestServer } from '../../support/http.ts';
import { createMemoryLog } from '../../support/log-lines.ts';

const SECRET = 'signing-secret-of-the-tests';
const TOKEN = 'xoxb-token-of-the-tests';
const COUNSELORS = 'C0COUNSEL1';
const DANA = 'U0DANA0001';

const house = {
  baseUrl: '',
  publicBaseUrl: 'https://icehouse.example',
  twilioAuthToken: 'unused',
  accountSid: 'AC1',
  messagingServiceSid: 'MG1',
  slackSigningSecret: SECRET,
  slackBotToken: TOKEN,
  counselorChannel: COUNSELORS,
};

let vendors: Vendors;
let server: TestServer;
let received: InboundMessage[];
let presses: (Press & { readonly button: string })[];
let answerOfStore: () => Promise<void>;
let memory: ReturnType<typeof createMemoryLog>;

beforeAll(async () => {
  vendors = await startVendors({
    port: 0,
    house,
    programNumber: '+12135550100',
    staff: [{ name: 'Dana Reyes', slackUserId: DANA, role: 'counselor' }],
    now: () => Date.now(),
    seed: 'receiver-test',
  });
});
afterAll(() => vendors.close());
beforeEach(async () => {
  received = [];
  presses = [];
  answerOfStore = async () => {};
  memory = createMemoryLog();
  vendors.slack.setDown(false);
  const door = (button: string) => async (press: Press) => {
    presses.push({ ...press, button });
    await answerOfStore();
  };
  server = await serve(
    createSlackListener(
      { signingSecret: SECRET, botToken: TOKEN, apiBaseUrl: vendors.slackBaseUrl },
      {
        acknowledge: door('acknowledge'),
        resolve: door('resolve'),
        receiveMessage: async (message) => {
          received.push(message);
          await answerOfStore();
        },
        identity: () => null,
        log: memory.log,
      },
    ),
  );
  house.baseUrl = server.url;
});
afterEach(() => server.close());

const raw = (request: HouseRequest): RawRequest => ({
  path: new URL(request.url).pathname,
  headers: request.headers,
  body: request.body,
});
const post = (request: HouseRequest): Promise<Answer> => send(server, raw(request));

/** A press of Dana's on a button of a message that is in Slack. */
async function press(actionId: string, value = 'case-1'): Promise<HouseRequest> {
  const button = { type: 'button', action_id: actionId, value, text: { type: 'plain_text', text: 'Press' } };
  const blocks = [{ type: 'actions', elements: [button] }];
  const answer = await fetch(`${vendors.slackBaseUrl}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({ channel: COUNSELORS, text: 'Alert', blocks }),
  });
  expect(answer.status).toBe(200);
  const ts = vendors.slack.state().messages.at(-1)?.ts ?? '';
  return vendors.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId });
}

const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;
const event = (): string => vendors.slack.writeDirect(DANA, 'hello').body;

describe('a request of Slack', () => {
  it('SL-01: is refused with a wrong secret, a wrong version, an old stamp or no signature, and nothing is written', async () => {
    const content = { type: 'json', body: event() } as const;
    const good = vendors.slack.sign(content);
    const other = (headers: Record<string, string>) => post({ ...good, headers: { ...good.headers, ...headers } });
    expect((await post(vendors.slack.sign(content, { signingSecret: 'another' }))).status).toBe(401);
    expect((await post(vendors.slack.sign(content, { realNow: minutesAgo(6) }))).status).toBe(401);
    expect(
      (await other({ 'x-slack-signature': String(good.headers['x-slack-signature']).replace('v0=', 'v1=') })).status,
    ).toBe(401);
    expect((await other({ 'x-slack-signature': '' })).status).toBe(401);
    expect((await other({ 'x-slack-request-timestamp': 'soon' })).status).toBe(401);
    expect((await post({ ...good, body: good.body.replace('hello', 'hullo') })).status).toBe(401);
    expect(received).toEqual([]);
    expect((await post(good)).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it('SL-02: is refused with a stamp from the future, but for a minute of clocks that differ', async () => {
    const content = { type: 'json', body: event() } as const;
    expect((await post(vendors.slack.sign(content, { realNow: Date.now() + 120_000 }))).status).toBe(401);
    expect((await post(vendors.slack.sign(content, { realNow: Date.now() + 365 * 86_400_000 }))).status).toBe(401);
    expect(received).toEqual([]);
    expect((await post(vendors.slack.sign(content, { realNow: Date.now() + 30_000 }))).status).toBe(200);
  });

  it('SL-03, SL-08, SL-09: is the same fact when it comes again, marked as a retry or not', async () => {
    const content = { type: 'json', body: event() } as const;
    await post(vendors.slack.sign(content));
    await post(vendors.slack.sign(content));
    await post(vendors.slack.sign(content, { retry: { number: 1, reason: 'http_timeout' } }));
    expect(new Set(received.map((message) => message.externalId)).size).toBe(1);
    const pressed = await press('acknowledge');
    await post(pressed);
    await post(pressed);
    expect(presses).toHaveLength(2);
    expect(new Set(presses.map((one) => one.pressKey)).size).toBe(1);
    await post(await press('acknowledge'));
    expect(new Set(presses.map((one) => one.pressKey)).size).toBe(2);
  });

  it('SL-04: cannot be verified with an empty secret: the house does not start', () => {
    const doors = {
      acknowledge: async () => {},
      resolve: async () => {},
      receiveMessage: async () => {},
      identity: () => null,
      log: memory.log,
    };
    expect(() => createSlackListener({ signingSecret: '', botToken: TOKEN, apiBaseUrl: null }, doors)).toThrow(
      'SLACK_SIGNING_SECRET is empty',
    );
  });

  it('SL-05: is refused with 413 above a megabyte, by the length it declares or while it is read', async () => {
    const { headers } = vendors.slack.sign({ type: 'json', body: '{}' });
    const declared = await send(server, {
      path: '/slack/events',
      headers: { ...headers, 'content-length': '1100000' },
      body: '{',
    });
    expect(declared.status).toBe(413);
    const piece = 'x'.repeat(256 * 1024);
    const inChunks = await send(server, { path: '/slack/events', headers, body: [piece, piece, piece, piece, piece] });
    expect(inChunks.status).toBe(413);
    expect((await post(vendors.slack.writeDirect(DANA, 'still there?'))).status).toBe(200);
  });

  it.each(['a message', 'a press'])('SL-06: %s is acknowledged only once it is stored', async (kind) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    answerOfStore = () => promise;
    const answering = post(kind === 'a press' ? await press('acknowledge') : vendors.slack.writeDirect(DANA, 'hello'));
    const first = await Promise.race([answering, new Promise((go) => setTimeout(() => go('no answer yet'), 80))]);
    expect(first).toBe('no answer yet');
    expect(received.length + presses.length).toBe(1);
    resolve();
    expect((await answering).status).toBe(200);
  });

  it.each(['a message', 'a press'])(
    'SL-07: %s that cannot be stored is answered 503, so that Slack tries again',
    async (kind) => {
      answerOfStore = async () => {
        throw new Error('disk full');
      };
      const answer = await post(
        kind === 'a press' ? await press('resolve') : vendors.slack.writeDirect(DANA, 'private words'),
      );
      expect(answer.status).toBe(503);
      expect(memory.events()).toEqual(['slack_request_failed']);
      expect(memory.text()).not.toContain('private');
    },
  );

  it('SL-10: that verifies the address is answered with its challenge when signed, and refused when not', async () => {
    const asked = vendors.slack.verifyUrl('challenge-1');
    const answer = await post(asked);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('challenge-1');
    expect((await send(server, { ...raw(asked), headers: { 'content-type': 'application/json' } })).status).toBe(401);
  });

  it('SL-10: that checks TLS is answered unsigned, and what is smuggled in beside it is dropped', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await send(server, { path: '/slack/events', headers, body: 'ssl_check=1' })).status).toBe(200);
    const smuggled = new URLSearchParams({
      ssl_check: '1',
      payload: new URLSearchParams((await press('resolve')).body).get('payload') ?? '',
    });
    await send(server, { path: '/slack/events', headers, body: smuggled.toString() });
    expect(presses).toEqual([]);
  });

  it('SL-13: that nobody handles is acknowledged and noted', async () => {
    expect((await post(await press('button_of_an_older_version'))).status).toBe(200);
    expect(
      (await post(vendors.slack.command({ userId: DANA, channel: COUNSELORS, command: '/unknown', text: '' }))).status,
    ).toBe(200);
    const submission = {
      type: 'view_submission',
      team: { id: 'T0REHEARSAL' },
      user: { id: DANA },
      view: { callback_id: 'older', state: { values: {} } },
    };
    const body = new URLSearchParams({ payload: JSON.stringify(submission) }).toString();
    expect((await post(vendors.slack.sign({ type: 'form', body }))).status).toBe(200);
    expect((await post(vendors.slack.event({ type: 'reaction_added', user: DANA }))).status).toBe(200);
    expect((await post(vendors.slack.openHome(DANA))).status).toBe(200);
    expect(memory.events()).toEqual(['slack_action_unknown', 'slack_command_unknown', 'slack_view_unknown']);
  });

  it('is served while all of Slack is down: nothing is asked of it to answer', async () => {
    const pressed = await press('acknowledge', 'case-7');
    vendors.slack.setDown(true);
    expect((await post(pressed)).status).toBe(200);
    expect(presses).toMatchObject([{ button: 'acknowledge', escalationId: 'case-7', slackUserId: DANA }]);
  });

  it('is refused on another path or with another method, and the house lives on', async () => {
    const asked = vendors.slack.verifyUrl('challenge-2');
    for (const path of ['/slack/elsewhere', '/slack/', '/slack/events/', '/slack/%']) {
      expect((await send(server, { ...raw(asked), path })).status).toBe(404);
    }
    expect((await send(server, { path: '/slack/events', method: 'GET' })).status).toBe(405);
    expect((await send(server, { ...raw(asked), path: '/slack/events?x=1' })).status).toBe(200);
  });
});

describe('a direct message to the bot', () => {
  it('is handed over with channel and stamp as its id', async () => {
    await post(vendors.slack.writeDirect(DANA, 'a & b <c>'));
    const { channel, ts } = vendors.slack.state().messages.at(-1) ?? { channel: '', ts: '' };
    expect(received).toMatchObject([
      {
        source: 'slack',
        externalId: `${channel}:${ts}`,
        from: { kind: 'slack', slackUserId: DANA },
        vendorKeyword: null,
        media: [],
      },
    ]);
  });

  it('says what the person wrote, without the escapes that Slack puts in', async () => {
    const event = {
      type: 'message',
      channel_type: 'im',
      channel: 'D1',
      ts: '1.2',
      user: DANA,
      text: 'i &lt;3 u &amp;amp; me',
    };
    await post(vendors.slack.event(event));
    expect(received[0]?.body).toBe('i <3 u &amp; me');
  });

  it.each([
    ['file_share', 'please look at this', 'please look at this'],
    ['file_share', '', ''],
    ['file_share', undefined, ''],
    ['thread_broadcast', 'i cannot go on', 'i cannot go on'],
  ])('is taken in as %s with the words %j', async (subtype, text, body) => {
    const message = { type: 'message', channel_type: 'im', channel: 'D1', ts: '1.2', user: DANA, text, subtype };
    expect((await post(vendors.slack.event(message))).status).toBe(200);
    expect(received).toMatchObject([{ source: 'slack', externalId: 'D1:1.2', body, media: [] }]);
  });

  it.each([
    ['a bot wrote', { bot_id: 'B1' }],
    ['was changed', { subtype: 'message_changed' }],
    ['stands in a channel', { channel_type: 'group' }],
    ['has no words', { text: undefined }],
  ])('is passed over when it %s', async (_, difference) => {
    const message = {
      type: 'message',
      channel_type: 'im',
      channel: 'D1',
      ts: '1.2',
      user: DANA,
      text: 'x',
      ...difference,
    };
    expect((await post(vendors.slack.event(message))).status).toBe(200);
    expect(received).toEqual([]);
  });
});
