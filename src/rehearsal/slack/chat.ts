// chat.postMessage, chat.update, chat.delete, chat.getPermalink: writing in channels and threads, with Slack's checks.

import type { Times } from '../wire/exchange.ts';
import { type Content, isWordless, nameBlocks, readContent } from './content.ts';
import { findChannel, findPostable } from './find-channel.ts';
import type { MethodOutcome, SlackArguments } from './method.ts';
import { toMessageObject } from './resource.ts';
import { type SlackMessage, type SlackState, takeTs } from './state.ts';
import { findRoot } from './thread.ts';

/** chat.postMessage. An answer needs a root: anything else is `thread_not_found`. */
export function postMessage(state: SlackState, args: SlackArguments, times: Times): MethodOutcome {
  const content = readContent(args);
  if ('error' in content) return content;
  if (isWordless(content)) return { error: 'no_text' };
  const found = findPostable(state, args.text('channel'));
  if ('error' in found) return found;
  const thread = args.text('thread_ts');
  if (thread !== '' && findRoot(found.state, found.channel.id, thread) === undefined)
    return { error: 'thread_not_found' };
  const stamped = takeTs(found.state, times.now);
  const named = nameBlocks(stamped.state, content.blocks ?? []);
  const message: SlackMessage = {
    channel: found.channel.id,
    ts: stamped.ts,
    threadTs: thread === '' ? null : thread,
    userId: state.settings.botUserId,
    botId: state.settings.botId,
    text: content.text ?? '',
    blocks: named.blocks,
    metadata: content.metadata,
    editedTs: null,
    isBroadcast: thread !== '' && args.flag('reply_broadcast'),
    files: [],
    clientMsgId: null,
  };
  const after = { ...named.state, messages: [...state.messages, message] };
  return {
    state: after,
    result: { channel: message.channel, ts: message.ts, message: toMessageObject(after, message, true) },
  };
}

/** chat.update: what is not given stays as it was. */
export function updateMessage(state: SlackState, args: SlackArguments, times: Times): MethodOutcome {
  const own = findOwn(state, args, 'cant_update_message');
  if ('error' in own) return own;
  const content = readContent(args);
  if ('error' in content) return content;
  const changed = changeMessage(state, own, content, times.now);
  return {
    state: changed.state,
    result: {
      channel: own.channel,
      ts: own.ts,
      text: changed.message.text,
      message: toMessageObject(changed.state, changed.message, true),
    },
  };
}

/** chat.delete */
export function deleteMessage(state: SlackState, args: SlackArguments): MethodOutcome {
  const own = findOwn(state, args, 'cant_delete_message');
  if ('error' in own) return own;
  return {
    state: { ...state, messages: state.messages.filter((message) => message !== own) },
    result: { channel: own.channel, ts: own.ts },
  };
}

/** chat.getPermalink */
export function getPermalink(state: SlackState, args: SlackArguments): MethodOutcome {
  const channel = findChannel(state, args.text('channel'));
  if ('error' in channel) return channel;
  const ts = args.text('message_ts');
  const message = state.messages.find((one) => one.channel === channel.id && one.ts === ts);
  if (message === undefined) return { error: 'message_not_found' };
  const place = `https://${state.settings.teamDomain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
  const permalink = message.threadTs === null ? place : `${place}?thread_ts=${message.threadTs}&cid=${channel.id}`;
  return { state, result: { channel: channel.id, permalink } };
}

/** Replaces what is given in a message and marks it edited. */
export function changeMessage(
  before: SlackState,
  old: SlackMessage,
  content: Content,
  now: number,
): { readonly state: SlackState; readonly message: SlackMessage } {
  const stamped = takeTs(before, now);
  const named = nameBlocks(stamped.state, content.blocks ?? old.blocks);
  const message: SlackMessage = {
    ...old,
    text: content.text ?? old.text,
    blocks: named.blocks,
    metadata: content.metadata ?? old.metadata,
    editedTs: stamped.ts,
  };
  const messages = before.messages.map((candidate) => (candidate === old ? message : candidate));
  return { state: { ...named.state, messages }, message };
}

function findOwn(state: SlackState, args: SlackArguments, refusal: string): SlackMessage | { readonly error: string } {
  const channel = findChannel(state, args.text('channel'));
  if ('error' in channel) return channel;
  if (channel.isArchived) return { error: 'is_archived' };
  const ts = args.text('ts');
  const message = state.messages.find((candidate) => candidate.channel === channel.id && candidate.ts === ts);
  if (message === undefined) return { error: 'message_not_found' };
  return message.botId === state.settings.botId ? message : { error: refusal };
}
