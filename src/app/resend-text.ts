// A person decides to send a text of a thread once more, though it may have arrived: only they can weigh that.

import { asCounselorId } from '../core/model/ids.ts';
import { changeCase } from './case-actions.ts';
import { DONE, type Doing, say } from './doing.ts';
import type { Person } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';
import type { ActResult, StaffAct } from './ports/staff-room.ts';
import { queueText, recipientOf, whyNotSent, wordsOfText } from './relayed-text.ts';
import { canResend, showResent, standingOf } from './show-relay-state.ts';
import { isActor } from './slack-actor.ts';

export async function resendText(doing: Doing<Extract<StaffAct, { kind: 'resend' }>>): Promise<ActResult> {
  const { stores, what, person } = doing;
  const seen = await stores.outbox.byId(what.outboundId);
  const escalation = seen?.escalationId == null ? null : await stores.escalations.byId(seen.escalationId);
  if (seen === null || seen.messageClass !== 'human_text' || escalation === null) return say('That text is not there.');
  await stores.lockPerson(escalation.phoneHash);
  // What was read before the lock may be old.
  const text = (await stores.outbox.byId(what.outboundId)) ?? seen;
  const current = (await stores.escalations.byId(escalation.id)) ?? escalation;
  if (!mayResend(person, current)) return say('Only the counselors of this case can send it again.');
  if (current.state.status === 'resolved') {
    return say('This case is resolved: press Re-open to write to the student.');
  }
  if (!canResend(standingOf(text))) return say('It needs no second sending: see what stands beneath it.');
  return sendAgain(doing, current, text);
}

/** Whoever holds the conversation, and any counselor of the roster. */
function mayResend(person: Person, { state }: Escalation): boolean {
  return person.counselor !== null || isActor(person, state.heldBy);
}

async function sendAgain(
  { deps, stores, person, now }: Doing<unknown>,
  escalation: Escalation,
  text: Outbound,
): Promise<ActResult> {
  const { count, last } = await resentBefore(stores, text);
  if (last !== null && !canResend(standingOf(last))) return say('It was sent again already.');
  const recipient = await recipientOf(stores, escalation);
  const why = await whyNotSent(stores, recipient);
  if (recipient === null || why !== null) return say(why ?? '');
  const key = `resend:${text.id}:${count + 1}`;
  const words = wordsOfText(text);
  await queueText(stores, { key, escalationId: escalation.id, recipient, words, note: 'Sent again.', now });
  await showResent(stores, text, { by: person.name, count: count + 1, now });
  const detail = { outboundId: text.id };
  const subject = { subjectKind: 'case', subject: escalation.id };
  await stores.audit.add({ at: now, actor: person.actorId, action: 'text_resent', ...subject, detail });
  const by = asCounselorId(person.actorId);
  await changeCase(deps, stores, escalation, { kind: 'activity', at: now, by, answersMentee: true }, now);
  return DONE;
}

/** More than this nobody sends one text again by hand. */
const RESEND_LIMIT = 100;

async function resentBefore(
  stores: Stores,
  { id }: Outbound,
): Promise<{ readonly count: number; readonly last: Outbound | null }> {
  let last: Outbound | null = null;
  for (let count = 0; count < RESEND_LIMIT; count += 1) {
    const next = await stores.outbox.byKey(`resend:${id}:${count + 1}`);
    if (next === null) return { count, last };
    last = next;
  }
  return { count: RESEND_LIMIT, last };
}
