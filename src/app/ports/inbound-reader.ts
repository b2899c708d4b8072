// What the house asks Twilio about by itself, because a webhook may never come (TW-13). Reads only.

import type { InboundMessage, Media } from './messages.ts';

/** A text in the vendor's own list. */
export interface ListedText {
  /** As the webhook would have brought it, without what came along, and with when it was sent (epoch milliseconds). */
  readonly message: InboundMessage & { readonly sentAt: number };
  /** How many pictures or files came along: `mediaOf` names them. */
  readonly mediaCount: number;
}

export interface InboundReader {
  /**
   * Texts to our numbers since a moment, oldest first; null when the vendor could not be asked to the end. `isWhole` is
   * false when there were more than are read at once: then the oldest are missing. Never throws.
   */
  inboundSince(since: number): Promise<{ readonly texts: readonly ListedText[]; readonly isWhole: boolean } | null>;
  /**
   * What came along with a text. Of each that the vendor does not name just now it gives the place where they all are, so
   * that a picture is never taken for nothing. Never throws.
   */
  mediaOf(text: ListedText): Promise<readonly Media[]>;
}
