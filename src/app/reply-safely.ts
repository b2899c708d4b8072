// The locked reply to a text in distress: which wording, whether it may be sent at all, and what the card says of it.

import type { EscalationId, PhoneHash } from '../core/model/ids.ts';
import type { Tier } from '../core/model/message.ts';
import type { Language, Mentee } from '../core/model/people.ts';
import { pickReply } from '../core/safety/replies.ts';
import type { Screening } from '../core/safety/screen.ts';
import { consentWordOf } from './apply-consent-word.ts';
import type { HouseDeps } from './house-deps.ts';
import { replyRow } from './outbound-rows.ts';
import type { Stores } from './ports/database.ts';
import type { NewOutbound } from './ports/messages.ts';
import type { Received } from './received.ts';
import { tellMentor } from './tell-mentor.ts';
import { tellStaff } from './tell-staff.ts';

/** What will be sent, if anything, and the sentence for the card. */
export interface SafetyReplyPlan {
  readonly text: string | null;
  readonly answered: string;
}

/** Decides the reply to a crisis or high text. Once an episode the whole one, then the short "still here". */
export async function planSafetyReply(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  screening: Screening,
): Promise<SafetyReplyPlan> {
  const { sender } = received;
  const optedOut =
    (await stores.consents.state(sender.phoneHash)) === 'opted_out' || consentWordOf(received) === 'opt_out';
  if (optedOut) return { text: null, answered: 'Nothing was sent: this number has opted out. Phone, cannot text.' };
  if (received.phone === null && received.message.from.kind === 'phone') {
    return { text: null, answered: 'Nothing was sent: this number cannot be texted.' };
  }
  const text = pickReply(deps.content.current().replies, {
    tier: screening.tier === 'none' ? 'crisis' : screening.tier,
    kind: screening.kind ?? 'self',
    language: languageOf(received, screening),
    alreadySentThisEpisode: await answeredTier(stores, sender.phoneHash),
    mentor: null,
  });
  return { text, answered: `At once: “${text}”` };
}

/** The tier that this episode was answered for, or false: a case that has become graver gets its whole reply. */
async function answeredTier(stores: Stores, phoneHash: PhoneHash): Promise<Tier | false> {
  const running = await stores.escalations.openOf(phoneHash);
  if (running === null) return false;
  const replies = await stores.outbox.countSince(phoneHash, 'safety_reply', running.state.openedAt);
  return replies > 0 && running.state.tier;
}

function languageOf({ sender }: Received, screening: Screening): Language {
  return sender.kind === 'mentee' ? sender.mentee.language : (screening.language ?? 'en');
}

/** Queues what was planned, by SMS or, to somebody who wrote in Slack, there. */
export async function queueSafetyReply(
  stores: Stores,
  received: Received,
  plan: SafetyReplyPlan,
  escalationId: EscalationId | null,
): Promise<void> {
  if (plan.text === null) return;
  await stores.outbox.add(safetyRow(received, plan.text, escalationId), received.now);
}

function safetyRow(received: Received, text: string, escalationId: EscalationId | null): NewOutbound {
  const { phone, message } = received;
  const key = `safety:${received.inboundId}`;
  if (phone !== null) return replyRow({ ...received, phone, key, messageClass: 'safety_reply', text, escalationId });
  const slackUserId = message.from.kind === 'slack' ? message.from.slackUserId : '';
  return {
    key,
    messageClass: 'safety_reply',
    recipient: { kind: 'slack_user', slackUserId },
    body: { kind: 'slack_post', message: { kind: 'notice', title: text, lines: [] } },
    dueAt: received.now,
    escalationId,
    inReplyTo: { inboundId: received.inboundId, at: received.now },
    isIntroduction: false,
    task: null,
    saidBy: null,
  };
}

/** A moderate reply is given once in this time; what follows goes to the mentor all the same. */
const MODERATE_EVERY_MS = 24 * 3_600_000;

/** Moderate: nobody is paged; the mentor's list and the staff's queue, and a warm line unless the flow just answered. */
export async function replyToModerate(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  screening: Screening,
  mentee: Mentee,
  answeredByFlow: boolean,
): Promise<void> {
  const content = deps.content.current();
  const { inboundId, now, phone } = received;
  const reason = 'Wrote something heavy, or asked for a person. Please call or write today.';
  await tellMentor(stores, content, { key: `moderate:${inboundId}`, mentee, reason, words: null, task: null, now });
  await tellStaff(stores, {
    key: `moderate:${inboundId}`,
    title: 'A mentee could use a person (moderate, nobody is paged)',
    lines: [
      { label: 'Mentee', text: mentee.firstName },
      { label: 'They wrote', text: received.message.body },
      { label: 'Words that fired', text: screening.matched.join(', ') },
    ],
    now,
  });
  if (answeredByFlow || phone === null) return;
  const mentor = await stores.people.mentorOf(mentee.id);
  const text = pickReply(content.replies, {
    tier: 'moderate',
    kind: screening.kind ?? 'self',
    language: mentee.language,
    alreadySentThisEpisode: false,
    mentor: mentor?.firstName ?? content.program.name,
  });
  const key = `moderate:${mentee.phoneHash}:${Math.floor(now / MODERATE_EVERY_MS)}`;
  await stores.outbox.add(
    replyRow({ ...received, phone, key, messageClass: 'safety_reply', text, escalationId: null }),
    now,
  );
}
