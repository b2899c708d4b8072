// What a lost and a regained consent do to a mentee's running conversation: its timers rest and come back; its place is kept.

import { restoreFlow } from '../core/flow/compile.ts';
import { noReplyAt } from '../core/flow/steps/ask.ts';
import type { Conversation } from '../core/model/conversation.ts';
import type { Mentee } from '../core/model/people.ts';
import type { Stores } from './ports/database.ts';
import type { OutboundStatus } from './ports/messages.ts';

/** Once consent is back an open question gets at least this long before silence counts again. */
const NO_REPLY_AGAIN_MS = 2 * 24 * 3_600_000;

/** Nothing wakes the conversation, and no nudge is planned, until consent is back. */
export async function silenceConversation(stores: Stores, mentee: Mentee): Promise<void> {
  await stores.timers.clear('plan', mentee.id, 'next');
  const conversation = await stores.conversations.activeOf(mentee.id);
  if (conversation === null) return;
  await stores.timers.clear('conversation', conversation.id, 'wait');
  await stores.timers.clear('conversation', conversation.id, 'no_reply');
}

/** Wakes what was put to rest. */
export async function resumeConversation(stores: Stores, mentee: Mentee, now: number): Promise<void> {
  await stores.timers.set({ kind: 'plan', subject: mentee.id, name: 'next', dueAt: now });
  const conversation = await stores.conversations.activeOf(mentee.id);
  if (conversation === null) return;
  const { waiting, id } = conversation;
  // A publish has moved it: it enters its step now that it may speak.
  if (waiting === null) return stores.timers.set({ kind: 'conversation', subject: id, name: 'wait', dueAt: now });
  await stores.timers.set(
    waiting.kind === 'time'
      ? { kind: 'conversation', subject: id, name: 'wait', dueAt: Math.max(now, waiting.dueAt) }
      : {
          kind: 'conversation',
          subject: id,
          name: 'no_reply',
          dueAt: await silenceCountsAt(stores, mentee, conversation, now),
        },
  );
}

/** Not before the question's own time is over: a timer that comes sooner changes nothing and is gone. */
async function silenceCountsAt(
  stores: Stores,
  mentee: Mentee,
  { waiting, structureHash, step }: Conversation,
  now: number,
): Promise<number> {
  const soonest = now + NO_REPLY_AGAIN_MS;
  if (waiting?.kind !== 'reply') return soonest;
  const stored = await stores.content.structure(structureHash);
  const asked = stored === null ? undefined : restoreFlow(stored.definition)?.steps[step];
  return asked?.type === 'ask' ? Math.max(soonest, noReplyAt(asked, waiting.askedAt, mentee.timeZone)) : soonest;
}

const NOT_SENT_YET: ReadonlySet<OutboundStatus> = new Set(['pending', 'claimed', 'unknown']);

/**
 * The conversation with its question as old as the text itself: what the gates held for days was not met with silence
 * for days. Null while the text has not left yet.
 */
export async function asTexted(stores: Stores, conversation: Conversation): Promise<Conversation | null> {
  const { waiting, id, version } = conversation;
  if (waiting?.kind !== 'reply') return conversation;
  const said = await stores.outbox.ofConversation(id, version);
  if (said.some((row) => NOT_SENT_YET.has(row.status))) return null;
  const askedAt = Math.max(waiting.askedAt, ...said.map((row) => row.attemptedAt ?? 0));
  return { ...conversation, waiting: { ...waiting, askedAt } };
}
