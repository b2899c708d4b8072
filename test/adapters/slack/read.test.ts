// What the house asks Slack by itself, against the local Slack: what people wrote, and who is there.

import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT_OPTIONS, createSlackClients } from '../../../src/adapters/slack/clients.ts';
import { createSlackReader } from '../../../src/adapters/slack/read.ts';
import { COUNSELOR_CHANNEL as COUNSELORS, SLACK_TOKEN } from '../../support/vendors.ts';
import { DANA, type Door, MIKE, openDoor, postButton, startSlack } from './doors.ts';

let slack: Awaited<ReturnType<typeof startSlack>>;
let vendors: Door['vendors'];
let root: string;
const reader = () => createSlackReader(createSlackClients({ botToken: SLACK_TOKEN, apiBaseUrl: vendors.slackBaseUrl }));

beforeAll(async () => {
  slack = await startSlack('read-test');
  vendors = slack.vendors;
});
afterAll(() => vendors.close());
beforeEach(async () => {
  vendors.slack.setDown(false);
  vendors.slack.clearScripts();
  root = await postButton(vendors, 'acknowledge', 'case-1');
});
const write = (text: string, more = {}) =>
  vendors.slack.writeThread({ userId: DANA, channel: COUNSELORS, threadTs: root, text, ...more });
const newest = () => vendors.slack.state().messages.at(-1) ?? { channel: '', ts: '' };
const momentOf = (ts: string) => Number(ts) * 1_000;

describe('a thread', () => {
  it('SL-12: is read as its events are, people’s messages only, oldest first', async () => {
    const requests = [
      write('Hi Maya 👋'),
      write('// she sounds calm', { broadcast: true }),
      write('look', { files: ['a.png'] }),
    ];
    await postButton(vendors, 'acknowledge', 'case-2');
    vendors.slack.writeChannel({ userId: DANA, channel: COUNSELORS, text: 'lunch?' });
    const read = await reader().threadMessages(`${COUNSELORS}:${root}`, 0);
    const door = await openDoor(slack);
    for (const request of requests) await door.knock(vendors.slack.sign({ type: 'json', body: request.body }));
    await door.close();
    expect(read).toHaveLength(3);
    expect(read).toEqual(door.callsOf('receiveThreadMessage').map(([message]) => message));
  });

  it('SL-12: is read from a moment on, that moment included', async () => {
    write('one');
    write('two');
    const since = momentOf(newest().ts);
    write('three');
    const read = await reader().threadMessages(`${COUNSELORS}:${root}`, since);
    expect(read?.map(({ text }) => text)).toEqual(['two', 'three']);
  });

  it('SL-12: is read to its end, page by page', async () => {
    for (let count = 0; count < 250; count += 1) write(`message ${count}`);
    const read = await reader().threadMessages(`${COUNSELORS}:${root}`, 0);
    expect(read).toHaveLength(250);
    expect(read?.at(-1)?.text).toBe('message 249');
  });

  it('is null when Slack cannot be asked, or not to the end', async () => {
    expect(await reader().threadMessages(`${COUNSELORS}:1.000001`, 0)).toBeNull();
    for (let count = 0; count < 250; count += 1) write(`message ${count}`);
    let calls = 0;
    // The second page does not come.
    const everyday = new WebClient(SLACK_TOKEN, {
      ...CLIENT_OPTIONS,
      slackApiUrl: vendors.slackBaseUrl,
      fetch: (url, init) => {
        calls += 1;
        return calls > 1 ? Promise.reject(new Error('cut off')) : fetch(url, init);
      },
    });
    const patchy = createSlackReader({ urgent: everyday, everyday });
    expect(await patchy.threadMessages(`${COUNSELORS}:${root}`, 0)).toBeNull();
    expect(calls).toBe(2);
    vendors.slack.setDown(true);
    expect(await reader().threadMessages(`${COUNSELORS}:${root}`, 0)).toBeNull();
  });
});

describe('the talk with one person', () => {
  it('SL-12: is read as its events are, without what the bot said', async () => {
    const request = vendors.slack.writeDirect(MIKE, 'i cannot reach Leo &c');
    const read = await reader().directMessages(MIKE, 0);
    const door = await openDoor(slack);
    await door.knock(vendors.slack.sign({ type: 'json', body: request.body }));
    await door.close();
    expect(read).toEqual(door.callsOf('receiveMessage').map(([message]) => message));
    expect(await reader().directMessages(MIKE, momentOf(newest().ts) + 1)).toEqual([]);
  });

  it('is null when there is no such person, or Slack is down', async () => {
    expect(await reader().directMessages('U0NOBODY', 0)).toBeNull();
    vendors.slack.setDown(true);
    expect(await reader().directMessages(MIKE, 0)).toBeNull();
  });
});

describe('the workspace', () => {
  it('SL-24: is asked of the people named, with who left and who is a guest, without whom it does not know', async () => {
    vendors.slack.changeUser(MIKE, { isDeleted: true });
    vendors.slack.changeUser(DANA, { isRestricted: true });
    expect(await reader().standings([DANA, MIKE, 'U0NOBODY'])).toEqual([
      { slackUserId: DANA, standing: 'guest' },
      { slackUserId: MIKE, standing: 'deactivated' },
    ]);
    vendors.slack.changeUser(MIKE, { isDeleted: false });
    vendors.slack.changeUser(DANA, { isRestricted: false });
  });

  it('is null when Slack cannot be asked', async () => {
    vendors.slack.script({ kind: 'error', error: 'ratelimited' }, { method: 'users.info' });
    expect(await reader().standings([DANA, MIKE])).toBeNull();
  });
});
