// Takes texts in. Those of one moment share a commit; each text has its own savepoint, and inside it the screen has its
// own part that no failure of a flow can undo (architecture 2.3). Resolves after the commit.

import { asInboundId, asPhone, type Phone, type PhoneHash } from '../core/model/ids.ts';
import { caseTopicsOf } from '../core/safety/case-about.ts';
import type { Screening } from '../core/safety/screen.ts';
import { answerText } from './answer-text.ts';
import { changeCase } from './case-actions.ts';
import { createCommitTurn } from './commit-turn.ts';
import { nameOf } from './error-name.ts';
import { findSender, type Sender } from './find-sender.ts';
import type { HouseDeps } from './house-deps.ts';
import { noteAlone, noteInCase } from './note-in-case.ts';
import { openOrRaise } from './open-escalation.ts';
import type { Database, Stores } from './ports/database.ts';
import type { InboundMessage } from './ports/messages.ts';
import type { Received, Screened } from './received.ts';
import { planSafetyReply, queueSafetyReply } from './reply-safely.ts';
import { screenAlone, screenText } from './screen-text.ts';
import { tellCounselorsOfUnscreened, tellStaffOfUnprocessed } from './tell-staff.ts';
import { momentWords } from './time-words.ts';
import { tryStep } from './try-step.ts';

export interface ReceiveDeps extends HouseDeps {
  readonly database: Database;
  /** Wakes the relay after a commit. */
  readonly wake: () => void;
}

/** A text that was under way for longer is marked late (TW-13). */
export const LATE_MS = 2 * 60_000;

/** What the doors call. Rejects only when the text could not be stored and read; then the vendor tries again. */
export type ReceiveMessage = (message: InboundMessage) => Promise<void>;

export function createReceiveMessage(deps: ReceiveDeps): ReceiveMessage {
  const commit = createCommitTurn(deps.database);
  return async (message) => {
    try {
      await commit((stores) => receiveOne(deps, stores, message));
    } catch (error) {
      // A database in trouble was asked twice, and now the vendor hears of it; of a fault of ours it does not.
      if (deps.database.isTrouble(error)) throw notStored(deps, error);
      await keepUnscreened(deps, message, error);
    } finally {
      deps.wake();
    }
  };
}

function notStored({ log }: ReceiveDeps, error: unknown): unknown {
  log.error('inbound_not_stored', { error: nameOf(error) });
  return error;
}

async function receiveOne(deps: ReceiveDeps, stores: Stores, message: InboundMessage): Promise<void> {
  const received = await store(deps, stores, message);
  if (received === null) return;
  const screened = await screenFirst(deps, stores, received);
  const hasCase = await noteInCase(deps, stores, received, screened);
  try {
    await stores.savepoint(() => answerText(deps, stores, received, { ...screened, hasCase }));
  } catch (error) {
    // The whole text is taken again; half of it may not stay.
    if (deps.database.isTrouble(error)) throw error;
    deps.log.error('inbound_unprocessed', { inboundId: received.inboundId, error: nameOf(error) });
    await stores.inbox.markUnprocessed(received.inboundId, error instanceof Error ? error.name : 'unknown');
    await tellStaffOfUnprocessed(stores, received);
  }
}

/** The inbox row, once for ever; null for a text that was here before. */
async function store(deps: ReceiveDeps, stores: Stores, message: InboundMessage): Promise<Received | null> {
  const now = deps.clock.now();
  const phoneHash = hashOf(deps, message);
  await stores.lockPerson(phoneHash);
  const id = asInboundId(deps.ids.next());
  const inboundId = await stores.inbox.insert(message, { id, phoneHash, receivedAt: now });
  if (inboundId === null) return null;
  const sender = await findSender(stores, message, phoneHash);
  // A number that writes can be reached, whatever a receipt said of it before.
  if ((await stores.people.phoneProblem(phoneHash)) !== null) await stores.people.setPhoneProblem(phoneHash, null, now);
  // A clock of ours that is behind the vendor's never makes a text younger than this moment.
  const saidAt = Math.min(message.sentAt ?? now, now);
  const late = now - saidAt > LATE_MS ? `arrived late, sent ${sentWords(deps, saidAt, now)}` : null;
  return { message, sender, inboundId, now, saidAt, late, phone: phoneOf(message, sender) };
}

function sentWords({ content }: ReceiveDeps, saidAt: number, now: number): string {
  return momentWords(saidAt, now, content.current().program.time_zone);
}

/** The screen reads every text before anything else; no flow and no consent state can turn this off. */
async function screenFirst(deps: ReceiveDeps, stores: Stores, received: Received): Promise<Omit<Screened, 'hasCase'>> {
  const { inboundId } = received;
  const screening = await screenText(deps, stores, received);
  if (screening.tier === 'none') return { screening, caseOpened: false };
  await stores.inbox.setScreening(inboundId, screening.tier, signalIdsOf(screening));
  if (screening.tier === 'moderate') return { screening, caseOpened: false };
  await openCase(deps, stores, received, screening);
  return { screening, caseOpened: true };
}

/** Opens or raises the case, and queues the locked reply unless nothing may be texted to this person. */
async function openCase(deps: ReceiveDeps, stores: Stores, received: Received, screening: Screening): Promise<void> {
  const plan = await planSafetyReply(deps, stores, received, screening);
  const words = [...screening.matched, ...lateWords(received)];
  const topics = caseTopicsOf(deps.content.current().screen, screening);
  const distress = {
    ...received,
    tier: screening.tier,
    words,
    signals: signalIdsOf(screening),
    topics,
    askedByFlow: false,
  };
  const opened = await openOrRaise(deps, stores, distress, plan.answered);
  await queueSafetyReply(stores, received, plan, opened?.escalation.id ?? null);
  if (!plan.asksTextSafety || opened === null) return;
  const event = { kind: 'text_safety', at: received.now, said: 'asked' } as const;
  await changeCase(deps, stores, opened.escalation, event, received.now);
}

function signalIdsOf({ signals }: Screening): readonly string[] {
  return signals.map(({ id }) => id);
}

/** On the card beside what fired: whoever reads it must know how long the student has waited. */
function lateWords({ late }: Received): readonly string[] {
  return late === null ? [] : [late];
}

/** What a text counts as that could not be read: a person reads it the same hour, and by night the channel knows. */
const UNREAD_TIER = 'high';
const UNREAD_WORDS: readonly string[] = ['this text could not be read for distress'];

/**
 * A fault of ours kept this text from being screened or answered. It is kept by itself: read once more alone, with a
 * case unless it is harmless, and with the numbers for whoever may be in danger, even when no case can be opened.
 */
async function keepUnscreened(deps: ReceiveDeps, message: InboundMessage, cause: unknown): Promise<void> {
  deps.log.error('inbound_not_screened', { error: nameOf(cause) });
  try {
    await deps.database.transact(async (stores) => {
      const received = await store(deps, stores, message);
      if (received === null) return;
      await stores.inbox.markUnprocessed(received.inboundId, 'not screened');
      const screening = tryScreen(deps, message.body);
      if (screening?.tier === 'none' || screening?.tier === 'moderate') {
        await noteAlone(deps, stores, received, screening.tier);
        return tellStaffOfUnprocessed(stores, received);
      }
      const done = await tryStep(deps, stores, received, () => openAlone(deps, stores, received, screening));
      if (done) return noteAlone(deps, stores, received, screening?.tier ?? UNREAD_TIER);
      if (screening !== null)
        await tryStep(deps, stores, received, () => replyAlone(deps, stores, received, screening));
      await tellCounselorsOfUnscreened(stores, received);
    });
  } catch (error) {
    throw notStored(deps, error);
  }
}

/** The screen on this text alone; null when it fails on it. */
function tryScreen(deps: ReceiveDeps, text: string): Screening | null {
  try {
    return screenAlone(deps.content.current().screen, text);
  } catch (error) {
    deps.log.error('screen_failed', { error: nameOf(error) });
    return null;
  }
}

async function openAlone(
  deps: ReceiveDeps,
  stores: Stores,
  received: Received,
  screening: Screening | null,
): Promise<void> {
  if (screening !== null) return openCase(deps, stores, received, screening);
  const words = [...UNREAD_WORDS, ...lateWords(received)];
  const unread = { ...received, tier: UNREAD_TIER, words, askedByFlow: false } as const;
  await openOrRaise(deps, stores, unread, 'Nothing: the text could not be read. Please read it in Details.');
  await tellStaffOfUnprocessed(stores, received);
}

async function replyAlone(deps: ReceiveDeps, stores: Stores, received: Received, screening: Screening): Promise<void> {
  await queueSafetyReply(stores, received, await planSafetyReply(deps, stores, received, screening), null);
}

const E164 = /^\+[1-9]\d{7,14}$/;

function phoneOf(message: InboundMessage, sender: Sender): Phone | null {
  if (sender.kind === 'mentee') return sender.mentee.phone;
  return message.from.kind === 'phone' && E164.test(message.from.address) ? asPhone(message.from.address) : null;
}

function hashOf(deps: ReceiveDeps, { from }: InboundMessage): PhoneHash {
  return deps.database.hashPhone(from.kind === 'phone' ? from.address : `slack:${from.slackUserId}`);
}
