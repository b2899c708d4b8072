// Threads, pages and guests, as the real client reads them.

import type { WebClient } from '@slack/web-api';
import { beforeEach, describe, expect, it } from 'vitest';
import { BOT_TOKEN, COUNSELORS, connectInProcess, createWorld, DANA, type World } from '../world.ts';

let world: World;
let client: WebClient;
beforeEach(() => {
  world = createWorld();
  client = connectInProcess(world);
});

const post = async (text: string, more: object = {}) =>
  (await client.chat.postMessage({ channel: COUNSELORS, text, ...more })).ts ?? '';
const refusal = (error: string) => ({ data: { ok: false, error } });

describe('a thread', () => {
  it('is told on its root: how many answers, by whom, the latest', async () => {
    const root = await post('Alert');
    await post('one', { thread_ts: root });
    world.slack.writeThread({ userId: DANA, channel: COUNSELORS, threadTs: root, text: 'two' });
    const { messages = [] } = await client.conversations.history({ channel: COUNSELORS });
    const latest = world.slack.state().messages.at(-1)?.ts;
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      thread_ts: root,
      reply_count: 2,
      reply_users: ['U0BOT00001', DANA],
      latest_reply: latest,
    });
    const replies = await client.conversations.replies({ channel: COUNSELORS, ts: root });
    expect(replies.messages?.map(({ text, thread_ts }) => [text, thread_ts])).toEqual([
      ['Alert', root],
      ['one', root],
      ['two', root],
    ]);
    expect(replies.messages?.[2]).toMatchObject({ user: DANA, parent_user_id: 'U0BOT00001' });
  });

  it('stays out of the channel but for what is broadcast', async () => {
    const root = await post('Alert');
    await post('quiet', { thread_ts: root });
    await post('for all', { thread_ts: root, reply_broadcast: true });
    const { messages = [] } = await client.conversations.history({ channel: COUNSELORS });
    expect(messages.map(({ text, subtype }) => [text, subtype])).toEqual([
      ['for all', 'thread_broadcast'],
      ['Alert', undefined],
    ]);
    expect((await client.conversations.replies({ channel: COUNSELORS, ts: root })).messages).toHaveLength(3);
  });

  it('needs a root that is there, and is no answer itself', async () => {
    const root = await post('Alert');
    const reply = await post('one', { thread_ts: root });
    await expect(post('x', { thread_ts: '1.000001' })).rejects.toMatchObject(refusal('thread_not_found'));
    await expect(post('x', { thread_ts: reply })).rejects.toMatchObject(refusal('thread_not_found'));
    await expect(client.conversations.replies({ channel: COUNSELORS, ts: '1.000001' })).rejects.toMatchObject(
      refusal('thread_not_found'),
    );
  });

  it('is read in pages, and from a time on', async () => {
    const root = await post('Alert');
    for (const text of ['a', 'b', 'c', 'd']) await post(text, { thread_ts: root });
    const texts: (string | undefined)[] = [];
    for await (const page of client.paginate('conversations.replies', { channel: COUNSELORS, ts: root, limit: 2 })) {
      const { messages } = page as { messages?: { text?: string }[] };
      texts.push(...(messages ?? []).map(({ text }) => text));
    }
    expect(texts).toEqual(['Alert', 'a', 'b', 'c', 'd']);
    const third = world.slack.state().messages[2]?.ts ?? '';
    const later = await client.conversations.replies({ channel: COUNSELORS, ts: root, oldest: third });
    expect(later.messages?.map(({ text }) => text)).toEqual(['c', 'd']);
    await expect(
      client.conversations.replies({ channel: COUNSELORS, ts: root, cursor: 'bm9uc2Vuc2U=' }),
    ).rejects.toMatchObject(refusal('invalid_cursor'));
  });

  it('has an address of its own for each message', async () => {
    const root = await post('Alert');
    const reply = await post('one', { thread_ts: root });
    const link = await client.chat.getPermalink({ channel: COUNSELORS, message_ts: reply });
    expect(link.permalink).toBe(
      `https://test.slack.com/archives/${COUNSELORS}/p${reply.replace('.', '')}?thread_ts=${root}&cid=${COUNSELORS}`,
    );
  });
});

describe('lists of people', () => {
  it('come in pages', async () => {
    world.slack.changeChannel(COUNSELORS, { memberIds: [DANA, 'U0B', 'U0C'] });
    const first = await client.conversations.members({ channel: COUNSELORS, limit: 3 });
    expect(first.members).toEqual([DANA, 'U0B', 'U0C']);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const rest = await client.conversations.members({ channel: COUNSELORS, limit: 3, cursor });
    expect([rest.members, rest.response_metadata?.next_cursor]).toEqual([['U0BOT00001'], '']);
    const users = await client.users.list({ limit: 1 });
    expect(users.members?.map(({ id }) => id)).toEqual(['U0BOT00001']);
    const more = await client.users.list({ limit: 1, cursor: users.response_metadata?.next_cursor ?? '' });
    expect(more.members?.map(({ id }) => id)).toEqual([DANA]);
  });

  it('tell who left and who is a guest', async () => {
    world.slack.changeUser(DANA, { isDeleted: true, isRestricted: true, isUltraRestricted: true, isStranger: true });
    const flags = { deleted: true, is_restricted: true, is_ultra_restricted: true, is_stranger: true };
    expect((await client.users.info({ user: DANA })).user).toMatchObject(flags);
    expect((await client.users.list({})).members?.[1]).toMatchObject(flags);
  });
});

describe('tokens that rotate', () => {
  const START = 1_000_000;
  const HOUR = 3_600_000;
  const rotation = {
    clientId: '1.2',
    clientSecret: 'client-secret-of-the-tests',
    refreshToken: 'xoxe-1-first',
    expiresAt: START + 12 * HOUR,
  };
  const renew = (given: object = {}) =>
    connectInProcess(world, '').oauth.v2.access({
      client_id: rotation.clientId,
      client_secret: rotation.clientSecret,
      grant_type: 'refresh_token',
      refresh_token: rotation.refreshToken,
      ...given,
    });

  it('SL-23: live twelve hours, and are refused after', async () => {
    world = createWorld({ rotation });
    world.times.realNow = rotation.expiresAt - 1;
    await expect(connectInProcess(world).auth.test()).resolves.toMatchObject({ ok: true });
    world.times.realNow = rotation.expiresAt;
    await expect(connectInProcess(world).auth.test()).rejects.toMatchObject(refusal('token_expired'));
  });

  it('SL-23: are renewed once by each refresh token, and the token before goes on to its end', async () => {
    world = createWorld({ rotation });
    world.times.realNow = START + 10 * HOUR;
    const renewed = await renew();
    expect(renewed).toMatchObject({ token_type: 'bot', expires_in: 43_200, scope: 'chat:write,groups:read' });
    const token = renewed.access_token ?? '';
    await expect(connectInProcess(world, token).auth.test()).resolves.toMatchObject({ ok: true });
    await expect(connectInProcess(world, BOT_TOKEN).auth.test()).resolves.toMatchObject({ ok: true });
    await expect(renew()).rejects.toMatchObject(refusal('invalid_refresh_token'));
    world.times.realNow = START + 21 * HOUR;
    await expect(connectInProcess(world, token).auth.test()).resolves.toMatchObject({ ok: true });
    const again = await renew({ refresh_token: renewed.refresh_token ?? '' });
    expect(again.access_token).not.toBe(token);
    await expect(connectInProcess(world, BOT_TOKEN).auth.test()).rejects.toMatchObject(refusal('invalid_auth'));
  });

  it('are renewed for the app alone', async () => {
    world = createWorld({ rotation });
    await expect(renew({ client_secret: 'guess' })).rejects.toMatchObject(refusal('bad_client_secret'));
    await expect(renew({ client_id: '9.9' })).rejects.toMatchObject(refusal('invalid_client_id'));
    world = createWorld();
    await expect(renew()).rejects.toMatchObject(refusal('invalid_refresh_token'));
  });
});
