// auth.test and users.*: who the app is, and who is in the workspace.

import type { MethodOutcome, SlackArguments } from './method.ts';
import { toUserObject } from './resource.ts';
import type { SlackState } from './state.ts';

/** auth.test */
export function authTest(state: SlackState): MethodOutcome {
  const { settings } = state;
  return {
    state,
    result: {
      url: `https://${settings.teamDomain}.slack.com/`,
      team: 'Rehearsal',
      user: settings.botName,
      team_id: settings.teamId,
      user_id: settings.botUserId,
      bot_id: settings.botId,
      is_enterprise_install: false,
    },
  };
}

/** users.info */
export function userInfo(state: SlackState, args: SlackArguments): MethodOutcome {
  const user = state.users.find((candidate) => candidate.id === args.text('user'));
  return user === undefined
    ? { error: 'user_not_found' }
    : { state, result: { user: toUserObject(state.settings, user) } };
}

/** users.list */
export function userList(state: SlackState, args: SlackArguments): MethodOutcome {
  const limit = Number(args.text('limit') || 1000);
  const start = Number(args.text('cursor') || 0);
  const next = start + limit < state.users.length ? String(start + limit) : '';
  const members = state.users.slice(start, start + limit).map((user) => toUserObject(state.settings, user));
  return { state, result: { members, cache_ts: 0, response_metadata: { next_cursor: next } } };
}
