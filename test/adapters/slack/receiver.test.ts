// Slack's door: the real Bolt app behind a real server, knocked at by the local Slack (platforms 2).

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSlackClients } from '../../../src/adapters/slack/clients.ts';
import { createSlackListener } from '../../../src/adapters/slack/receiver.ts';
import type { HouseRequest } from '../../../src/rehearsal/wire/exchange.ts';
import { type Answer, send, type TestServer } from '../../support/http.ts';
import { COUNSELOR_CHANNEL as COUNSELORS } from '../../support/vendors.ts';
import { DANA, type Door, openDoor, press as pressIn, raw, startSlack } from './doors.ts';

let slack: Awaited<ReturnType<typeof startSlack>>;
let vendors: Door['vendors'];
let door: Door;
let server: TestServer;

beforeAll(async () => {
  slack = await startSlack('receiver-test');
  vendors = slack.vendors;
});
afterAll(() => vendors.close());
beforeEach(async () => {
  vendors.slack.setDown(false);
  vendors.slack.clearScripts();
  door = await openDoor(slack);
  server = door.server;
});
afterEach(async () => {
  await door.settled();
  await door.close();
});

const post = (request: HouseRequest): Promise<Answer> => door.knock(request);
const press = (actionId: string, value?: string) => pressIn(vendors, actionId, value);
const received = () => door.callsOf('receiveMessage').map(([message]) => message);
const acts = () => door.callsOf('act');

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
    expect(received()).toEqual([]);
    expect((await post(good)).status).toBe(200);
    expect(received()).toHaveLength(1);
  });

  it('SL-02: is refused with a stamp from the future, but for a minute of clocks that differ', async () => {
    const content = { type: 'json', body: event() } as const;
    expect((await post(vendors.slack.sign(content, { realNow: Date.now() + 120_000 }))).status).toBe(401);
    expect((await post(vendors.slack.sign(content, { realNow: Date.now() + 365 * 86_400_000 }))).status).toBe(401);
    expect(received()).toEqual([]);
    expect((await post(vendors.slack.sign(content, { realNow: Date.now() + 30_000 }))).status).toBe(200);
  });

  it('SL-03, SL-08, SL-09: is the same fact when it comes again, marked as a retry or not', async () => {
    const content = { type: 'json', body: event() } as const;
    await post(vendors.slack.sign(content));
    await post(vendors.slack.sign(content));
    await post(vendors.slack.sign(content, { retry: { number: 1, reason: 'http_timeout' } }));
    expect(received()).toHaveLength(3);
    expect(new Set(received().map((message) => JSON.stringify(message))).size).toBe(1);
    const pressed = await press('acknowledge');
    await post(pressed);
    await post(pressed);
    expect(acts()).toHaveLength(2);
    expect(acts()[0]).toEqual(acts()[1]);
    await post(await press('acknowledge'));
    expect(new Set(acts().map((given) => JSON.stringify(given[1]))).size).toBe(2);
  });

  it('SL-04: cannot be verified with an empty secret: the house does not start', () => {
    const { everyday } = createSlackClients({ botToken: 'unused', apiBaseUrl: vendors.slackBaseUrl });
    expect(() => createSlackListener({ signingSecret: '' }, door.doors, everyday)).toThrow(
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
    door.answers.store = () => promise;
    door.answers.act = () => promise.then(() => ({ word: null, modal: null, homeChanged: false }));
    const answering = post(kind === 'a press' ? await press('acknowledge') : vendors.slack.writeDirect(DANA, 'hello'));
    const first = await Promise.race([answering, new Promise((go) => setTimeout(() => go('no answer yet'), 80))]);
    expect(first).toBe('no answer yet');
    expect(received().length + acts().length).toBe(1);
    resolve();
    expect((await answering).status).toBe(200);
  });

  it.each(['a message', 'a press'])(
    'SL-07: %s that cannot be stored is answered 503, so that Slack tries again',
    async (kind) => {
      const full = async () => {
        throw new Error('disk full');
      };
      door.answers.store = full;
      door.answers.act = full;
      const answer = await post(
        kind === 'a press' ? await press('take_over') : vendors.slack.writeDirect(DANA, 'private words'),
      );
      expect(answer.status).toBe(503);
      expect(door.memory.events()).toEqual(['slack_request_failed']);
      expect(door.memory.text()).not.toContain('private');
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
      payload: new URLSearchParams((await press('take_over')).body).get('payload') ?? '',
    });
    await send(server, { path: '/slack/events', headers, body: smuggled.toString() });
    expect(acts()).toEqual([]);
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
    expect(door.memory.events()).toEqual(['slack_action_unknown', 'slack_command_unknown', 'slack_view_unknown']);
  });

  it('is served while all of Slack is down: nothing is asked of it to answer', async () => {
    const pressed = await press('acknowledge', 'case-7');
    vendors.slack.setDown(true);
    expect((await post(pressed)).status).toBe(200);
    expect(acts()).toMatchObject([[{ kind: 'acknowledge', escalationId: 'case-7' }, { slackUserId: DANA }]]);
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
