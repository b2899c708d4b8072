// The people and credentials of the end-to-end tests. Made up, all of them; the credentials are words that a search of
// the logs would find.

import type { StaffMember, VendorHouse } from '../../src/rehearsal/start-vendors.ts';
import { TEST_DATA_KEY } from './sqlite.ts';

export const PROGRAM_NUMBER = '+12135550199';
export const COUNSELORS = 'C0COUNSELORS';
export const STAFF_CHANNEL = 'C0STAFF';
export const PUBLIC_BASE_URL = 'https://icehouse.example';

export const MAYA = '+12135550121';
export const LUIS = '+12135550122';
export const STRANGER = '+12135550177';
export const RENEE = { phone: '+12135550101', slack: 'U0RENEE' } as const;
export const TOMAS = { phone: '+12135550102', slack: 'U0TOMAS' } as const;
export const DANI = { phone: '+12135550110', slack: 'U0DANI' } as const;
export const SAM = { phone: '+12135550105', slack: 'U0SAM' } as const;

/** One row of a roster, by column name. */
export type RosterCells = Readonly<Record<string, string>>;

const LOS_ANGELES = 'America/Los_Angeles';

export function mentee(first: string, phone: string, more: RosterCells = {}): RosterCells {
  return {
    role: 'mentee',
    first_name: first,
    last_name: 'Testperson',
    phone,
    language: 'en',
    time_zone: LOS_ANGELES,
    college: 'Cal State LA',
    mentor: DANI.phone,
    consent_basis: 'web_form',
    consent_on: '2026-04-30',
    ...more,
  };
}

function staff(
  role: string,
  first: string,
  who: { phone: string; slack: string },
  more: RosterCells = {},
): RosterCells {
  return {
    role,
    first_name: first,
    last_name: 'Staffperson',
    phone: who.phone,
    time_zone: LOS_ANGELES,
    slack_user_id: who.slack,
    ...more,
  };
}

/** Two counselors on call, Renee first, and one mentor. */
export const STAFF_ROWS: readonly RosterCells[] = [
  staff('counselor', 'Renee', RENEE, { on_call: '1' }),
  staff('counselor', 'Tomas', TOMAS, { on_call: '2' }),
  staff('mentor', 'Dani', DANI),
];

/** One mentee in English and one in Spanish, both in Los Angeles, both Dani's. */
export const USUAL_ROWS: readonly RosterCells[] = [
  ...STAFF_ROWS,
  mentee('Maya', MAYA),
  mentee('Luis', LUIS, { language: 'es' }),
];

/** One who is on the staff of the program, for tests that need somebody of that role. */
export const SAM_ROW = staff('staff', 'Sam', SAM);
export const SAM_IN_SLACK: StaffMember = {
  name: 'Sam Staffperson',
  slackUserId: SAM.slack,
  role: 'staff',
  phone: SAM.phone,
};

/** The same people as the local Slack knows them. */
export const SLACK_STAFF: readonly StaffMember[] = [
  { name: 'Renee Staffperson', slackUserId: RENEE.slack, role: 'counselor', phone: RENEE.phone },
  { name: 'Tomas Staffperson', slackUserId: TOMAS.slack, role: 'counselor', phone: TOMAS.phone },
  { name: 'Dani Staffperson', slackUserId: DANI.slack, role: 'mentor', phone: DANI.phone },
];

export const CREDENTIALS = {
  accountSid: `AC${'0'.repeat(31)}1`,
  twilioAuthToken: 'twiliotokenofthetests',
  messagingServiceSid: `MG${'0'.repeat(31)}1`,
  slackSigningSecret: 'signingsecretofthetests',
  slackBotToken: 'xoxb-bottokenofthetests',
} as const;

/** The house's address as its vendors know it; the port is filled in when it listens. */
export type MovableAddress = { -readonly [Key in keyof VendorHouse]: VendorHouse[Key] };

export function makeAddress(): MovableAddress {
  return {
    ...CREDENTIALS,
    baseUrl: 'http://127.0.0.1:9',
    publicBaseUrl: PUBLIC_BASE_URL,
    counselorChannel: COUNSELORS,
  };
}

/** The environment of a house beside these vendors. */
export function environmentOf(place: {
  readonly databaseUrl: string;
  readonly twilioBaseUrl: string;
  readonly slackBaseUrl: string;
}): Record<string, string> {
  return {
    DATABASE_URL: place.databaseUrl,
    PORT: '0',
    PUBLIC_BASE_URL,
    DATA_KEY: TEST_DATA_KEY,
    TWILIO_ACCOUNT_SID: CREDENTIALS.accountSid,
    TWILIO_AUTH_TOKEN: CREDENTIALS.twilioAuthToken,
    TWILIO_MESSAGING_SERVICE_SID: CREDENTIALS.messagingServiceSid,
    TWILIO_API_BASE_URL: place.twilioBaseUrl,
    SLACK_BOT_TOKEN: CREDENTIALS.slackBotToken,
    SLACK_SIGNING_SECRET: CREDENTIALS.slackSigningSecret,
    SLACK_COUNSELOR_CHANNEL: COUNSELORS,
    SLACK_API_BASE_URL: place.slackBaseUrl,
  };
}
