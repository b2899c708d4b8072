// What the local Slack does with the house's answers, over HTTP: modals close, change, and show errors; commands are
// answered; and what is down does not arrive.

import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startVendors, type Vendors } from '../../../src/rehearsal/start-vendors.ts';
import { type AnsweringHouse, startAnsweringHouse } from '../answering-house.ts';
import * as world from '../world.ts';

const { COUNSELORS, DANA, OMAR, STAFF } = world;
let house: AnsweringHouse;
let vendors: Vendors;
let client: WebClient;
beforeEach(async () => {
  house = await startAnsweringHouse();
  vendors = await startVendors({
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
    programNumber: world.PROGRAM_NUMBER,
    staff: [
      { name: 'Dana Reyes', slackUserId: DANA, role: 'counselor' },
      { name: 'Omar Diaz', slackUserId: OMAR, role: 'staff' },
    ],
    now: () => Date.parse('2027-05-04T17:00:00Z'),
    seed: 'take',
  });
  client = new WebClient(world.BOT_TOKEN, { slackApiUrl: vendors.slackBaseUrl, logLevel: LogLevel.ERROR });
});
afterEach(async () => {
  await vendors.close();
  house.close();
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const view = (title: string) => ({
  type: 'modal' as const,
  title: plain(title),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'until',
      label: plain('Until'),
      element: { type: 'datepicker' as const, action_id: 'date' },
    },
    { type: 'divider' as const, block_id: 'line' },
  ],
});
const values = { until: { date: '2027-05-09' } };

async function open(): Promise<string> {
  const command = { userId: DANA, channel: COUNSELORS, command: '/icehouse', text: 'away' };
  const trigger_id = new URLSearchParams(vendors.slack.command(command).body).get('trigger_id') ?? '';
  return (await client.views.open({ trigger_id, view: view('Away') })).view?.id ?? '';
}
async function submit(viewId: string, answer: string | object, status = 200) {
  house.answer = { status, body: answer };
  return vendors.post(vendors.slack.submit(viewId, values));
}
const modals = () => vendors.slack.state().views.filter((one) => one.type === 'modal');
const titles = () => modals().map((one) => (one.view.title as { text: string }).text);

describe('a submitted modal', () => {
  it('closes at an empty answer and shows the one beneath', async () => {
    const first = await open();
    await submit(first, { response_action: 'push', view: view('Sure?') });
    expect(titles()).toEqual(['Away', 'Sure?']);
    await submit(modals().at(-1)?.id ?? '', '');
    expect(modals().map(({ id }) => id)).toEqual([first]);
    await submit(first, {});
    expect(modals()).toEqual([]);
  });

  it('shows errors at its inputs, keeps what was entered, and forgets them at the next', async () => {
    const id = await open();
    await submit(id, { response_action: 'errors', errors: { until: 'That day is over.' } });
    expect(modals()).toMatchObject([
      {
        id,
        errors: { until: 'That day is over.' },
        trouble: null,
        entered: { until: { date: { selected_date: '2027-05-09' } } },
      },
    ]);
    await submit(id, { response_action: 'update', view: view('Saved') });
    expect(modals()).toMatchObject([{ id, errors: {} }]);
    expect(titles()).toEqual(['Saved']);
  });

  it('goes with its whole stack when the house says so', async () => {
    const id = await open();
    await submit(id, { response_action: 'push', view: view('Sure?') });
    await submit(modals().at(-1)?.id ?? '', { response_action: 'clear' });
    expect(modals()).toEqual([]);
  });

  it.each([
    ['fails', '', 503],
    ['says nothing that Slack knows', 'thanks', 200],
    ['names a block that takes no error', { response_action: 'errors', errors: { line: 'no' } }, 200],
    ['names no block', { response_action: 'errors', errors: {} }, 200],
    ['sends a view that Slack refuses', { response_action: 'update', view: { type: 'modal', blocks: [] } }, 200],
    ['means something else', { response_action: 'shrug' }, 200],
  ] as const)('stays and says that it did not work when the house %s', async (_, answer, status) => {
    const id = await open();
    await submit(id, answer, status);
    expect(modals()).toMatchObject([{ id, errors: {}, trouble: 'We had some trouble connecting. Try again?' }]);
    expect(titles()).toEqual(['Away']);
  });
});

describe('a command', () => {
  const type = (channel: string, userId = DANA) =>
    vendors.post(vendors.slack.command({ userId, channel, command: '/icehouse', text: 'help' }));
  const shown = () => vendors.slack.state().ephemerals.map(({ userId, channel, text }) => [userId, channel, text]);

  it('is answered to the one who typed it, in words or blocks', async () => {
    house.answer = { status: 200, body: 'Not known.' };
    await type(COUNSELORS);
    house.answer = { status: 200, body: { text: 'Help', blocks: [{ type: 'divider' }] } };
    await type(STAFF, OMAR);
    house.answer = { status: 200, body: '' };
    await type(COUNSELORS);
    expect(shown()).toEqual([
      [DANA, COUNSELORS, 'Not known.'],
      [OMAR, STAFF, 'Help'],
    ]);
    expect(vendors.slack.state().ephemerals[1]?.blocks).toMatchObject([{ type: 'divider' }]);
    expect(vendors.slack.state().messages).toEqual([]);
  });

  it('is answered to all when the house says so, and with regret when it fails', async () => {
    house.answer = { status: 200, body: { text: 'On call: Dana', response_type: 'in_channel' } };
    await type(COUNSELORS);
    expect(vendors.slack.state().messages.map(({ text }) => text)).toEqual(['On call: Dana']);
    house.answer = { status: 500, body: '' };
    await type(COUNSELORS);
    expect(shown()).toEqual([[DANA, COUNSELORS, '/icehouse failed because the app did not respond.']]);
  });
});

describe('a Slack in trouble', () => {
  it('SL-12: drops events, and they never come again; buttons go on', async () => {
    vendors.slack.setEventsDown(true);
    expect(await vendors.post(vendors.slack.writeDirect(DANA, 'hello'))).toMatchObject({ kind: 'unreachable' });
    expect(vendors.slack.state().messages).toHaveLength(1);
    await submit(await open(), '');
    expect(house.bodies).toHaveLength(1);
    vendors.slack.setEventsDown(false);
    await vendors.post(vendors.slack.writeDirect(DANA, 'again'));
    expect(house.bodies).toHaveLength(2);
    expect(house.bodies[1]).toContain('again');
  });

  it('lets no button through, while events go on', async () => {
    const id = await open();
    vendors.slack.setButtonsDown(true);
    await submit(id, '');
    expect([house.bodies.length, modals()[0]?.trouble]).toEqual([0, 'We had some trouble connecting. Try again?']);
    await vendors.post(vendors.slack.writeDirect(DANA, 'hello'));
    expect(house.bodies).toHaveLength(1);
    vendors.slack.setButtonsDown(false);
    await submit(id, '');
    expect(modals()).toEqual([]);
  });
});

it('has a channel for staff, which counselors see too', () => {
  const channels = vendors.slack.state().channels.filter(({ kind }) => kind === 'channel');
  expect(channels.map(({ id, memberIds }) => [id, memberIds])).toEqual([
    [COUNSELORS, [DANA]],
    [STAFF, [DANA, OMAR]],
  ]);
});
