// Texts that no intent and no signal matched, as staff are shown them: the oldest first, so many at a time, and how many
// wait in all.

import type { InboundId } from '../core/model/ids.ts';
import { findByHash, firstNameOf, type HashAddress } from './find-sender.ts';
import type { Stores } from './ports/database.ts';

/** How many the day's digest shows. App Home shows a few more. */
export const UNREAD_SHOWN = 15;

export interface ShownText {
  readonly inboundId: InboundId;
  readonly from: string;
  readonly text: string;
  readonly at: number;
}

/** The oldest that wait, with who wrote them, and how many wait in all. */
export async function showUnread(
  stores: Stores,
  hashOf: HashAddress,
  limit: number,
): Promise<{ readonly texts: readonly ShownText[]; readonly total: number }> {
  const texts: ShownText[] = [];
  for (const { id, phoneHash, body, receivedAt } of await stores.inbox.unread(limit)) {
    const sender = await findByHash(stores, phoneHash, hashOf);
    texts.push({ inboundId: id, from: firstNameOf(sender), text: shownWords(body), at: receivedAt });
  }
  return { texts, total: await stores.inbox.countUnread() };
}

/** The words of a text; it may have had none. */
export function shownWords(body: string): string {
  return body.trim() === '' ? '(no words)' : body;
}
