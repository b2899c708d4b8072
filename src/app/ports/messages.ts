// Messages as the app hands them over: what came in, what waits to go out, what staff read in Slack.

import type {
  ConversationId,
  CounselorId,
  EscalationId,
  InboundId,
  MenteeId,
  OutboundId,
  Phone,
  PhoneHash,
} from '../../core/model/ids.ts';
import type { MessageClass, Tier } from '../../core/model/message.ts';

/** Something sent along with a text. The address needs the vendor's credentials; it is stored, never fetched here. */
export interface Media {
  readonly url: string;
  readonly contentType: string;
}

/** One text in, verified and parsed by an adapter. */
export interface InboundMessage {
  readonly source: 'twilio' | 'slack';
  /** Twilio's MessageSid; in Slack `channel:ts`. Unique for ever within its source. */
  readonly externalId: string;
  readonly from:
    | { readonly kind: 'phone'; readonly address: string }
    | { readonly kind: 'slack'; readonly slackUserId: string };
  readonly body: string;
  readonly media: readonly Media[];
  /** Twilio's OptOutType when Advanced Opt-Out already answered for us (CA-11), else null. */
  readonly vendorKeyword: 'STOP' | 'START' | 'HELP' | null;
}

/** What staff and mentors are shown in Slack. The adapter turns each into blocks; student words stay plain text. */
export type StaffMessage =
  | {
      readonly kind: 'alert';
      readonly escalationId: EscalationId;
      /** Short name of the case that can be read aloud ("K7QX"). */
      readonly caseCode: string;
      readonly firstName: string;
      readonly tier: Exclude<Tier, 'none'>;
      readonly words: readonly string[];
      /** What the student was answered automatically, or why nothing could be sent. */
      readonly answered: string;
      readonly openedAt: number;
      /** How often the channel has been told so far, this time included. */
      readonly round: number;
      readonly state: 'open' | 'acknowledged' | 'resolved';
      readonly acknowledgedBy: string | null;
      readonly acknowledgedAt: number | null;
      readonly resolvedBy: string | null;
    }
  | {
      readonly kind: 'notice';
      readonly title: string;
      /** Each line is shown as plain text under its label. */
      readonly lines: readonly { readonly label: string; readonly text: string }[];
    };

/** Where a message goes. */
export type Recipient =
  | {
      readonly kind: 'phone';
      readonly phone: Phone;
      readonly phoneHash: PhoneHash;
      readonly menteeId: MenteeId | null;
      readonly counselorId: CounselorId | null;
    }
  /** `counselors` is the private alert channel, `staff` the channel for everyday notices. */
  | { readonly kind: 'slack_channel'; readonly channel: 'counselors' | 'staff' }
  | { readonly kind: 'slack_user'; readonly slackUserId: string };

export type OutboundBody =
  | { readonly kind: 'sms'; readonly text: string }
  | { readonly kind: 'slack_post'; readonly message: StaffMessage }
  /** Change what an earlier post (another outbound row) shows. */
  | { readonly kind: 'slack_update'; readonly ofOutboundId: OutboundId; readonly message: StaffMessage };

/** A row to be: one message that the relay shall send. `key` is unique for ever, so the same deed twice is one row. */
export interface NewOutbound {
  readonly key: string;
  readonly messageClass: MessageClass;
  readonly recipient: Recipient;
  readonly body: OutboundBody;
  readonly dueAt: number;
  readonly escalationId: EscalationId | null;
  /** The inbound text that this answers, and when it came; null when nobody asked. */
  readonly inReplyTo: { readonly inboundId: InboundId; readonly at: number } | null;
  /** The first text ever: it does not count against the weekly cap. */
  readonly isIntroduction: boolean;
  /** The task this asks about; a send about a closed task is dropped. */
  readonly task: string | null;
  /** The conversation that says this, as it stood then: when it has gone on since, a nudge is not sent any more. */
  readonly saidBy: SaidBy | null;
}

export interface SaidBy {
  readonly conversationId: ConversationId;
  readonly version: number;
  /** The task's deadline as the text names it (local date); null for a conversation about no task. */
  readonly deadlineOn: string | null;
}

/**
 * `pending` waits for its time · `claimed` a relay holds its lease · `sent` the vendor has it · `unknown` the vendor
 * may have it · `failed` refused for good · `dropped` a gate said no for good · `lost` asked for and never found ·
 * `parked` failed too often, staff look at it.
 */
export type OutboundStatus = 'pending' | 'claimed' | 'sent' | 'unknown' | 'failed' | 'dropped' | 'lost' | 'parked';

/** A stored outbound message. */
export interface Outbound extends NewOutbound {
  readonly id: OutboundId;
  readonly status: OutboundStatus;
  readonly attempts: number;
  /** Twilio's MessageSid, or Slack's `channel:ts`. */
  readonly providerId: string | null;
  readonly leaseToken: string | null;
  readonly createdAt: number;
  /** When the last HTTP request for it began (program time); null before the first. */
  readonly attemptedAt: number | null;
  readonly receiptStatus: string | null;
}
