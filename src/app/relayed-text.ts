// A text that a counselor sends from the thread of a case: its row, whether it can be sent at all, and the post in the
// thread that shows how it fares.

import { LONGEST_TEXT } from '../core/flow/segments.ts';
import type { EscalationId } from '../core/model/ids.ts';
import { postInThread } from './case-thread.ts';
import type { Content } from './content.ts';
import type { Person } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { NewOutbound, Outbound, Recipient, StaffMessage } from './ports/messages.ts';

type RelayStateMessage = Extract<StaffMessage, { kind: 'relay_state' }>;

/** The key of the text that a message in the thread became. */
export function relayKey(externalId: string): string {
  return `relay:${externalId}`;
}

/** The key of the post that shows how a text fares, or why a message became none. */
export function stateKeyOf(textKey: string): string {
  return `relay-state:${textKey.startsWith('relay:') ? textKey.slice('relay:'.length) : textKey}`;
}

/** Where a counselor's text goes; null when nobody knows. A case of before says it by its mentee. */
export async function recipientOf(stores: Stores, escalation: Escalation): Promise<Recipient | null> {
  const { contact, menteeId, phoneHash } = escalation;
  if (contact?.kind === 'slack') return { kind: 'slack_user', slackUserId: contact.slackUserId };
  const mentee = menteeId === null ? null : await stores.people.mentee(menteeId);
  const phone = contact?.phone ?? mentee?.phone ?? null;
  return phone === null ? null : { kind: 'phone', phone, phoneHash, menteeId, counselorId: null };
}

/** Why nothing that a counselor writes can be texted, in a sentence; null when it can. */
export async function whyNotSent(stores: Stores, recipient: Recipient | null): Promise<string | null> {
  if (recipient === null) return 'This number cannot be texted: phone this student.';
  if (recipient.kind !== 'phone') return null;
  if ((await stores.consents.state(recipient.phoneHash)) === 'opted_out') return OPTED_OUT;
  return (await stores.people.phoneProblem(recipient.phoneHash)) === null ? null : NUMBER_DEAD;
}

export const OPTED_OUT = 'This student has opted out: phone, cannot text.';
export const NUMBER_DEAD = 'Texts cannot reach this number: phone this student.';

/** What the text begins with; empty when the program wants it unsigned. */
export function signatureOf({ program }: Content, { counselor, staff }: Person): string {
  if (!program.sign_relayed_texts) return '';
  return `${(counselor ?? staff)?.firstName ?? program.name}: `;
}

/** Why it is too long for one text (TX-10), which is never cut off in the middle; null when it is not. */
export function whyTooLong(words: string, signature: string): string | null {
  if (words.length + signature.length <= LONGEST_TEXT) return null;
  const longest = (LONGEST_TEXT - signature.length).toLocaleString('en-US');
  return `Too long for one text: it may have ${longest} characters and has ${words.length.toLocaleString('en-US')}.`;
}

/** The words as they were handed over, whether by SMS or in Slack. */
export function wordsOfText({ body }: Pick<Outbound, 'body'>): string {
  if (body.kind === 'sms' || body.kind === 'call') return body.text;
  if (body.message.kind === 'relayed_text') return body.message.text;
  // Rows of before.
  return body.message.kind === 'notice' ? body.message.title : '';
}

/** Queues the text and the post that shows it as queued. False when the key was there already. */
export async function queueText(
  stores: Stores,
  text: {
    readonly key: string;
    readonly escalationId: EscalationId;
    readonly recipient: Recipient;
    readonly words: string;
    readonly note: string;
    readonly now: number;
  },
): Promise<boolean> {
  const { key, words, escalationId, recipient, now } = text;
  const body: NewOutbound['body'] =
    recipient.kind === 'phone'
      ? { kind: 'sms', text: words }
      : { kind: 'slack_post', message: { kind: 'relayed_text', from: 'A counselor of the program', text: words } };
  const row: NewOutbound = {
    key,
    messageClass: 'human_text',
    recipient,
    body,
    dueAt: now,
    escalationId,
    inReplyTo: null,
    isIntroduction: false,
    task: null,
    saidBy: null,
  };
  if ((await stores.outbox.add(row, now)) === null) return false;
  await postState(stores, { textKey: key, escalationId, state: 'queued', text: words, reason: text.note, now });
  return true;
}

/** The one post in the thread for a message of a person there. */
export async function postState(
  stores: Stores,
  state: Pick<RelayStateMessage, 'state' | 'text' | 'reason'> & {
    readonly textKey: string;
    readonly escalationId: EscalationId;
    readonly now: number;
  },
): Promise<void> {
  const message: RelayStateMessage = {
    kind: 'relay_state',
    state: state.state,
    text: state.text,
    reason: state.reason,
    resend: null,
  };
  await postInThread(stores, { ...state, key: stateKeyOf(state.textKey), message });
}
