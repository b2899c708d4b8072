// What a publish means for one conversation that runs: it is called off, moved, left on its own structure, or in the way.
// Reads only; move-conversations.ts does what was judged.

import { type Fate, planMove } from '../core/conversation/plan-move.ts';
import { restoreFlow } from '../core/flow/compile.ts';
import type { CompiledFlow } from '../core/flow/compiled-flow.ts';
import type { Conversation } from '../core/model/conversation.ts';
import type { CalledOff } from '../core/model/event.ts';
import { invariant } from '../core/model/invariant.ts';
import type { Mentee } from '../core/model/people.ts';
import type { Content } from './content.ts';
import { asTexted } from './pause-conversation.ts';
import type { Stores } from './ports/database.ts';

/** What becomes of a conversation, with the house's own reasons to end it beside those of its flow. */
export type Verdict = Fate | { readonly kind: 'called_off'; readonly why: CalledOff };

/** A conversation that runs, and what a publish makes of it. */
export interface Judged {
  readonly conversation: Conversation;
  readonly mentee: Mentee;
  readonly verdict: Verdict;
}

/** What is to be published, and what is published now; `before` is null when nothing is, or nothing that can be read. */
export interface Proposal {
  readonly content: Content;
  readonly before: Content | null;
  /** False for a roll-back: nobody is moved by it, and nobody is in its way. */
  readonly moves: boolean;
}

/** Judges one conversation as it stands in the database. */
export async function judge(stores: Stores, proposal: Proposal, conversation: Conversation): Promise<Verdict> {
  const { content, before, moves } = proposal;
  const why = await overtakenBy(stores, content, conversation);
  if (why !== null) return { kind: 'called_off', why };
  const next = content.flows.get(conversation.flowId);
  if (next?.structureHash === conversation.structureHash) return { kind: 'same' };
  // A flow that is taken out ends for nobody who is inside.
  if (next === undefined || !moves) return { kind: 'stays' };
  const old = await pinnedFlow(stores, conversation);
  const texted = await asTexted(stores, conversation);
  const askedAt = texted?.waiting?.kind === 'reply' ? texted.waiting.askedAt : null;
  const fate = planMove(conversation, { old, next, askedAt });
  const isMapped = next.source.migrate?.[conversation.step] !== undefined;
  // Who was left on an older structure once stands in nobody's way until the structure changes again.
  const isUnchanged = before?.flows.get(next.id)?.structureHash === next.structureHash;
  return fate.kind === 'blocked' && !isMapped && isUnchanged ? { kind: 'stays' } : fate;
}

async function pinnedFlow(stores: Stores, { structureHash }: Conversation): Promise<CompiledFlow> {
  const stored = await stores.content.structure(structureHash);
  const flow = stored === null ? null : restoreFlow(stored.definition);
  invariant(flow !== null, 'a conversation pins a structure that is stored and can be read');
  return flow;
}

/** Why it has nothing to ask about any more; null when it has. */
async function overtakenBy(
  stores: Stores,
  content: Content,
  conversation: Conversation,
): Promise<Extract<CalledOff, 'task_removed' | 'deadline_changed'> | null> {
  if (conversation.task === null) return null;
  const deadline = content.tasks.get(conversation.task)?.deadline;
  if (deadline === undefined) return 'task_removed';
  return (await namesAnother(stores, conversation, deadline)) ? 'deadline_changed' : null;
}

/** Whether it told the mentee of another deadline. Who only waits for a day not past it is told of it on that day. */
async function namesAnother(stores: Stores, conversation: Conversation, deadline: string): Promise<boolean> {
  const last = (await stores.conversations.events(conversation.id)).at(-1);
  const said = last?.facts.task?.deadlineOn;
  if (said === undefined || said === deadline) return false;
  if (conversation.waiting?.kind !== 'time') return true;
  const record = (await stores.tasks.of(conversation.menteeId)).find(({ task }) => task === conversation.task);
  return record?.againOn == null || record.againOn > deadline;
}
