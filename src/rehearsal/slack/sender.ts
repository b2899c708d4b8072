// How every payload of Slack says who acted, where, and in which workspace.

import type { JsonObject } from './held.ts';
import { toHandle } from './resource.ts';
import type { SlackState } from './state.ts';

/** The fields about person, team and app. */
export function describeSender(state: SlackState, userId: string): JsonObject {
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

/** A person's full name, or the id when nobody has it. */
export function nameOfUser(state: SlackState, userId: string): string {
  return state.users.find((user) => user.id === userId)?.name ?? userId;
}

/** A channel's name as payloads give it: private ones are told apart from their names. */
export function nameOfChannel(state: SlackState, id: string): string {
  const channel = state.channels.find((candidate) => candidate.id === id);
  if (channel === undefined || channel.kind === 'im') return 'directmessage';
  return channel.isPrivate ? 'privategroup' : channel.name;
}
