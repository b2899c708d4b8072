// What the local Slack remembers: one workspace with its people, channels, messages and views, the app's token, the
// triggers it gave out, and what trouble is scripted. Plain values, replaced and never changed.

import { makeHex } from '../wire/make-id.ts';
import type { SlackRule } from './fault.ts';
import type { JsonObject, SlackEphemeral, SlackResponsePath, SlackToken, SlackTrigger, SlackView } from './held.ts';

/** The workspace and the app installed in it. */
export interface SlackSettings {
  readonly teamId: string;
  readonly teamDomain: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly botName: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly scopes: readonly string[];
  /** What ids are made from: the same seed gives the same ids. */
  readonly seed: string;
  /** Set when the app's tokens live for twelve hours. */
  readonly rotation?: SlackRotation;
}

/** What token rotation begins with. `expiresAt` is when the first token dies, in milliseconds of real time. */
export interface SlackRotation {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly expiresAt: number;
}

/** A member of the workspace. */
export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly isBot: boolean;
  readonly isDeleted: boolean;
  /** A guest of the workspace; of one channel only when `isUltraRestricted`. */
  readonly isRestricted: boolean;
  readonly isUltraRestricted: boolean;
  /** Belongs to another workspace, seen through a shared channel. */
  readonly isStranger: boolean;
}

/** A channel, or a direct conversation when `kind` is `im` (then `userId` is the other person). */
export interface SlackChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'im';
  readonly userId: string | null;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly isShared: boolean;
  readonly isExtShared: boolean;
  readonly isBotMember: boolean;
  readonly memberIds: readonly string[];
}

/** A message. `ts` is its id within the channel and its time. */
export interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly userId: string;
  readonly botId: string | null;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  readonly metadata: JsonObject | null;
  readonly editedTs: string | null;
  /** A reply that is shown in its channel too. */
  readonly isBroadcast: boolean;
  readonly files: readonly JsonObject[];
  /** Slack's mark on what a person sent; null for what an app posted. */
  readonly clientMsgId: string | null;
}

export interface SlackState {
  readonly settings: SlackSettings;
  readonly users: readonly SlackUser[];
  readonly channels: readonly SlackChannel[];
  readonly messages: readonly SlackMessage[];
  readonly views: readonly SlackView[];
  readonly triggers: readonly SlackTrigger[];
  readonly responsePaths: readonly SlackResponsePath[];
  readonly ephemerals: readonly SlackEphemeral[];
  /** The tokens that are good, newest last. */
  readonly tokens: readonly SlackToken[];
  /** The one that the next renewal must bring; null when tokens do not rotate. */
  readonly refreshToken: string | null;
  readonly rules: readonly SlackRule[];
  /** Why no call is let in (`token_revoked`, `account_inactive`), or null. */
  readonly authError: string | null;
  /** Wholly down: every request is cut off. */
  readonly isDown: boolean;
  /** Events are dropped on their way to the house, and never come again (SL-12). */
  readonly isEventsDown: boolean;
  /** Presses, submissions and commands do not reach the house. */
  readonly isButtonsDown: boolean;
  readonly idCount: number;
  /** The last `ts` given, in microseconds: no two messages share one, and the next is always later. */
  readonly lastMicros: number;
}

/** A workspace with these people and channels and no messages. */
export function createSlackState(
  settings: SlackSettings,
  users: readonly SlackUser[],
  channels: readonly SlackChannel[],
): SlackState {
  const bot = createSlackUser({ id: settings.botUserId, name: settings.botName, isBot: true });
  return {
    settings,
    users: [bot, ...users],
    channels,
    messages: [],
    views: [],
    triggers: [],
    responsePaths: [],
    ephemerals: [],
    tokens: [{ token: settings.botToken, expiresAt: settings.rotation?.expiresAt ?? null }],
    refreshToken: settings.rotation?.refreshToken ?? null,
    rules: [],
    authError: null,
    isDown: false,
    isEventsDown: false,
    isButtonsDown: false,
    idCount: 0,
    lastMicros: 0,
  };
}

/** A member with the usual properties, changed as given. */
export function createSlackUser(given: Partial<SlackUser> & { readonly id: string; readonly name: string }): SlackUser {
  return {
    timeZone: 'America/Los_Angeles',
    isBot: false,
    isDeleted: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    ...given,
  };
}

/** A private channel with the bot in it, changed as given. */
export function createSlackChannel(
  given: Partial<SlackChannel> & { readonly id: string; readonly name: string },
): SlackChannel {
  return {
    kind: 'channel',
    userId: null,
    isPrivate: true,
    isArchived: false,
    isShared: false,
    isExtShared: false,
    isBotMember: true,
    memberIds: [],
    ...given,
  };
}

/** The next id with this prefix, and the state that will not give it again. */
export function takeSlackId(state: SlackState, prefix: string): { readonly id: string; readonly state: SlackState } {
  const idCount = state.idCount + 1;
  const id = prefix + makeHex(state.settings.seed, prefix, idCount).slice(0, 10).toUpperCase();
  return { id, state: { ...state, idCount } };
}

/** The next message time: `now`, or a little after the last one given. */
export function takeTs(state: SlackState, now: number): { readonly ts: string; readonly state: SlackState } {
  const micros = Math.max(now * 1000, state.lastMicros + 100);
  const ts = `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
  return { ts, state: { ...state, lastMicros: micros } };
}
