// Webhooks may never come: the house was down, its address is wrong, Twilio gave up (TW-13, F09). What Twilio's own list
// has and the inbox has not is taken in through the same door, where the same text counts once.

import type { Clock } from './ports/clock.ts';
import type { Database, StoredInbound } from './ports/database.ts';
import type { InboundReader, ListedText } from './ports/inbound-reader.ts';
import type { Log } from './ports/log.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { LATE_MS, type ReceiveMessage } from './receive-message.ts';

export interface RecoverDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly inboundReader: InboundReader;
  /**
   * Takes one in. It wakes no relay: a nudge may not leave between two of the texts that are found, for the second may
   * be its reader's STOP.
   */
  readonly receiveMessage: ReceiveMessage;
  /** Wakes the relay when all are in. */
  readonly wake: () => void;
}

/** TW-13: Twilio's list is read this often. */
const READ_EVERY_MS = 5 * 60_000;
/** A minute that comes later than this after the one before says that the house stood still. */
const GAP_MS = 2 * 60_000;
/** What was read is read once more for so long: a text may show in the list late. */
const OVERLAP_MS = 3_600_000;
/** House values: up to when all was read, and when the house began to read, before which nothing is ever taken in. */
const READ_UNTIL = 'twilio_inbound_read_until';
const BEGINS = 'twilio_inbound_begins';
const MISSING = { kind: 'twilio_webhooks_missing', subject: 'webhooks' } as const;
const TOO_MANY = { kind: 'twilio_webhooks_missing', subject: 'too_many' } as const;

/** What a reading found: how many texts were new, how many of them late, and when a webhook last proved that they come. */
interface Found {
  readonly taken: number;
  readonly late: number;
  readonly broughtAt: number;
}

/**
 * Reads when it is due; called at start and each minute. A Twilio that could not be asked is asked again in the next
 * minute. Rejects only when the database fails.
 */
export function createRecoverInbound(deps: RecoverDeps): () => Promise<void> {
  let calledAt: number | null = null;
  let readAt: number | null = null;
  return async () => {
    const now = deps.clock.now();
    const stoodStill = calledAt !== null && now - calledAt > GAP_MS;
    calledAt = now;
    // A clock that was set back must not keep the house from looking for an hour.
    const rests = readAt !== null && readAt <= now && now - readAt < READ_EVERY_MS;
    if (rests && !stoodStill) return;
    readAt = null;
    if (await recover(deps, now)) readAt = now;
  };
}

/** Reads once; false when it has to be done again. */
async function recover(deps: RecoverDeps, now: number): Promise<boolean> {
  const since = await sinceWhen(deps, now);
  const read = await deps.inboundReader.inboundSince(since);
  if (read === null) return false;
  const known = await lookUp(deps, read.texts);
  const unseen = read.texts.filter(({ message }) => !known.has(message.externalId));
  const isStored = await takeIn(deps, unseen);
  const isLate = ({ message }: ListedText): boolean => now - message.sentAt > LATE_MS;
  const found = { taken: unseen.length, late: unseen.filter(isLate).length, broughtAt: lastBrought(read.texts, known) };
  await judge(deps, found, now);
  if (!read.isWhole) await reportTooMany(deps, since, now);
  if (isStored) await deps.database.transact((stores) => stores.house.put(READ_UNTIL, String(now)));
  return isStored;
}

/** Where to begin. The first time ever: at the newest text of the inbox, and in a new database now. */
async function sinceWhen(deps: RecoverDeps, now: number): Promise<number> {
  const [until, begins] = await deps.database.read(async ({ house }) => [
    await house.get(READ_UNTIL),
    await house.get(BEGINS),
  ]);
  if (until !== null) return Math.max(Math.min(Number(until), now) - OVERLAP_MS, Number(begins ?? '0'));
  return deps.database.transact(async ({ inbox, house }) => {
    const newest = await inbox.newest('twilio');
    const first = newest === null ? now : newest.receivedAt - OVERLAP_MS;
    await house.put(BEGINS, String(first));
    await house.put(READ_UNTIL, String(newest?.receivedAt ?? now));
    return first;
  });
}

async function lookUp(deps: RecoverDeps, texts: readonly ListedText[]): Promise<Map<string, StoredInbound>> {
  return deps.database.read(async ({ inbox }) => {
    const known = new Map<string, StoredInbound>();
    for (const { message } of texts) {
      const stored = await inbox.byExternalId('twilio', message.externalId);
      if (stored !== null) known.set(message.externalId, stored);
    }
    return known;
  });
}

/** All of them, in the order in which they were sent; false when one could not be stored. */
async function takeIn(deps: RecoverDeps, unseen: readonly ListedText[]): Promise<boolean> {
  if (unseen.length === 0) return true;
  const messages: Parameters<ReceiveMessage>[0][] = [];
  for (const text of unseen) messages.push({ ...text.message, media: await deps.inboundReader.mediaOf(text) });
  const results = await Promise.allSettled(messages.map((message) => deps.receiveMessage(message)));
  deps.wake();
  return results.every(({ status }) => status === 'fulfilled');
}

/** When the newest text that a webhook brought was sent. */
function lastBrought(texts: readonly ListedText[], known: ReadonlyMap<string, StoredInbound>): number {
  const brought = texts.filter(({ message }) => known.get(message.externalId)?.sentAt === null);
  return Math.max(0, ...brought.map(({ message }) => message.sentAt));
}

/** Staff and the operator hear once that webhooks do not come, and it is over when one has come since. */
async function judge(deps: RecoverDeps, { taken, late, broughtAt }: Found, now: number): Promise<void> {
  if (taken > 0) deps.log.warn('inbound_recovered', { count: taken });
  if (late > 0) {
    const detail =
      "Texts were found only by asking Twilio for them: Icehouse was down, or Twilio's webhooks do not arrive. All were taken in and read for distress, up to five minutes late while this lasts. Check the service's Request URL, and run doctor.";
    return deps.database.transact((stores) => raiseAlarm(deps.log, stores, { ...MISSING, detail, now }));
  }
  if (broughtAt === 0) return;
  await deps.database.transact(async ({ house }) => {
    const alarm = (await house.alarms()).find(
      ({ kind, subject }) => kind === MISSING.kind && subject === MISSING.subject,
    );
    if (alarm !== undefined && broughtAt > alarm.raisedAt) await house.clearAlarm(MISSING.kind, MISSING.subject, now);
  });
}

async function reportTooMany(deps: RecoverDeps, since: number, now: number): Promise<void> {
  const detail = `More texts came in since ${new Date(since).toISOString()} than are read at once; the newest were taken in. Read the older ones in Twilio's log, for danger first.`;
  await deps.database.transact((stores) => raiseAlarm(deps.log, stores, { ...TOO_MANY, detail, now }));
}
