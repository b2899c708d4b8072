// The thread of a case: beneath its first card stands everything that is said about it. What is written there is a
// `case_note`, so that it hurries like an alert and yet pages nobody.

import type { EscalationId, OutboundId } from '../core/model/ids.ts';
import { isCard } from './alert-row.ts';
import { OF_NO_FLOW } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import type { NewOutbound, Outbound, StaffMessage } from './ports/messages.ts';

/** The first card of a case that left or will leave: the post in whose thread the rest stands. Null when there is none. */
async function firstCard(stores: Stores, escalationId: EscalationId): Promise<OutboundId | null> {
  return (await stores.outbox.alerts(escalationId)).find(isCard)?.id ?? null;
}

/**
 * Posts into the thread of a case, once for its key. Null when that key was posted before. `broadcast`: the channel is
 * shown it as well.
 */
export async function postInThread(
  stores: Stores,
  note: {
    readonly key: string;
    readonly escalationId: EscalationId;
    readonly message: StaffMessage;
    readonly now: number;
    readonly broadcast?: boolean;
  },
): Promise<OutboundId | null> {
  const card = await firstCard(stores, note.escalationId);
  const thread = card === null ? null : { ofOutboundId: card, broadcast: note.broadcast ?? false };
  return stores.outbox.add(noteRow(note, { kind: 'slack_post', message: note.message, thread }), note.now);
}

/** Changes what an earlier post in the thread shows, once for its key. */
export async function rewriteInThread(
  stores: Stores,
  note: {
    readonly key: string;
    readonly post: Outbound;
    readonly message: StaffMessage;
    readonly now: number;
  },
): Promise<void> {
  const { post, message, now } = note;
  const body = { kind: 'slack_update', ofOutboundId: post.id, message } as const;
  await stores.outbox.add(noteRow({ ...note, escalationId: post.escalationId }, body), now);
}

function noteRow(
  note: { readonly key: string; readonly escalationId: EscalationId | null; readonly now: number },
  body: NewOutbound['body'],
): NewOutbound {
  return {
    key: note.key,
    messageClass: 'case_note',
    recipient: { kind: 'slack_channel', channel: 'counselors' },
    body,
    dueAt: note.now,
    escalationId: note.escalationId,
    ...OF_NO_FLOW,
  };
}
