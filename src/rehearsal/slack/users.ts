// auth.test and users.*: who the app is, and who is in the workspace.

import type { MethodOutcome, SlackArguments } from './method.ts';
import { readPage } from './paging.ts';
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

/** users.list, in pages */
export function userList(state: SlackState, args: SlackArguments): MethodOutcome {
  const page = readPage(state.users, args, 1000);
  if ('error' in page) return page;
  const members = page.shown.map((user) => toUserObject(state.settings, user));
  return { state, result: { members, cache_ts: 0, response_metadata: { next_cursor: page.next } } };
}
