// Turns a conversation's effects into rows of the same transaction. Each effect has one place here; none sends.

import type { Conversation, ConversationFacts } from '../core/model/conversation.ts';
import type { KeyedEffect } from '../core/model/effect.ts';
import type { InboundId } from '../core/model/ids.ts';
import { unreachable } from '../core/model/invariant.ts';
import type { Mentee } from '../core/model/people.ts';
import type { Content } from './content.ts';
import type { HouseDeps } from './house-deps.ts';
import { introduce } from './introduce.ts';
import { openOrRaise } from './open-escalation.ts';
import { menteeRow } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import { tellMentor } from './tell-mentor.ts';

export interface EffectsToApply {
  readonly mentee: Mentee;
  readonly conversation: Conversation;
  readonly content: Content;
  readonly effects: readonly KeyedEffect[];
  readonly now: number;
  readonly facts: ConversationFacts;
  /** The text that caused them; null when nobody asked, and then what is sent is a nudge. */
  readonly inReplyTo: { readonly inboundId: InboundId; readonly at: number } | null;
}

export async function applyEffects(deps: HouseDeps, stores: Stores, work: EffectsToApply): Promise<void> {
  for (const effect of work.effects) await applyEffect(deps, stores, work, effect);
}

async function applyEffect(
  deps: HouseDeps,
  stores: Stores,
  work: EffectsToApply,
  { key, effect }: KeyedEffect,
): Promise<void> {
  const { mentee, conversation, now } = work;
  switch (effect.kind) {
    case 'send_message':
      return sendToMentee(stores, work, key, effect.text);
    case 'set_timer':
      return stores.timers.set({
        kind: 'conversation',
        subject: conversation.id,
        name: effect.timer,
        dueAt: effect.dueAt,
      });
    case 'clear_timer':
      return stores.timers.clear('conversation', conversation.id, effect.timer);
    case 'change_task':
      return stores.tasks.change({
        menteeId: mentee.id,
        task: effect.task,
        status: effect.status,
        againOn: effect.againOn,
        source: work.inReplyTo === null ? 'system' : 'mentee',
        at: now,
      });
    case 'tell_mentor':
      return tellMentor(stores, work.content, {
        key,
        mentee,
        reason: effect.reason,
        words: null,
        task: effect.task,
        now,
      });
    case 'open_escalation':
      await openOrRaise(
        deps,
        stores,
        {
          sender: { kind: 'mentee', mentee, phoneHash: mentee.phoneHash },
          tier: effect.tier,
          words: [effect.reason],
          askedByFlow: true,
          now,
        },
        'By the flow that opened this case.',
      );
      return;
    default:
      return unreachable(effect);
  }
}

async function sendToMentee(stores: Stores, work: EffectsToApply, key: string, text: string): Promise<void> {
  const { mentee, now, inReplyTo } = work;
  await introduce(stores, work.content, mentee, now, inReplyTo);
  const { id: conversationId, version, task } = work.conversation;
  const saidBy = { conversationId, version, deadlineOn: work.facts.task?.deadlineOn ?? null };
  await stores.outbox.add(menteeRow({ key, mentee, text, now, inReplyTo, isIntroduction: false, task, saidBy }), now);
}
