// The end that the house makes of a conversation, whatever it waited for: no step is asked, and no question is kept.

import type { Conversation } from '../model/conversation.ts';
import type { Effect } from '../model/effect.ts';
import type { CalledOff } from '../model/event.ts';

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
    conversation: { ...conversation, version, status: 'ended', waiting: null, unanswered: null },
    effects: effects.map((effect, index) => ({ key: `${id}:${version}:${index}`, effect })),
  };
}

const DEADLINE_PASSED = 'The deadline of this task has passed without an answer.';
