// The bot may speak to a mentee again, after a case or a pause: the flow goes back to its open question, what waited for
// time goes on, and the next nudge is planned. Does nothing while people still have the conversation.

import type { Conversation } from '../core/model/conversation.ts';
import type { MenteeId } from '../core/model/ids.ts';
import type { Mentee } from '../core/model/people.ts';
import { isBotSilent } from '../core/safety/escalation.ts';
import { RESUME_TIMER } from './give-back.ts';
import type { HouseDeps } from './house-deps.ts';
import { asTexted } from './pause-conversation.ts';
import { planMentee } from './plan-mentee.ts';
import type { Stores } from './ports/database.ts';
import { FLOW_RETRY_MS, goOn } from './wake-conversation.ts';

export async function resumeMentee(deps: HouseDeps, stores: Stores, menteeId: MenteeId): Promise<void> {
  const now = deps.clock.now();
  const mentee = await stores.people.mentee(menteeId);
  if (mentee === null) return;
  const { phoneHash } = mentee;
  await stores.lockPerson(phoneHash);
  const escalation = await stores.escalations.openOf(phoneHash);
  // Whoever has the conversation gives it back, and that rings again.
  if (escalation !== null && isBotSilent(escalation.state)) return;
  const pause = await stores.pauses.of(phoneHash, now);
  if (pause !== null) return pause.until === null ? undefined : ringAgain(stores, menteeId, pause.until);
  // START brings back what a STOP put to rest.
  if ((await stores.consents.state(phoneHash)) !== 'active') return;
  const conversation = await stores.conversations.activeOf(menteeId);
  if (conversation !== null) await resume(deps, stores, conversation, mentee);
  await planMentee(deps, stores, menteeId);
}

async function resume(deps: HouseDeps, stores: Stores, conversation: Conversation, mentee: Mentee): Promise<void> {
  const now = deps.clock.now();
  const { id, waiting } = conversation;
  if (waiting?.kind === 'time') {
    await stores.timers.set({ kind: 'conversation', subject: id, name: 'wait', dueAt: Math.max(now, waiting.dueAt) });
    return;
  }
  const asked = await asTexted(stores, conversation);
  const event = { kind: 'resumed' } as const;
  const result = await goOn(deps, stores, {
    conversation: asked ?? conversation,
    mentee,
    event,
    isLeft: asked !== null,
  });
  if (result === 'failed') await ringAgain(stores, mentee.id, now + FLOW_RETRY_MS);
}

async function ringAgain(stores: Stores, menteeId: MenteeId, dueAt: number): Promise<void> {
  await stores.timers.set({ kind: 'plan', subject: menteeId, name: RESUME_TIMER, dueAt });
}
