// Turns what the local vendors hand out into calls of the house: verified and parsed as its routes do, without HTTP.

import { parse } from 'node:querystring';
import { takeMessage } from '../../src/adapters/slack/listeners/messages.ts';
import { ASK } from '../../src/adapters/slack/views/action-ids.ts';
import { readAct } from '../../src/adapters/slack/views/read-act.ts';
import { parseInbound, parseKeyPress, parseReceipt } from '../../src/adapters/twilio/parse.ts';
import type { Actor } from '../../src/app/ports/staff-room.ts';
import { asEscalationId, type EscalationId } from '../../src/core/model/ids.ts';
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
  if (path === '/twilio/voice/ack') {
    const press = parseKeyPress(form, new URLSearchParams(query));
    if (press === null) throw new Error('400');
    await house.pressKey(press);
    return;
  }
  const receipt = parseReceipt(form, new URLSearchParams(query));
  if (receipt === null) throw new Error('400');
  return house.receipt(receipt);
}

/** A press of a button of a case. Resolve opens a modal, which is submitted at once. */
export async function knockFromSlackPress(
  house: House,
  request: HouseRequest,
  resumeAfterHours: number | null,
): Promise<void> {
  const payload: unknown = JSON.parse(new URLSearchParams(request.body).get('payload') ?? 'null');
  const { user, actions, trigger_id } = payload as {
    user: { id: string };
    actions: { action_id: string; value: string }[];
    trigger_id: string;
  };
  const action = actions[0];
  if (action === undefined) throw new Error('400');
  const actor = { slackUserId: user.id, actKey: trigger_id };
  if (action.action_id === ASK.resolveCase)
    return resolveCase(house, asEscalationId(action.value), resumeAfterHours, actor);
  const act = readAct(action.action_id, action.value);
  if (act === null) throw new Error('400');
  await house.act(act, actor);
}

/** The modal as it is shown, and submitted at once: what it was opened over is what it ends. */
export async function resolveCase(
  house: House,
  escalationId: EscalationId,
  resumeAfterHours: number | null,
  actor: Actor,
): Promise<void> {
  const modal = await house.openModal({ kind: 'resolve_case', escalationId }, actor);
  if (modal.kind !== 'resolve_case') return;
  const about = { kind: 'resolve_case', escalationId, outcome: 'safe', note: '', seen: modal.seen } as const;
  await house.submit({ ...about, resumeAfterHours }, actor);
}

/** Something that a person wrote or changed in Slack, read as the listener of events does. */
export function knockFromSlackEvent(house: House, request: HouseRequest): Promise<void> {
  const { event } = JSON.parse(request.body) as { event: unknown };
  const doors = {
    receiveMessage: house.receive,
    receiveThreadMessage: house.hearThread,
    noteThreadChange: house.noteChange,
  };
  return takeMessage(doors, event);
}
