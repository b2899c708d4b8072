// One place that makes an outbox row for the phone of a person who wrote.

import type { EscalationId, InboundId, Phone } from '../core/model/ids.ts';
import type { MessageClass } from '../core/model/message.ts';
import type { Sender } from './find-sender.ts';
import type { NewOutbound } from './ports/messages.ts';

export interface ReplyRow {
  readonly key: string;
  readonly messageClass: MessageClass;
  readonly sender: Sender;
  readonly phone: Phone;
  readonly text: string;
  readonly inboundId: InboundId;
  readonly now: number;
  readonly escalationId: EscalationId | null;
}

/** A text back to whoever wrote. */
export function replyRow(row: ReplyRow): NewOutbound {
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
    inReplyTo: { inboundId: row.inboundId, at: row.now },
    isIntroduction: false,
    task: null,
  };
}
