// A local Twilio and a local Slack with made-up credentials, for the tests of this folder.

import { LogLevel, WebClient } from '@slack/web-api';
import { createLocalSlack, type LocalSlack } from '../../src/rehearsal/slack/local-slack.ts';
import { createSlackChannel, createSlackUser, type SlackRotation } from '../../src/rehearsal/slack/state.ts';
import { createLocalTwilio, type LocalTwilio } from '../../src/rehearsal/twilio/local-twilio.ts';
import type { KeywordHandling } from '../../src/rehearsal/twilio/state.ts';
import type { HouseAddress, HouseRequest, Times, VendorAnswer } from '../../src/rehearsal/wire/exchange.ts';
import { createInProcessFetch } from '../../src/rehearsal/wire/in-process-fetch.ts';

export const ACCOUNT_SID = `AC${'0'.repeat(31)}1`;
export const AUTH_TOKEN = 'twilio-token-of-the-tests';
export const SERVICE_SID = `MG${'0'.repeat(31)}1`;
export const PROGRAM_NUMBER = '+12135550100';
export const MAYA = '+12135550101';
export const LUIS = '+12135550102';
export const BOT_TOKEN = 'xoxb-token-of-the-tests';
export const SIGNING_SECRET = 'signing-secret-of-the-tests';
export const COUNSELORS = 'C0COUNSEL1';
export const STAFF = 'C0STAFF001';
export const DANA = 'U0DANA0001';
export const OMAR = 'U0OMAR0001';

export interface World {
  readonly times: { now: number; realNow: number };
  readonly house: { baseUrl: string; publicBaseUrl: string };
  readonly twilio: LocalTwilio;
  readonly slack: LocalSlack;
}

/** Both vendors on one settable clock. Program time starts on a Tuesday in May, real time at `realNow`. */
export function createWorld(
  given: {
    keywordHandling?: KeywordHandling;
    realNow?: number;
    slackUrl?: () => string;
    rotation?: SlackRotation;
  } = {},
): World {
  const times = { now: Date.parse('2027-05-04T17:00:00Z'), realNow: given.realNow ?? 1_000_000 };
  const house = { baseUrl: 'http://127.0.0.1:9', publicBaseUrl: 'https://icehouse.example' };
  return {
    times,
    house,
    twilio: createTwilio(house, () => times, given.keywordHandling ?? 'block'),
    slack: createSlack(house, () => times, given),
  };
}

/** The real client on this Slack's machine, without a socket. */
export function connectInProcess(world: World, token = BOT_TOKEN): WebClient {
  return new WebClient(token, {
    slackApiUrl: 'http://slack.example/api/',
    fetch: createInProcessFetch('http://slack.example', (request) => world.slack.answer(request)),
    retryConfig: { retries: 0 },
    timeout: 50,
    logLevel: LogLevel.ERROR,
  });
}

/** What every interaction says, and whatever else is in it. */
export interface Payload extends Readonly<Record<string, unknown>> {
  readonly trigger_id: string;
  readonly response_url: string;
}

/** The payload of an interaction; an empty one when nothing was sent. */
export function readPayload(request: HouseRequest | null): Payload {
  return JSON.parse(new URLSearchParams(request?.body).get('payload') ?? '{}');
}

/** The event inside its envelope. */
export function readEvent(request: HouseRequest | undefined): Readonly<Record<string, unknown>> {
  return JSON.parse(request?.body ?? '{}').event;
}

/** The JSON body of an answer, with its status. */
export function readAnswer(answer: VendorAnswer): { status: number; body: Record<string, unknown> } {
  if (answer.kind !== 'reply') throw new Error(`no reply but ${answer.kind}`);
  return { status: answer.status, body: JSON.parse(answer.body) };
}

function createTwilio(house: HouseAddress, times: () => Times, keywordHandling: KeywordHandling): LocalTwilio {
  return createLocalTwilio({
    house,
    times,
    settings: {
      accountSid: ACCOUNT_SID,
      authToken: AUTH_TOKEN,
      messagingServiceSid: SERVICE_SID,
      programNumber: PROGRAM_NUMBER,
      keywordHandling,
      seed: 'test',
      stepMs: 100,
    },
  });
}

function createSlack(
  house: HouseAddress,
  times: () => Times,
  given: { readonly slackUrl?: () => string; readonly rotation?: SlackRotation },
): LocalSlack {
  return createLocalSlack({
    house,
    times,
    slackUrl: given.slackUrl ?? (() => 'http://slack.example'),
    settings: {
      teamId: 'T0TEST0001',
      teamDomain: 'test',
      appId: 'A0TEST0001',
      botId: 'B0TEST0001',
      botUserId: 'U0BOT00001',
      botName: 'icehouse',
      botToken: BOT_TOKEN,
      signingSecret: SIGNING_SECRET,
      scopes: ['chat:write', 'groups:read'],
      seed: 'test',
      ...(given.rotation === undefined ? {} : { rotation: given.rotation }),
    },
    users: [createSlackUser({ id: DANA, name: 'Dana Reyes' })],
    channels: [
      createSlackChannel({ id: COUNSELORS, name: 'counselors', memberIds: [DANA] }),
      createSlackChannel({ id: 'C0OTHER001', name: 'general', isPrivate: false, isBotMember: false }),
      createSlackChannel({ id: 'C0SECRET01', name: 'secret', isBotMember: false }),
    ],
  });
}
