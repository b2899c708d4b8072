// A text that says it reached the wrong person: nothing unasked goes there any more, its answer holds nothing personal,
// and staff look into it (compliance TC-14). START, or a roster row with a later agreement, brings the texts back.

import type { PhoneHash } from '../core/model/ids.ts';
import type { Mentee } from '../core/model/people.ts';
import type { Mistaken } from '../core/safety/consent-words.ts';
import type { HouseDeps } from './house-deps.ts';
import { replyRow } from './outbound-rows.ts';
import { silenceConversation } from './pause-conversation.ts';
import type { Stores } from './ports/database.ts';
import { type Received, wordsOf } from './received.ts';
import { tellStaff } from './tell-staff.ts';

const TITLES: Record<Mistaken, string> = {
  wrong_number: "Wrong number? A mentee's texts are paused until somebody has checked",
  who_is_this: 'A mentee asks who is texting',
};

/** The basis that the ledger gives for the pause. */
const WRONG_NUMBER = 'wrong_number';
/** Whoever holds a wrong number hears who texted once a day, however much they write. */
const ANSWER_EVERY_MS = 24 * 3_600_000;

/** When this number said that it is the wrong one, if nothing has changed its consent since; else null. */
export async function wrongNumberSince(stores: Stores, phoneHash: PhoneHash): Promise<number | null> {
  if ((await stores.consents.state(phoneHash)) !== 'pending') return null;
  const last = (await stores.consents.events(phoneHash)).at(-1);
  return last?.basis === WRONG_NUMBER ? last.at : null;
}

/** What is texted from a number that said it is the wrong one: for staff alone, who know nothing of its holder. */
export async function passOnFromWrongNumber(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  mentee: Mentee,
): Promise<void> {
  await tellStaff(stores, {
    key: `mistaken:${received.inboundId}`,
    title: 'A text from a number that said it is the wrong number',
    lines: [
      { label: 'On the roster as', text: mentee.firstName },
      { label: 'They wrote', text: wordsOf(received) },
    ],
    now: received.now,
  });
  await answerWhoTexts(deps, stores, received, mentee, wrongNumberAnswerKey(received, mentee));
}

function wrongNumberAnswerKey({ now }: Received, { phoneHash }: Mentee): string {
  return `wrong-number:${phoneHash}:${Math.floor(now / ANSWER_EVERY_MS)}`;
}

/** Pauses the number when it says that it is the wrong one; whoever only asks who texts is told, and goes on. */
export async function pauseMistaken(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  mentee: Mentee,
  mistaken: Mistaken,
): Promise<void> {
  const { now, inboundId } = received;
  if (mistaken === 'wrong_number') {
    const { phoneHash } = mentee;
    await stores.consents.record({ phoneHash, state: 'pending', via: 'text', basis: WRONG_NUMBER, at: now });
    await stores.outbox.dropPending(phoneHash, ['nudge', 'answer'], 'wrong_number');
    await silenceConversation(stores, mentee);
  }
  await tellStaff(stores, {
    key: `mistaken:${inboundId}`,
    title: TITLES[mistaken],
    lines: [
      { label: 'On the roster as', text: mentee.firstName },
      { label: 'They wrote', text: wordsOf(received) },
    ],
    now,
  });
  const key = mistaken === 'wrong_number' ? wrongNumberAnswerKey(received, mentee) : `mistaken:${inboundId}`;
  await answerWhoTexts(deps, stores, received, mentee, key);
}

/** The neutral answer to HELP: who texts and how to end it, without a name. */
async function answerWhoTexts(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  { language }: Mentee,
  key: string,
): Promise<void> {
  const { phone, now } = received;
  if (phone === null) return;
  const text = deps.content.current().program.keyword_answers.help[language];
  await stores.outbox.add(replyRow({ ...received, phone, key, messageClass: 'answer', text, escalationId: null }), now);
}
