// Rows for contract tests. Numbers are of the reserved range 555-01xx.

import { SealedCodec } from '../../src/adapters/db/sealed.ts';
import type { Escalation, Stores } from '../../src/app/ports/database.ts';
import type { AlertCard, InboundMessage, NewOutbound, Recipient } from '../../src/app/ports/messages.ts';
import type { Conversation, ConversationFacts } from '../../src/core/model/conversation.ts';
import {
  asConversationId,
  asCounselorId,
  asEscalationId,
  asMenteeId,
  asMentorId,
  asMentorPromptId,
  asPhone,
  asStaffId,
  asStructureHash,
  type PhoneHash,
} from '../../src/core/model/ids.ts';
import type { Counselor, Mentee, Mentor, StaffMember } from '../../src/core/model/people.ts';
import type { MentorPrompt } from '../../src/core/model/weekly-update.ts';
import { DEFAULT_LADDER } from '../../src/core/safety/ladder-policy.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';

const codec = new SealedCodec(TEST_DATA_KEY);

/** Noon, some day. */
export const NOON = 1_780_000_000_000;

export const phoneOf = (n: number) => asPhone(`+1213555${String(100 + n).padStart(4, '0')}`);
export const hashOf = (n: number): PhoneHash => codec.hashPhone(phoneOf(n));

export function sampleMentee(n: number): Mentee {
  return {
    id: asMenteeId(`mentee-${n}`),
    firstName: 'Marisol',
    lastName: 'Quintanilla',
    phone: phoneOf(n),
    phoneHash: hashOf(n),
    language: 'es',
    timeZone: 'America/Chicago',
    college: 'Lakeside College',
    introducedAt: null,
  };
}

export function sampleMentor(n: number, changes: Partial<Mentor> = {}): Mentor {
  return {
    id: asMentorId(`mentor-${n}`),
    firstName: 'Devon',
    lastName: 'Abernathy',
    phone: phoneOf(50 + n),
    slackUserId: `U0MENTOR${n}`,
    timeZone: 'America/New_York',
    ...changes,
  };
}

export function sampleCounselor(n: number, changes: Partial<Counselor> = {}): Counselor {
  return {
    id: asCounselorId(`counselor-${n}`),
    firstName: 'Ruth',
    lastName: 'Okafor',
    phone: phoneOf(70 + n),
    slackUserId: `U0COUNSEL${n}`,
    timeZone: 'America/Chicago',
    onCallOrder: n,
    ...changes,
  };
}

export function sampleStaff(n: number, changes: Partial<StaffMember> = {}): StaffMember {
  return {
    id: asStaffId(`staff-${n}`),
    firstName: 'Tomasina',
    lastName: 'Vandermeer',
    phone: phoneOf(80 + n),
    slackUserId: `U0STAFF${n}`,
    timeZone: 'America/Los_Angeles',
    ...changes,
  };
}

/** A case that has just been opened. */
export function sampleCase(n: number, changes: Partial<Escalation> = {}): Escalation {
  return {
    id: asEscalationId(`case-${n}`),
    caseCode: `K7Q${n}`,
    phoneHash: hashOf(1),
    menteeId: asMenteeId('mentee-1'),
    version: 1,
    state: {
      status: 'open',
      tier: 'crisis',
      openedAt: NOON,
      round: 0,
      step: 0,
      chain: [asCounselorId('counselor-1')],
      nextAlertAt: NOON + 300_000,
      lastAlertAt: NOON,
      lastSignalAt: NOON,
      acknowledgedBy: null,
      acknowledgedAt: null,
      heldBy: null,
      heldAt: null,
      released: false,
      lastActivityAt: null,
      askedAt: null,
      unansweredSince: null,
      resolvedBy: null,
      resolvedAt: null,
      outcome: null,
      nudgesResumeAt: null,
      tellMenteeAt: null,
      menteeToldAt: null,
      callNext: null,
      isUrgent: false,
      policy: DEFAULT_LADDER,
      verdict: null,
    },
    words: ['dont want to be alive'],
    answered: 'The locked reply with 988 was sent.',
    contact: { kind: 'phone', phone: phoneOf(1) },
    ...changes,
  };
}

/** A mentor's prompt about two mentees; `n` is the Sunday of June on which it came. */
export function samplePrompt(n: number, changes: Partial<MentorPrompt> = {}): MentorPrompt {
  return {
    id: asMentorPromptId(`prompt-${n}`),
    mentorId: asMentorId('mentor-1'),
    weekOn: `2027-06-${String(n).padStart(2, '0')}`,
    summaryOn: `2027-06-${String(n + 4).padStart(2, '0')}`,
    channel: 'slack',
    menteeIds: [asMenteeId('mentee-2'), asMenteeId('mentee-1')],
    promptedAt: NOON + n * 86_400_000,
    stage: 'prompted',
    status: 'open',
    answeredAt: null,
    ...changes,
  };
}

export function sampleText(externalId: string, body = 'done!', n = 1): InboundMessage {
  return {
    source: 'twilio',
    externalId,
    from: { kind: 'phone', address: phoneOf(n) },
    body,
    media: [],
    vendorKeyword: null,
  };
}

export function toPhone(n: number): Recipient {
  return {
    kind: 'phone',
    phone: phoneOf(n),
    phoneHash: hashOf(n),
    menteeId: asMenteeId(`mentee-${n}`),
    counselorId: null,
  };
}

export function sampleOutbound(key: string, changes: Partial<NewOutbound> = {}): NewOutbound {
  return {
    key,
    messageClass: 'nudge',
    recipient: toPhone(1),
    body: { kind: 'sms', text: 'Did you send the housing form?' },
    dueAt: NOON,
    escalationId: null,
    inReplyTo: null,
    isIntroduction: false,
    task: null,
    saidBy: null,
    ...changes,
  };
}

/** The card of an open case. */
export function sampleCard(changes: Partial<AlertCard> = {}): AlertCard {
  return {
    kind: 'alert',
    escalationId: asEscalationId('case-1'),
    caseCode: 'K7Q1',
    firstName: 'Marisol',
    tier: 'crisis',
    words: ['dont want to be alive'],
    answered: 'The locked reply with 988 was sent.',
    openedAt: NOON,
    round: 1,
    state: 'open',
    acknowledgedBy: null,
    acknowledgedAt: null,
    heldBy: null,
    released: false,
    unansweredSince: null,
    nextPaged: { name: 'Ruth', at: NOON + 300_000 },
    resolvedBy: null,
    outcome: null,
    nudgesResumeAt: null,
    timeZone: 'America/Chicago',
    ...changes,
  };
}

export function sampleConversation(n: number, changes: Partial<Conversation> = {}): Conversation {
  return {
    id: asConversationId(`conversation-${n}`),
    menteeId: asMenteeId(`mentee-${n}`),
    flowId: 'nudge-task',
    structureHash: asStructureHash('abc'),
    version: 1,
    status: 'active',
    step: 'ask',
    waiting: { kind: 'reply', askedAt: NOON, invalidReplies: 0, options: [{ value: 'done', label: 'Ya está' }] },
    unanswered: null,
    task: 'housing-form',
    variables: { mood: 'worried about rent', count: 2, sure: true },
    ...changes,
  };
}

export const sampleFacts: ConversationFacts = {
  program: { name: 'Summer Bridge', phone: phoneOf(99) },
  mentee: { firstName: 'Marisol', language: 'es', timeZone: 'America/Chicago', college: 'Lakeside College' },
  mentor: { firstName: 'Devon' },
  task: null,
};

/** Adds and claims a row, and gives its id. */
export async function addClaimed(stores: Stores, key: string, token: string, leaseUntil = NOON + 30_000) {
  const id = await stores.outbox.add(sampleOutbound(key), NOON);
  if (id === null || !(await stores.outbox.claim(id, token, leaseUntil, NOON)))
    throw new Error(`${key} was not claimed`);
  return id;
}
