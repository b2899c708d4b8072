// The bodies of what Slack sends to an app: events, button presses, submitted modals, slash commands. Values only;
// signing and sending stand elsewhere.

import type { Times } from '../wire/exchange.ts';
import { makeHex } from '../wire/make-id.ts';
import { isJsonObject } from './method.ts';
import { toHandle, toMessageObject, toViewObject } from './resource.ts';
import { issueResponsePath } from './respond.ts';
import type { JsonObject, SlackMessage, SlackState, SlackView } from './state.ts';
import { issueTrigger } from './views.ts';

/** A press on an element of a message. `value` is the button's when left out. */
export interface Press {
  readonly userId: string;
  readonly channel: string;
  readonly ts: string;
  readonly actionId: string;
  readonly blockId?: string;
  readonly value?: string;
}

/** A payload with the state that knows the trigger and the addresses in it. */
export interface Built {
  readonly state: SlackState;
  readonly payload: JsonObject;
}

/** The `block_actions` payload of a press; null when the message or the element is not there. */
export function buildPress(before: SlackState, press: Press, times: Times, slackUrl: string): Built | null {
  const message = before.messages.find((candidate) => candidate.channel === press.channel && candidate.ts === press.ts);
  const found = message === undefined ? null : findElement(message.blocks, press);
  if (message === undefined || found === null) return null;
  const triggered = issueTrigger(before, press.userId, times.realNow);
  const answered = issueResponsePath(triggered.state, message.channel, message.ts);
  const action = {
    action_id: press.actionId,
    block_id: found.blockId,
    ...(found.element.text === undefined ? {} : { text: found.element.text }),
    ...(press.value === undefined && found.element.value === undefined
      ? {}
      : { value: press.value ?? found.element.value }),
    ...(found.element.style === undefined ? {} : { style: found.element.style }),
    type: found.element.type,
    action_ts: toActionTs(times.realNow, answered.state.idCount),
  };
  const payload = {
    type: 'block_actions',
    ...describeSender(before, press.userId),
    container: { type: 'message', message_ts: message.ts, channel_id: message.channel, is_ephemeral: false },
    trigger_id: triggered.triggerId,
    channel: { id: message.channel, name: nameOfChannel(before, message) },
    message: toMessageObject(before.settings, message, true),
    state: { values: {} },
    response_url: slackUrl + answered.path,
    actions: [action],
  };
  return { state: answered.state, payload };
}

/** The `view_submission` payload of a modal. `values` is block id → action id → element state. */
export function buildSubmission(before: SlackState, view: SlackView, values: JsonObject, times: Times): Built {
  const { triggerId, state } = issueTrigger(before, view.userId, times.realNow);
  const payload = {
    type: 'view_submission',
    ...describeSender(before, view.userId),
    trigger_id: triggerId,
    view: { ...toViewObject(before.settings, view), state: { values } },
    response_urls: [],
  };
  return { state, payload };
}

/** The `event_callback` envelope around an event. The event id comes from the seed, a new one each time. */
export function buildEvent(before: SlackState, event: JsonObject, times: Times): Built {
  const { settings } = before;
  const idCount = before.idCount + 1;
  const payload = {
    token: 'unused',
    team_id: settings.teamId,
    context_team_id: settings.teamId,
    context_enterprise_id: null,
    api_app_id: settings.appId,
    event,
    type: 'event_callback',
    event_id: `Ev${makeHex(settings.seed, 'Ev', idCount).slice(0, 10).toUpperCase()}`,
    event_time: Math.floor(times.realNow / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: settings.teamId,
        user_id: settings.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
  return { state: { ...before, idCount }, payload };
}

/** The form of a slash command. */
export function buildCommand(
  before: SlackState,
  command: { readonly userId: string; readonly channel: string; readonly command: string; readonly text: string },
  times: Times,
  slackUrl: string,
): { readonly state: SlackState; readonly form: URLSearchParams } {
  const triggered = issueTrigger(before, command.userId, times.realNow);
  const answered = issueResponsePath(triggered.state, command.channel, null);
  const form = new URLSearchParams({
    token: 'unused',
    team_id: before.settings.teamId,
    team_domain: before.settings.teamDomain,
    channel_id: command.channel,
    channel_name: before.channels.find((channel) => channel.id === command.channel)?.name ?? 'directmessage',
    user_id: command.userId,
    user_name: toHandle(nameOfUser(before, command.userId)),
    command: command.command,
    text: command.text,
    api_app_id: before.settings.appId,
    is_enterprise_install: 'false',
    response_url: slackUrl + answered.path,
    trigger_id: triggered.triggerId,
  });
  return { state: answered.state, form };
}

function describeSender(state: SlackState, userId: string): JsonObject {
  const { settings } = state;
  const name = toHandle(nameOfUser(state, userId));
  return {
    user: { id: userId, username: name, name, team_id: settings.teamId },
    api_app_id: settings.appId,
    token: 'unused',
    team: { id: settings.teamId, domain: settings.teamDomain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function findElement(
  blocks: readonly JsonObject[],
  press: Press,
): { readonly blockId: unknown; readonly element: JsonObject } | null {
  for (const block of blocks) {
    if (press.blockId !== undefined && block.block_id !== press.blockId) continue;
    const elements = Array.isArray(block.elements) ? block.elements.filter(isJsonObject) : [];
    const candidates = isJsonObject(block.accessory) ? [...elements, block.accessory] : elements;
    const element = candidates.find((candidate) => candidate.action_id === press.actionId);
    if (element !== undefined) return { blockId: block.block_id, element };
  }
  return null;
}

function nameOfChannel(state: SlackState, message: SlackMessage): string {
  const channel = state.channels.find((candidate) => candidate.id === message.channel);
  if (channel?.kind === 'im') return 'directmessage';
  return channel?.isPrivate === true ? 'privategroup' : (channel?.name ?? '');
}

function nameOfUser(state: SlackState, userId: string): string {
  return state.users.find((user) => user.id === userId)?.name ?? userId;
}

function toActionTs(realNow: number, count: number): string {
  return `${(realNow / 1000).toFixed(3)}${String(count % 1000).padStart(3, '0')}`;
}
