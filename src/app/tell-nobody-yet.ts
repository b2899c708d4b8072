// Nobody of the team has acknowledged a case for a quarter of an hour: the mentee is told so, once, in the locked wording.
// Promises nothing, and never texts a number that has opted out.

import type { Language } from '../core/model/people.ts';
import { paceOf } from '../core/safety/escalation.ts';
import { chooseNobodyYet } from '../core/safety/replies.ts';
import type { SafetyReplies } from '../core/safety/reply-ids.ts';
import { mayTextNeutral } from '../core/safety/text-safety.ts';
import { OVERTAKEN } from './alert-row.ts';
import { postInThread } from './case-thread.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { NewOutbound } from './ports/messages.ts';

const keyOf = ({ id }: Escalation) => `nobody-yet:${id}`;

/** Queues the text and says so in the thread. Somebody who wrote in Slack or was told nothing before gets none. */
export async function tellNobodyYet(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  now: number,
): Promise<void> {
  const { id: escalationId, contact, phoneHash, menteeId } = escalation;
  if (contact?.kind !== 'phone' || (await stores.consents.state(phoneHash)) === 'opted_out') return;
  const said = await saidInCase(stores, escalation);
  // Where it is not known to be safe, one line beside the question is the most that is texted without a person.
  if (!mayTextNeutral(escalation.state.textSafety, said.length - 1)) return;
  const replyId = chooseNobodyYet(said);
  if (replyId === null) return;
  const { replies } = deps.content.current();
  const mentee = menteeId === null ? null : await stores.people.mentee(menteeId);
  const text = replies[replyId][mentee?.language ?? languageOf(replies, said)];
  const row: NewOutbound = {
    key: keyOf(escalation),
    messageClass: 'safety_reply',
    recipient: { kind: 'phone', phone: mentee?.phone ?? contact.phone, phoneHash, menteeId, counselorId: null },
    body: { kind: 'sms', text },
    dueAt: now,
    escalationId,
    inReplyTo: null,
    isIntroduction: false,
    task: null,
    saidBy: null,
  };
  if ((await stores.outbox.add(row, now)) === null) return;
  const minutes = Math.round(paceOf(escalation.state).tellMenteeAfterMs / 60_000);
  const title = `Nobody has acknowledged for ${minutes} minutes, and the student is told so`;
  const message = { kind: 'notice', title, lines: [{ label: 'The text', text }] } as const;
  await postInThread(stores, { key: `${row.key}:thread`, escalationId, message, now });
}

/** What became of a text that never reached anybody. */
const NOT_TOLD: readonly string[] = ['dropped', 'failed', 'lost'];

/** When the mentee was told so; null when they were not, because nothing could or should be texted to them. */
export async function toldNobodyYetAt(stores: Stores, escalation: Escalation): Promise<number | null> {
  const { menteeToldAt } = escalation.state;
  if (menteeToldAt === null) return null;
  const row = await stores.outbox.byKey(keyOf(escalation));
  return row === null || NOT_TOLD.includes(row.status) ? null : menteeToldAt;
}

/** Somebody is at it: what says that nobody is does not leave any more. */
export async function callOffNobodyYet(stores: Stores, escalation: Escalation): Promise<void> {
  const row = await stores.outbox.byKey(keyOf(escalation));
  if (row?.status === 'pending') await stores.outbox.drop(row.id, OVERTAKEN);
}

/** The safety replies of this case that were not dropped, by text. */
async function saidInCase(stores: Stores, { id, phoneHash }: Escalation): Promise<string[]> {
  const rows = await stores.outbox.ofPhone(phoneHash);
  return rows.flatMap(({ messageClass, escalationId, status, body }) => {
    const isReply = messageClass === 'safety_reply' && escalationId === id && status !== 'dropped';
    return isReply && body.kind === 'sms' ? [body.text] : [];
  });
}

/** Somebody who is not on the roster is told in the language in which they were answered. */
function languageOf(replies: SafetyReplies, said: readonly string[]): Language {
  return Object.values(replies).some(({ es }) => said.includes(es)) ? 'es' : 'en';
}
