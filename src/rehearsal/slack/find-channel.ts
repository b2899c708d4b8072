// Which channel a call means, and whether the app may post there: the refusals that end a rung of an alert.

import { type SlackChannel, type SlackState, takeSlackId } from './state.ts';

/** A channel the app may read, or the error. A user's id stands for the direct conversation with them, once opened. */
export function findChannel(state: SlackState, id: string): SlackChannel | { readonly error: string } {
  const channel = state.channels.find(
    (candidate) => candidate.id === id || (candidate.kind === 'im' && candidate.userId === id),
  );
  if (channel === undefined || (channel.isPrivate && !channel.isBotMember)) return { error: 'channel_not_found' };
  return channel;
}

/** A channel the app may post to, or the error; posting to a person opens the conversation. */
export function findPostable(
  state: SlackState,
  id: string,
): { readonly state: SlackState; readonly channel: SlackChannel } | { readonly error: string } {
  if (state.users.some((user) => user.id === id)) {
    const opened = openIm(state, id);
    return 'error' in opened ? opened : checkPostable(opened.state, opened.channel);
  }
  const channel = findChannel(state, id);
  return 'error' in channel ? channel : checkPostable(state, channel);
}

function checkPostable(state: SlackState, channel: SlackChannel) {
  if (channel.isArchived) return { error: 'is_archived' };
  if (!channel.isBotMember) return { error: 'not_in_channel' };
  const other = state.users.find((user) => user.id === channel.userId);
  return other?.isDeleted === true ? { error: 'user_disabled' } : { state, channel };
}

/** The direct conversation of the app with a person, opened when it is not. */
export function openIm(
  before: SlackState,
  userId: string,
): { readonly state: SlackState; readonly channel: SlackChannel } | { readonly error: string } {
  const user = before.users.find((candidate) => candidate.id === userId);
  if (user === undefined) return { error: 'user_not_found' };
  const open = before.channels.find((candidate) => candidate.kind === 'im' && candidate.userId === userId);
  if (open !== undefined) return { state: before, channel: open };
  if (user.isDeleted) return { error: 'user_disabled' };
  const { id, state } = takeSlackId(before, 'D');
  const channel: SlackChannel = {
    id,
    name: user.name,
    kind: 'im',
    userId,
    isPrivate: true,
    isArchived: false,
    isShared: false,
    isExtShared: false,
    isBotMember: true,
    memberIds: [userId],
  };
  return { state: { ...state, channels: [...state.channels, channel] }, channel };
}
