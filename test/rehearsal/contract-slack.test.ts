// The real @slack/web-api client and Bolt's verification against the local Slack: what they cannot read is a mistake
// here.

import { verifySlackRequest } from '@slack/bolt';
import { LogLevel, WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startVendorServer, type VendorServer } from '../../src/rehearsal/vendor-server.ts';
import { BOT_TOKEN, COUNSELORS, createWorld, DANA, SIGNING_SECRET, type World } from './world.ts';

let world: World;
let server: VendorServer;
const connect = (token = BOT_TOKEN) =>
  new WebClient(token, {
    slackApiUrl: server.slackBaseUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 300,
    logLevel: LogLevel.ERROR,
  });
const metadata = { event_type: 'alert', event_payload: { id: 'alert-1' } };
const blocks = [
  { type: 'section', text: { type: 'mrkdwn', text: '*A mentee may be in danger*' } },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'acknowledge', value: 'alert-1', text: { type: 'plain_text', text: 'Acknowledge' } },
    ],
  },
];

beforeAll(async () => {
  server = await startVendorServer(0, () => world);
});
afterAll(() => server.close());
beforeEach(() => {
  world = createWorld({ realNow: Date.now(), slackUrl: () => server.slackUrl });
});

const post = () => connect().chat.postMessage({ channel: COUNSELORS, text: 'Alert', blocks, metadata });

describe('the local Slack, asked by the real client', () => {
  it('says who the app is and which scopes it has', async () => {
    const test = await connect().auth.test();
    expect(test).toMatchObject({ ok: true, bot_id: 'B0TEST0001', team_id: 'T0TEST0001' });
    expect(test.response_metadata?.scopes).toEqual(['chat:write', 'groups:read']);
  });

  it('posts, updates and deletes, and history tells metadata only to who asks', async () => {
    const client = connect();
    const posted = await post();
    const ts = posted.ts ?? '';
    const plain = await client.conversations.history({ channel: COUNSELORS });
    expect(plain.messages?.[0]).toMatchObject({ text: 'Alert', ts });
    expect(plain.messages?.[0]?.metadata).toBeUndefined();
    const told = await client.conversations.history({ channel: COUNSELORS, include_all_metadata: true });
    expect(told.messages?.[0]?.metadata).toEqual(metadata);
    await client.chat.update({ channel: COUNSELORS, ts, text: 'Acknowledged', blocks: [] });
    expect(world.slack.state().messages[0]).toMatchObject({ text: 'Acknowledged', blocks: [], ts });
    await client.chat.delete({ channel: COUNSELORS, ts });
    expect(world.slack.state().messages).toEqual([]);
  });

  it('keeps threads out of the history and gives them as replies', async () => {
    const client = connect();
    const { ts = '' } = await post();
    await client.chat.postMessage({ channel: COUNSELORS, thread_ts: ts, text: 'more' });
    expect((await client.conversations.history({ channel: COUNSELORS })).messages).toHaveLength(1);
    const replies = await client.conversations.replies({ channel: COUNSELORS, ts });
    expect(replies.messages?.map((message) => message.text)).toEqual(['Alert', 'more']);
  });

  it('shows channels and people', async () => {
    const client = connect();
    const info = await client.conversations.info({ channel: COUNSELORS });
    expect(info.channel).toMatchObject({
      is_private: true,
      is_archived: false,
      is_shared: false,
      is_ext_shared: false,
    });
    expect((await client.conversations.members({ channel: COUNSELORS })).members).toEqual([DANA, 'U0BOT00001']);
    expect((await client.users.info({ user: DANA })).user).toMatchObject({ real_name: 'Dana Reyes', deleted: false });
    expect((await client.users.list({})).members).toHaveLength(2);
    const opened = await client.conversations.open({ users: DANA });
    const again = await client.conversations.open({ users: DANA });
    expect(again.channel?.id).toBe(opened.channel?.id);
    const direct = await client.chat.postMessage({ channel: DANA, text: 'hello' });
    expect(direct.channel).toBe(opened.channel?.id);
  });

  it('opens a modal for a fresh trigger only, once', async () => {
    const client = connect();
    const { ts = '' } = await post();
    const pressed = world.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId: 'acknowledge' });
    const payload = JSON.parse(new URLSearchParams(pressed.body).get('payload') ?? '');
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'Case' }, blocks: [] };
    const opened = await client.views.open({ trigger_id: payload.trigger_id, view });
    await client.views.update({ view_id: opened.view?.id ?? '', hash: opened.view?.hash ?? '', view });
    await expect(
      client.views.update({ view_id: opened.view?.id ?? '', hash: opened.view?.hash ?? '', view }),
    ).rejects.toMatchObject({ data: { error: 'hash_conflict' } });
    await expect(client.views.open({ trigger_id: payload.trigger_id, view })).rejects.toMatchObject({
      data: { error: 'invalid_trigger_id' },
    });
    const later = world.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId: 'acknowledge' });
    world.times.realNow += 3001;
    const expired = JSON.parse(new URLSearchParams(later.body).get('payload') ?? '').trigger_id;
    await expect(client.views.open({ trigger_id: expired, view })).rejects.toMatchObject({
      data: { error: 'expired_trigger_id' },
    });
    await client.views.publish({ user_id: DANA, view: { type: 'home', blocks: [] } });
    expect(world.slack.state().views.map((open) => open.type)).toEqual(['modal', 'home']);
  });

  it.each([
    ['channel_not_found', { channel: 'C0SECRET01' }],
    ['not_in_channel', { channel: 'C0OTHER001' }],
    ['msg_too_long', { text: 'x'.repeat(40_001) }],
    ['invalid_blocks', { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }] }],
    ['invalid_blocks', { blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }],
    [
      'msg_blocks_too_long',
      {
        blocks: Array.from({ length: 5 }, () => ({
          type: 'section',
          text: { type: 'mrkdwn', text: 'x'.repeat(2900) },
        })),
      },
    ],
  ])('answers %s', async (error, change) => {
    const asked = connect().chat.postMessage({ channel: COUNSELORS, text: 'hi', ...change });
    await expect(asked).rejects.toMatchObject({ data: { ok: false, error } });
  });

  it('refuses a wrong token, a revoked one, an archived channel and a person who left', async () => {
    await expect(connect('xoxb-other').auth.test()).rejects.toMatchObject({ data: { error: 'invalid_auth' } });
    world.slack.changeUser(DANA, { isDeleted: true });
    await expect(connect().chat.postMessage({ channel: DANA, text: 'x' })).rejects.toMatchObject({
      data: { error: 'user_disabled' },
    });
    world.slack.changeChannel(COUNSELORS, { isArchived: true });
    await expect(post()).rejects.toMatchObject({ data: { error: 'is_archived' } });
    world.slack.setAuthError('token_revoked');
    await expect(connect().auth.test()).rejects.toMatchObject({ data: { error: 'token_revoked' } });
  });

  it('limits one method in one channel, and nothing else', async () => {
    world.slack.script({ kind: '429', retryAfterSeconds: 7 }, { method: 'chat.postMessage', channel: COUNSELORS });
    await connect().auth.test();
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    await expect(post()).resolves.toMatchObject({ ok: true });
  });

  it.each([
    ['accept_then_hang', 1],
    ['accept_then_reset', 1],
    ['500_accepted', 1],
    ['hang_before_accept', 0],
    ['reset_before_accept', 0],
    ['500', 0],
  ] as const)('leaves the client in doubt by %s', async (kind, messages) => {
    world.slack.script({ kind });
    await expect(post()).rejects.toThrow();
    expect(world.slack.state().messages).toHaveLength(messages);
  });

  it('takes an answer at the response_url', async () => {
    const { ts = '' } = await post();
    const pressed = world.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId: 'acknowledge' });
    const { response_url: url } = JSON.parse(new URLSearchParams(pressed.body).get('payload') ?? '');
    const body = JSON.stringify({ text: 'Done', replace_original: true, blocks: [] });
    expect((await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status).toBe(
      200,
    );
    expect(world.slack.state().messages[0]).toMatchObject({ text: 'Done', blocks: [] });
  });

  it('signs what it sends so that Bolt accepts it, and a forgery is refused', async () => {
    const { ts = '' } = await post();
    const requests = [
      world.slack.verifyUrl('abc'),
      world.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId: 'acknowledge' }),
      world.slack.writeDirect(DANA, '¿hola?'),
      world.slack.command({ userId: DANA, channel: COUNSELORS, command: '/icehouse', text: 'status' }),
      world.slack.sign({ type: 'json', body: '{}' }, { retry: { number: 1, reason: 'http_timeout' } }),
    ];
    for (const request of requests) expect(() => verify(request)).not.toThrow();
    expect(requests[4]?.headers).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' });
    expect(() => verify(world.slack.sign({ type: 'json', body: '{}' }, { signingSecret: 'guess' }))).toThrow(
      'mismatch',
    );
    expect(() => verify(world.slack.sign({ type: 'json', body: '{}' }, { realNow: Date.now() - 600_000 }))).toThrow(
      'stale',
    );
  });
});

function verify(request: { readonly headers: Readonly<Record<string, string>>; readonly body: string }): void {
  verifySlackRequest({
    signingSecret: SIGNING_SECRET,
    body: request.body,
    headers: {
      'x-slack-signature': request.headers['x-slack-signature'] ?? '',
      'x-slack-request-timestamp': Number(request.headers['x-slack-request-timestamp']),
    },
  });
}
