// A text that no open question takes goes to a person the same minute, and its sender hears that once in a while. It
// also waits to be read by staff the same day, so that none is lost in the traffic.

import { renderText } from '../core/flow/template.ts';
import type { Tier } from '../core/model/message.ts';
import type { Mentee } from '../core/model/people.ts';
import { postInThread } from './case-thread.ts';
import { conversationFacts } from './conversation-facts.ts';
import { firstNameOf } from './find-sender.ts';
import type { HouseDeps } from './house-deps.ts';
import { introduce } from './introduce.ts';
import { replyRow } from './outbound-rows.ts';
import type { Escalation, Stores } from './ports/database.ts';
import { type Received, wordsOf } from './received.ts';
import { tellMentor } from './tell-mentor.ts';
import { tellStaff } from './tell-staff.ts';

/** One "I passed it on" in this time: nobody wants it after every line of a chat. */
const ANSWER_EVERY_MS = 4 * 3_600_000;
/** A number nobody knows is answered once a day, without personal data (TW-16). */
const UNKNOWN_EVERY_MS = 24 * 3_600_000;

/** Tells the mentor (or staff) what a mentee wrote, and answers that it was passed on. */
export async function passOnToMentor(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  mentee: Mentee,
  reply: 'answer' | 'silent',
): Promise<void> {
  const content = deps.content.current();
  // In a case its thread has every text, and counselors read it there: its words are not for the staff's digest.
  const hasCase = (await stores.escalations.openOf(mentee.phoneHash)) !== null;
  if (!hasCase) await stores.inbox.markUnread(received.inboundId);
  await tellMentor(stores, content, {
    key: `text:${received.inboundId}`,
    mentee,
    reason:
      received.message.media.length > 0
        ? 'Sent a picture or file that a person has to look at.'
        : 'Wrote something that the bot cannot answer.',
    words: wordsOf(received),
    task: null,
    now: received.now,
  });
  if (reply === 'silent') return;
  const facts = await conversationFacts(stores, content, mentee, null);
  await introduce(stores, content, mentee, received.now, { inboundId: received.inboundId, at: received.saidAt });
  await answerOnce(stores, received, renderText(content.program.passed_on, facts), ANSWER_EVERY_MS);
}

/** A mentor, a counselor or a stranger wrote by SMS: staff read it; a stranger hears who this is. */
export async function passOnToStaff(deps: HouseDeps, stores: Stores, received: Received): Promise<void> {
  await stores.inbox.markUnread(received.inboundId);
  await tellStaff(stores, {
    key: `text:${received.inboundId}`,
    title: 'A text that is not from a mentee',
    lines: [
      { label: 'From', text: firstNameOf(received.sender) },
      { label: 'They wrote', text: wordsOf(received) },
    ],
    now: received.now,
  });
  if (received.sender.kind !== 'unknown') return;
  const { program } = deps.content.current();
  const text = `${program.unknown_sender.en}\n${program.unknown_sender.es}`;
  await answerOnce(stores, received, text, UNKNOWN_EVERY_MS);
}

/** Somebody writes from the phone of a mentee who has died: for staff alone, and nothing answers by itself. */
export async function passOnOfDeceased(stores: Stores, received: Received): Promise<void> {
  await tellStaff(stores, {
    key: `text:${received.inboundId}`,
    title: 'A text from the phone of a mentee who has died: please answer in person',
    lines: [
      { label: 'On the roster as', text: firstNameOf(received.sender) },
      { label: 'They wrote', text: wordsOf(received) },
    ],
    now: received.now,
  });
}

/** Until a case is resolved, everything its mentee writes stands in its thread the same moment (CR-09). */
export async function passOnToCase(
  stores: Stores,
  received: Received,
  escalation: Escalation,
  tier: Tier,
): Promise<void> {
  const { inboundId, sender, now } = received;
  await postInThread(stores, {
    key: `case-text:${inboundId}`,
    escalationId: escalation.id,
    message: {
      kind: 'case_text',
      caseCode: escalation.caseCode,
      firstName: firstNameOf(sender),
      text: wordsOf(received),
      tier,
    },
    now,
  });
}

async function answerOnce(stores: Stores, received: Received, text: string, everyMs: number): Promise<void> {
  const { sender, now, phone } = received;
  if (phone === null) return;
  const key = `passed-on:${sender.phoneHash}:${Math.floor(now / everyMs)}`;
  const row = replyRow({ ...received, phone, key, messageClass: 'answer', text, escalationId: null });
  await stores.outbox.add(row, now);
}
