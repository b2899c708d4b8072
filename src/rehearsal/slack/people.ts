// What people write in Slack, and the events that tell the app of it: messages in channels, threads and direct
// conversations, their edits and deletions. Refuses in words what Slack would not let a person do.

import type { Times } from '../wire/exchange.ts';
import { makeHex } from '../wire/make-id.ts';
import { openIm } from './find-channel.ts';
import type { JsonObject } from './held.ts';
import { toMessageObject } from './resource.ts';
import { type SlackChannel, type SlackMessage, type SlackState, takeSlackId, takeTs } from './state.ts';
import { findRoot } from './thread.ts';
import { composeWords } from './words.ts';

/** Something a person writes. */
export interface Writing {
  readonly userId: string;
  readonly channel: string;
  readonly text: string;
  /** The root that it answers. */
  readonly threadTs?: string;
  /** Shows the answer in the channel too. */
  readonly broadcast?: boolean;
  /** Names of files that come along. */
  readonly files?: readonly string[];
}

/** A message that is there. */
export interface MessagePlace {
  readonly channel: string;
  readonly ts: string;
}

/** What happened, and the event that tells of it. */
export interface Told {
  readonly state: SlackState;
  readonly event: JsonObject;
}

/** A person writes. @throws in words */
export function write(before: SlackState, writing: Writing, times: Times): Told {
  const channel = findOpen(before, writing.channel, writing.userId);
  if (writing.threadTs !== undefined && findRoot(before, channel.id, writing.threadTs) === undefined)
    throw new Error('that thread is not there');
  if (writing.text === '' && (writing.files ?? []).length === 0) throw new Error('there is nothing to send');
  const stamped = takeTs(before, times.now);
  const words = composeWords(stamped.state, writing.text);
  const filed = makeFiles(words.state, writing);
  const message: SlackMessage = {
    channel: channel.id,
    ts: stamped.ts,
    threadTs: writing.threadTs ?? null,
    userId: writing.userId,
    botId: null,
    text: words.text,
    blocks: words.blocks,
    metadata: null,
    editedTs: null,
    isBroadcast: writing.threadTs !== undefined && writing.broadcast === true,
    files: filed.files,
    clientMsgId: toUuid(makeHex(before.settings.seed, 'client', filed.state.idCount)),
  };
  const state = { ...filed.state, messages: [...before.messages, message] };
  const place = { channel: channel.id, channel_type: typeOf(channel), event_ts: message.ts };
  return { state, event: { ...toMessageObject(state, message, false), ...place } };
}

/** A person writes to the app in their direct conversation, which is opened when it is not. @throws in words */
export function writeDirect(before: SlackState, writing: Omit<Writing, 'channel'>, times: Times): Told {
  const opened = openIm(before, writing.userId);
  if ('error' in opened) throw new Error(`nobody with the id ${writing.userId} can write: ${opened.error}`);
  return write(opened.state, { ...writing, channel: opened.channel.id }, times);
}

/** A person changes the words of their message. @throws in words */
export function edit(before: SlackState, place: MessagePlace & { readonly text: string }, times: Times): Told {
  const { text } = place;
  const old = findWritten(before, place);
  if (text === '') throw new Error('there is nothing left to say: delete the message instead');
  const stamped = takeTs(before, times.now);
  const words = composeWords(stamped.state, text);
  const message = { ...old, text: words.text, blocks: words.blocks, editedTs: stamped.ts };
  const messages = before.messages.map((one) => (one === old ? message : one));
  const state = { ...words.state, messages };
  const about = { subtype: 'message_changed', message: toMessageObject(state, message, false) };
  return { state, event: tellChange(before, old, { ...about, ts: stamped.ts }) };
}

/** A person deletes their message. @throws in words */
export function erase(before: SlackState, place: MessagePlace, times: Times): Told {
  const old = findWritten(before, place);
  const stamped = takeTs(before, times.now);
  const state = { ...stamped.state, messages: before.messages.filter((one) => one !== old) };
  return {
    state,
    event: tellChange(before, old, { subtype: 'message_deleted', deleted_ts: old.ts, ts: stamped.ts }),
  };
}

function tellChange(before: SlackState, old: SlackMessage, about: JsonObject & { readonly ts: string }): JsonObject {
  const channel = before.channels.find((one) => one.id === old.channel);
  return {
    type: 'message',
    ...about,
    previous_message: toMessageObject(before, old, false),
    channel: old.channel,
    hidden: true,
    event_ts: about.ts,
    channel_type: channel === undefined ? 'group' : typeOf(channel),
  };
}

function findOpen(state: SlackState, id: string, userId: string): SlackChannel {
  const channel = state.channels.find((one) => one.id === id);
  const user = state.users.find((one) => one.id === userId);
  if (user === undefined || user.isDeleted) throw new Error(`nobody with the id ${userId} can write`);
  if (channel === undefined) throw new Error(`there is no channel ${id}`);
  if (channel.isArchived) throw new Error('the channel is archived');
  if (!channel.memberIds.includes(userId)) throw new Error(`${user.name} is not in this channel`);
  return channel;
}

function findWritten(state: SlackState, place: MessagePlace): SlackMessage {
  const message = state.messages.find((one) => one.channel === place.channel && one.ts === place.ts);
  if (message === undefined) throw new Error('that message is no longer there');
  if (message.botId !== null) throw new Error('only its writer can change a message');
  return message;
}

function makeFiles(before: SlackState, writing: Writing) {
  let state = before;
  const files = (writing.files ?? []).map((name): JsonObject => {
    const taken = takeSlackId(state, 'F');
    state = taken.state;
    const filetype = name.split('.').at(-1) ?? 'txt';
    const address = `https://files.slack.com/files-pri/${before.settings.teamId}-${taken.id}/${encodeURIComponent(name)}`;
    const kind = ['png', 'jpg', 'jpeg', 'gif'].includes(filetype) ? 'image' : 'application';
    return {
      id: taken.id,
      name,
      title: name,
      mimetype: `${kind}/${filetype}`,
      filetype,
      user: writing.userId,
      size: 1024,
      mode: 'hosted',
      is_external: false,
      url_private: address,
    };
  });
  return { state, files };
}

function typeOf(channel: SlackChannel): 'im' | 'group' | 'channel' {
  if (channel.kind === 'im') return 'im';
  return channel.isPrivate ? 'group' : 'channel';
}

function toUuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
