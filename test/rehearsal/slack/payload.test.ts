// What the local Slack sends to an app, and the real client running on the machine without a socket.

import { LogLevel, WebClient } from '@slack/web-api';
import { beforeEach, describe, expect, it } from 'vitest';
import { createInProcessFetch } from '../../../src/rehearsal/wire/in-process-fetch.ts';
import { BOT_TOKEN, COUNSELORS, createWorld, DANA, type World } from '../world.ts';

let world: World;
let client: WebClient;
beforeEach(() => {
  world = createWorld();
  client = new WebClient(BOT_TOKEN, {
    slackApiUrl: 'http://slack.example/api/',
    fetch: createInProcessFetch('http://slack.example', (request) => world.slack.answer(request)),
    retryConfig: { retries: 0 },
    timeout: 50,
    logLevel: LogLevel.ERROR,
  });
});

const button = {
  type: 'button' as const,
  action_id: 'acknowledge',
  value: 'case-1',
  text: { type: 'plain_text' as const, text: 'Acknowledge' },
};
const post = () =>
  client.chat.postMessage({ channel: COUNSELORS, text: 'Alert', blocks: [{ type: 'actions', elements: [button] }] });
const readPayload = (body: string) => JSON.parse(new URLSearchParams(body).get('payload') ?? '');

describe('what the local Slack sends', () => {
  it('is a block_actions payload for a press', async () => {
    const { ts = '' } = await post();
    const request = world.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId: 'acknowledge' });
    expect(request.url).toBe('http://127.0.0.1:9/slack/events');
    expect(readPayload(request.body)).toMatchObject({
      type: 'block_actions',
      user: { id: DANA, username: 'dana.reyes', team_id: 'T0TEST0001' },
      team: { id: 'T0TEST0001', domain: 'test' },
      api_app_id: 'A0TEST0001',
      container: { type: 'message', message_ts: ts, channel_id: COUNSELORS },
      channel: { id: COUNSELORS },
      message: { ts, text: 'Alert', bot_id: 'B0TEST0001' },
      response_url: expect.stringMatching(/^http:\/\/slack\.example\/actions\//),
      trigger_id: expect.any(String),
      actions: [
        {
          type: 'button',
          action_id: 'acknowledge',
          value: 'case-1',
          block_id: expect.any(String),
          action_ts: expect.any(String),
        },
      ],
    });
  });

  it('cannot be a press on a button that is not there', async () => {
    const { ts = '' } = await post();
    expect(() => world.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId: 'other' })).toThrow(
      'no button other',
    );
  });

  it('is an event with an id of its own for a direct message and an opened home', () => {
    const written = JSON.parse(world.slack.writeDirect(DANA, 'hello').body);
    const opened = JSON.parse(world.slack.openHome(DANA).body);
    expect(written).toMatchObject({
      type: 'event_callback',
      event: { type: 'message', channel_type: 'im', user: DANA, text: 'hello' },
    });
    expect(opened).toMatchObject({ event: { type: 'app_home_opened', user: DANA, channel: written.event.channel } });
    expect(opened.event_id).not.toBe(written.event_id);
  });

  it('is a view_submission with the values that were typed', async () => {
    const { ts = '' } = await post();
    const { trigger_id } = readPayload(
      world.slack.press({ userId: DANA, channel: COUNSELORS, ts, actionId: 'acknowledge' }).body,
    );
    const { view } = await client.views.open({
      trigger_id,
      view: { type: 'modal', callback_id: 'note', title: { type: 'plain_text', text: 'Note' }, blocks: [] },
    });
    const values = { note: { text: { type: 'plain_text_input', value: 'called her' } } };
    expect(readPayload(world.slack.submit(view?.id ?? '', values).body)).toMatchObject({
      type: 'view_submission',
      user: { id: DANA },
      view: { id: view?.id, callback_id: 'note', state: { values } },
    });
  });
});

describe('the real Slack client without a socket', () => {
  it('meets the same trouble as over HTTP', async () => {
    world.slack.script({ kind: 'accept_then_reset' });
    await expect(post()).rejects.toThrow('fetch failed');
    world.slack.script({ kind: 'hang_before_accept' });
    await expect(post()).rejects.toThrow('timeout');
    world.slack.setDown(true);
    await expect(post()).rejects.toThrow('fetch failed');
    expect(world.slack.state().messages).toHaveLength(1);
  });

  it('gives messages that are later in program time later names, even when the clock stands', async () => {
    const [first, second] = [await post(), await post()];
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
    expect(Math.floor(Number(first.ts))).toBe(world.times.now / 1000);
  });
});
