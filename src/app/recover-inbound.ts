// Webhooks may never come: the house was down, its address is wrong, Twilio gave up (TW-13, F09). What Twilio's own list
// has and the inbox has not is taken in through the same door, where the same text counts once.

import type { Clock } from './ports/clock.ts';
import type { Database, HouseStore } from './ports/database.ts';
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

/** What was read is read once more for so long: a text may show in the list late. */
const OVERLAP_MS = 3_600_000;
/** House values: up to when all was read, and when the house began to read, before which nothing is ever taken in. */
const READ_UNTIL = 'twilio_inbound_read_until';
const BEGINS = 'twilio_inbound_begins';
const MISSING = { kind: 'twilio_webhooks_missing', subject: 'webhooks' } as const;
const TOO_MANY = { kind: 'twilio_webhooks_missing', subject: 'too_many' } as const;
/** The alarm about a list that cannot be read; a reading that goes through ends it. */
export const LIST_FAILING = { kind: 'twilio_list_failing', subject: 'list' } as const;

/** What a reading found: how many texts were new, how many of them late, and when a webhook last proved that they come. */
interface Found {
  readonly taken: number;
  readonly late: number;
  readonly broughtAt: number;
}

/** Asks Twilio once and takes in what is new; false when it has to be done again. Rejects only when the database fails. */
export async function recoverInbound(deps: RecoverDeps, now: number): Promise<boolean> {
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
  await deps.database.transact(({ house }) => noteRead(house, isStored, now));
  return isStored;
}

/** The list could be read; only when all of it is stored need it not be read from there again. */
async function noteRead(house: HouseStore, isStored: boolean, now: number): Promise<void> {
  await house.clearAlarm(LIST_FAILING.kind, LIST_FAILING.subject, now);
  if (isStored) await house.put(READ_UNTIL, String(now));
}

/** Where to begin. The first time ever: at the newest text of the inbox, and in a new database now. */
async function sinceWhen(deps: RecoverDeps, now: number): Promise<number> {
  const [until, begins] = await deps.database.read(async ({ house }) => [
    await house.get(READ_UNTIL),
    await house.get(BEGINS),
  ]);
  if (until !== null) return Math.max(Math.min(Number(until), now) - OVERLAP_MS, Number(begins ?? '0'));
  return deps.database.transact(async ({ inbox, house }) => {
    const newestAt = await inbox.newestAt('twilio');
    const first = newestAt === null ? now : newestAt - OVERLAP_MS;
    await house.put(BEGINS, String(first));
    await house.put(READ_UNTIL, String(newestAt ?? now));
    return first;
  });
}

/**
 * The texts that are in already, and whether a webhook brought each. A row that cannot be opened any more is in all the
 * same: it must not keep the house from looking for the others.
 */
async function lookUp(deps: RecoverDeps, texts: readonly ListedText[]): Promise<Map<string, boolean>> {
  return deps.database.read(async ({ inbox }) => {
    const known = new Map<string, boolean>();
    for (const { message } of texts) {
      try {
        const stored = await inbox.byExternalId('twilio', message.externalId);
        if (stored !== null) known.set(message.externalId, stored.sentAt === null);
      } catch (error) {
        if (deps.database.isTrouble(error)) throw error;
        known.set(message.externalId, false);
      }
    }
    return known;
  });
}

/** All of them, in the order in which they were sent; false when one could not be stored. */
async function takeIn(deps: RecoverDeps, unseen: readonly ListedText[]): Promise<boolean> {
  if (unseen.length === 0) return true;
  // Asked side by side: a Twilio that hangs over the pictures keeps a crisis waiting once, and not once a picture.
  const media = await Promise.all(unseen.map((text) => deps.inboundReader.mediaOf(text)));
  const messages = unseen.map((text, index) => ({ ...text.message, media: media[index] ?? [] }));
  const results = await Promise.allSettled(messages.map((message) => deps.receiveMessage(message)));
  deps.wake();
  return results.every(({ status }) => status === 'fulfilled');
}

/** When the newest text that a webhook brought was sent. */
function lastBrought(texts: readonly ListedText[], known: ReadonlyMap<string, boolean>): number {
  const brought = texts.filter(({ message }) => known.get(message.externalId) === true);
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
