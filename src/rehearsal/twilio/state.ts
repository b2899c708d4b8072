// What the local Twilio remembers: one account with one number in one Messaging Service, its messages, who opted out,
// what is still to happen and what trouble is scripted. Plain values, replaced and never changed.

import { makeHex } from '../wire/make-id.ts';
import type { TwilioRule } from './fault.ts';

/**
 * Who answers STOP, START and HELP sent alone. `block`: Twilio keeps the opt-out list and says nothing itself.
 * `default`: it also texts its own confirmations. `advanced`: like default, and the webhook carries OptOutType.
 * `off`: neither list nor answer.
 */
export type KeywordHandling = 'block' | 'default' | 'advanced' | 'off';

/** The account as its owner set it up. */
export interface TwilioSettings {
  readonly accountSid: string;
  readonly authToken: string;
  readonly messagingServiceSid: string;
  /** The program's number, in E.164 form. */
  readonly programNumber: string;
  readonly keywordHandling: KeywordHandling;
  /** What ids are made from: the same seed gives the same ids. */
  readonly seed: string;
  /** Real milliseconds between two statuses of a message. */
  readonly stepMs: number;
}

/** A status of a message, in Twilio's words. */
export type MessageStatus = 'accepted' | 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'received';

/** One message in either direction. Times are program time, in milliseconds. */
export interface TwilioMessage {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly status: MessageStatus;
  readonly errorCode: number | null;
  readonly segments: number;
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly mediaCount: number;
  /** What came along with a text in; left out for texts out. */
  readonly media?: readonly { readonly url: string; readonly contentType: string }[];
  readonly messagingServiceSid: string | null;
  readonly statusCallback: string | null;
  /** Seconds that the message may wait in Twilio's queue. */
  readonly validityPeriod: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly sentAt: number | null;
}

/** One call that the house made to somebody's phone. */
export interface TwilioCall {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  /** What is said and asked, as it came with the request. */
  readonly twiml: string;
  readonly statusCallback: string | null;
  readonly status: 'queued' | 'in-progress' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'canceled';
  readonly pressed: readonly string[];
  readonly createdAt: number;
}

/** Something that will happen to a message: its status changes, or a callback leaves. */
export interface PendingStep {
  readonly sid: string;
  readonly what: 'status' | 'callback';
  readonly status: MessageStatus;
  readonly errorCode: number | null;
  /** Which time `at` is in: provider's own work takes real time, an expiry is in the program's. */
  readonly clock: 'real' | 'program';
  readonly at: number;
}

/** A send that was refused, kept so that a person can see it. */
interface Refusal {
  readonly to: string;
  readonly code: number;
  readonly at: number;
}

/** Addresses that its owner enters in the console, beside the house's own; '' for a field left empty. */
export interface TwilioConsole {
  /** What is asked when the house does not answer a text; null shows the house's own address again. */
  readonly fallbackUrl: string | null;
  readonly voiceUrl: string;
  readonly voiceFallbackUrl: string;
}

export interface TwilioState {
  readonly settings: TwilioSettings;
  readonly messages: readonly TwilioMessage[];
  readonly calls: readonly TwilioCall[];
  readonly optedOut: readonly string[];
  readonly pending: readonly PendingStep[];
  readonly refusals: readonly Refusal[];
  readonly rules: readonly TwilioRule[];
  readonly console: TwilioConsole;
  /** Wholly down: every request is cut off. */
  readonly isDown: boolean;
  /** Texts are taken in and listed, and no webhook brings them to the house. */
  readonly losesWebhooks: boolean;
  readonly idCount: number;
}

/** A new account with no messages. */
export function createTwilioState(settings: TwilioSettings): TwilioState {
  return {
    settings,
    messages: [],
    calls: [],
    optedOut: [],
    pending: [],
    refusals: [],
    rules: [],
    console: { fallbackUrl: null, voiceUrl: '', voiceFallbackUrl: '' },
    isDown: false,
    losesWebhooks: false,
    idCount: 0,
  };
}

/** The next id with this prefix (`SM`, `MM`), and the state that will not give it again. */
export function takeSid(state: TwilioState, prefix: string): { readonly sid: string; readonly state: TwilioState } {
  const idCount = state.idCount + 1;
  return { sid: prefix + makeHex(state.settings.seed, prefix, idCount), state: { ...state, idCount } };
}
