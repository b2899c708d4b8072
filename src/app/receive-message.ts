// Takes texts in. What waits is taken as one batch into one commit; each text has its own savepoint, and inside it the
// screen has its own part that no failure of a flow can undo (architecture 2.3). Resolves after the commit.

import { asInboundId, asPhone, type Phone, type PhoneHash } from '../core/model/ids.ts';
import { type Screening, screen } from '../core/safety/screen.ts';
import { answerText } from './answer-text.ts';
import { nameOf } from './error-name.ts';
import { findSender, type Sender } from './find-sender.ts';
import type { HouseDeps } from './house-deps.ts';
import { openOrRaise } from './open-escalation.ts';
import type { Database, Stores } from './ports/database.ts';
import type { InboundMessage } from './ports/messages.ts';
import type { Received, Screened } from './received.ts';
import { planSafetyReply, queueSafetyReply } from './reply-safely.ts';
import { tellCounselorsOfUnscreened, tellStaffOfUnprocessed } from './tell-staff.ts';

export interface ReceiveDeps extends HouseDeps {
  readonly database: Database;
  /** Wakes the relay after a commit. */
  readonly wake: () => void;
}

/** Most texts in one commit. */
export const BATCH_LIMIT = 64;
/** How far back earlier texts are read together with a new one: danger can be spread over several (4 of 2 hours). */
const PREVIOUS_WINDOW_MS = 2 * 3_600_000;
const PREVIOUS_LIMIT = 4;

interface Waiting {
  readonly message: InboundMessage;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What the doors call. Rejects only when the text could not be stored; then the vendor tries again. */
export type ReceiveMessage = (message: InboundMessage) => Promise<void>;

export function createReceiveMessage(deps: ReceiveDeps): ReceiveMessage {
  let waiting: Waiting[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_LIMIT);
      waiting = waiting.slice(BATCH_LIMIT);
      await commitBatch(deps, batch);
    }
    running = false;
  };

  return (message) =>
    new Promise((resolve, reject) => {
      waiting.push({ message, resolve, reject });
      if (running) return;
      running = true;
      // One turn of the event loop: every text that arrives in it shares the commit.
      setImmediate(() => void run());
    });
}

async function commitBatch(deps: ReceiveDeps, batch: readonly Waiting[]): Promise<void> {
  const results = await deps.database
    .batch(batch, (stores, { message }) => receiveOne(deps, stores, message))
    .catch((error: unknown) => batch.map(() => ({ status: 'rejected' as const, reason: error })));
  for (const [index, result] of results.entries()) {
    const waiting = batch[index];
    if (waiting === undefined) continue;
    if (result.status === 'fulfilled') waiting.resolve();
    else await keepUnscreened(deps, waiting, result.reason);
  }
  deps.wake();
}

async function receiveOne(deps: ReceiveDeps, stores: Stores, message: InboundMessage): Promise<void> {
  const received = await store(deps, stores, message);
  if (received === null) return;
  const screened = await screenFirst(deps, stores, received);
  try {
    await stores.savepoint(() => answerText(deps, stores, received, screened));
  } catch (error) {
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
  return { message, sender, inboundId, now, phone: phoneOf(message, sender) };
}

/** The screen reads every text before anything else; no flow and no consent state can turn this off. */
async function screenFirst(deps: ReceiveDeps, stores: Stores, received: Received): Promise<Screened> {
  const { message, sender, inboundId, now } = received;
  const recent = await stores.inbox.recent(sender.phoneHash, now - PREVIOUS_WINDOW_MS, PREVIOUS_LIMIT + 1);
  const previous = recent.filter((text) => text.id !== inboundId).map((text) => text.body);
  const screening = screen(deps.content.current().screen, { text: message.body, previous });
  if (screening.tier === 'none') return { screening, caseOpened: false };
  const signalIds = screening.signals.map((signal) => signal.id);
  await stores.inbox.setScreening(inboundId, screening.tier, signalIds);
  if (screening.tier === 'moderate') return { screening, caseOpened: false };
  await openCase(deps, stores, received, screening);
  return { screening, caseOpened: true };
}

/** Opens or raises the case, and queues the locked reply unless nothing may be texted to this person. */
async function openCase(deps: ReceiveDeps, stores: Stores, received: Received, screening: Screening): Promise<void> {
  const plan = await planSafetyReply(deps, stores, received, screening);
  const distress = { ...received, tier: screening.tier, words: screening.matched, askedByFlow: false };
  const opened = await openOrRaise(deps, stores, distress, plan.answered);
  await queueSafetyReply(stores, received, plan, opened?.escalation.id ?? null);
}

/**
 * The screen or its case failed on this text (a fault of ours, or a database that cannot commit). The bare text is
 * tried once more by itself, with a word to the counselors that nothing has read it; only if that cannot commit either
 * does the vendor hear of it.
 */
async function keepUnscreened(deps: ReceiveDeps, { message, resolve, reject }: Waiting, cause: unknown): Promise<void> {
  deps.log.error('inbound_not_screened', { error: nameOf(cause) });
  try {
    await deps.database.transact(async (stores) => {
      const received = await store(deps, stores, message);
      if (received === null) return;
      await stores.inbox.markUnprocessed(received.inboundId, 'not screened');
      await replyAnyway(deps, stores, received);
      await tellCounselorsOfUnscreened(stores, received);
    });
    resolve();
  } catch (error) {
    deps.log.error('inbound_not_stored', { error: nameOf(error) });
    reject(error);
  }
}

/** Whatever failed, somebody who may be in danger still gets the numbers. */
async function replyAnyway(deps: ReceiveDeps, stores: Stores, received: Received): Promise<void> {
  try {
    await stores.savepoint(async () => {
      const screening = screen(deps.content.current().screen, { text: received.message.body });
      if (screening.tier !== 'crisis' && screening.tier !== 'high') return;
      const plan = await planSafetyReply(deps, stores, received, screening);
      await queueSafetyReply(stores, received, plan, null);
    });
  } catch (error) {
    deps.log.error('safety_reply_failed', { inboundId: received.inboundId, error: nameOf(error) });
  }
}

const E164 = /^\+[1-9]\d{7,14}$/;

function phoneOf(message: InboundMessage, sender: Sender): Phone | null {
  if (sender.kind === 'mentee') return sender.mentee.phone;
  return message.from.kind === 'phone' && E164.test(message.from.address) ? asPhone(message.from.address) : null;
}

function hashOf(deps: ReceiveDeps, { from }: InboundMessage): PhoneHash {
  return deps.database.hashPhone(from.kind === 'phone' ? from.address : `slack:${from.slackUserId}`);
}
