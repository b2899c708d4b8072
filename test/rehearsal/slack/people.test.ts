// What people do in channels and threads, and the events that tell the app of it.

import type { WebClient } from '@slack/web-api';
import { beforeEach, describe, expect, it } from 'vitest';
import { COUNSELORS, connectInProcess, createWorld, DANA, readEvent, readPayload, type World } from '../world.ts';

let world: World;
let client: WebClient;
let root: string;
beforeEach(async () => {
  world = createWorld();
  client = connectInProcess(world);
  root = (await client.chat.postMessage({ channel: COUNSELORS, text: 'Alert' })).ts ?? '';
});

const reply = (text: string, more: object = {}) =>
  world.slack.writeThread({ userId: DANA, channel: COUNSELORS, threadTs: root, text, ...more });
const lastTs = () => world.slack.state().messages.at(-1)?.ts ?? '';

describe('a message in a thread', () => {
  it('is a message event with its thread, in Slack’s writing', () => {
    expect(readEvent(reply('Tom & Ana <3 👍🏽 see https://a.example/x?b=1&c=2.'))).toEqual({
      type: 'message',
      user: DANA,
      ts: lastTs(),
      client_msg_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      text: 'Tom &amp; Ana &lt;3 :+1::skin-tone-4: see <https://a.example/x?b=1&amp;c=2>.',
      team: 'T0TEST0001',
      thread_ts: root,
      parent_user_id: 'U0BOT00001',
      channel: COUNSELORS,
      channel_type: 'group',
      event_ts: lastTs(),
      blocks: [
        {
          type: 'rich_text',
          block_id: expect.any(String),
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'Tom & Ana <3 ' },
                { type: 'emoji', name: '+1', unicode: '1f44d-1f3fd', skin_tone: 4 },
                { type: 'text', text: ' see ' },
                { type: 'link', url: 'https://a.example/x?b=1&c=2' },
                { type: 'text', text: '.' },
              ],
            },
          ],
        },
      ],
    });
  });

  it('names people, keeps signs without a name, and bears files', () => {
    expect(readEvent(reply(`ask <@${DANA}> 🪻`))).toMatchObject({ text: `ask <@${DANA}> 🪻` });
    expect(readEvent(reply('', { files: ['form.pdf', 'me.png'] }))).toMatchObject({
      subtype: 'file_share',
      text: '',
      files: [
        { name: 'form.pdf', mimetype: 'application/pdf' },
        { name: 'me.png', mimetype: 'image/png' },
      ],
    });
    expect(readEvent(reply('for all', { broadcast: true }))).toMatchObject({
      subtype: 'thread_broadcast',
      root: { ts: root },
    });
  });

  it('is told again when it is edited and when it is deleted', () => {
    reply('first');
    const place = { channel: COUNSELORS, ts: lastTs() };
    expect(readEvent(world.slack.editMessage(place, 'second'))).toMatchObject({
      subtype: 'message_changed',
      hidden: true,
      channel: COUNSELORS,
      channel_type: 'group',
      message: { ts: place.ts, thread_ts: root, text: 'second', user: DANA, edited: { user: DANA } },
      previous_message: { ts: place.ts, text: 'first' },
    });
    expect(readEvent(world.slack.deleteMessage(place))).toMatchObject({
      subtype: 'message_deleted',
      deleted_ts: place.ts,
      channel: COUNSELORS,
      previous_message: { ts: place.ts, thread_ts: root, text: 'second', user: DANA },
    });
    expect(world.slack.state().messages.map(({ ts }) => ts)).toEqual([root]);
  });

  it('is refused in words where Slack would not let the person', () => {
    expect(() => reply('x', { threadTs: '1.000001' })).toThrow('that thread is not there');
    expect(() => reply('')).toThrow('nothing to send');
    expect(() => reply('x', { userId: 'U0NOBODY' })).toThrow('nobody with the id');
    expect(() => reply('x', { channel: 'C0SECRET01' })).toThrow('Dana Reyes is not in this channel');
    expect(() => world.slack.editMessage({ channel: COUNSELORS, ts: root }, 'x')).toThrow('only its writer');
    world.slack.changeChannel(COUNSELORS, { isArchived: true });
    expect(() => reply('x')).toThrow('the channel is archived');
  });

  it('stands in the channel without a thread, and in a direct conversation with one', () => {
    const said = readEvent(world.slack.writeChannel({ userId: DANA, channel: COUNSELORS, text: 'hello' }));
    expect(said).toMatchObject({ channel_type: 'group', text: 'hello' });
    expect(said.thread_ts).toBeUndefined();
    const first = readEvent(world.slack.writeDirect(DANA, 'a'));
    const second = readEvent(world.slack.writeDirect(DANA, 'b', { threadTs: String(first.ts) }));
    expect(second).toMatchObject({ channel_type: 'im', channel: first.channel, thread_ts: first.ts });
  });
});

describe('changes of the workspace', () => {
  it('SL-24: tell who left or became a guest', () => {
    expect(readEvent(world.slack.changeUser(DANA, { isDeleted: true }))).toMatchObject({
      type: 'user_change',
      user: { id: DANA, deleted: true },
      event_ts: expect.any(String),
    });
  });

  it('SL-25: tell of a shared channel and of new members, and nothing of the rest', () => {
    const tell = (change: object) => world.slack.changeChannel(COUNSELORS, change).map(readEvent);
    expect(tell({ isExtShared: true })).toMatchObject([{ type: 'channel_shared', channel: COUNSELORS }]);
    expect(tell({ isExtShared: false })).toMatchObject([{ type: 'channel_unshared', channel: COUNSELORS }]);
    expect(tell({ memberIds: ['U0GUEST'] })).toMatchObject([
      { type: 'member_joined_channel', user: 'U0GUEST' },
      { type: 'member_left_channel', user: DANA },
    ]);
    expect(tell({ isArchived: true })).toMatchObject([{ type: 'group_archive' }]);
    expect(tell({ isBotMember: false })).toMatchObject([{ type: 'group_left' }]);
    expect(tell({ name: 'other' })).toEqual([]);
  });

  it('SL-22: tell that the app was taken away, and its token is dead', async () => {
    const [first, second] = world.slack.uninstall().map(readEvent);
    expect([first?.type, second?.type]).toEqual(['app_uninstalled', 'tokens_revoked']);
    await expect(client.auth.test()).rejects.toMatchObject({ data: { error: 'account_inactive' } });
  });
});

describe('words for one person', () => {
  const respond = (url: string, body: object) =>
    world.slack.answer({
      method: 'POST',
      path: new URL(url).pathname,
      query: new URLSearchParams(),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const shown = () => world.slack.state().ephemerals.map(({ userId, text, from }) => [userId, text, from]);

  it('come by the response_url of a button, the next in place of the last, five times in half an hour', async () => {
    const button = { type: 'button' as const, action_id: 'a', text: { type: 'plain_text' as const, text: 'A' } };
    const blocks = [{ type: 'actions' as const, elements: [button] }];
    const { ts = '' } = await client.chat.postMessage({ channel: COUNSELORS, text: 'x', blocks });
    const press = () => readPayload(world.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId: 'a' }));
    const url = press().response_url;
    respond(url, { text: 'Renee was first.' });
    expect(shown()).toEqual([[DANA, 'Renee was first.', 'button']]);
    respond(url, { text: 'It is over.', replace_original: true });
    expect(shown()).toEqual([[DANA, 'It is over.', 'button']]);
    respond(url, { text: 'For all.', response_type: 'in_channel' });
    expect(world.slack.state().messages.at(-1)?.text).toBe('For all.');
    respond(url, { text: 'four' });
    respond(url, { text: 'five' });
    expect(respond(url, { text: 'six' })).toMatchObject({ status: 404 });
    const late = press().response_url;
    world.times.realNow += 1_800_001;
    expect(respond(late, { text: 'late' })).toMatchObject({ status: 404 });
    expect(shown()).toHaveLength(3);
  });

  it('come by chat.postEphemeral to members only', async () => {
    await client.chat.postEphemeral({ channel: COUNSELORS, user: DANA, text: 'psst' });
    expect(shown()).toEqual([[DANA, 'psst', 'app']]);
    await expect(
      client.chat.postEphemeral({ channel: COUNSELORS, user: 'U0NOBODY', text: 'psst' }),
    ).rejects.toMatchObject({ data: { error: 'user_not_in_channel' } });
    world.slack.dismiss(world.slack.state().ephemerals[0]?.id ?? '');
    expect(shown()).toEqual([]);
  });
});
