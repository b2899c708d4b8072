// What Slack sends, signed: a press on the card of a case, and a message that somebody writes in its thread.

import { createHmac } from 'node:crypto';
import { SIGNING_SECRET } from './house.ts';
import { httpRequest } from './load.ts';

/** A case that is open in the house, and where its thread is. */
export interface OpenCase {
  readonly id: string;
  /** Slack's `channel:ts` of its card. */
  readonly card: string;
}

const COUNSELOR = 'U0RENEE';
const CHANNEL = 'C0BENCH';
let made = 0;

/** A press of a button of a case's card; `name` is the button's name. Each has a trigger of its own. */
export function pressOf(name: string, { id, card }: OpenCase): Buffer {
  made += 1;
  const ts = card.split(':')[1] ?? '';
  const payload = {
    type: 'block_actions',
    team: { id: 'T0BENCH', domain: 'bench' },
    user: { id: COUNSELOR, username: 'renee', name: 'renee', team_id: 'T0BENCH' },
    api_app_id: 'A0BENCH',
    container: { type: 'message', message_ts: ts, channel_id: CHANNEL, is_ephemeral: false },
    trigger_id: `${made}.${id}`,
    channel: { id: CHANNEL, name: 'counselors' },
    actions: [{ action_id: name, block_id: 'b', type: 'button', value: id, action_ts: ts }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return signed(body, 'application/x-www-form-urlencoded');
}

/** Words in the thread of a case, as the Events API brings them. */
export function messageIn({ card }: OpenCase, text: string): Buffer {
  made += 1;
  const [channel = '', thread = ''] = card.split(':');
  const ts = `1700001000.${String(made).padStart(6, '0')}`;
  const event = {
    type: 'message',
    channel,
    channel_type: 'group',
    user: COUNSELOR,
    text,
    ts,
    thread_ts: thread,
    event_ts: ts,
    team: 'T0BENCH',
  };
  const envelope = {
    type: 'event_callback',
    token: 'unused',
    team_id: 'T0BENCH',
    api_app_id: 'A0BENCH',
    event,
    event_id: `Ev${made}`,
    event_time: 1_700_001_000,
    authorizations: [{ enterprise_id: null, team_id: 'T0BENCH', user_id: 'U0BENCH', is_bot: true }],
  };
  return signed(JSON.stringify(envelope), 'application/json');
}

function signed(body: string, contentType: string): Buffer {
  const stamp = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac('sha256', SIGNING_SECRET).update(`v0:${stamp}:${body}`).digest('hex');
  return httpRequest(
    '/slack/events',
    {
      'Content-Type': contentType,
      'X-Slack-Request-Timestamp': stamp,
      'X-Slack-Signature': `v0=${digest}`,
    },
    body,
  );
}
