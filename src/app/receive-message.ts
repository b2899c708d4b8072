// Takes texts in. What waits is taken as one batch into one commit; each text has its own savepoint, and inside it the
// screen has its own part that no failure of a flow can undo (architecture 2.3). Resolves after the commit.

import { asInboundId, asPhone, type Phone, type PhoneHash } from '../core/model/ids.ts';
import { ASKING, type Screening, screen } from '../core/safety/screen.ts';
import { answerText } from './answer-text.ts';
import { nameOf } from './error-name.ts';
import { findSender, type Sender } from './find-sender.ts';
import type { HouseDeps } from './house-deps.ts';
import { noteAlone, noteInCase } from './note-in-case.ts';
import { openOrRaise } from './open-escalation.ts';
import type { Database, Stores } from './ports/database.ts';
import type { InboundMessage } from './ports/messages.ts';
import type { Received, Screened } from './received.ts';
import { planSafetyReply, queueSafetyReply } from './reply-safely.ts';
import { tellCounselorsOfUnscreened, tellStaffOfUnprocessed } from './tell-staff.ts';
import { momentWords } from './time-words.ts';
import { tryStep } from './try-step.ts';

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
/** A text that was under way for longer is marked late (TW-13). */
export const LATE_MS = 2 * 60_000;

interface Waiting {
  readonly message: InboundMessage;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What the doors call. Rejects only when the text could not be stored and read; then the vendor tries again. */
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
  const settled = results.map(async (result, index) => {
    const waiting = batch[index];
    if (waiting === undefined) return;
    if (result.status === 'fulfilled') waiting.resolve();
    else await takeAgain(deps, waiting, result.reason);
  });
  await Promise.all(settled);
  deps.wake();
}

/** A database in trouble gets the whole work once more, and then the vendor hears of it; a fault of ours does not. */
async function takeAgain(deps: ReceiveDeps, waiting: Waiting, cause: unknown): Promise<void> {
  if (!deps.database.isTrouble(cause)) return keepUnscreened(deps, waiting, cause);
  deps.log.warn('inbound_taken_again', { error: nameOf(cause) });
  try {
    await deps.database.transact((stores) => receiveOne(deps, stores, waiting.message));
    waiting.resolve();
  } catch (error) {
    if (!deps.database.isTrouble(error)) return keepUnscreened(deps, waiting, error);
    deps.log.error('inbound_not_stored', { error: nameOf(error) });
    waiting.reject(error);
  }
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
  const { message, sender, inboundId, now } = received;
  const recent = await stores.inbox.recent(sender.phoneHash, now - PREVIOUS_WINDOW_MS, PREVIOUS_LIMIT + 1);
  const previous = recent.filter((text) => text.id !== inboundId).map((text) => text.body);
  const first = screen(deps.content.current().screen, { text: message.body, previous });
  const screening = first.tier === 'moderate' ? await readWithTheDay(deps, stores, received, previous) : first;
  if (screening.tier === 'none') return { screening, caseOpened: false };
  const signalIds = screening.signals.map((signal) => signal.id);
  await stores.inbox.setScreening(inboundId, screening.tier, signalIds);
  if (screening.tier === 'moderate') return { screening, caseOpened: false };
  await openCase(deps, stores, received, screening);
  return { screening, caseOpened: true };
}

const DAY_MS = 24 * 3_600_000;

/** A second moderate text within a day is a high one: what the day's texts were is asked only when it matters. */
async function readWithTheDay(
  deps: ReceiveDeps,
  stores: Stores,
  { message, sender, now }: Received,
  previous: readonly string[],
): Promise<Screening> {
  const { screen: compiled } = deps.content.current();
  const asking = new Set(
    compiled.signals
      .map(({ definition }) => definition)
      .filter(isAsking)
      .map(({ id }) => id),
  );
  const moderate = await stores.inbox.signalsSince(sender.phoneHash, 'moderate', now - DAY_MS);
  const isSecond = moderate.some((ids) => ids.some((id) => !asking.has(id)));
  return screen(compiled, { text: message.body, previous, recentTiers: isSecond ? ['moderate'] : [] });
}

function isAsking({ category }: { readonly category: string }): boolean {
  return category === ASKING;
}

/** Opens or raises the case, and queues the locked reply unless nothing may be texted to this person. */
async function openCase(deps: ReceiveDeps, stores: Stores, received: Received, screening: Screening): Promise<void> {
  const plan = await planSafetyReply(deps, stores, received, screening);
  const words = [...screening.matched, ...lateWords(received)];
  const distress = { ...received, tier: screening.tier, words, askedByFlow: false };
  const opened = await openOrRaise(deps, stores, distress, plan.answered);
  await queueSafetyReply(stores, received, plan, opened?.escalation.id ?? null);
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
async function keepUnscreened(deps: ReceiveDeps, { message, resolve, reject }: Waiting, cause: unknown): Promise<void> {
  deps.log.error('inbound_not_screened', { error: nameOf(cause) });
  try {
    await deps.database.transact(async (stores) => {
      const received = await store(deps, stores, message);
      if (received === null) return;
      await stores.inbox.markUnprocessed(received.inboundId, 'not screened');
      const screening = screenAlone(deps, message.body);
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
    resolve();
  } catch (error) {
    deps.log.error('inbound_not_stored', { error: nameOf(error) });
    reject(error);
  }
}

/** The screen on this text alone; null when it fails on it. */
function screenAlone(deps: ReceiveDeps, text: string): Screening | null {
  try {
    return screen(deps.content.current().screen, { text });
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
  await openOrRaise(deps, stores, unread, 'Nothing: the text could not be read. Please read it in the staff channel.');
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
