// What an outbox row says about its message: the sealed recipient and body, the lane, and the row as a value.

import { z } from 'zod';
import type { Lane } from '../../app/ports/database.ts';
import type { NewOutbound, Outbound, OutboundBody, Recipient } from '../../app/ports/messages.ts';
import {
  asConversationId,
  asCounselorId,
  asEscalationId,
  asInboundId,
  asMenteeId,
  asOutboundId,
  asPhone,
  asPhoneHash,
} from '../../core/model/ids.ts';
import type { MessageClass } from '../../core/model/message.ts';
import { SealedColumn } from './json-column.ts';
import type { SealedCodec } from './sealed.ts';
import { caseCard, staffMessage } from './staff-message-column.ts';

const recipient = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('phone'),
    phone: z.string().transform(asPhone),
    phoneHash: z.string().transform(asPhoneHash),
    menteeId: z.string().transform(asMenteeId).nullable(),
    counselorId: z.string().transform(asCounselorId).nullable(),
  }),
  z.object({ kind: z.literal('slack_channel'), channel: z.enum(['counselors', 'staff']) }),
  z.object({ kind: z.literal('slack_user'), slackUserId: z.string() }),
]) satisfies z.ZodType<Recipient>;

const body = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sms'), text: z.string() }),
  z.object({ kind: z.literal('call'), text: z.string() }),
  z.object({
    kind: z.literal('slack_post'),
    message: staffMessage,
    thread: z
      .object({ ofOutboundId: z.string().transform(asOutboundId), broadcast: z.boolean() })
      .nullable()
      .exactOptional(),
  }),
  z.object({
    kind: z.literal('slack_update'),
    ofOutboundId: z.string().transform(asOutboundId),
    message: z.union([staffMessage, caseCard]),
  }),
]) satisfies z.ZodType<OutboundBody>;

export const contentColumn = new SealedColumn<{ readonly recipient: Recipient; readonly body: OutboundBody }>(
  'outbox',
  'sealed_content',
  z.object({ recipient, body }),
);

/** How a body's kind stands in its own column. */
export const bodyKind = z.enum(['sms', 'call', 'slack_post', 'slack_update']);

const messageClass = z.enum([
  'nudge',
  'answer',
  'safety_reply',
  'human_text',
  'keyword_answer',
  'alert',
  'case_note',
  'notice',
]);
const status = z.enum(['pending', 'claimed', 'sent', 'unknown', 'failed', 'dropped', 'lost', 'parked']);

const URGENT: ReadonlySet<MessageClass> = new Set(['alert', 'case_note', 'safety_reply', 'human_text']);

/** Urgent messages have a lane of their own: claimed first, and never behind a text without hurry to the same person. */
export function laneOf(messageClass: MessageClass): Lane {
  return URGENT.has(messageClass) ? 'urgent' : 'normal';
}

/** How a lane stands in its column. */
export const LANE_NUMBERS: Readonly<Record<Lane, number>> = { urgent: 0, normal: 1 };

/**
 * Whom order is kept for, as a key that says nothing about the person. In a channel each case keeps its own order, its
 * cards apart from what stands in its thread and from changes: what Slack refuses there may not stand before an alert.
 */
export function recipientKey({ recipient, escalationId, messageClass, body }: NewOutbound): string {
  switch (recipient.kind) {
    case 'phone':
      // A text that is tried again does not hold back the call that comes after it.
      return `${body.kind === 'call' ? 'call' : 'phone'}:${recipient.phoneHash}`;
    case 'slack_channel': {
      const isCard = messageClass === 'alert' && body.kind === 'slack_post';
      return `slack_channel:${recipient.channel}:${escalationId ?? ''}${isCard ? '' : ':thread'}`;
    }
    case 'slack_user':
      return `slack_user:${recipient.slackUserId}`;
  }
}

/** An outbox row as the database gives it. */
export interface OutboxRow {
  readonly id: string;
  readonly key: string;
  readonly message_class: string;
  readonly sealed_content: string;
  readonly due_at: number;
  readonly escalation_id: string | null;
  readonly in_reply_to_id: string | null;
  readonly in_reply_to_at: number | null;
  readonly is_introduction: number;
  readonly task: string | null;
  readonly conversation_id: string | null;
  readonly conversation_version: number | null;
  readonly deadline_on: string | null;
  readonly status: string;
  readonly attempts: number;
  readonly provider_id: string | null;
  readonly lease_token: string | null;
  readonly created_at: number;
  readonly attempted_at: number | null;
  readonly receipt_status: string | null;
  readonly reason: string | null;
}

export function parseOutbound(codec: SealedCodec, row: OutboxRow): Outbound {
  return {
    id: asOutboundId(row.id),
    key: row.key,
    messageClass: messageClass.parse(row.message_class),
    ...contentColumn.open(codec, row.id, row.sealed_content),
    dueAt: row.due_at,
    escalationId: row.escalation_id === null ? null : asEscalationId(row.escalation_id),
    inReplyTo: parseInReplyTo(row),
    isIntroduction: row.is_introduction === 1,
    task: row.task,
    saidBy: parseSaidBy(row),
    status: status.parse(row.status),
    attempts: row.attempts,
    providerId: row.provider_id,
    leaseToken: row.lease_token,
    createdAt: row.created_at,
    attemptedAt: row.attempted_at,
    receiptStatus: row.receipt_status,
    reason: row.reason,
  };
}

function parseInReplyTo({ in_reply_to_id, in_reply_to_at }: OutboxRow): NewOutbound['inReplyTo'] {
  if (in_reply_to_id === null || in_reply_to_at === null) return null;
  return { inboundId: asInboundId(in_reply_to_id), at: in_reply_to_at };
}

function parseSaidBy({ conversation_id, conversation_version, deadline_on }: OutboxRow): NewOutbound['saidBy'] {
  if (conversation_id === null || conversation_version === null) return null;
  return { conversationId: asConversationId(conversation_id), version: conversation_version, deadlineOn: deadline_on };
}
