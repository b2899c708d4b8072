// The interpreter: one event in, the next state and its effects out. Pure; a replay of the same events gives the same
// states, effects and keys. It knows no step type, and it never does anything itself.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import type { Outcome } from '../flow/step-kind.ts';
import { kindOf } from '../flow/steps/index.ts';
import type { ReplyBook } from '../language/reply-book.ts';
import type { Conversation, ConversationFacts } from '../model/conversation.ts';
import type { Effect, KeyedEffect } from '../model/effect.ts';
import type { CalledOff, ConversationEvent } from '../model/event.ts';
import { findMissingValue, stepContext } from './step-context.ts';

/** Most steps that one event may run through. A flow that needs more is going in circles. */
export const STEP_LIMIT = 100;

type FlowEvent = Exclude<ConversationEvent, { kind: 'called_off' }>;

/** What an event is judged by. */
export interface AdvanceContext {
  /** The flow whose structure the conversation pinned. */
  readonly flow: CompiledFlow;
  /** The newest flow with the same structure: its words are texted. */
  readonly wording: CompiledFlow;
  readonly facts: ConversationFacts;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The words by which replies are read; those that ship when absent. */
  readonly replyBook?: ReplyBook;
}

/** What came of an event. */
export type Advance =
  | {
      readonly ok: true;
      /** Version + 1; the very same conversation when the event was not for it (ended, stale timer, no open question). */
      readonly conversation: Conversation;
      readonly effects: readonly KeyedEffect[];
      /** False when a reply was no answer, or when the event changed nothing. */
      readonly understood: boolean;
    }
  | { readonly ok: false; readonly failure: Failure };

/** Why an event could not be worked through; all its effects are dropped. `reason` holds no words of a mentee. */
interface Failure {
  readonly step: string;
  readonly reason: string;
}

interface Progress {
  readonly conversation: Conversation;
  readonly effects: readonly Effect[];
  readonly understood: boolean;
}

/** Advances a conversation by one event. Never throws for bad input: a failure names the step and the reason. */
export function advance(conversation: Conversation, event: ConversationEvent, context: AdvanceContext): Advance {
  if (event.kind === 'called_off') {
    if (conversation.status === 'ended') return nothing(conversation);
    return { ok: true, ...callOffConversation(conversation, event.why), understood: true };
  }
  const { structureHash } = conversation;
  if (context.flow.structureHash !== structureHash || context.wording.structureHash !== structureHash) {
    return failed(conversation.step, 'the flow has another structure than the one this conversation pinned');
  }
  if (!concerns(conversation, event)) return nothing(conversation);
  const first = event.kind === 'started' ? enter(conversation, context) : resume(conversation, event, context);
  if ('reason' in first) return { ok: false, failure: first };
  if (first.kind === 'stay') return nothing(conversation);
  return walk(conversation, first, context);
}

function concerns({ status, version, waiting }: Conversation, event: FlowEvent): boolean {
  if (status === 'ended') return false;
  if (event.kind === 'started') return version === 0;
  if (event.kind === 'reply_received') return waiting !== null;
  // A wait for time goes on by its own timer.
  if (event.kind === 'resumed') return waiting?.kind === 'reply';
  return waiting?.kind === (event.timer === 'wait' ? 'time' : 'reply');
}

type EndEffect = Extract<Effect, { kind: 'clear_timer' | 'tell_mentor' }>;

/** What `called_off` makes of a conversation that runs. It takes no step, so that no flow can keep it from ending. */
export function callOffConversation(
  conversation: Conversation,
  why: CalledOff,
): { readonly conversation: Conversation; readonly effects: readonly { key: string; effect: EndEffect }[] } {
  const { id, task } = conversation;
  const version = conversation.version + 1;
  const effects: EndEffect[] = [
    { kind: 'clear_timer', timer: 'wait' },
    { kind: 'clear_timer', timer: 'no_reply' },
  ];
  if (why === 'deadline_passed') effects.push({ kind: 'tell_mentor', reason: DEADLINE_PASSED, task });
  return {
    conversation: { ...conversation, version, status: 'ended', waiting: null },
    effects: effects.map((effect, index) => ({ key: `${id}:${version}:${index}`, effect })),
  };
}

const DEADLINE_PASSED = 'The deadline of this task has passed without an answer.';

function walk(conversation: Conversation, first: Exclude<Outcome, { kind: 'stay' }>, context: AdvanceContext): Advance {
  let now: Progress = apply({ conversation, effects: [], understood: true }, first);
  let outcome: Outcome = first;
  for (let count = 0; outcome.kind === 'go'; count += 1) {
    if (count >= STEP_LIMIT) return failed(now.conversation.step, `more than ${STEP_LIMIT} steps for one event`);
    const next: Outcome | Failure = enter(now.conversation, context);
    if ('reason' in next) return { ok: false, failure: next };
    outcome = next;
    now = apply(now, next);
  }
  return finish(now, conversation.version + 1);
}

function enter(conversation: Conversation, context: AdvanceContext): Outcome | Failure {
  const step = context.flow.steps[conversation.step];
  if (step === undefined) return { step: conversation.step, reason: 'the flow has no such step' };
  const missing = findMissingValue(conversation, context);
  if (missing !== null) return { step: conversation.step, reason: `there is no value for {${missing}}` };
  if (kindOf(step).needsTask(step) && context.facts.task === null) {
    return { step: conversation.step, reason: 'this step needs a task, and the conversation is about none' };
  }
  return kindOf(step).enter(step, stepContext({ ...conversation, waiting: null }, context));
}

function resume(
  conversation: Conversation,
  event: Exclude<FlowEvent, { kind: 'started' }>,
  context: AdvanceContext,
): Outcome | Failure {
  const step = context.flow.steps[conversation.step];
  if (step === undefined) return { step: conversation.step, reason: 'the flow has no such step' };
  const missing = findMissingValue(conversation, context);
  if (missing !== null) return { step: conversation.step, reason: `there is no value for {${missing}}` };
  return kindOf(step).resume(step, event, stepContext(conversation, context));
}

function apply(progress: Progress, outcome: Outcome): Progress {
  if (outcome.kind === 'stay') return progress;
  const variables = { ...progress.conversation.variables, ...outcome.variables };
  return {
    conversation: { ...progress.conversation, variables, ...place(outcome) },
    effects: [...progress.effects, ...(outcome.effects ?? [])],
    understood: progress.understood && outcome.understood !== false,
  };
}

function place(outcome: Exclude<Outcome, { kind: 'stay' }>): Partial<Conversation> {
  if (outcome.kind === 'go') return { step: outcome.to, waiting: null };
  if (outcome.kind === 'wait') return { waiting: outcome.waiting };
  return { status: 'ended', waiting: null };
}

function finish({ conversation, effects, understood }: Progress, version: number): Advance {
  const keyed = effects.map((effect, index) => ({ key: `${conversation.id}:${version}:${index}`, effect }));
  return { ok: true, conversation: { ...conversation, version }, effects: keyed, understood };
}

function nothing(conversation: Conversation): Advance {
  return { ok: true, conversation, effects: [], understood: false };
}

function failed(step: string, reason: string): Advance {
  return { ok: false, failure: { step, reason } };
}
