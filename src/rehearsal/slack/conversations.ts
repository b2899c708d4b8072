// conversations.*: what channels are, who is in them, and what was said there.

import { findChannel, openIm } from './find-channel.ts';
import type { MethodOutcome, SlackArguments } from './method.ts';
import { readPage } from './paging.ts';
import { toChannelObject, toMessageObject } from './resource.ts';
import type { SlackMessage, SlackState } from './state.ts';
import { isShownInChannel } from './thread.ts';

/** conversations.info */
export function channelInfo(state: SlackState, args: SlackArguments): MethodOutcome {
  const channel = findChannel(state, args.text('channel'));
  return 'error' in channel ? channel : { state, result: { channel: toChannelObject(state.settings, channel) } };
}

/** conversations.members, in pages */
export function channelMembers(state: SlackState, args: SlackArguments): MethodOutcome {
  const channel = findChannel(state, args.text('channel'));
  if ('error' in channel) return channel;
  const members = channel.isBotMember ? [...channel.memberIds, state.settings.botUserId] : channel.memberIds;
  const page = readPage(members, args, 100);
  if ('error' in page) return page;
  return { state, result: { members: page.shown, response_metadata: { next_cursor: page.next } } };
}

/** conversations.open with one person */
export function openConversation(state: SlackState, args: SlackArguments): MethodOutcome {
  const userIds = args
    .text('users')
    .split(',')
    .filter((id) => id !== '');
  const [userId] = userIds;
  if (userId === undefined || userIds.length > 1) return { error: 'users_list_not_supplied' };
  const opened = openIm(state, userId);
  if ('error' in opened) return opened;
  const channel = args.flag('return_im') ? toChannelObject(state.settings, opened.channel) : { id: opened.channel.id };
  const isOpen = opened.state === state;
  return {
    state: opened.state,
    result: { channel, ...(isOpen ? { no_op: true, already_open: true } : {}) },
  };
}

/** conversations.history: newest first, without replies in threads but those that were broadcast */
export function channelHistory(state: SlackState, args: SlackArguments): MethodOutcome {
  return readMessages(state, args, isShownInChannel, (messages) => messages.toReversed());
}

/** conversations.replies: the parent and its replies, oldest first */
export function threadReplies(state: SlackState, args: SlackArguments): MethodOutcome {
  const channel = findChannel(state, args.text('channel'));
  if ('error' in channel) return channel;
  const ts = args.text('ts');
  if (!state.messages.some((message) => message.channel === channel.id && message.ts === ts))
    return { error: 'thread_not_found' };
  const isWanted = (message: SlackMessage) => message.ts === ts || message.threadTs === ts;
  return readMessages(state, args, isWanted, (messages) => messages);
}

type Order = (messages: readonly SlackMessage[]) => readonly SlackMessage[];

function readMessages(
  state: SlackState,
  args: SlackArguments,
  isWanted: (message: SlackMessage) => boolean,
  order: Order,
): MethodOutcome {
  const channel = findChannel(state, args.text('channel'));
  if ('error' in channel) return channel;
  if (!channel.isBotMember) return { error: 'not_in_channel' };
  const found = order(
    state.messages.filter((message) => message.channel === channel.id && isWanted(message) && isWithin(message, args)),
  );
  const page = readPage(found, args, 100);
  if ('error' in page) return page;
  return {
    state,
    result: {
      messages: page.shown.map((message) => toMessageObject(state, message, args.flag('include_all_metadata'))),
      has_more: page.next !== '',
      pin_count: 0,
      response_metadata: { next_cursor: page.next },
    },
  };
}

function isWithin(message: SlackMessage, args: SlackArguments): boolean {
  const ts = Number(message.ts);
  const oldest = Number(args.text('oldest') || 0);
  const latest = Number(args.text('latest') || Number.POSITIVE_INFINITY);
  return args.flag('inclusive') ? ts >= oldest && ts <= latest : ts > oldest && ts < latest;
}
