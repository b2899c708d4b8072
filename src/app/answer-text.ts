// What a text does after the screen: consent words first, then staff's own words, then the conversation, and a person
// for whatever the house does not understand. Everything here can be undone without losing the text or its screening.

import type { Mentee } from '../core/model/people.ts';
import { readMistaken } from '../core/safety/consent-words.ts';
import { isBotSilent } from '../core/safety/escalation.ts';
import { acknowledgeByText } from './acknowledge-by-text.ts';
import { advanceByReply, type ReplyResult } from './advance-conversation.ts';
import { applyConsentWord, consentWordOf } from './apply-consent-word.ts';
import { nameOf } from './error-name.ts';
import type { HouseDeps } from './house-deps.ts';
import { isDeceased } from './is-deceased.ts';
import { keepUpdateOfCase, takeUpdateText } from './mentor-texts.ts';
import { passOnOfDeceased, passOnToMentor, passOnToStaff } from './pass-on.ts';
import { passOnFromWrongNumber, pauseMistaken, wrongNumberSince } from './pause-mistaken.ts';
import type { Database, Stores } from './ports/database.ts';
import type { Received, Screened } from './received.ts';
import { replyToModerate } from './reply-safely.ts';
import { showDropped } from './show-relay-state.ts';
import { tellStaffOfBurst, tellStaffOfUnprocessed } from './tell-staff.ts';

/**
 * More texts than this in half a minute are a loop or a prank: stored and screened, not answered (TW-16). Texts of an
 * open case are never too many.
 */
export const BURST_LIMIT = 10;
const BURST_WINDOW_MS = 30_000;

export interface AnswerDeps extends HouseDeps {
  readonly database: Pick<Database, 'isTrouble'>;
}

export async function answerText(
  deps: AnswerDeps,
  stores: Stores,
  received: Received,
  screened: Screened,
): Promise<void> {
  const { sender, now } = received;
  const word = consentWordOf(received);
  if (word !== null) {
    await applyConsentWord(deps, stores, received, word, screened);
    await showPicture(deps, stores, received, screened);
    return word === 'opt_out' ? showDropped(deps, stores, { phoneHash: sender.phoneHash, now }) : undefined;
  }
  if (screened.caseOpened)
    return sender.kind === 'mentor' ? keepUpdateOfCase(deps, stores, received, sender.mentor) : undefined;
  // "ACK" is about what its sender had seen: of a late one nobody can tell which case that was, and paging goes on.
  if (sender.kind === 'counselor' && received.late !== null) return passOnToStaff(deps, stores, received);
  if (sender.kind === 'counselor') {
    await acknowledgeByText(deps, stores, received, sender.counselor);
    return showPicture(deps, stores, received, screened);
  }
  if (screened.hasCase && (await isSilent(stores, received)))
    return sender.kind === 'mentor' ? keepUpdateOfCase(deps, stores, received, sender.mentor) : undefined;
  const burst = await stores.inbox.countSince(sender.phoneHash, now - BURST_WINDOW_MS);
  // Late texts come in all at once, however long their sender took over them.
  if (burst > BURST_LIMIT && received.late === null) return tellStaffOfBurst(stores, received);
  if (sender.kind === 'mentee') return answerMentee(deps, stores, received, screened, sender.mentee);
  if (sender.kind === 'mentor' && (await takeUpdateText(deps, stores, received, sender.mentor)))
    return showPicture(deps, stores, received, screened);
  await passOnToStaff(deps, stores, received);
}

/** TW-15: whatever its words were taken for, a picture needs a person. In a case its thread says that there is one. */
async function showPicture(deps: AnswerDeps, stores: Stores, received: Received, { hasCase }: Screened): Promise<void> {
  const { sender, message } = received;
  if (message.media.length === 0 || hasCase) return;
  if (sender.kind === 'mentee') return passOnToMentor(deps, stores, received, sender.mentee, 'silent');
  // The same notice as for a text that nothing understood, so it is posted once.
  await passOnToStaff(deps, stores, received);
}

/** People have this conversation. The text stands in the thread of the case already, and nobody else answers it. */
async function isSilent(stores: Stores, { sender }: Received): Promise<boolean> {
  const escalation = await stores.escalations.openOf(sender.phoneHash);
  return escalation !== null && isBotSilent(escalation.state);
}

async function answerMentee(
  deps: AnswerDeps,
  stores: Stores,
  received: Received,
  screened: Screened,
  mentee: Mentee,
): Promise<void> {
  const { message } = received;
  if (await isDeceased(stores, mentee, received.now)) return passOnOfDeceased(stores, received);
  const isWrongNumber = (await wrongNumberSince(stores, mentee.phoneHash)) !== null;
  if (isWrongNumber) return passOnFromWrongNumber(deps, stores, received, mentee);
  const mistaken = readMistaken(message.body);
  if (mistaken !== null) return pauseMistaken(deps, stores, received, mentee, mistaken);
  const moderate = screened.screening.tier === 'moderate';
  if (moderate) {
    const result = await advanceIfItCan(deps, stores, received, mentee);
    return replyToModerate(deps, stores, received, screened.screening, mentee, result === 'answered');
  }
  const result = await advance(deps, stores, received, mentee, { onlyIfUnderstood: false });
  if (result === 'answered' && message.media.length === 0) return;
  await passOnToMentor(deps, stores, received, mentee, result === 'no_question' ? 'answer' : 'silent');
}

/** A picture without words answers no question. */
async function advance(
  deps: HouseDeps,
  stores: Stores,
  received: Received,
  mentee: Mentee,
  { onlyIfUnderstood }: { readonly onlyIfUnderstood: boolean },
): Promise<ReplyResult> {
  const { message, inboundId, now, saidAt } = received;
  if (message.body.trim() === '' || (await isOvertaken(stores, received, mentee))) return 'no_question';
  return advanceByReply(deps, stores, { mentee, text: message.body, inboundId, now, saidAt, onlyIfUnderstood });
}

/** A late text answers what was asked before it was sent: a conversation that has gone on since is not rewound (TW-14). */
async function isOvertaken(stores: Stores, { late, saidAt }: Received, mentee: Mentee): Promise<boolean> {
  if (late === null) return false;
  const conversation = await stores.conversations.activeOf(mentee.id);
  if (conversation === null) return false;
  const events = await stores.conversations.events(conversation.id);
  return events.some(({ at }) => at > saidAt);
}

/** A flow that fails on a moderate text must not keep the mentee from a person: its part alone is undone. */
async function advanceIfItCan(
  deps: AnswerDeps,
  stores: Stores,
  received: Received,
  mentee: Mentee,
): Promise<ReplyResult> {
  try {
    return await stores.savepoint(() => advance(deps, stores, received, mentee, { onlyIfUnderstood: true }));
  } catch (error) {
    // The whole text is taken again; half of it may not stay.
    if (deps.database.isTrouble(error)) throw error;
    deps.log.error('inbound_unprocessed', { inboundId: received.inboundId, error: nameOf(error) });
    await stores.inbox.markUnprocessed(received.inboundId, error instanceof Error ? error.name : 'unknown');
    await tellStaffOfUnprocessed(stores, received);
    return 'no_question';
  }
}
