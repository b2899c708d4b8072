// The few kinds of outbox rows that the use cases make, so that each says only what is its own.

import type { EscalationId, InboundId, Phone } from '../core/model/ids.ts';
import type { MessageClass } from '../core/model/message.ts';
import type { Mentee } from '../core/model/people.ts';
import type { Sender } from './find-sender.ts';
import type { NewOutbound, Recipient } from './ports/messages.ts';

/** A row that answers no text and belongs to no flow. */
export const OF_NO_FLOW = { inReplyTo: null, isIntroduction: false, task: null, saidBy: null } as const;

/** A text to a mentee: part of a conversation, or the introduction. */
export function menteeRow(row: {
  readonly key: string;
  readonly mentee: Mentee;
  readonly text: string;
  readonly now: number;
  /** The text that is answered; null makes it a nudge. */
  readonly inReplyTo: NewOutbound['inReplyTo'];
  readonly isIntroduction: boolean;
  readonly task: string | null;
  readonly saidBy: NewOutbound['saidBy'];
}): NewOutbound {
  const { mentee, inReplyTo, isIntroduction, task, saidBy } = row;
  return {
    key: row.key,
    messageClass: inReplyTo === null ? 'nudge' : 'answer',
    recipient: {
      kind: 'phone',
      phone: mentee.phone,
      phoneHash: mentee.phoneHash,
      menteeId: mentee.id,
      counselorId: null,
    },
    body: { kind: 'sms', text: row.text },
    dueAt: row.now,
    escalationId: null,
    inReplyTo,
    isIntroduction,
    task,
    saidBy,
  };
}

/** A text back to whoever wrote. */
export function replyRow(row: {
  readonly key: string;
  readonly messageClass: MessageClass;
  readonly sender: Sender;
  readonly phone: Phone;
  readonly text: string;
  readonly inboundId: InboundId;
  readonly now: number;
  /** When it was said that is answered: the age of the answer goes by it (QH-04, TC-08). */
  readonly saidAt: number;
  readonly escalationId: EscalationId | null;
}): NewOutbound {
  const { sender } = row;
  return {
    key: row.key,
    messageClass: row.messageClass,
    recipient: {
      kind: 'phone',
      phone: row.phone,
      phoneHash: sender.phoneHash,
      menteeId: sender.kind === 'mentee' ? sender.mentee.id : null,
      counselorId: sender.kind === 'counselor' ? sender.counselor.id : null,
    },
    body: { kind: 'sms', text: row.text },
    dueAt: row.now,
    escalationId: row.escalationId,
    ...OF_NO_FLOW,
    inReplyTo: { inboundId: row.inboundId, at: row.saidAt },
  };
}

/** A post in Slack of a title and lines: an everyday notice unless the class says otherwise. */
export function noticeRow(row: {
  readonly key: string;
  readonly recipient: Exclude<Recipient, { kind: 'phone' }>;
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly text: string }[];
  readonly now: number;
  readonly escalationId?: EscalationId | null;
  readonly messageClass?: MessageClass;
}): NewOutbound {
  const { title, lines } = row;
  return {
    key: row.key,
    messageClass: row.messageClass ?? 'notice',
    recipient: row.recipient,
    body: { kind: 'slack_post', message: { kind: 'notice', title, lines } },
    dueAt: row.now,
    escalationId: row.escalationId ?? null,
    ...OF_NO_FLOW,
  };
}
