// What trouble there is in the local Twilio, and how far it reaches. Three kinds are independent of each other: how a
// request is answered, what becomes of the message, and how its callbacks travel.

import type { Uses } from '../wire/rule.ts';

/** How a request is answered. "Accepted" means that the message exists and is sent although the caller cannot know. */
export type AnswerFault =
  | { readonly kind: 'accept_then_hang' }
  | { readonly kind: 'accept_then_reset' }
  | { readonly kind: 'hang_before_accept' }
  | { readonly kind: 'reset_before_accept' }
  | { readonly kind: '429' }
  | { readonly kind: '500_accepted' }
  | { readonly kind: '500_not_accepted' }
  | { readonly kind: '503' }
  | { readonly kind: 'reject'; readonly code: number };

/** What becomes of an accepted message. `wait` leaves it in the queue until its validity period ends (30036). */
export type FateFault =
  | { readonly kind: 'final'; readonly status: 'undelivered' | 'failed'; readonly errorCode: number }
  | { readonly kind: 'wait' };

/** How a message's callbacks travel. `shuffled` sends them in the reverse order. */
export type CallbackFault =
  | { readonly kind: 'callbacks'; readonly how: 'shuffled' | 'doubled' | 'lost' }
  | { readonly kind: 'callbacks'; readonly how: 'late'; readonly lateMs: number };

export type TwilioFault = AnswerFault | FateFault | CallbackFault;

/** Which request an answer fault is for. */
export type TwilioOperation = 'create' | 'list' | 'fetch' | 'call';

/** A fault with its reach: one recipient or all, so many times or always, one operation (`create` when left out). */
export interface TwilioRule {
  readonly fault: TwilioFault;
  readonly times: Uses;
  readonly to?: string;
  readonly on?: TwilioOperation;
}
