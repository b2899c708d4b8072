// Carries a conversation to a newer structure of its flow. It takes no step and says nothing: one that has to enter its
// new step does so by its own timer, when consent, pauses and cases let it speak.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import type { Conversation } from '../model/conversation.ts';
import type { Effect } from '../model/effect.ts';
import type { Moved, MoveTarget } from '../model/event.ts';
import { keptVariables } from './plan-move.ts';

type TimerEffect = Extract<Effect, { kind: 'clear_timer' | 'set_timer' }>;

/** Whether it stands before its step and enters it when its timer `wait` rings. */
export function isBeforeItsStep({ status, version, waiting }: Conversation): boolean {
  return status === 'active' && version > 0 && waiting === null;
}

/** The state that the event makes, and its timers. `now` in epoch milliseconds. */
export function moveConversation(
  conversation: Conversation,
  { to, structureHash }: Moved,
  { flow, now }: { readonly flow: CompiledFlow; readonly now: number },
): { readonly conversation: Conversation; readonly effects: readonly { key: string; effect: TimerEffect }[] } {
  const version = conversation.version + 1;
  // Who does not stand on has left every question behind, also for late answers.
  // A question that was left is of the old structure: a late answer cannot go on from it in the new one.
  const before = { ...conversation, version, unanswered: null };
  const keyed = timersFor(to, now).map((effect, index) => ({ key: `${conversation.id}:${version}:${index}`, effect }));
  if (to.kind === 'finish') return { conversation: { ...before, status: 'ended', waiting: null }, effects: keyed };
  const variables = to.kind === 'restart' ? {} : keptVariables(conversation.variables, flow);
  const step = to.kind === 'restart' ? flow.start : to.step;
  const waiting = to.kind === 'stand' ? asOldAsItsText(conversation.waiting, to.askedAt) : null;
  return { conversation: { ...before, structureHash, step, variables, waiting }, effects: keyed };
}

function asOldAsItsText(waiting: Conversation['waiting'], askedAt: number | null): Conversation['waiting'] {
  return waiting?.kind === 'reply' && askedAt !== null ? { ...waiting, askedAt } : waiting;
}

/** Who stands keeps its timer; for everybody else the old ones mean nothing. */
function timersFor({ kind }: MoveTarget, now: number): TimerEffect[] {
  if (kind === 'stand') return [];
  const cleared: TimerEffect[] = [
    { kind: 'clear_timer', timer: 'wait' },
    { kind: 'clear_timer', timer: 'no_reply' },
  ];
  return kind === 'finish' ? cleared : [...cleared, { kind: 'set_timer', timer: 'wait', dueAt: now }];
}
