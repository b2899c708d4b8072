// A message of a person in Slack, as an event brings it and as it is read later: what it must look like to be one, and
// what the house is told of it. Bots and Slack's own notes are none.

import { z } from 'zod';
import type { InboundMessage } from '../../app/ports/messages.ts';
import type { ThreadMessage } from '../../app/ports/staff-room.ts';
import { readWords } from './read-words.ts';

/** What a person wrote comes with a subtype when it has a file, is shown outside its thread too, or is told of oneself. */
const OF_PEOPLE = ['file_share', 'thread_broadcast', 'me_message'] as const;

/** A message object that a person wrote, whatever became of it since. */
export const written = z.object({
  ts: z.string(),
  user: z.string(),
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  attachments: z.unknown().optional(),
  files: z.array(z.unknown()).optional(),
  thread_ts: z.string().optional(),
  bot_id: z.undefined().optional(),
});
export type Written = z.infer<typeof written>;

/** A message object that a person wrote and that still says so. */
export const said = written.extend({ subtype: z.enum(OF_PEOPLE).optional() });
export type Said = z.infer<typeof said>;

/** Slack's `channel:ts` of the post in whose thread it stands; null outside of threads. */
export function threadOf(channel: string, { ts, thread_ts: thread }: Written): string | null {
  return thread === undefined || thread === ts ? null : `${channel}:${thread}`;
}

/** Null when it stands in no thread. */
export function toThreadMessage(channel: string, message: Said): ThreadMessage | null {
  const thread = threadOf(channel, message);
  if (thread === null) return null;
  return {
    externalId: `${channel}:${message.ts}`,
    threadOf: thread,
    slackUserId: message.user,
    text: readWords(message),
    fileCount: message.files?.length ?? (message.subtype === 'file_share' ? 1 : 0),
  };
}

/** Null when it says nothing. A file may come without words. */
export function toDirectMessage(channel: string, message: Said): InboundMessage | null {
  if (message.text === undefined && message.subtype === undefined) return null;
  return toInbound(`${channel}:${message.ts}`, message);
}

/** Keyed by channel and time stamp: Slack has sent one message under several event ids (SL-09). */
export function toInbound(externalId: string, message: Written): InboundMessage {
  return {
    source: 'slack',
    externalId,
    from: { kind: 'slack', slackUserId: message.user },
    body: readAll(message),
    media: [],
    vendorKeyword: null,
  };
}

const passedOn = z.array(
  z.object({ is_share: z.boolean().optional(), is_msg_unfurl: z.boolean().optional(), text: z.string().optional() }),
);

/** The words, and those of a message that was passed on with them: a cry for help may come that way. */
export function readAll(message: Written): string {
  const attached = passedOn.safeParse(message.attachments);
  const others = (attached.success ? attached.data : [])
    .filter(({ is_share: isShare, is_msg_unfurl: isUnfurl }) => isShare === true || isUnfurl === true)
    .map(({ text }) => readWords({ text }));
  return [readWords(message), ...others].filter((words) => words !== '').join('\n');
}
