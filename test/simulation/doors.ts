// Turns what the local vendors hand out into calls of the house: verified and parsed as its routes do, without HTTP.

import { parse } from 'node:querystring';
import { ASK } from '../../src/adapters/slack/views/action-ids.ts';
import { readAct } from '../../src/adapters/slack/views/read-act.ts';
import { parseInbound, parseReceipt } from '../../src/adapters/twilio/parse.ts';
import { asEscalationId } from '../../src/core/model/ids.ts';
import type { HouseRequest } from '../../src/rehearsal/wire/exchange.ts';
import type { House } from './house.ts';
import { PUBLIC_BASE_URL } from './vendors.ts';

/** Resolves when the house would answer 200; rejects when it would answer anything else. */
export async function knockFromTwilio(house: House, request: HouseRequest): Promise<void> {
  const pathAndQuery = request.url.slice(PUBLIC_BASE_URL.length);
  const form = parse(request.body);
  if (!house.verify(pathAndQuery, request.headers['x-twilio-signature'], form)) throw new Error('403');
  const [path = '', query = ''] = pathAndQuery.split('?');
  if (path === '/twilio/inbound') {
    const message = parseInbound(form);
    if (message === null) throw new Error('400');
    return house.receive(message);
  }
  const receipt = parseReceipt(form, new URLSearchParams(query));
  if (receipt === null) throw new Error('400');
  return house.receipt(receipt);
}

/** Nudges come back a day after a case here, so that a short run sees them again. */
const RESUME_HOURS = 24;

/** A press of a button of a case's card. Resolve opens a modal, which is submitted at once. */
export async function knockFromSlack(house: House, request: HouseRequest): Promise<void> {
  const payload: unknown = JSON.parse(new URLSearchParams(request.body).get('payload') ?? 'null');
  const { user, actions, trigger_id } = payload as {
    user: { id: string };
    actions: { action_id: string; value: string }[];
    trigger_id: string;
  };
  const action = actions[0];
  if (action === undefined) throw new Error('400');
  const actor = { slackUserId: user.id, actKey: trigger_id };
  if (action.action_id === ASK.resolveCase) {
    const escalationId = asEscalationId(action.value);
    const about = { kind: 'resolve_case', escalationId, outcome: 'safe', note: '' } as const;
    await house.submit({ ...about, resumeAfterHours: RESUME_HOURS }, actor);
    return;
  }
  const act = readAct(action.action_id, action.value);
  if (act === null) throw new Error('400');
  await house.act(act, actor);
}

/** Something a person wrote to the bot in Slack. */
export function knockFromDirectMessage(house: House, request: HouseRequest): Promise<void> {
  const { event } = JSON.parse(request.body) as { event: { channel: string; ts: string; user: string; text: string } };
  return house.receive({
    source: 'slack',
    externalId: `${event.channel}:${event.ts}`,
    from: { kind: 'slack', slackUserId: event.user },
    body: event.text,
    media: [],
    vendorKeyword: null,
  });
}
