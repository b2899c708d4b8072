// The Slack half of the page, asked over HTTP as the page asks it: who sees what, and every action of the staff.

import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRehearsal } from '../../src/rehearsal/start-rehearsal.ts';
import type { Vendors } from '../../src/rehearsal/start-vendors.ts';
import { type AnsweringHouse, startAnsweringHouse } from './answering-house.ts';
import * as world from './world.ts';

const { COUNSELORS, DANA, OMAR, STAFF } = world;
const START = Date.parse('2027-05-04T17:00:00Z');
let house: AnsweringHouse;
let rehearsal: Vendors;
let client: WebClient;
beforeEach(async () => {
  house = await startAnsweringHouse();
  rehearsal = await startRehearsal({
    port: 0,
    house: {
      baseUrl: house.url,
      publicBaseUrl: 'https://icehouse.example',
      twilioAuthToken: world.AUTH_TOKEN,
      accountSid: world.ACCOUNT_SID,
      messagingServiceSid: world.SERVICE_SID,
      slackSigningSecret: world.SIGNING_SECRET,
      slackBotToken: world.BOT_TOKEN,
      counselorChannel: COUNSELORS,
      staffChannel: STAFF,
    },
    people: [],
    staff: [
      { name: 'Dana Reyes', slackUserId: DANA, role: 'counselor', phone: '+12135550190' },
      { name: 'Omar Diaz', slackUserId: OMAR, role: 'mentor' },
    ],
    clock: {
      now: () => START,
      nextEventAt: async () => null,
      advanceTo: async () => {},
      advanceToNextEvent: async () => {},
    },
    programNumber: world.PROGRAM_NUMBER,
  });
  client = new WebClient(world.BOT_TOKEN, { slackApiUrl: rehearsal.slackBaseUrl, logLevel: LogLevel.ERROR });
});
afterEach(async () => {
  await rehearsal.close();
  house.close();
});

interface Shown {
  readonly channels: readonly { id: string; kind: string; messages: readonly ShownMessage[] }[];
  readonly people: readonly ShownPerson[];
}
interface ShownMessage {
  readonly ts: string;
  readonly text: string;
  readonly replies: readonly ShownMessage[];
}
interface ShownPerson {
  readonly home: ShownView | null;
  readonly modals: readonly ShownView[];
  readonly direct: { readonly id: string; readonly messages: readonly ShownMessage[] } | null;
  readonly ephemerals: readonly { readonly id: string; readonly channel: string; readonly text: string }[];
}
interface ShownView {
  readonly id: string;
  readonly values: unknown;
}

const readState = async () => (await (await fetch(`${rehearsal.url}/api/state`)).json()) as Shown;
const readPerson = async (index: number) => {
  const person = (await readState()).people[index];
  if (person === undefined) throw new Error('the page shows fewer people');
  return person;
};
async function act(name: string, body: object): Promise<string | null> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${rehearsal.url}/api/${name}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return ((await response.json()) as { error: string | null }).error;
}
const post = async (text: string, more: object = {}) =>
  (await client.chat.postMessage({ channel: COUNSELORS, text, ...more })).ts ?? '';
const lastEvent = () => JSON.parse(house.bodies.at(-1) ?? '{}').event;
const lastPayload = () => JSON.parse(new URLSearchParams(house.bodies.at(-1)).get('payload') ?? '{}');

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });
const button = { type: 'button' as const, action_id: 'go', value: 'v', text: plain('Go') };
const menu = { type: 'static_select' as const, action_id: 'reached', options: ['yes', 'no'].map(option) };
const note = { type: 'plain_text_input' as const, action_id: 'words' };
const rows = [
  { type: 'section' as const, block_id: 'maya', text: plain('Maya'), accessory: menu },
  { type: 'input' as const, block_id: 'note', label: plain('Note'), element: note },
];

async function openModal(): Promise<string> {
  await act('command', { user: OMAR, text: '/icehouse update' });
  const trigger_id = new URLSearchParams(house.bodies.at(-1)).get('trigger_id') ?? '';
  const view = { type: 'modal' as const, title: plain('Update'), submit: plain('Save'), blocks: rows };
  return (await client.views.open({ trigger_id, view })).view?.id ?? '';
}

describe('what the page shows', () => {
  it('is both channels, replies under their roots, broadcasts marked', async () => {
    const root = await post('Alert');
    await post('quiet', { thread_ts: root });
    await post('for all', { thread_ts: root, reply_broadcast: true });
    await client.chat.postMessage({ channel: STAFF, text: 'Summary' });
    expect((await readState()).channels).toMatchObject([
      {
        id: COUNSELORS,
        kind: 'counselors',
        messages: [
          { text: 'Alert', replyCount: 2, replies: [{ text: 'quiet' }, { text: 'for all', isBroadcast: true }] },
          { text: 'for all', isBroadcast: true, threadTs: root, replies: [] },
        ],
      },
      { id: STAFF, kind: 'staff', messages: [{ text: 'Summary', isFromApp: true }] },
    ]);
  });

  it('is the home tab, the modals, the direct messages and the private words of each person', async () => {
    expect(await readPerson(1)).toMatchObject({ id: OMAR, role: 'mentor', home: null, modals: [], direct: null });
    await client.views.publish({ user_id: OMAR, view: { type: 'home', blocks: [{ type: 'divider' }] } });
    await client.chat.postMessage({ channel: OMAR, text: 'How was the week?' });
    const id = await openModal();
    expect(await readPerson(1)).toMatchObject({
      home: { type: 'home', title: null, blocks: [{ type: 'divider', block_id: expect.any(String) }] },
      modals: [{ id, title: 'Update', submit: 'Save', close: null, errors: {}, trouble: null }],
      direct: { messages: [{ text: 'How was the week?' }] },
    });
    expect(await readPerson(0)).toMatchObject({
      id: DANA,
      phone: '+12135550190',
      home: null,
      modals: [],
      direct: null,
    });
  });
});

describe('what staff do on the page', () => {
  it('is a press or a choice in a message, the home tab or a modal, as the chosen person', async () => {
    const ts = await post('Alert', { blocks: [{ type: 'actions', elements: [button] }] });
    expect(await act('press', { user: DANA, channel: COUNSELORS, ts, action_id: 'go' })).toBeNull();
    expect(lastPayload()).toMatchObject({ user: { id: DANA }, container: { message_ts: ts } });
    const { view } = await client.views.publish({
      user_id: OMAR,
      view: { type: 'home', blocks: [{ type: 'actions', elements: [button] }] },
    });
    expect(await act('press', { user: OMAR, view: view?.id, action_id: 'go' })).toBeNull();
    expect(lastPayload()).toMatchObject({ user: { id: OMAR }, view: { type: 'home' } });
    const modal = await openModal();
    expect(
      await act('choose', { user: OMAR, view: modal, block_id: 'maya', action_id: 'reached', choice: 'yes' }),
    ).toBeNull();
    expect(lastPayload()).toMatchObject({ actions: [{ selected_option: { value: 'yes' } }] });
    expect(await act('choose', { user: OMAR, view: modal, block_id: 'maya', action_id: 'reached', choice: '?' })).toBe(
      'There is no option ? in reached.',
    );
    expect(await act('press', { user: DANA, view: modal, action_id: 'reached' })).toBe(
      'This button is no longer there.',
    );
    expect(await act('press', { user: 'U0NOBODY', view: modal, action_id: 'go' })).toBe('Nobody here has that name.');
  });

  it('is typing in a modal, submitting it and closing it', async () => {
    const id = await openModal();
    const before = house.bodies.length;
    expect(await act('submit', { user: OMAR, view: id })).toBe('“Note” is required.');
    expect(
      await act('choose', { user: OMAR, view: id, block_id: 'note', action_id: 'words', choice: 'well' }),
    ).toBeNull();
    expect(house.bodies).toHaveLength(before);
    expect((await readPerson(1)).modals[0]?.values).toMatchObject({ note: { words: { value: 'well' } } });
    house.answer = { status: 200, body: { response_action: 'errors', errors: { note: 'Longer, please.' } } };
    expect(await act('submit', { user: OMAR, view: id, values: { maya: { reached: 'no' } } })).toBeNull();
    expect(lastPayload().view.state.values).toMatchObject({
      maya: { reached: { selected_option: { value: 'no' } } },
      note: { words: { value: 'well' } },
    });
    expect((await readPerson(1)).modals).toMatchObject([{ errors: { note: 'Longer, please.' } }]);
    expect(await act('closeModal', { user: OMAR, view: id })).toBeNull();
    expect((await readPerson(1)).modals).toEqual([]);
    expect(await act('closeModal', { user: OMAR, view: id })).toBe(`No open view ${id}.`);
  });

  it('is writing in a channel, a thread and to the app, and changing it', async () => {
    const root = await post('Alert');
    expect(await act('thread', { user: DANA, channel: COUNSELORS, ts: root, text: 'I call her' })).toBeNull();
    expect(lastEvent()).toMatchObject({ type: 'message', user: DANA, thread_ts: root, text: 'I call her' });
    const { ts } = (await readState()).channels[0]?.messages[0]?.replies[0] ?? {};
    expect(await act('edit', { user: DANA, channel: COUNSELORS, ts, text: 'I called her' })).toBeNull();
    expect(lastEvent()).toMatchObject({ subtype: 'message_changed', message: { text: 'I called her' } });
    expect(await act('delete', { user: OMAR, channel: COUNSELORS, ts })).toBe('Only its writer can change a message.');
    expect(await act('delete', { user: DANA, channel: COUNSELORS, ts })).toBeNull();
    expect(lastEvent()).toMatchObject({ subtype: 'message_deleted', deleted_ts: ts });
    expect(await act('channel', { user: DANA, channel: STAFF, text: 'hello', files: ['a.pdf'] })).toBeNull();
    expect(lastEvent()).toMatchObject({ channel: STAFF, subtype: 'file_share', files: [{ name: 'a.pdf' }] });
    expect(await act('direct', { user: OMAR, text: 'thanks' })).toBeNull();
    expect(lastEvent()).toMatchObject({ channel_type: 'im', user: OMAR, text: 'thanks' });
    expect((await readPerson(1)).direct?.messages).toMatchObject([{ text: 'thanks', userId: OMAR }]);
    expect(await act('channel', { user: OMAR, channel: COUNSELORS, text: 'x' })).toBe(
      'Omar Diaz is not in this channel.',
    );
  });

  it('is opening the home tab, and a command whose answer only they see', async () => {
    expect(await act('home', { user: OMAR })).toBeNull();
    expect(lastEvent()).toMatchObject({ type: 'app_home_opened', user: OMAR });
    house.answer = { status: 200, body: { text: 'Maya: nothing open' } };
    expect(await act('command', { user: DANA, text: '/icehouse find Maya' })).toBeNull();
    expect(Object.fromEntries(new URLSearchParams(house.bodies.at(-1)))).toMatchObject({
      command: '/icehouse',
      text: 'find Maya',
      user_id: DANA,
    });
    const [answer] = (await readPerson(0)).ephemerals;
    expect(answer).toMatchObject({ text: 'Maya: nothing open', from: 'command' });
    expect((await readPerson(1)).ephemerals).toEqual([]);
    expect(await act('dismiss', { user: DANA, id: answer?.id })).toBeNull();
    expect((await readPerson(0)).ephemerals).toEqual([]);
    expect(await act('command', { user: DANA, text: 'find Maya' })).toMatch(/starts with a slash/);
  });

  it('a button in words that only one person sees is pressed by that person, and by nobody else', async () => {
    const button = { type: 'button', action_id: 'open', value: 'm 1', text: { type: 'plain_text', text: 'Open' } };
    house.answer = { status: 200, body: { text: 'Maya', blocks: [{ type: 'actions', elements: [button] }] } };
    await act('command', { user: DANA, text: '/icehouse pause Maya' });
    const [answer] = (await readPerson(0)).ephemerals;
    const press = { channel: answer?.channel, ts: answer?.id, action_id: 'open' };
    expect(await act('press', { ...press, user: OMAR })).toMatch(/no longer there/);
    house.answer = { status: 200, body: '' };
    expect(await act('press', { ...press, user: DANA })).toBeNull();
    const told: unknown = lastPayload();
    expect(told).toMatchObject({
      type: 'block_actions',
      user: { id: DANA },
      container: { type: 'message', channel_id: answer?.channel, is_ephemeral: true },
      channel: { id: answer?.channel },
      actions: [{ action_id: 'open', value: 'm 1' }],
    });
    expect(told).not.toHaveProperty('message');
  });
});
