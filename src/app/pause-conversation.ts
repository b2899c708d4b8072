// What STOP and START do to a mentee's running conversation: its timers rest and come back; its place is kept.

import type { Mentee } from '../core/model/people.ts';
import type { Stores } from './ports/database.ts';

/** After START an open question gets this long before silence counts again. */
const NO_REPLY_AGAIN_MS = 2 * 24 * 3_600_000;

/** Nothing wakes the conversation, and no nudge is planned, until the mentee opts in again. */
export async function silenceConversation(stores: Stores, mentee: Mentee): Promise<void> {
  await stores.timers.clear('plan', mentee.id, 'next');
  const conversation = await stores.conversations.activeOf(mentee.id);
  if (conversation === null) return;
  await stores.timers.clear('conversation', conversation.id, 'wait');
  await stores.timers.clear('conversation', conversation.id, 'no_reply');
}

/** Wakes what STOP put to rest. */
export async function resumeConversation(stores: Stores, mentee: Mentee, now: number): Promise<void> {
  await stores.timers.set({ kind: 'plan', subject: mentee.id, name: 'next', dueAt: now });
  const conversation = await stores.conversations.activeOf(mentee.id);
  if (conversation?.waiting == null) return;
  const { waiting, id } = conversation;
  await stores.timers.set(
    waiting.kind === 'time'
      ? { kind: 'conversation', subject: id, name: 'wait', dueAt: Math.max(now, waiting.dueAt) }
      : { kind: 'conversation', subject: id, name: 'no_reply', dueAt: now + NO_REPLY_AGAIN_MS },
  );
}
