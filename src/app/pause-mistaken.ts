// A text that says it reached the wrong person: nothing unasked goes there any more, its answer holds nothing personal,
// and staff look into it (compliance TC-14). START, or a roster row with the right number, brings the texts back.

import type { Mentee } from '../core/model/people.ts';
import type { Mistaken } from '../core/safety/consent-words.ts';
import type { HouseDeps } from './house-deps.ts';
import { replyRow } from './outbound-rows.ts';
import { silenceConversation } from './pause-conversation.ts';
import type { Stores } from './ports/database.ts';
import type { Received } from './received.ts';
import { tellStaff } from './tell-staff.ts';

const TITLES: Record<Mistaken, string> = {
  wrong_number: "Wrong number? A mentee's texts are paused until somebody has checked",
  who_is_this: 'A mentee asks who is texting',
};

/** Pauses the number when it says that it is the wrong one; whoever only asks who texts is told, and goes on. */
export async function pauseMistaken(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  mentee: Mentee,
  mistaken: Mistaken,
): Promise<void> {
  const { now, inboundId, phone, message } = received;
  if (mistaken === 'wrong_number') {
    const { phoneHash } = mentee;
    await stores.consents.record({ phoneHash, state: 'pending', via: 'text', basis: 'wrong_number', at: now });
    await stores.outbox.dropPending(phoneHash, ['nudge', 'answer'], 'wrong_number');
    await silenceConversation(stores, mentee);
  }
  await tellStaff(stores, {
    key: `mistaken:${inboundId}`,
    title: TITLES[mistaken],
    lines: [
      { label: 'On the roster as', text: mentee.firstName },
      { label: 'They wrote', text: message.body },
    ],
    now,
  });
  if (phone === null) return;
  const text = deps.content.current().program.keyword_answers.help[mentee.language];
  const key = `mistaken:${inboundId}`;
  await stores.outbox.add(replyRow({ ...received, phone, key, messageClass: 'answer', text, escalationId: null }), now);
}
