// Rows for contract tests. Numbers are of the reserved range 555-01xx.

import { SealedCodec } from '../../src/adapters/db/sealed.ts';
import type { Stores } from '../../src/app/ports/database.ts';
import type { InboundMessage, NewOutbound, Recipient } from '../../src/app/ports/messages.ts';
import type { Conversation, ConversationFacts } from '../../src/core/model/conversation.ts';
import {
  asConversationId,
  asMenteeId,
  asMentorId,
  asPhone,
  asStructureHash,
  type PhoneHash,
} from '../../src/core/model/ids.ts';
import type { Mentee, Mentor } from '../../src/core/model/people.ts';
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
