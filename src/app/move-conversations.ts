// Does to everybody who is inside what a publish means for them, in the transaction of the publish and under each
// person's lock. It sends nothing: who enters a new step does so by a timer, through the gates of every nudge.

import { moveConversation } from '../core/conversation/move-conversation.ts';
import type { MoveTarget } from '../core/model/event.ts';
import { callOff } from './call-off.ts';
import type { Content } from './content.ts';
import { conversationFacts } from './conversation-facts.ts';
import { type Judged, judge, type Proposal } from './judge-standing.ts';
import type { Stores } from './ports/database.ts';

/** Judges everybody who is inside, each person held until the end of the transaction. */
export async function judgeHeld(stores: Stores, proposal: Proposal): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const { id, menteeId } of await stores.conversations.running()) {
    const mentee = await stores.people.mentee(menteeId);
    if (mentee === null) continue;
    await stores.lockPerson(mentee.phoneHash);
    const conversation = await stores.conversations.byId(id);
    if (conversation === null || conversation.status === 'ended') continue;
    judged.push({ conversation, mentee, verdict: await judge(stores, proposal, conversation) });
  }
  return judged;
}

/** `now`: the publish; `speakAt`: the first moment at which every running house stands on the new content. */
export async function carryOut(
  stores: Stores,
  content: Content,
  judged: readonly Judged[],
  times: { readonly now: number; readonly speakAt: number },
): Promise<void> {
  for (const one of judged) {
    if (one.verdict.kind === 'called_off') await endOvertaken(stores, content, one, times.now);
    if (one.verdict.kind === 'moves') await moveOne(stores, content, { ...one, to: one.verdict.to }, times);
  }
}

/** Its texts still waiting are dropped at the gate; a task whose deadline changed is asked about anew. */
async function endOvertaken(
  stores: Stores,
  content: Content,
  { conversation, mentee, verdict }: Judged,
  now: number,
): Promise<void> {
  if (verdict.kind !== 'called_off') return;
  const { why } = verdict;
  await callOff(stores, content, { conversation, mentee, why, now });
  if (why === 'deadline_changed' && conversation.task !== null) {
    await stores.tasks.forgetAsked(mentee.id, conversation.task);
  }
}

async function moveOne(
  stores: Stores,
  content: Content,
  { conversation, mentee, to }: Judged & { readonly to: MoveTarget },
  { now, speakAt }: { readonly now: number; readonly speakAt: number },
): Promise<void> {
  const flow = content.flows.get(conversation.flowId);
  if (flow === undefined) return;
  const event = { kind: 'moved', to, structureHash: flow.structureHash } as const;
  const moved = moveConversation(conversation, event, { flow, now });
  const facts = await conversationFacts(stores, content, mentee, conversation.task);
  const { id, version } = moved.conversation;
  // Nobody else advances it while its person is held.
  if (!(await stores.conversations.advance(moved.conversation, { version, event, facts, at: now }))) return;
  const isOptedOut = (await stores.consents.state(mentee.phoneHash)) !== 'active';
  for (const { effect } of moved.effects) {
    if (effect.kind === 'clear_timer') await stores.timers.clear('conversation', id, effect.timer);
    // Consent that comes back sets it: until then nothing wakes the conversation.
    else if (!isOptedOut) {
      const dueAt = Math.max(effect.dueAt, speakAt);
      await stores.timers.set({ kind: 'conversation', subject: id, name: effect.timer, dueAt });
    }
  }
}
