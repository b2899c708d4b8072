// What hangs together in a channel: roots, their replies, and what the channel itself shows of them.

import type { SlackMessage, SlackState } from './state.ts';

/** Whether a message is an answer in a thread, and not its root. */
export function isReply(message: SlackMessage): boolean {
  return message.threadTs !== null && message.threadTs !== message.ts;
}

/** Whether the channel shows it: roots, and replies that were broadcast. */
export function isShownInChannel(message: SlackMessage): boolean {
  return !isReply(message) || message.isBroadcast;
}

/** The message that others answer; undefined when there is none of that time, or it is an answer itself. */
export function findRoot(state: SlackState, channel: string, ts: string): SlackMessage | undefined {
  return state.messages.find((message) => message.channel === channel && message.ts === ts && !isReply(message));
}

/** The answers to a root, oldest first. */
export function repliesOf(state: SlackState, root: SlackMessage): readonly SlackMessage[] {
  return state.messages.filter(
    (message) => message.channel === root.channel && message.threadTs === root.ts && isReply(message),
  );
}
