// What changes in the workspace itself, and the events that tell the app: people who leave or become guests, channels
// that are shared, archived or get other members, and the app being taken away.

import type { JsonObject } from './held.ts';
import { toUserObject } from './resource.ts';
import type { SlackChannel, SlackState, SlackUser } from './state.ts';

/** The team that a channel is shared with, when it is. */
const OTHER_TEAM = 'T0OTHER001';

/** A change of a person: `user_change` with who they are now. */
export function changeUser(before: SlackState, id: string, change: Partial<Omit<SlackUser, 'id'>>) {
  const users = before.users.map((user) => (user.id === id ? { ...user, ...change } : user));
  const user = users.find((candidate) => candidate.id === id);
  if (user === undefined) throw new Error(`nobody has the id ${id}`);
  const event = { type: 'user_change', user: toUserObject(before.settings, user), cache_ts: 0 };
  return { state: { ...before, users }, events: [event] };
}

/** A change of a channel: an event for each thing that is new about it, none for the rest. */
export function changeChannel(before: SlackState, id: string, change: Partial<Omit<SlackChannel, 'id'>>) {
  const old = before.channels.find((channel) => channel.id === id);
  if (old === undefined) throw new Error(`there is no channel ${id}`);
  const now: SlackChannel = { ...old, ...change };
  const channels = before.channels.map((channel) => (channel === old ? now : channel));
  return { state: { ...before, channels }, events: tellChannel(before, old, now) };
}

/** The app is taken out of the workspace: no token works any more. */
export function uninstall(before: SlackState) {
  const revoked = { type: 'tokens_revoked', tokens: { oauth: [], bot: [before.settings.botUserId] } };
  return { state: { ...before, authError: 'account_inactive' }, events: [{ type: 'app_uninstalled' }, revoked] };
}

function tellChannel(state: SlackState, old: SlackChannel, now: SlackChannel): readonly JsonObject[] {
  const events: JsonObject[] = [];
  const family = now.isPrivate ? 'group' : 'channel';
  const isJoint = (channel: SlackChannel) => channel.isShared || channel.isExtShared;
  if (isJoint(now) && !isJoint(old))
    events.push({ type: 'channel_shared', connected_team_id: OTHER_TEAM, channel: now.id });
  if (!isJoint(now) && isJoint(old)) {
    const previous = { previously_connected_team_id: OTHER_TEAM, channel: now.id, is_ext_shared: false };
    events.push({ type: 'channel_unshared', ...previous });
  }
  if (now.isArchived !== old.isArchived) {
    events.push({ type: `${family}_${now.isArchived ? 'archive' : 'unarchive'}`, channel: now.id });
  }
  if (old.isBotMember && !now.isBotMember) events.push({ type: `${family}_left`, channel: now.id });
  const place = { channel: now.id, channel_type: now.isPrivate ? 'G' : 'C', team: state.settings.teamId };
  const joined = now.memberIds.filter((member) => !old.memberIds.includes(member));
  const left = old.memberIds.filter((member) => !now.memberIds.includes(member));
  events.push(...joined.map((user) => ({ type: 'member_joined_channel', user, ...place })));
  events.push(...left.map((user) => ({ type: 'member_left_channel', user, ...place })));
  return events;
}
