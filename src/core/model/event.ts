// What can happen to a conversation. Facts, in the past tense; time comes in the context, never from a clock.

import type { StructureHash } from './ids.ts';

/** A fact that a conversation is advanced by. */
export type ConversationEvent =
  | { readonly kind: 'started' }
  /** `isUnsaid`: the text of the open question had not left yet, so that this cannot be its answer. */
  | { readonly kind: 'reply_received'; readonly text: string; readonly isUnsaid?: true | undefined }
  | { readonly kind: 'timer_due'; readonly timer: TimerName }
  /** The bot may speak again after people had the conversation, or after a pause: an old question is asked again. */
  | { readonly kind: 'resumed' }
  /** The house ends it, whatever it waited for. */
  | { readonly kind: 'called_off'; readonly why: CalledOff }
  | Moved;

/** A publish took it along to another structure of its flow, whose hash it pins from now on. */
export interface Moved {
  readonly kind: 'moved';
  readonly to: MoveTarget;
  readonly structureHash: StructureHash;
}

/**
 * Where a conversation is moved. `stand`: it goes on waiting there, for the answer to what was texted at `askedAt` (epoch
 * milliseconds; null for a pause) · `enter`: the step begins · `restart`: all is forgotten and begins anew · `finish`: it
 * ends, and its task stays as it is.
 */
export type MoveTarget =
  | { readonly kind: 'stand'; readonly step: string; readonly askedAt: number | null }
  | { readonly kind: 'enter'; readonly step: string }
  | { readonly kind: 'restart' }
  | { readonly kind: 'finish' };

/** Why a conversation has nothing to ask about any more. A changed deadline is asked about anew. */
export type CalledOff = 'deadline_passed' | 'deadline_changed' | 'task_removed' | 'task_closed';

/** Which of a conversation's two wake-ups rang: the pause of a `wait` step, or the silence after an `ask`. */
export type TimerName = 'wait' | 'no_reply';
