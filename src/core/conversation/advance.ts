// The interpreter: one event in, the next state and its effects out. Pure; a replay of the same events gives the same
// states, effects and keys. It knows no step type, and it never does anything itself.

import type { CompiledFlow } from '../flow/compiled-flow.ts';
import type { Outcome, Resumption, StepContext } from '../flow/step-kind.ts';
import { kindOf } from '../flow/steps/index.ts';
import { builtInReplies } from '../language/built-in-replies.ts';
import type { ReplyBook } from '../language/reply-book.ts';
import type { Conversation, ConversationFacts } from '../model/conversation.ts';
import type { Effect, KeyedEffect } from '../model/effect.ts';
import type { ConversationEvent, Moved } from '../model/event.ts';
import { applyOutcome, type Onward } from './apply-outcome.ts';
import { callOffConversation } from './call-off-conversation.ts';
import { isBeforeItsStep, moveConversation } from './move-conversation.ts';
import { canHear, type Failure, leaveUnanswered, readReply } from './read-reply.ts';
import { findMissingValue, stepContext } from './step-context.ts';

/** Most steps that one event may run through. A flow that needs more is going in circles. */
export const STEP_LIMIT = 100;

type FlowEvent = Exclude<ConversationEvent, { kind: 'called_off' | 'moved' }>;

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
  /** Is told what each step saw and answered, in order: tests of flows count their ways by it. It changes nothing. */
  readonly watch?: (seen: SeenStep) => void;
}

/** One step of a walk: what it was asked (null: to be entered), what it knew, and its answer. */
export interface SeenStep {
  readonly step: string;
  readonly event: Resumption | null;
  readonly context: StepContext;
  readonly outcome: Outcome;
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

interface Progress {
  readonly conversation: Conversation;
  readonly effects: readonly Effect[];
  readonly understood: boolean;
  readonly onward: Onward;
}

/** Advances a conversation by one event. Never throws for bad input: a failure names the step and the reason. */
export function advance(conversation: Conversation, event: ConversationEvent, context: AdvanceContext): Advance {
  if (event.kind === 'called_off') {
    if (conversation.status === 'ended') return nothing(conversation);
    return { ok: true, ...callOffConversation(conversation, event.why), understood: true };
  }
  if (event.kind === 'moved') return move(conversation, event, context);
  const { structureHash } = conversation;
  if (context.flow.structureHash !== structureHash || context.wording.structureHash !== structureHash) {
    return failed(conversation.step, 'the flow has another structure than the one this conversation pinned');
  }
  if (!concerns(conversation, event)) return nothing(conversation);
  const { conversation: at, outcome: first } = answerOf(conversation, event, context);
  if ('reason' in first) return { ok: false, failure: first };
  if (first.kind === 'stay') return nothing(conversation);
  return walk(at, first, context);
}

function isLike(tried: Outcome, counted: Outcome | Failure): boolean {
  if (tried.kind !== 'go' || 'reason' in counted || counted.kind !== 'go') return false;
  return tried.to === counted.to && tried.variables === counted.variables && tried.understood === counted.understood;
}

/** What the step at which the event belongs answers, and the conversation as it stands there. */
function answerOf(conversation: Conversation, event: FlowEvent, context: AdvanceContext) {
  if (event.kind === 'reply_received') {
    const replyBook = context.replyBook ?? builtInReplies();
    const { now } = context;
    const tried: SeenStep[] = [];
    const watched = { ...context, watch: (seen: SeenStep) => tried.push(seen) };
    const within = context.watch === undefined ? context : watched;
    const read = readReply(conversation, event.text, {
      now,
      replyBook,
      isUnsaid: event.isUnsaid === true,
      resume: (at, said) => resume(at, said, within),
    });
    // A text may be tried on several questions, and in several ways: only the one that counted was taken.
    const counted = tried.findLast(
      ({ step, outcome }) => step === read.conversation.step && isLike(outcome, read.outcome),
    );
    if (counted !== undefined) context.watch?.(counted);
    return read;
  }
  if (event.kind === 'started' || isBeforeItsStep(conversation)) {
    return { conversation, outcome: enter(conversation, context) };
  }
  const outcome = resume(conversation, event, context);
  return {
    conversation: event.kind === 'timer_due' ? leaveUnanswered(conversation, context.now) : conversation,
    outcome,
  };
}

function concerns(conversation: Conversation, event: FlowEvent): boolean {
  const { status, version, waiting } = conversation;
  if (event.kind === 'reply_received') return canHear(conversation);
  if (status === 'ended') return false;
  if (event.kind === 'started') return version === 0;
  // A wait for time goes on by its own timer.
  if (event.kind === 'resumed') return waiting?.kind === 'reply';
  if (isBeforeItsStep(conversation)) return event.timer === 'wait';
  return waiting?.kind === (event.timer === 'wait' ? 'time' : 'reply');
}

/** `context.flow` is the one it moves to. Whoever only ends needs none. */
function move(conversation: Conversation, event: Moved, context: AdvanceContext): Advance {
  if (conversation.status === 'ended') return nothing(conversation);
  if (event.to.kind !== 'finish' && context.flow.structureHash !== event.structureHash) {
    return failed(conversation.step, 'the flow has another structure than the one this conversation moves to');
  }
  return { ok: true, ...moveConversation(conversation, event, context), understood: true };
}

function walk(conversation: Conversation, first: Exclude<Outcome, { kind: 'stay' }>, context: AdvanceContext): Advance {
  let now: Progress = apply({ conversation, effects: [], understood: true, onward: null }, first, context.flow);
  for (let count = 0; now.onward !== null; count += 1) {
    if (count >= STEP_LIMIT) return failed(now.conversation.step, `more than ${STEP_LIMIT} steps for one event`);
    const next: Outcome | Failure =
      now.onward === 'enter' ? enter(now.conversation, context) : resume(now.conversation, now.onward, context);
    if ('reason' in next) return { ok: false, failure: next };
    if (next.kind === 'stay') return failed(now.conversation.step, 'this step says of no way on');
    now = apply(now, next, context.flow);
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
  const seen = stepContext({ ...conversation, waiting: null }, context);
  const outcome = kindOf(step).enter(step, seen);
  context.watch?.({ step: conversation.step, event: null, context: seen, outcome });
  return outcome;
}

function resume(conversation: Conversation, event: Resumption, context: AdvanceContext): Outcome | Failure {
  const step = context.flow.steps[conversation.step];
  if (step === undefined) return { step: conversation.step, reason: 'the flow has no such step' };
  const missing = findMissingValue(conversation, context);
  if (missing !== null) return { step: conversation.step, reason: `there is no value for {${missing}}` };
  const seen = stepContext(conversation, context);
  const outcome = kindOf(step).resume(step, event, seen);
  context.watch?.({ step: conversation.step, event, context: seen, outcome });
  return outcome;
}

function apply(progress: Progress, outcome: Exclude<Outcome, { kind: 'stay' }>, flow: CompiledFlow): Progress {
  return {
    ...applyOutcome(progress.conversation, outcome, flow),
    effects: [...progress.effects, ...(outcome.effects ?? [])],
    understood: progress.understood && outcome.understood !== false,
  };
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
