// What can happen to a conversation. Facts, in the past tense; time comes in the context, never from a clock.

/** A fact that a conversation is advanced by. */
export type ConversationEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'reply_received'; readonly text: string }
  | { readonly kind: 'timer_due'; readonly timer: TimerName };

/** Which of a conversation's two wake-ups rang: the pause of a `wait` step, or the silence after an `ask`. */
export type TimerName = 'wait' | 'no_reply';
