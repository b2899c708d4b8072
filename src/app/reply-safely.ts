// The locked reply to a text in distress: which wording, whether it may be sent at all, and what the card says of it.

import type { EscalationId } from '../core/model/ids.ts';
import type { Tier } from '../core/model/message.ts';
import type { Language, Mentee } from '../core/model/people.ts';
import { chooseReply, pickReply, type ReplyFacts, wordsOfReply } from '../core/safety/replies.ts';
import type { ReplyId } from '../core/safety/reply-ids.ts';
import type { Screening } from '../core/safety/screen.ts';
import { answersTexting, mayTextNeutral } from '../core/safety/text-safety.ts';
import { saysNow } from '../core/safety/urgency.ts';
import { consentWordOf } from './apply-consent-word.ts';
import type { HouseDeps } from './house-deps.ts';
import { replyRow } from './outbound-rows.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { NewOutbound } from './ports/messages.ts';
import { promisedAnswer } from './promised-answer.ts';
import { type Received, wordsOf } from './received.ts';
import { tellMentor } from './tell-mentor.ts';
import { tellStaff } from './tell-staff.ts';

/** What will be sent, if anything, and the sentence for the card. */
export interface SafetyReplyPlan {
  readonly text: string | null;
  readonly answered: string;
  /** It asks whether it is safe to text them. */
  readonly asksTextSafety: boolean;
}

function nothing(answered: string): SafetyReplyPlan {
  return { text: null, answered, asksTextSafety: false };
}

const OPTED_OUT = 'Nothing was sent: this number has opted out. Phone, cannot text.';
/** "Its not safe" may be heard as danger, too; its answer is the one to what they were asked. */
const ANSWERED_SAFETY = 'They answered whether it is safe to text them: see the thread.';
const NOT_SAFE = 'Nothing was sent: it is not safe to text them. Only a person may.';

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
  if (optedOut) return nothing(OPTED_OUT);
  if (received.phone === null && received.message.from.kind === 'phone') {
    return nothing('Nothing was sent: this number cannot be texted.');
  }
  const running = await stores.escalations.openOf(sender.phoneHash);
  if (running?.state.textSafety === 'asked' && answersTexting(received.message.body)) return nothing(ANSWERED_SAFETY);
  const isUrgent = running?.state.isUrgent === true || saysNow(received.message.body);
  const when = { now: received.now, waitsForMorning: screening.tier === 'high' && !isUrgent };
  const facts: ReplyFacts = {
    tier: screening.tier === 'none' ? 'crisis' : screening.tier,
    kind: screening.kind ?? 'self',
    language: languageOf(received, screening),
    alreadySentThisEpisode: running === null ? false : await answeredTier(stores, running),
    mentor: null,
    answerBy: sender.kind === 'mentee' ? await promisedAnswer(deps, stores, sender.mentee, when) : null,
  };
  const { replies } = deps.content.current();
  const replyId = chooseReply(facts);
  if (running !== null && !(await mayAnswer(stores, running, replyId))) return nothing(NOT_SAFE);
  const text = wordsOfReply(replies, replyId, facts);
  return { text, answered: `At once: “${text}”`, asksTextSafety: replyId === 'abuse' };
}

/** The tier that this episode was answered for, or false: a case that has become graver gets its whole reply. */
async function answeredTier(stores: Stores, { phoneHash, state }: Escalation): Promise<Tier | false> {
  const replies = await stores.outbox.countSince(phoneHash, 'safety_reply', state.openedAt);
  return replies > 0 && state.tier;
}

/**
 * After "it is not safe to text" nothing is sent by itself. While that question is open one neutral line may follow it;
 * danger of another kind is answered all the same, because 988 may not wait (CR-C1).
 */
async function mayAnswer(stores: Stores, { phoneHash, state }: Escalation, replyId: ReplyId): Promise<boolean> {
  const { textSafety, textSafetyAt } = state;
  if (textSafety === 'asked' && replyId !== 'abuse_again') return true;
  const since = await stores.outbox.countSince(phoneHash, 'safety_reply', textSafetyAt ?? state.openedAt);
  return mayTextNeutral(textSafety, since - 1);
}

/** This reply names 988, which nothing does by itself before they have said that it is safe to text them. */
async function mayBeReadByOthers(stores: Stores, { phoneHash }: Pick<Mentee, 'phoneHash'>): Promise<boolean> {
  const textSafety = (await stores.escalations.openOf(phoneHash))?.state.textSafety ?? null;
  return textSafety === 'asked' || textSafety === 'not_safe';
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
  const { inboundId, now } = received;
  const reason = 'Wrote something heavy, or asked for a person. Please call or write today.';
  await tellMentor(stores, content, { key: `moderate:${inboundId}`, mentee, reason, words: null, task: null, now });
  const told = answeredByFlow ? null : await answerModerate(deps, stores, received, screening, mentee);
  await tellStaff(stores, {
    key: `moderate:${inboundId}`,
    title: 'A mentee could use a person (moderate, nobody is paged)',
    lines: [
      { label: 'Mentee', text: mentee.firstName },
      { label: 'They wrote', text: wordsOf(received) },
      { label: 'Words that fired', text: screening.matched.join(', ') },
      // Who promises a time must know that it was promised.
      ...(told === null ? [] : [{ label: 'They were told', text: told }]),
    ],
    now,
  });
}

/** The text that was queued; null when they had one today already, or cannot be texted. */
async function answerModerate(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  screening: Screening,
  mentee: Mentee,
): Promise<string | null> {
  const { now, phone } = received;
  if (phone === null || (await mayBeReadByOthers(stores, mentee))) return null;
  const { replies, program } = deps.content.current();
  const mentor = await stores.people.mentorOf(mentee.id);
  const text = pickReply(replies, {
    tier: 'moderate',
    kind: screening.kind ?? 'self',
    language: mentee.language,
    alreadySentThisEpisode: false,
    mentor: mentor?.firstName ?? program.name,
    answerBy: await promisedAnswer(deps, stores, mentee, { now, waitsForMorning: false }),
  });
  const key = `moderate:${mentee.phoneHash}:${Math.floor(now / MODERATE_EVERY_MS)}`;
  const row = replyRow({ ...received, phone, key, messageClass: 'safety_reply', text, escalationId: null });
  return (await stores.outbox.add(row, now)) === null ? null : text;
}
