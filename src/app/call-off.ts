// Ends a conversation that has nothing to ask about any more. Needs no flow: neither a fault in one nor a task that is
// gone can keep it from ending.

import { callOffConversation } from '../core/conversation/call-off-conversation.ts';
import type { Conversation } from '../core/model/conversation.ts';
import type { CalledOff } from '../core/model/event.ts';
import type { Mentee } from '../core/model/people.ts';
import type { Content } from './content.ts';
import { conversationFacts } from './conversation-facts.ts';
import type { Stores } from './ports/database.ts';
import { tellMentor } from './tell-mentor.ts';

/** Whether its task is not published any more: none of its texts can be said. */
export function hasLostItsTask(content: Content, { task }: Conversation): boolean {
  return task !== null && !content.tasks.has(task);
}

/** Stores the end and its event; the mentor hears of a deadline that has passed, and the mentee is planned anew. */
export async function callOff(
  stores: Stores,
  content: Content,
  end: { readonly conversation: Conversation; readonly mentee: Mentee; readonly why: CalledOff; readonly now: number },
): Promise<void> {
  const { mentee, why, now } = end;
  const { conversation, effects } = callOffConversation(end.conversation, why);
  const facts = await conversationFacts(stores, content, mentee, conversation.task);
  const { id, version } = conversation;
  const event = { kind: 'called_off', why } as const;
  if (!(await stores.conversations.advance(conversation, { version, event, facts, at: now }))) return;
  for (const { key, effect } of effects) {
    if (effect.kind === 'clear_timer') await stores.timers.clear('conversation', id, effect.timer);
    else await tellMentor(stores, content, { ...effect, key, mentee, words: null, now });
  }
  await stores.timers.set({ kind: 'plan', subject: mentee.id, name: 'next', dueAt: now });
}
