// The bodies of what Slack sends to an app beside interactions: events in their envelope, and slash commands. Values
// only; signing and sending stand elsewhere.

import type { Times } from '../wire/exchange.ts';
import { makeHex } from '../wire/make-id.ts';
import type { JsonObject } from './held.ts';
import type { Built } from './interaction.ts';
import { toHandle } from './resource.ts';
import { issueResponsePath } from './respond.ts';
import { nameOfUser } from './sender.ts';
import type { SlackState } from './state.ts';
import { issueTrigger } from './view-stack.ts';

/** A slash command as it is typed in a channel: `command` is its first word with the slash, `text` the rest. */
export interface TypedCommand {
  readonly userId: string;
  readonly channel: string;
  readonly command: string;
  readonly text: string;
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
  command: TypedCommand,
  times: Times,
  slackUrl: string,
): { readonly state: SlackState; readonly form: URLSearchParams } {
  const { userId, channel } = command;
  const triggered = issueTrigger(before, userId, times.realNow);
  const place = { channel, ts: null, threadTs: null, userId, issuedAt: times.realNow };
  const answered = issueResponsePath(triggered.state, place);
  const form = new URLSearchParams({
    token: 'unused',
    team_id: before.settings.teamId,
    team_domain: before.settings.teamDomain,
    channel_id: channel,
    channel_name: before.channels.find((one) => one.id === channel)?.name ?? 'directmessage',
    user_id: userId,
    user_name: toHandle(nameOfUser(before, userId)),
    command: command.command,
    text: command.text,
    api_app_id: before.settings.appId,
    is_enterprise_install: 'false',
    response_url: slackUrl + answered.path,
    trigger_id: triggered.triggerId,
  });
  return { state: answered.state, form };
}
