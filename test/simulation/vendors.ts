// The local Twilio and the local Slack of a run, on the simulated clock.

import { createLocalSlack, type LocalSlack } from '../../src/rehearsal/slack/local-slack.ts';
import { createSlackChannel, createSlackUser } from '../../src/rehearsal/slack/state.ts';
import { createLocalTwilio, type LocalTwilio } from '../../src/rehearsal/twilio/local-twilio.ts';
import type { KeywordHandling } from '../../src/rehearsal/twilio/state.ts';
import type { Times } from '../../src/rehearsal/wire/exchange.ts';
import type { Town } from './town.ts';

export const ACCOUNT_SID = `AC${'0'.repeat(31)}1`;
export const AUTH_TOKEN = 'twilio-token-of-the-town';
export const SERVICE_SID = `MG${'0'.repeat(31)}1`;
export const PROGRAM_NUMBER = '+12135550100';
export const BOT_TOKEN = 'xoxb-token-of-the-town';
export const COUNSELORS = 'C0COUNSEL1';
export const STAFF = 'C0STAFF001';
export const PUBLIC_BASE_URL = 'https://icehouse.example';

export interface Vendors {
  readonly twilio: LocalTwilio;
  readonly slack: LocalSlack;
}

export function createVendors(town: Town, times: () => Times, keywordHandling: KeywordHandling): Vendors {
  const house = { baseUrl: PUBLIC_BASE_URL, publicBaseUrl: PUBLIC_BASE_URL };
  const users = [...town.mentors, ...town.counselors].flatMap(({ slackUserId, firstName }) =>
    slackUserId === null ? [] : [createSlackUser({ id: slackUserId, name: firstName })],
  );
  const memberIds = users.map(({ id }) => id);
  return {
    twilio: createLocalTwilio({
      house,
      times,
      settings: {
        accountSid: ACCOUNT_SID,
        authToken: AUTH_TOKEN,
        messagingServiceSid: SERVICE_SID,
        programNumber: PROGRAM_NUMBER,
        keywordHandling,
        seed: 'town',
        stepMs: 700,
      },
    }),
    slack: createLocalSlack({
      house,
      times,
      slackUrl: () => 'http://slack.example',
      settings: {
        teamId: 'T0TOWN0001',
        teamDomain: 'town',
        appId: 'A0TOWN0001',
        botId: 'B0TOWN0001',
        botUserId: 'U0BOT00001',
        botName: 'icehouse',
        botToken: BOT_TOKEN,
        signingSecret: 'signing-secret-of-the-town',
        scopes: ['chat:write', 'groups:read'],
        seed: 'town',
      },
      users: [...users, createSlackUser({ id: 'U0VISITOR1', name: 'Visitor' })],
      channels: [
        createSlackChannel({ id: COUNSELORS, name: 'counselors', memberIds }),
        createSlackChannel({ id: STAFF, name: 'staff', memberIds }),
      ],
    }),
  };
}
