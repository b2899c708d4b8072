// What people write and what Slack tells, over HTTP from the local Slack: which door hears of it, in which words, once.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COUNSELOR_CHANNEL as COUNSELORS } from '../../support/vendors.ts';
import { DANA, type Door, MIKE, openDoor, postButton, startSlack } from './doors.ts';

let slack: Awaited<ReturnType<typeof startSlack>>;
let vendors: Door['vendors'];
let door: Door;

beforeAll(async () => {
  slack = await startSlack('messages-test');
  vendors = slack.vendors;
});
afterAll(() => vendors.close());
beforeEach(async () => {
  vendors.slack.setAuthError(null);
  vendors.slack.changeUser(MIKE, { isDeleted: false, isRestricted: false });
  vendors.slack.changeChannel(COUNSELORS, { isShared: false, memberIds: [DANA] });
  door = await openDoor(slack);
});
afterEach(async () => {
  await door.settled();
  await door.close();
});

/** An event as a person or Slack causes it, in its envelope. */
async function tell(event: Readonly<Record<string, unknown>>): Promise<void> {
  expect((await door.knock(vendors.slack.event(event))).status).toBe(200);
}
const direct = (more: Readonly<Record<string, unknown>> = {}) => ({
  type: 'message',
  channel_type: 'im',
  channel: 'D1',
  ts: '1.2',
  event_ts: '1.2',
  user: DANA,
  text: 'x',
  ...more,
});
const newest = () => vendors.slack.state().messages.at(-1) ?? { channel: '', ts: '' };
const received = () => door.callsOf('receiveMessage').map(([message]) => message);
const inThread = () => door.callsOf('receiveThreadMessage').map(([message]) => message);
const changes = () => door.callsOf('noteThreadChange').map(([change]) => change);

describe('a direct message to the bot', () => {
  it('is handed over with channel and stamp as its id, in the words that were written', async () => {
    await door.knock(vendors.slack.writeDirect(MIKE, 'a & b <c> *d* 👋 https://a.example/x'));
    const { channel, ts } = newest();
    expect(received()).toEqual([
      {
        source: 'slack',
        externalId: `${channel}:${ts}`,
        from: { kind: 'slack', slackUserId: MIKE },
        body: 'a & b <c> *d* 👋 https://a.example/x',
        vendorKeyword: null,
        media: [],
      },
    ]);
  });

  it.each([
    ['file_share', 'please look at this', 'please look at this'],
    ['file_share', '', ''],
    ['file_share', undefined, ''],
    ['thread_broadcast', 'i cannot go on', 'i cannot go on'],
    ['me_message', 'wants to die', 'wants to die'],
  ])('is taken in as %s with the words %j', async (subtype, text, body) => {
    await tell(direct({ text, subtype }));
    expect(received()).toMatchObject([{ source: 'slack', externalId: 'D1:1.2', body, media: [] }]);
  });

  it('says the words of a message that was passed on with it', async () => {
    const attachments = [
      { is_share: true, text: 'i dont want to be alive &lt;3' },
      { text: 'the preview of a link', title: 'a page' },
    ];
    await tell(direct({ text: 'she wrote me this', attachments }));
    expect(received()).toMatchObject([{ body: 'she wrote me this\ni dont want to be alive <3' }]);
  });

  it('is a new text when its words were changed, so that they are screened', async () => {
    await door.knock(vendors.slack.writeDirect(MIKE, 'all fine'));
    const { channel, ts } = newest();
    await door.knock(vendors.slack.editMessage({ channel, ts }, 'i want to die'));
    expect(received()).toMatchObject([{ body: 'all fine' }, { body: 'i want to die', from: { slackUserId: MIKE } }]);
    const keys = received().map((message) => JSON.stringify(message).match(/"externalId":"([^"]+)"/)?.[1]);
    expect(new Set(keys).size).toBe(2);
    expect(keys.every((key) => key?.startsWith(`${channel}:`))).toBe(true);
  });

  it('is nothing new when Slack only added the preview of a link, or it was deleted', async () => {
    const message = { ts: '1.2', user: MIKE, text: 'see <https://a.example>' };
    const more = { subtype: 'message_changed', event_ts: '1.3', ts: '1.3', hidden: true };
    const unfurled = { ...message, attachments: [{ text: 'a page', from_url: 'https://a.example' }] };
    await tell(direct({ ...more, message: unfurled, previous_message: message }));
    await tell(direct({ ...more, subtype: 'message_deleted', deleted_ts: '1.2', previous_message: message }));
    expect(door.calls).toEqual([]);
  });

  it.each([
    ['a bot wrote', { bot_id: 'B1' }],
    ['has no words', { text: undefined }],
    ['is a note of Slack', { subtype: 'channel_join' }],
    ['stands in a talk of several', { channel_type: 'mpim' }],
    ['nobody wrote', { user: undefined }],
    ['is no message', { ts: 7 }],
  ])('is passed over when it %s', async (_, difference) => {
    await tell(direct(difference));
    expect(door.calls).toEqual([]);
  });
});

describe('a message in a channel', () => {
  let root: string;
  beforeEach(async () => {
    root = await postButton(vendors, 'acknowledge', 'case-1');
  });
  const write = (text: string, more = {}) =>
    vendors.slack.writeThread({ userId: DANA, channel: COUNSELORS, threadTs: root, text, ...more });

  it('is handed over when it stands in a thread, in the words that are read', async () => {
    await door.knock(write('Hi Maya 👋 <@U0MIKE0002> see https://a.example/form'));
    expect(inThread()).toEqual([
      {
        externalId: `${COUNSELORS}:${newest().ts}`,
        threadOf: `${COUNSELORS}:${root}`,
        slackUserId: DANA,
        text: expect.stringMatching(/^Hi Maya 👋 .*see https:\/\/a\.example\/form$/),
        fileCount: 0,
      },
    ]);
    expect(received()).toEqual([]);
  });

  it('is handed over when it is shown in the channel too, and with how many files it has', async () => {
    await door.knock(write('look', { broadcast: true, files: ['a.png', 'b.pdf'] }));
    expect(inThread()).toMatchObject([{ text: 'look', fileCount: 2 }]);
  });

  it('is dropped unread outside of threads, and so is its change', async () => {
    await door.knock(vendors.slack.writeChannel({ userId: DANA, channel: COUNSELORS, text: 'lunch?' }));
    const { channel, ts } = newest();
    await door.knock(vendors.slack.editMessage({ channel, ts }, 'dinner?'));
    await door.knock(vendors.slack.deleteMessage({ channel, ts }));
    expect(door.calls).toEqual([]);
  });

  it('is not heard when a bot wrote it', async () => {
    const said = { channel_type: 'group', channel: COUNSELORS, thread_ts: root, ts: '9.9' };
    await tell(direct({ ...said, bot_id: 'B1' }));
    await tell(direct({ ...said, subtype: 'bot_message', user: undefined, bot_id: 'B1' }));
    expect(door.calls).toEqual([]);
  });

  it('SL-08, SL-09: is the same message when it comes again, marked as a retry or not', async () => {
    const request = write('once');
    await door.knock(request);
    await door.knock(request);
    await door.knock(
      vendors.slack.sign({ type: 'json', body: request.body }, { retry: { number: 1, reason: 'http_timeout' } }),
    );
    expect(inThread()).toHaveLength(3);
    expect(new Set(inThread().map((message) => JSON.stringify(message))).size).toBe(1);
  });

  it('tells of its edit and of its deletion, each with a key of its own', async () => {
    await door.knock(write('Call me at 5.'));
    const { channel, ts } = newest();
    const edited = vendors.slack.editMessage({ channel, ts }, 'Call me at 6.');
    await door.knock(edited);
    await door.knock(edited);
    await door.knock(vendors.slack.deleteMessage({ channel, ts }));
    const common = { externalId: `${channel}:${ts}`, threadOf: `${COUNSELORS}:${root}`, slackUserId: DANA };
    expect(changes()).toMatchObject([
      { ...common, kind: 'edited' },
      { ...common, kind: 'edited' },
      { ...common, kind: 'deleted' },
    ]);
    expect(new Set(changes().map((change) => JSON.stringify(change))).size).toBe(2);
  });

  it('is deleted, too, when Slack leaves a stone in its place', async () => {
    const previous = { ts: '9.9', user: DANA, thread_ts: root, text: 'Call me.' };
    const stone = { ...previous, user: 'USLACKBOT', subtype: 'tombstone', text: 'This message was deleted.' };
    const place = {
      channel_type: 'group',
      channel: COUNSELORS,
      ts: '9.9',
      event_ts: '10.1',
      subtype: 'message_changed',
    };
    await tell(direct({ ...place, message: stone, previous_message: previous }));
    expect(changes()).toMatchObject([{ kind: 'deleted', slackUserId: DANA, externalId: `${COUNSELORS}:9.9` }]);
  });

  it('is not edited by the preview of a link, nor by an answer beneath the root', async () => {
    const message = { ts: '9.9', user: DANA, thread_ts: root, text: 'see <https://a.example>' };
    const more = {
      channel_type: 'group',
      channel: COUNSELORS,
      subtype: 'message_changed',
      event_ts: '10.1',
      ts: '10.1',
    };
    await tell(direct({ ...more, message: { ...message, attachments: [{}] }, previous_message: message }));
    await tell(
      direct({ ...more, message: { ts: root, user: 'U0BOT', bot_id: 'B1', text: 'Alert' }, previous_message: {} }),
    );
    expect(door.calls).toEqual([]);
  });

  it('SL-07: that cannot be stored is answered 503, so that Slack sends it again', async () => {
    door.answers.store = async () => {
      throw new Error('disk full');
    };
    expect((await door.knock(write('private words'))).status).toBe(503);
    expect(door.memory.text()).not.toContain('private');
  });
});

describe('Slack tells', () => {
  it('SL-24: who left, who is a guest now, and who came back', async () => {
    await door.knock(vendors.slack.changeUser(MIKE, { isDeleted: true }));
    await door.knock(vendors.slack.changeUser(MIKE, { isDeleted: false, isRestricted: true }));
    await door.knock(vendors.slack.changeUser(MIKE, { isRestricted: false }));
    expect(door.callsOf('noteSlackPerson')).toEqual(
      ['deactivated', 'guest', 'member'].map((standing) => [{ slackUserId: MIKE, standing }]),
    );
  });

  it('nothing of a bot that changed', async () => {
    await tell({ type: 'user_change', user: { id: 'U0BOT', is_bot: true, deleted: true } });
    await tell({ type: 'user_change', user: 'U1' });
    expect(door.calls).toEqual([]);
  });

  it('SL-25: which channel is shared, and who joined it', async () => {
    for (const request of vendors.slack.changeChannel(COUNSELORS, { isShared: true })) await door.knock(request);
    for (const request of vendors.slack.changeChannel(COUNSELORS, { isShared: false, memberIds: [DANA, MIKE] })) {
      await door.knock(request);
    }
    expect(door.callsOf('forgetChannel')).toEqual([[COUNSELORS], [COUNSELORS], [COUNSELORS]]);
  });

  it('SL-22: that the app is gone, in either order', async () => {
    const [uninstalled, revoked] = vendors.slack.uninstall();
    await door.knock(revoked);
    await door.knock(uninstalled);
    expect(door.callsOf('noteInstallationGone')).toEqual([['tokens_revoked'], ['app_uninstalled']]);
  });

  it('SL-22: that a token of somebody else is gone, which is none of ours', async () => {
    await tell({ type: 'tokens_revoked', tokens: { oauth: ['U1'], bot: [] } });
    await tell({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } });
    expect(door.calls).toEqual([]);
  });

  it('SL-11: that it sends no more events for now, which stands in the log as an error', async () => {
    const body = JSON.stringify({
      token: 'x',
      type: 'app_rate_limited',
      team_id: 'T1',
      minute_rate_limited: 1,
      api_app_id: 'A1',
    });
    const startedAt = Date.now();
    expect((await door.knock(vendors.slack.sign({ type: 'json', body }))).status).toBe(200);
    expect(Date.now() - startedAt).toBeLessThan(1_000);
    expect(door.memory.events()).toEqual(['slack_events_rate_limited']);
  });
});
