// Words that one person sees in a channel: chat.postEphemeral, and what answers to commands and buttons leave there.

import type { Times } from '../wire/exchange.ts';
import { type Content, isWordless, nameBlocks, readContent } from './content.ts';
import { findPostable } from './find-channel.ts';
import type { SlackEphemeral } from './held.ts';
import type { MethodOutcome, SlackArguments } from './method.ts';
import { type SlackState, takeSlackId } from './state.ts';

/** chat.postEphemeral: to a member of the channel */
export function postEphemeral(state: SlackState, args: SlackArguments, times: Times): MethodOutcome {
  const content = readContent(args);
  if ('error' in content) return content;
  if (isWordless(content)) return { error: 'no_text' };
  const found = findPostable(state, args.text('channel'));
  if ('error' in found) return found;
  const userId = args.text('user');
  if (!found.channel.memberIds.includes(userId)) return { error: 'user_not_in_channel' };
  const threadTs = args.text('thread_ts') === '' ? null : args.text('thread_ts');
  const place = { userId, channel: found.channel.id, threadTs, from: 'app' as const };
  const kept = keepEphemeral(found.state, place, content, times.now);
  return { state: kept.state, result: { message_ts: (times.now / 1000).toFixed(6) } };
}

/** Where words for one person stand. */
export type EphemeralPlace = Pick<SlackEphemeral, 'userId' | 'channel' | 'threadTs' | 'from'>;

/** Keeps words for one person. */
export function keepEphemeral(before: SlackState, place: EphemeralPlace, content: Content, now: number) {
  const taken = takeSlackId(before, 'Eph');
  const named = nameBlocks(taken.state, content.blocks ?? []);
  const ephemeral = { ...place, id: taken.id, text: content.text ?? '', blocks: named.blocks, at: now };
  return { id: taken.id, state: { ...named.state, ephemerals: [...before.ephemerals, ephemeral] } };
}

/** The state in which these words are no longer there. */
export function dropEphemeral(state: SlackState, id: string | null): SlackState {
  return { ...state, ephemerals: state.ephemerals.filter((ephemeral) => ephemeral.id !== id) };
}
