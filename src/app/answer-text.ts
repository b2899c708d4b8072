// What a text does after the screen: consent words first, then staff's own words, then the conversation, and a person
// for whatever the house does not understand. Everything here can be undone without losing the text or its screening.

import type { Mentee } from '../core/model/people.ts';
import { readMistaken } from '../core/safety/consent-words.ts';
import { acknowledgeByText } from './acknowledge-by-text.ts';
import { advanceByReply } from './advance-conversation.ts';
import { applyConsentWord, consentWordOf } from './apply-consent-word.ts';
import type { HouseDeps } from './house-deps.ts';
import { passOnToCase, passOnToMentor, passOnToStaff } from './pass-on.ts';
import { passOnFromWrongNumber, pauseMistaken, wrongNumberSince } from './pause-mistaken.ts';
import type { Stores } from './ports/database.ts';
import type { Received, Screened } from './received.ts';
import { replyToModerate } from './reply-safely.ts';

/** More texts than this in half a minute are a loop or a prank: stored and screened, not answered (TW-16). */
export const BURST_LIMIT = 10;
const BURST_WINDOW_MS = 30_000;

export async function answerText(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  screened: Screened,
): Promise<void> {
  const { sender, now } = received;
  const word = consentWordOf(received);
  if (word !== null) return applyConsentWord(deps, stores, received, word, screened);
  if (screened.caseOpened) return;
  if (sender.kind === 'counselor') return acknowledgeByText(deps, stores, received, sender.counselor);
  const burst = await stores.inbox.countSince(sender.phoneHash, now - BURST_WINDOW_MS);
  if (burst > BURST_LIMIT) return;
  if (sender.kind !== 'mentee') return passOnToStaff(deps, stores, received);
  await answerMentee(deps, stores, received, screened, sender.mentee);
}

async function answerMentee(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  screened: Screened,
  mentee: Mentee,
): Promise<void> {
  const { message, inboundId, now } = received;
  const escalation = await stores.escalations.openOf(mentee.phoneHash);
  if (escalation !== null) return passOnToCase(stores, received, escalation);
  const isWrongNumber = (await wrongNumberSince(stores, mentee.phoneHash)) !== null;
  if (isWrongNumber) return passOnFromWrongNumber(deps, stores, received, mentee);
  const mistaken = readMistaken(message.body);
  if (mistaken !== null) return pauseMistaken(deps, stores, received, mentee, mistaken);
  const moderate = screened.screening.tier === 'moderate';
  const hasWords = message.body.trim() !== '';
  const reply = { mentee, text: message.body, inboundId, now, onlyIfUnderstood: moderate };
  const result = hasWords ? await advanceByReply(deps, stores, reply) : 'no_question';
  if (moderate) return replyToModerate(deps, stores, received, screened.screening, mentee, result === 'answered');
  if (result === 'answered' && message.media.length === 0) return;
  await passOnToMentor(deps, stores, received, mentee, result === 'no_question' ? 'answer' : 'silent');
}
