// What counselors are told when words to somebody in distress do not get through: refused for good, or still here after a
// minute. A card that says what was answered must never stand above a reply that nobody got. Sends no text itself.

import { postInThread } from './case-thread.ts';
import { noticeRow } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';
import type { Problem } from './ports/senders.ts';

/** After so long a reply that was to leave at once is late, and a person phones. */
const LATE_MS = 60_000;

const lateKey = (row: Outbound) => `late-reply:${row.id}`;

/** Somebody who may be in danger waits for words that did not come: whatever the reason, a person phones. Once a row. */
export async function tellOfRefusal(
  stores: Stores,
  row: Outbound,
  refusal: { readonly problem: Problem; readonly code: string; readonly now: number },
): Promise<void> {
  const { problem, code, now } = refusal;
  if (row.messageClass !== 'safety_reply' && row.messageClass !== 'human_text') return;
  const what = row.messageClass === 'safety_reply' ? 'The safety reply' : 'A text that a person wrote';
  const title =
    problem === 'opted_out'
      ? `${what} could not be sent: this number has opted out. Phone, cannot text.`
      : `${what} did not arrive (${code}): phone this student.`;
  await tellCounselors(stores, row, { key: `cannot-text:${row.id}`, title, now });
}

/**
 * A safety reply that a vendor does not take, though it does not refuse it either (down, 429, 500), is told of once, when
 * it is a minute late; it is tried on for as long as that lasts. A text that a person wrote shows in its thread how it fares.
 */
export async function tellOfDelay(
  stores: Stores,
  row: Outbound,
  delay: { readonly code: string; readonly now: number },
): Promise<void> {
  const { code, now } = delay;
  // A clock that was set back makes no reply younger than it is.
  if (row.messageClass !== 'safety_reply' || Math.abs(now - row.createdAt) < LATE_MS) return;
  const title = `The safety reply has not left for a minute (${code}): phone this student. It is tried again and again.`;
  await tellCounselors(stores, row, { key: lateKey(row), title, now });
}

/** It has left after all: whoever was told that it had not is told so. */
export async function tellOfEnd(stores: Stores, row: Outbound, now: number): Promise<void> {
  if (row.messageClass !== 'safety_reply' || row.attempts < 2) return;
  if ((await stores.outbox.byKey(lateKey(row))) === null) return;
  const title = 'The safety reply that was late has left now.';
  await tellCounselors(stores, row, { key: `late-reply-left:${row.id}`, title, now });
}

/** In the thread, where an answer to it is one of the case's, and in the channel, where it is seen. */
async function tellCounselors(
  stores: Stores,
  row: Outbound,
  told: { readonly key: string; readonly title: string; readonly now: number },
): Promise<void> {
  const { key, title, now } = told;
  const to = { label: 'To', text: await nameOf(stores, row) };
  const escalation = row.escalationId === null ? null : await stores.escalations.byId(row.escalationId);
  if (escalation === null) {
    const recipient = { kind: 'slack_channel', channel: 'counselors' } as const;
    await stores.outbox.add(noticeRow({ key, recipient, title, lines: [to], now }), now);
    return;
  }
  const message = { kind: 'notice', title, lines: [to, { label: 'Case', text: escalation.caseCode }] } as const;
  await postInThread(stores, { key, escalationId: escalation.id, message, now, broadcast: true });
}

async function nameOf(stores: Stores, { recipient }: Outbound): Promise<string> {
  if (recipient.kind !== 'phone') return 'Somebody who wrote in Slack';
  const mentee = recipient.menteeId === null ? null : await stores.people.mentee(recipient.menteeId);
  if (mentee !== null) return mentee.firstName;
  const mentor = await stores.people.mentorByPhone(recipient.phoneHash);
  return mentor === null ? 'A number that is not on the roster' : `${mentor.firstName} (mentor)`;
}
