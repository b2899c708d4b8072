// The noun between the steps of taking in a text: one stored text, who sent it, and what the screen said.

import type { InboundId, Phone } from '../core/model/ids.ts';
import type { Screening } from '../core/safety/screen.ts';
import type { Sender } from './find-sender.ts';
import type { InboundMessage } from './ports/messages.ts';

/** One stored text with who sent it. */
export interface Received {
  readonly message: InboundMessage;
  readonly sender: Sender;
  readonly inboundId: InboundId;
  readonly now: number;
  /** When its sender sent it: `now`, unless no webhook brought it. Consent and the age of an answer go by this. */
  readonly saidAt: number;
  /** In words for staff, when it was sent; null unless it arrived late (TW-13). */
  readonly late: string | null;
  /** Where an answer can go; null for Slack, short codes and our own number. */
  readonly phone: Phone | null;
}

/**
 * What the screen said, whether it opened or raised a case, which takes the conversation from the bot, and whether its
 * sender has a case that is not resolved.
 */
export interface Screened {
  readonly screening: Screening;
  readonly caseOpened: boolean;
  readonly hasCase: boolean;
}

/** What staff are shown of a text: that it is late, how many files came along, and its words. */
export function wordsOf({ message, late }: Pick<Received, 'message' | 'late'>): string {
  const files = message.media.length === 0 ? '' : `(${message.media.length} picture or file) `;
  const words = `${files}${message.body}`.trim() || '(no words)';
  return late === null ? words : `(${late}) ${words}`;
}
