// chat.postMessage, chat.update, chat.delete: writing in channels, with Slack's checks.

import type { Times } from '../wire/exchange.ts';
import { checkBlocks, toBlocks } from './check-blocks.ts';
import { findChannel, findPostable } from './find-channel.ts';
import { isJsonObject, type MethodOutcome, type SlackArguments } from './method.ts';
import { toMessageObject } from './resource.ts';
import { type JsonObject, type SlackMessage, type SlackState, takeSlackId, takeTs } from './state.ts';

const LONGEST_TEXT = 40_000;

/** What a call wants a message to say; null fields were not given. */
interface Content {
  readonly text: string | null;
  readonly blocks: readonly JsonObject[] | null;
  readonly metadata: JsonObject | null;
}

/** chat.postMessage */
export function postMessage(state: SlackState, args: SlackArguments, times: Times): MethodOutcome {
  const content = readContent(args);
  if ('error' in content) return content;
  if ((content.text ?? '') === '' && (content.blocks ?? []).length === 0) return { error: 'no_text' };
  const found = findPostable(state, args.text('channel'));
  if ('error' in found) return found;
  const thread = args.text('thread_ts');
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
  };
  return {
    state: { ...named.state, messages: [...state.messages, message] },
    result: { channel: message.channel, ts: message.ts, message: toMessageObject(state.settings, message, true) },
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
      message: toMessageObject(state.settings, changed.message, true),
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

/** Reads and checks text, blocks and metadata of a call. */
export function readContent(
  args: SlackArguments,
): Content | { readonly error: string; readonly messages?: readonly string[] } {
  const blocks = args.has('blocks') ? toBlocks(args.json('blocks')) : [];
  if (blocks === null) return { error: 'invalid_blocks_format' };
  const complaint = checkBlocks(blocks, 50);
  if (complaint !== null) return complaint;
  if (args.text('text').length > LONGEST_TEXT) return { error: 'msg_too_long' };
  const metadata = args.json('metadata');
  if (metadata !== null && !isMetadata(metadata)) return { error: 'invalid_metadata_format' };
  return { text: args.has('text') ? args.text('text') : null, blocks: args.has('blocks') ? blocks : null, metadata };
}

function isMetadata(value: unknown): value is JsonObject {
  return isJsonObject(value) && typeof value.event_type === 'string' && isJsonObject(value.event_payload);
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

// Slack gives each block an id of its own when the app gave none.
function nameBlocks(before: SlackState, blocks: readonly JsonObject[]) {
  let state = before;
  const named = blocks.map((block) => {
    if (typeof block.block_id === 'string') return block;
    const taken = takeSlackId(state, 'b');
    state = taken.state;
    return { ...block, block_id: taken.id };
  });
  return { state, blocks: named };
}
