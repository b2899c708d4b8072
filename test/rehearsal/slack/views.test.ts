// Modals and the home tab by the real client: triggers, the stack, names, stale hashes, limits, and what a person entered.

import type { View, WebClient } from '@slack/web-api';
import { beforeEach, describe, expect, it } from 'vitest';
import { COUNSELORS, connectInProcess, createWorld, DANA, readPayload, type World } from '../world.ts';

let world: World;
let client: WebClient;
beforeEach(() => {
  world = createWorld();
  client = connectInProcess(world);
});

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (value: string) => ({ text: plain(value), value });
const menu = (change: object = {}) => ({
  type: 'static_select' as const,
  action_id: 'reached',
  options: ['yes', 'no', 'tried'].map(option),
  ...change,
});
const words = (id: string, change: object = {}) => ({
  type: 'input' as const,
  block_id: id,
  label: plain(id),
  element: { type: 'plain_text_input' as const, action_id: 'words' },
  ...change,
});
const row = (id: string, change: object = {}) => ({
  type: 'section' as const,
  block_id: id,
  text: plain('Maya'),
  accessory: menu(change),
});
const modal = (change: object = {}): View =>
  ({ type: 'modal', callback_id: 'note', title: plain('Note'), submit: plain('Save'), blocks: [], ...change }) as View;
const refusal = (error: string) => ({ data: { error } });

async function trigger(): Promise<string> {
  const button = { type: 'button' as const, action_id: 'open', text: plain('Open') };
  const blocks = [{ type: 'actions' as const, elements: [button] }];
  const { ts = '' } = await client.chat.postMessage({ channel: COUNSELORS, text: 'Alert', blocks });
  return readPayload(world.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId: 'open' })).trigger_id;
}
const open = async (view: View) => (await client.views.open({ trigger_id: await trigger(), view })).view?.id ?? '';
const push = async (view: View) => (await client.views.push({ trigger_id: await trigger(), view })).view?.id ?? '';
const stack = () =>
  world.slack
    .state()
    .views.filter((view) => view.type === 'modal')
    .map((view) => view.id);

describe('the stack of modals', () => {
  it('is three deep, each knows the one beneath, and closing one shows it', async () => {
    const first = await open(modal());
    const second = await push(modal());
    const third = await push(modal());
    await expect(push(modal())).rejects.toMatchObject(refusal('push_limit_reached'));
    expect(world.slack.state().views.at(-1)).toMatchObject({ rootId: first, previousId: second });
    await client.views.update({ view_id: first, view: modal({ callback_id: 'other' }) });
    expect(stack()).toEqual([first, second, third]);
    expect(() => world.slack.closeView(first)).toThrow('lies under another');
    world.slack.closeView(third);
    expect(stack()).toEqual([first, second]);
    await expect(client.views.update({ view_id: third, view: modal() })).rejects.toMatchObject(refusal('not_found'));
  });

  it('tells of a closed modal only when the app asked', async () => {
    expect(world.slack.closeView(await open(modal()))).toBeNull();
    const id = await open(modal({ notify_on_close: true, private_metadata: 'case-1' }));
    expect(readPayload(world.slack.closeView(id))).toMatchObject({
      type: 'view_closed',
      is_cleared: false,
      view: { id, callback_id: 'note', private_metadata: 'case-1' },
    });
  });

  it('starts anew when the app opens instead of pushing', async () => {
    await open(modal());
    const second = await open(modal());
    expect(stack()).toEqual([second]);
  });

  it('SL-15: takes an external id once among open views', async () => {
    const id = await open(modal({ external_id: 'update-1' }));
    await expect(push(modal({ external_id: 'update-1' }))).rejects.toMatchObject(refusal('duplicate_external_id'));
    await client.views.update({ external_id: 'update-1', view: modal({ external_id: 'update-1' }) });
    world.slack.closeView(id);
    await expect(open(modal({ external_id: 'update-1' }))).resolves.toMatch(/^V/);
  });

  it('SL-15: refuses a stale hash, of a modal and of the home tab', async () => {
    const view_id = await open(modal());
    const { hash } = (await client.views.update({ view_id, view: modal() })).view ?? {};
    await client.views.update({ view_id, hash: hash ?? '', view: modal() });
    await expect(client.views.update({ view_id, hash: hash ?? '', view: modal() })).rejects.toMatchObject(
      refusal('hash_conflict'),
    );
    const home = { type: 'home' as const, blocks: [] };
    await client.views.publish({ user_id: DANA, view: home });
    await expect(client.views.publish({ user_id: DANA, hash: '1.x', view: home })).rejects.toMatchObject(
      refusal('hash_conflict'),
    );
  });
});

describe('what a person enters', () => {
  it('stays when the view is changed, for inputs of the same name', async () => {
    const view = modal({ blocks: [row('maya', { initial_option: option('no') }), words('note')] });
    const viewId = await open(view);
    const chosen = world.slack.choose({ userId: DANA, viewId, blockId: 'maya', actionId: 'reached', choice: 'yes' });
    expect(readPayload(chosen)).toMatchObject({
      type: 'block_actions',
      container: { type: 'view', view_id: viewId },
      view: { id: viewId, state: { values: { maya: { reached: { selected_option: option('yes') } } } } },
      actions: [{ type: 'static_select', block_id: 'maya', action_id: 'reached', selected_option: option('yes') }],
    });
    expect(world.slack.choose({ userId: DANA, viewId, blockId: 'note', actionId: 'words', choice: 'hi' })).toBeNull();
    await client.views.update({ view_id: viewId, view });
    const kept = { reached: { type: 'static_select', selected_option: option('yes') } };
    const said = { words: { type: 'plain_text_input', value: 'hi' } };
    expect(readPayload(world.slack.submit(viewId))).toMatchObject({
      view: { state: { values: { maya: kept, note: said } } },
    });
    await client.views.update({ view_id: viewId, view: modal({ blocks: [row('maya-2'), words('note')] }) });
    expect(readPayload(world.slack.submit(viewId))).toMatchObject({
      view: { state: { values: { 'maya-2': { reached: { selected_option: null } }, note: said } } },
    });
  });

  it('must be there where the app requires it, and be one of the options', async () => {
    const viewId = await open(modal({ blocks: [words('Note'), words('Extra', { optional: true })] }));
    expect(() => world.slack.submit(viewId)).toThrow('“Note” is required.');
    const sent = readPayload(world.slack.submit(viewId, { Note: { words: 'called her' } }));
    expect(sent).toMatchObject({ type: 'view_submission', user: { id: DANA }, view: { id: viewId } });
    const menuId = await open(modal({ blocks: [row('maya')] }));
    const choice = { userId: DANA, viewId: menuId, actionId: 'reached', choice: 'perhaps' };
    expect(() => world.slack.choose(choice)).toThrow('no option perhaps');
  });

  it('holds every kind of input in Slack’s own shape', async () => {
    const several = { action_id: 'a', options: [option('x'), option('y')] };
    const elements = [
      { type: 'radio_buttons', ...several },
      { type: 'checkboxes', ...several },
      { type: 'multi_static_select', ...several },
      { type: 'datepicker', action_id: 'a' },
      { type: 'timepicker', action_id: 'a' },
    ];
    const blocks = elements.map((element, index) => ({
      type: 'input',
      block_id: `b${index}`,
      label: plain('l'),
      element,
    }));
    const viewId = await open(modal({ blocks }));
    const entries = {
      b0: { a: 'x' },
      b1: { a: ['x', 'y'] },
      b2: { a: ['y'] },
      b3: { a: '2027-05-09' },
      b4: { a: '17:00' },
    };
    expect(readPayload(world.slack.submit(viewId, entries))).toMatchObject({
      view: {
        state: {
          values: {
            b0: { a: { type: 'radio_buttons', selected_option: option('x') } },
            b1: { a: { type: 'checkboxes', selected_options: [option('x'), option('y')] } },
            b2: { a: { type: 'multi_static_select', selected_options: [option('y')] } },
            b3: { a: { type: 'datepicker', selected_date: '2027-05-09' } },
            b4: { a: { type: 'timepicker', selected_time: '17:00' } },
          },
        },
      },
    });
  });

  it('is a press in the home tab too, once it was published', async () => {
    const event = JSON.parse(world.slack.openHome(DANA).body).event;
    expect(event).toMatchObject({ type: 'app_home_opened', tab: 'home' });
    expect(event.view).toBeUndefined();
    const button = { type: 'button' as const, action_id: 'worried', value: 'v', text: plain('I’m worried') };
    const blocks = [{ type: 'actions' as const, elements: [button] }];
    const { view } = await client.views.publish({ user_id: DANA, view: { type: 'home', blocks } });
    const viewId = view?.id ?? '';
    expect(readPayload(world.slack.press({ userId: DANA, viewId, actionId: 'worried' }))).toMatchObject({
      container: { type: 'view', view_id: viewId },
      view: { type: 'home', hash: view?.hash },
      actions: [{ action_id: 'worried', value: 'v' }],
    });
    expect(() => world.slack.press({ userId: 'U0BOT00001', viewId, actionId: 'worried' })).toThrow('no button');
    expect(JSON.parse(world.slack.openHome(DANA).body).event.view).toMatchObject({ id: viewId });
  });
});

describe('the limits of a view', () => {
  it.each([
    ['a title of 25', { title: plain('x'.repeat(25)) }, '/view/title/text'],
    ['a submit of 25', { submit: plain('x'.repeat(25)) }, '/view/submit/text'],
    ['a close of 25', { close: plain('x'.repeat(25)) }, '/view/close/text'],
    ['private_metadata of 3001', { private_metadata: 'x'.repeat(3001) }, '/view/private_metadata'],
    ['101 blocks', { blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }, '/view/blocks'],
    ['an input without submit', { submit: undefined, blocks: [words('a')] }, '/view/submit'],
    ['a markdown block', { blocks: [{ type: 'markdown', text: 'x' }] }, '/view/blocks/0/type'],
    ['an option that is none', { blocks: [row('a', { initial_option: option('never') })] }, '/view/blocks/0/accessory'],
  ])('SL-17: refuse %s', async (_, change, pointer) => {
    await expect(open(modal(change))).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: { messages: [expect.stringContaining(`[json-pointer:${pointer}`)] },
      },
    });
  });

  it('SL-17: let a view of 100 blocks pass, and none above 250 kB', async () => {
    const long = (count: number) =>
      Array.from({ length: count }, () => ({ type: 'section', text: plain('x'.repeat(2900)) }));
    await expect(open(modal({ blocks: long(80) }))).resolves.toMatch(/^V/);
    await expect(open(modal({ blocks: long(100) }))).rejects.toMatchObject(refusal('view_too_large'));
  });
});
