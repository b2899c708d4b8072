// Advances one conversation by one event: loads what the pure interpreter needs, stores what it decided, and turns its
// effects into rows. A failed advance leaves no half-made effects: it throws, and the caller's savepoint undoes it.

import { advance } from '../core/conversation/advance.ts';
import { canHear, LATE_ANSWER_MS } from '../core/conversation/read-reply.ts';
import type { Conversation, ConversationFacts } from '../core/model/conversation.ts';
import type { KeyedEffect } from '../core/model/effect.ts';
import type { ConversationEvent } from '../core/model/event.ts';
import type { InboundId } from '../core/model/ids.ts';
import type { Mentee } from '../core/model/people.ts';
import { isClosed } from '../core/model/task.ts';
import { applyEffects } from './apply-effects.ts';
import { callOff, hasLostItsTask } from './call-off.ts';
import { type Content, flowFor } from './content.ts';
import { conversationFacts } from './conversation-facts.ts';
import { isDeadlinePassed } from './gate-request.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Stores } from './ports/database.ts';

/** The interpreter could not go on; the flow has a fault that its checks did not see. */
export class FlowFailure extends Error {
  readonly flowId: string;
  readonly step: string;
  constructor(flowId: string, step: string, reason: string) {
    super(reason);
    this.name = 'FlowFailure';
    this.flowId = flowId;
    this.step = step;
  }
}

/** `answered`: an open question took the text · `not_understood`: it asked back · `no_question`: nothing was open. */
export type ReplyResult = 'answered' | 'not_understood' | 'no_question';

/**
 * Hands a mentee's text to their open question. With `onlyIfUnderstood` an unreadable text changes nothing.
 * @throws FlowFailure when the flow cannot go on.
 */
export async function advanceByReply(
  deps: HouseDeps,
  stores: Stores,
  reply: {
    readonly mentee: Mentee;
    readonly text: string;
    readonly inboundId: InboundId;
    readonly now: number;
    /** When it was sent. */
    readonly saidAt: number;
    readonly onlyIfUnderstood: boolean;
  },
): Promise<ReplyResult> {
  const content = deps.content.current();
  const active = await stores.conversations.activeOf(reply.mentee.id);
  if (active !== null && hasLostItsTask(content, active)) {
    if (active.waiting === null) return 'no_question';
    await callOff(stores, content, { conversation: active, mentee: reply.mentee, why: 'task_removed', now: reply.now });
    return 'no_question';
  }
  const conversation = active ?? (await answerableEnded(stores, content, reply));
  if (conversation === null || !canHear(conversation)) return 'no_question';
  const decided = await decide(deps, stores, conversation, {
    mentee: reply.mentee,
    event: {
      kind: 'reply_received',
      text: reply.text,
      ...((await isUnsaid(stores, conversation)) && { isUnsaid: true }),
    },
    now: reply.now,
  });
  if (!decided.changed) return 'no_question';
  if (!decided.understood && reply.onlyIfUnderstood) return 'not_understood';
  await commitDecision(deps, stores, decided, {
    mentee: reply.mentee,
    now: reply.now,
    inReplyTo: { inboundId: reply.inboundId, at: reply.saidAt },
  });
  return decided.understood ? 'answered' : 'not_understood';
}

/** Whether the open question is a nudge that the gates still hold: by night, over the weekly number, in a pause. */
async function isUnsaid(stores: Stores, { id, version, waiting }: Conversation): Promise<boolean> {
  if (waiting?.kind !== 'reply') return false;
  const said = await stores.outbox.ofConversation(id, version);
  return said.some((row) => row.messageClass === 'nudge' && row.status === 'pending' && row.attemptedAt === null);
}

/**
 * The conversation that ended last, when a question of it was left without a reply and its task can still be asked about.
 * An answer makes it the active one again.
 */
async function answerableEnded(
  stores: Stores,
  content: Content,
  { mentee, now, saidAt }: { readonly mentee: Mentee; readonly now: number; readonly saidAt: number },
): Promise<Conversation | null> {
  const ended = await stores.conversations.lastEndedOf(mentee.id);
  if (ended === null || ended.unanswered === null || now - ended.unanswered.leftAt > LATE_ANSWER_MS) return null;
  // A text that no webhook brought may be older than the question (TW-14).
  if (saidAt < ended.unanswered.waiting.askedAt) return null;
  // People have asked something since: a "yes" is to them.
  const latest = await stores.escalations.latestOf(mentee.phoneHash);
  if (latest !== null && (latest.state.resolvedAt ?? now) >= ended.unanswered.waiting.askedAt) return null;
  if (hasLostItsTask(content, ended) || isDeadlinePassed(content, ended.task, mentee, now)) return null;
  const record = (await stores.tasks.of(mentee.id)).find(({ task }) => task === ended.task);
  return record !== undefined && isClosed(record.status) ? null : ended;
}

/** The text that something is said in reply to, and when it was sent (epoch milliseconds). */
export interface InReplyTo {
  readonly inboundId: InboundId;
  readonly at: number;
}

/** Advances by something that nobody texted: its start, a timer, or that the bot may speak again. False when the event changed nothing. */
export async function advanceUnasked(
  deps: HouseDeps,
  stores: Stores,
  happening: {
    readonly conversation: Conversation;
    readonly mentee: Mentee;
    readonly event: Extract<ConversationEvent, { kind: 'started' | 'timer_due' | 'resumed' }>;
    readonly now: number;
    /** The text that interrupted the conversation and brings it back; absent when nobody wrote. */
    readonly inReplyTo?: InReplyTo;
  },
): Promise<boolean> {
  const { mentee, now, inReplyTo = null } = happening;
  const decided = await decide(deps, stores, happening.conversation, happening);
  await commitDecision(deps, stores, decided, { mentee, now, inReplyTo });
  return decided.changed;
}

interface Decision {
  readonly content: Content;
  readonly conversation: Conversation;
  readonly effects: readonly KeyedEffect[];
  readonly understood: boolean;
  readonly event: ConversationEvent;
  readonly facts: ConversationFacts;
  readonly changed: boolean;
}

async function decide(
  deps: HouseDeps,
  stores: Stores,
  conversation: Conversation,
  input: { readonly mentee: Mentee; readonly event: ConversationEvent; readonly now: number },
): Promise<Decision> {
  const content = deps.content.current();
  const { flow, wording } = await flowFor(stores, deps.content, conversation);
  const facts = await conversationFacts(stores, content, input.mentee, conversation.task);
  const result = advance(conversation, input.event, {
    flow,
    wording,
    facts,
    now: input.now,
    replyBook: content.replyBook,
  });
  if (!result.ok) throw new FlowFailure(conversation.flowId, result.failure.step, result.failure.reason);
  const changed = result.conversation.version !== conversation.version;
  return { content, facts, event: input.event, changed, ...result };
}

async function commitDecision(
  deps: HouseDeps,
  stores: Stores,
  decision: Decision,
  cause: {
    readonly mentee: Mentee;
    readonly now: number;
    readonly inReplyTo: InReplyTo | null;
  },
): Promise<void> {
  if (!decision.changed) return;
  const { conversation, event, facts } = decision;
  const stored = await stores.conversations.advance(conversation, {
    version: conversation.version,
    event,
    facts,
    at: cause.now,
  });
  if (!stored) throw new FlowFailure(conversation.flowId, conversation.step, 'another writer advanced it first');
  await applyEffects(deps, stores, {
    ...cause,
    conversation,
    facts,
    content: decision.content,
    effects: decision.effects,
  });
  if (conversation.status === 'ended') {
    await stores.timers.set({ kind: 'plan', subject: cause.mentee.id, name: 'next', dueAt: cause.now });
  }
}
