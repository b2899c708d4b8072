// What this person was asked last, when it was about their safety: a short answer means one thing
// after "are you thinking of suicide?" and another after "are you safe?". Reads only.

import { type SafetyQuestion, safetyQuestionIn } from '../core/safety/safety-question.ts';
import type { Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';
import type { Received } from './received.ts';

/** A question is answered within a day, or never. */
const ASKED_FOR_MS = 24 * 3_600_000;

/**
 * The question, when the last text to this number is a person's and asks about safety, or when the house has asked whether
 * it is safe to text. Both happen in a case only: whoever never had one costs one look.
 */
export async function askedLast(
  stores: Stores,
  { sender, now, saidAt }: Pick<Received, 'sender' | 'now' | 'saidAt'>,
): Promise<SafetyQuestion | null> {
  const latest = await stores.escalations.latestOf(sender.phoneHash);
  if (latest === null || (latest.state.resolvedAt ?? now) < now - ASKED_FOR_MS) return null;
  const last = await stores.outbox.lastTextTo(sender.phoneHash, now - ASKED_FOR_MS);
  // A late text was sent before a question that is younger than it.
  if (last?.body.kind !== 'sms' || last.createdAt > saidAt) return null;
  if (last.messageClass === 'human_text') return safetyQuestionIn(last.body.text);
  return latest.state.textSafety === 'asked' && leavesQuestionOpen(last) ? 'texting' : null;
}

/**
 * Whether a short answer after this text can be one to "is it safe to text you?": that question itself, or the neutral
 * line that may follow it, which never names 988. A "no" to another question of the house must not end its replies.
 */
export function leavesQuestionOpen({ messageClass, body }: Outbound): boolean {
  return messageClass === 'safety_reply' && body.kind === 'sms' && !body.text.includes('988');
}
