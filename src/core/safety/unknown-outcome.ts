// What becomes of a text when nobody knows whether the provider took it (TX-03, TX-04): the last column of the class
// table of architecture 2.3. A doubled nudge is a nuisance, a crisis reply that never came is not allowed.

import { unreachable } from '../model/invariant.ts';
import type { MessageClass } from '../model/message.ts';

/** What is known of the send whose answer was lost. */
export interface UnknownFacts {
  /** Milliseconds since it was handed to the provider. */
  readonly sinceMs: number;
  /** What the provider's own list said: there, not there, or (null) not asked or not answered yet. */
  readonly seenAtProvider: boolean | null;
  /** How often it was handed over, this time included. */
  readonly attempts: number;
}

/**
 * `adopt`: it is there, take its id. `wait`: for the callback or the list, again at most `forMs` later.
 * `resend`: at once. `resend_gated`: once more through the gates. `ask_person`: show it to the one who wrote it.
 */
export type UnknownDecision =
  | { readonly kind: 'adopt' | 'resend' | 'resend_gated' | 'lost' | 'ask_person' }
  | { readonly kind: 'wait'; readonly forMs: number };

/** TX-04: the list is trusted to show a text after ten minutes. */
export const LIST_TRUSTED_MS = 10 * 60_000;
/** TX-04: the callback has one minute before the list is asked. */
export const CALLBACK_WAIT_MS = 60_000;
/** A provider that cannot be asked for a day has lost it. */
const GIVE_UP_MS = 24 * 3_600_000;

/** Decides by class. */
export function decideUnknown(messageClass: MessageClass, facts: UnknownFacts): UnknownDecision {
  if (facts.seenAtProvider === true) return { kind: 'adopt' };
  switch (messageClass) {
    case 'nudge':
    case 'answer':
    case 'keyword_answer':
      return decideOnce(facts);
    case 'safety_reply':
    case 'alert':
      return { kind: 'resend' };
    case 'human_text':
      return { kind: 'ask_person' };
    case 'case_note':
    case 'notice':
      // Somebody's words may be in it: a double is a nuisance, and it is looked for before it is posted again.
      return facts.seenAtProvider === null && facts.sinceMs < GIVE_UP_MS
        ? { kind: 'wait', forMs: CALLBACK_WAIT_MS }
        : { kind: 'resend' };
    default:
      return unreachable(messageClass);
  }
}

function decideOnce(facts: UnknownFacts): UnknownDecision {
  if (facts.sinceMs < CALLBACK_WAIT_MS) return { kind: 'wait', forMs: CALLBACK_WAIT_MS - facts.sinceMs };
  if (facts.sinceMs < LIST_TRUSTED_MS) return { kind: 'wait', forMs: LIST_TRUSTED_MS - facts.sinceMs };
  if (facts.seenAtProvider === null && facts.sinceMs < GIVE_UP_MS) return { kind: 'wait', forMs: CALLBACK_WAIT_MS };
  return { kind: facts.seenAtProvider === false && facts.attempts < 2 ? 'resend_gated' : 'lost' };
}
