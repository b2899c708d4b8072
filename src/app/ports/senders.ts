// The outside world as the relay sees it: hand over one message, hear what became of it, ask about a doubtful one.

import type { OutboundId, Phone } from '../../core/model/ids.ts';
import type { StaffMessage } from './messages.ts';

/**
 * What a refusal means, whoever the vendor is:
 * `bad_number` never reachable by text · `opted_out` the carrier holds a STOP · `too_long` our bug · `route_closed` a
 * setting at the vendor · `account` credentials or account dead · `unregistered` nothing goes out for anybody ·
 * `rate` try later · `unreachable` handset off · `filtered` carrier said no · `daily_cap` tomorrow · `expired` was
 * not delivered in its window · `channel_dead` this Slack channel or user · `auth_dead` all of Slack · `unclassified`.
 */
export type Problem =
  | 'bad_number'
  | 'opted_out'
  | 'too_long'
  | 'route_closed'
  | 'account'
  | 'unregistered'
  | 'rate'
  | 'unreachable'
  | 'filtered'
  | 'daily_cap'
  | 'expired'
  | 'channel_dead'
  | 'auth_dead'
  | 'unclassified';

export type SendOutcome =
  | { readonly kind: 'accepted'; readonly providerId: string; readonly status: string }
  | { readonly kind: 'rejected'; readonly problem: Problem; readonly code: string }
  /** Certainly not sent (429, connection refused): safe to repeat after `afterMs`. */
  | { readonly kind: 'not_sent'; readonly afterMs: number | null; readonly code: string }
  /** The vendor may have it (5xx, timeout, reset). */
  | { readonly kind: 'unknown'; readonly code: string };

/** Answer to "did you get it?": `found`, certainly `absent`, or the vendor could not be asked. */
export type Lookup =
  | { readonly kind: 'found'; readonly providerId: string; readonly status: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreachable' };

export interface SmsSender {
  /** Sends one text. Never throws. `validitySeconds` ends the vendor's queueing (TX-08); null leaves the default. */
  send(text: {
    readonly outboundId: OutboundId;
    readonly to: Phone;
    readonly body: string;
    readonly validitySeconds: number | null;
  }): Promise<SendOutcome>;
  /** Looks for a text sent to `to` since `since` (epoch milliseconds) with the same words (TX-04). Never throws. */
  find(text: {
    readonly to: Phone;
    readonly body: string;
    readonly since: number;
    readonly knownIds: readonly string[];
  }): Promise<Lookup>;
  /** What the vendor says of a text that it took (ST-04). Never throws. */
  statusOf(providerId: string): Promise<Lookup>;
}

export interface CallSender {
  /** Lets a phone ring, says `words` and hears whether 1 is pressed. Never throws. */
  call(call: { readonly outboundId: OutboundId; readonly to: Phone; readonly words: string }): Promise<SendOutcome>;
}

export interface SlackSender {
  /** Posts to a channel or person. `urgent` takes the alerts' own client. Never throws. `providerId` is `channel:ts`. */
  post(post: {
    readonly outboundId: OutboundId;
    readonly to: SlackTarget;
    readonly message: StaffMessage;
    readonly urgent: boolean;
    /** `ts` of the post in whose thread it stands, and whether the channel shows it too; null for a post of its own. */
    readonly thread: { readonly ts: string; readonly broadcast: boolean } | null;
  }): Promise<SendOutcome>;
  /** Replaces what an earlier post shows. Never throws. */
  update(update: {
    readonly providerId: string;
    readonly message: StaffMessage;
    readonly urgent: boolean;
  }): Promise<SendOutcome>;
  /** Looks for a post that carries this outbound id (SL-20), in the channel or in that thread. Never throws. */
  find(post: {
    readonly to: SlackTarget;
    readonly outboundId: OutboundId;
    readonly threadTs: string | null;
  }): Promise<Lookup>;
}

export type SlackTarget =
  | { readonly kind: 'channel'; readonly channel: 'counselors' | 'staff' }
  | { readonly kind: 'user'; readonly slackUserId: string };

/** A delivery receipt, as an adapter parsed it. `status` is the vendor's word (queued, sent, delivered …). */
export interface Receipt {
  readonly outboundId: OutboundId | null;
  readonly providerId: string;
  readonly status: string;
  readonly problem: Problem | null;
  readonly code: string | null;
}
