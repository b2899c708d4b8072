// What people write: to the bot in a direct message, screened and kept like any text; in the thread of a channel's post,
// handed on; anywhere else in a channel, dropped unread.

import { z } from 'zod';
import type { SlackDoors } from '../doors.ts';
import {
  readAll,
  said,
  threadOf,
  toDirectMessage,
  toInbound,
  toThreadMessage,
  type Written,
  written,
} from '../written.ts';

const place = z.object({ channel: z.string(), channel_type: z.enum(['im', 'group', 'channel']) });
const saidThere = z.object({ ...place.shape, ...said.shape });
const changed = z.object({
  ...place.shape,
  subtype: z.literal('message_changed'),
  event_ts: z.string(),
  message: written.extend({ subtype: z.string().optional() }),
  previous_message: written.optional().catch(undefined),
});
const deleted = z.object({
  ...place.shape,
  subtype: z.literal('message_deleted'),
  event_ts: z.string(),
  previous_message: written,
});

type Doors = Pick<SlackDoors, 'receiveMessage' | 'receiveThreadMessage' | 'noteThreadChange'>;
type Place = z.infer<typeof place>;

/** Resolves when it is stored, or is nobody's business. */
export async function takeMessage(doors: Doors, event: unknown): Promise<void> {
  const message = saidThere.safeParse(event);
  if (message.success) return takeSaid(doors, message.data);
  const change = changed.safeParse(event);
  if (change.success) return takeChanged(doors, change.data);
  const deletion = deleted.safeParse(event);
  if (deletion.success) await noteChange(doors, deletion.data, { kind: 'deleted', of: deletion.data.previous_message });
}

async function takeSaid(doors: Doors, message: z.infer<typeof saidThere>): Promise<void> {
  if (message.channel_type === 'im') {
    const direct = toDirectMessage(message.channel, message);
    if (direct !== null) await doors.receiveMessage(direct);
    return;
  }
  const inThread = toThreadMessage(message.channel, message);
  if (inThread !== null) await doors.receiveThreadMessage(inThread);
}

async function takeChanged(doors: Doors, change: z.infer<typeof changed>): Promise<void> {
  const { message, previous_message: previous } = change;
  // What is left of a message that was deleted while others stand beneath it.
  if (message.subtype === 'tombstone') {
    if (previous !== undefined) await noteChange(doors, change, { kind: 'deleted', of: previous });
    return;
  }
  // Slack "changes" a message also when it adds the preview of a link, or somebody answers beneath it.
  if (previous !== undefined && readAll(previous) === readAll(message)) return;
  if (change.channel_type === 'im') {
    // New words are a new text: what somebody adds to an old one must be screened too.
    if (readAll(message) !== '') await doors.receiveMessage(toInbound(`${change.channel}:${change.event_ts}`, message));
    return;
  }
  await noteChange(doors, change, { kind: 'edited', of: message });
}

async function noteChange(
  doors: Doors,
  at: Place & { readonly event_ts: string },
  { kind, of }: { readonly kind: 'edited' | 'deleted'; readonly of: Written },
): Promise<void> {
  const thread = threadOf(at.channel, of);
  if (at.channel_type === 'im' || thread === null) return;
  await doors.noteThreadChange({
    externalId: `${at.channel}:${of.ts}`,
    threadOf: thread,
    slackUserId: of.user,
    kind,
    actKey: `${at.channel}:${of.ts}:${at.event_ts}`,
  });
}
