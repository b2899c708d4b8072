// What of a case was there to be read when a form about it was opened: a mark that a further text changes, so that nobody
// ends a case over words that they have not seen.

import type { Escalation, Stores } from './ports/database.ts';

/** Why a case cannot be ended from this form. */
export const WROTE_AGAIN =
  'They wrote again since you opened this: read it first. Then close this form and press Resolve on the card again.';

/**
 * Opaque, and another one after each text of theirs and each further sign of distress, whatever the clock does. It is
 * made of a count and an instant: nobody's words, no id.
 */
export async function seenMark(stores: Stores, { phoneHash, state }: Escalation): Promise<string> {
  return `${await stores.inbox.countSince(phoneHash, 0)}.${state.lastSignalAt}`;
}
