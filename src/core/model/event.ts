// What can happen to a conversation. Facts, in the past tense; time comes in the context, never from a clock.

/** A fact that a conversation is advanced by. */
export type ConversationEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'reply_received'; readonly text: string }
  | { readonly kind: 'timer_due'; readonly timer: TimerName }
  /** The bot may speak again after people had the conversation, or after a pause: an old question is asked again. */
  | { readonly kind: 'resumed' }
  /** The house ends it, whatever it waited for. */
  | { readonly kind: 'called_off'; readonly why: CalledOff };

/** Why a conversation has nothing to ask about any more. A changed deadline is asked about anew. */
export type CalledOff = 'deadline_passed' | 'deadline_changed' | 'task_removed' | 'task_closed';

/** Which of a conversation's two wake-ups rang: the pause of a `wait` step, or the silence after an `ask`. */
export type TimerName = 'wait' | 'no_reply';
