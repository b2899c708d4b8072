// Messages as the app hands them over: what came in, what waits to go out, what staff read in Slack.

import type {
  ConversationId,
  CounselorId,
  EscalationId,
  InboundId,
  MenteeId,
  MentorPromptId,
  OutboundId,
  Phone,
  PhoneHash,
} from '../../core/model/ids.ts';
import type { MessageClass, Tier } from '../../core/model/message.ts';
import type { CaseOutcome, EscalationStatus } from '../../core/safety/escalation.ts';
import type { ReportKind } from '../../core/safety/mandated-report.ts';
import type { TextSafety } from '../../core/safety/text-safety.ts';

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
  /** When it was sent, for a text that no webhook brought and that was found by asking (TW-13); else left out. */
  readonly sentAt?: number;
}

/** The card of a case in the counselors' channel. Names are display names; instants are epoch milliseconds. */
export interface AlertCard {
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
  readonly state: EscalationStatus;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: number | null;
  readonly heldBy: string | null;
  /** The bot may speak though the case goes on. */
  readonly released: boolean;
  /** The holder has left the student's text unanswered for too long: the team is paged again. */
  readonly unansweredSince: number | null;
  /** Who is paged next, how and when; null when nobody is: somebody has the case, or nobody is on the list. */
  readonly nextPaged: { readonly name: string; readonly at: number; readonly by?: 'sms' | 'call' | undefined } | null;
  /** Whoever of the on-call list no text can reach, and why: their turn is skipped. Empty when nobody is paged. */
  readonly skipped?: readonly { readonly name: string; readonly why: 'no_phone' | 'left' }[] | undefined;
  /** When the student was told that nobody has been reached yet. */
  readonly menteeToldAt?: number | null | undefined;
  /** Whether it is safe to text them, once they told of abuse. */
  readonly textSafety?: TextSafety | null | undefined;
  /** Why nothing at all can be texted to them; null or left out when texts can leave. */
  readonly cannotText?: string | null | undefined;
  /** The duty of mandated reporters; null or left out where there is none. */
  readonly duty?: ReportDuty | null | undefined;
  /** When the words of the case were removed. */
  readonly wordsRemovedAt?: number | null | undefined;
  readonly resolvedBy: string | null;
  readonly outcome: CaseOutcome | null;
  readonly nudgesResumeAt: number | null;
  /** A test of the ladder: no student is in danger, and everything says so. */
  readonly isDrill?: boolean | undefined;
  /** IANA zone in which the card shows times: the program's. */
  readonly timeZone: string;
}

/** The duty to report what somebody under 18 told (MR-01). The people are display names, the instants epoch milliseconds. */
export interface ReportDuty {
  /** `unknown`: the roster has no birth date, so nobody knows whether the duty stands. */
  readonly age: 'under_18' | 'unknown';
  readonly since: number;
  readonly writtenDueAt: number;
  /** Name and number of the agency; null when the program names none. */
  readonly agency: string | null;
  /** Where the written report goes; null when the program does not say. */
  readonly written: string | null;
  readonly reports: readonly { readonly report: ReportKind; readonly by: string; readonly at: number }[];
}

/** What became of one text that a counselor wrote in a thread. `not_sent` never left us, with the reason in words. */
export type RelayState =
  | 'internal'
  | 'queued'
  | 'sent'
  | 'delivered'
  | 'not_delivered'
  | 'unknown'
  | 'not_sent'
  | 'already_sent';

/** What staff and mentors are shown in Slack. The adapter turns each into blocks; student words stay plain text. */
export type StaffMessage =
  | AlertCard
  | {
      readonly kind: 'notice';
      readonly title: string;
      /** Each line is shown as plain text under its label. */
      readonly lines: readonly { readonly label: string; readonly text: string }[];
    }
  /** In a case's thread: what the student wrote. */
  | {
      readonly kind: 'case_text';
      readonly caseCode: string;
      readonly firstName: string;
      readonly text: string;
      readonly tier: Tier;
    }
  /** In a case's thread: what a mentor wrote that opened or fed it, whole. `title` says who, and about what. */
  | { readonly kind: 'mentor_words'; readonly caseCode: string; readonly title: string; readonly text: string }
  /** To somebody with a case who wrote in Slack: what a counselor answers, as it was written. `from`: who says so. */
  | { readonly kind: 'relayed_text'; readonly from: string; readonly text: string }
  /** In a case's thread, one for each message of a person there: whether and how it reached the student. */
  | {
      readonly kind: 'relay_state';
      readonly state: RelayState;
      /** The words that go to the student; empty when none do. */
      readonly text: string;
      /** Why it stayed here, or was not delivered, in a sentence; empty when there is nothing to say. */
      readonly reason: string;
      /** The text, when the person may decide to send it once more (its outcome is unknown or it was refused). */
      readonly resend: OutboundId | null;
    }
  /** In a case's thread and to the one who has it: are you still on it, shall the bot have it back? */
  | {
      readonly kind: 'case_question';
      readonly escalationId: EscalationId;
      readonly caseCode: string;
      readonly firstName: string;
      readonly question: 'still_on_it' | 'release';
      /** Who is asked. */
      readonly name: string;
    }
  /** To a mentor: the weekly update is waiting. Rewritten as it is answered. */
  | {
      readonly kind: 'weekly_prompt';
      readonly promptId: MentorPromptId;
      readonly firstName: string;
      readonly weekOn: string;
      readonly stage: 'prompted' | 'reminded' | 'last_called';
      readonly answered: number;
      readonly total: number;
      /** No more than shown: a newer prompt has come. */
      readonly isClosed: boolean;
    }
  /** To staff, Thursday morning. */
  | {
      readonly kind: 'weekly_summary';
      readonly weekOn: string;
      readonly asked: number;
      readonly answered: number;
      readonly partial: readonly string[];
      readonly missing: readonly { readonly name: string; readonly missesInARow: number }[];
      readonly excused: readonly { readonly name: string; readonly why: string }[];
      readonly worries: number;
      readonly needs: readonly { readonly mentor: string; readonly mentee: string; readonly text: string }[];
      readonly wins: readonly { readonly mentee: string; readonly text: string; readonly sharing: string }[];
      /** Wins of the week that may not be told, and are not in the post. */
      readonly winsKeptPrivate?: number | undefined;
    }
  /** To staff: something a person has to do, with a button that says it is done. */
  | {
      readonly kind: 'todo';
      readonly todoKey: string;
      readonly title: string;
      readonly detail: string;
      /** Who closed it; null while it is open. */
      readonly closedBy: string | null;
    }
  /** To counselors on Monday: what the week has taught about the screen. Counts, ids and what fired; no student's name. */
  | {
      readonly kind: 'safety_review';
      /** The Monday on which it is posted, a local date. */
      readonly on: string;
      readonly verdicts: {
        readonly real: number;
        readonly falseAlarm: number;
        readonly wrongTier: number;
        /** Cases of the week that are over, and nobody has said whether the page was right. */
        readonly none: number;
      };
      readonly judged: readonly {
        readonly escalationId: EscalationId;
        readonly caseCode: string;
        readonly tier: 'crisis' | 'high';
        /** What it should have been; null: nothing, it was a false alarm. */
        readonly shouldBe: 'crisis' | 'high' | 'moderate' | null;
        readonly signals: readonly string[];
        readonly words: readonly string[];
      }[];
      /** What a person raised and the screen had not. */
      readonly misses: readonly {
        readonly inboundId: InboundId;
        readonly by: 'person' | 'worry';
        readonly at: number;
      }[];
      readonly examplesAdded: number;
      readonly timeZone: string;
    }
  /** A trigger expired before the modal could open: one press opens it anew (SL-14). */
  | { readonly kind: 'open_again'; readonly ask: OpenAgain }
  /** To staff once a day: texts that no intent and no signal matched, each to be read by a person. */
  | {
      readonly kind: 'texts_digest';
      readonly on: string;
      readonly texts: readonly { readonly inboundId: InboundId; readonly from: string; readonly text: string }[];
      /** How many more wait than are shown. */
      readonly more: number;
    };

/** Which modal is opened anew: its kind and the opaque id it is about. */
export interface OpenAgain {
  readonly modal: string;
  readonly subject: string;
}

/** The card of a case, as the case stands at the moment in which it leaves. Rows of before hold the card itself. */
export interface CaseCard {
  readonly kind: 'case_card';
  readonly escalationId: EscalationId;
  /** Which of the case's posts it is, the first one 1. */
  readonly round: number;
}

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
  /** Their phone rings and says this; pressing 1 acknowledges the case that the row is about. */
  | { readonly kind: 'call'; readonly text: string }
  | {
      readonly kind: 'slack_post';
      readonly message: StaffMessage;
      /**
       * The post in whose thread it stands (another outbound row); `broadcast` shows it in the channel too. When that
       * post never left it stands in the channel by itself. Left out or null: a post of its own.
       */
      readonly thread?: { readonly ofOutboundId: OutboundId; readonly broadcast: boolean } | null;
    }
  /** Change what an earlier post (another outbound row) shows. */
  | { readonly kind: 'slack_update'; readonly ofOutboundId: OutboundId; readonly message: StaffMessage | CaseCard };

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
  /** Why it stands as it does: the vendor's code or the gate's word. Null, or left out, when nothing is to be said. */
  readonly reason?: string | null;
}
