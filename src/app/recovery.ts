// When Twilio's list of texts is read (TW-13): at start, every five minutes, after a time in which the house stood still,
// and again a minute after a reading that failed; all by real time, which is the vendor's. It runs beside everything else,
// and holds up nobody who did not ask.

import { nameOf } from './error-name.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { LIST_FAILING, type RecoverDeps, recoverInbound } from './recover-inbound.ts';

export interface Recovery {
  /** Begins to read when it is due, one reading at a time. Called at start and each minute. Never waits, never throws. */
  look(): void;
  /**
   * Resolves when the first reading after a start, or after a time in which the house stood still, has ended, well or
   * not; at once in between. It lasts as long as Twilio lets it, so the caller sets the limit. Never rejects.
   */
  caughtUp(): Promise<void>;
  /** Resolves when nothing is being read. Never rejects. */
  settled(): Promise<void>;
}

/** TW-13: Twilio's list is read this often. */
const READ_EVERY_MS = 5 * 60_000;
/** After a reading that failed the next minute tries again, even when it comes a little early. */
const AGAIN_AFTER_MS = 55_000;
/** A look that comes later than this after the one before says that the house stood still. */
const GAP_MS = 2 * 60_000;
/** A reading that takes longer is given up: another may begin, and what the first still finds counts once. */
const READING_LIMIT_MS = 2 * 60_000;
/** A list that could not be read for so long is an alarm. */
const FAILING_MS = 15 * 60_000;

/** Instants are real time. */
interface Reading {
  /** Never rejects. */
  readonly done: Promise<void>;
  readonly begunAt: number;
}

export function createRecovery(deps: RecoverDeps): Recovery {
  const { clock } = deps;
  let lookedAt: number | null = null;
  let last: { readonly begunAt: number; readonly isGood: boolean } | null = null;
  let failingSince: number | null = null;
  let gaps = 0;
  let isBehind = true;
  let reading: Reading | null = null;

  const read = async (begunAt: number): Promise<void> => {
    const gapsBefore = gaps;
    const isGood = await tryToRecover(deps);
    failingSince = isGood ? null : (failingSince ?? begunAt);
    if (failingSince !== null && begunAt - failingSince >= FAILING_MS) await reportFailing(deps);
    // One that began before the house stood still says nothing of the time since.
    if (gaps !== gapsBefore) return;
    last = { begunAt, isGood };
    isBehind = false;
  };
  const begin = (begunAt: number): void => {
    const mine: Reading = {
      begunAt,
      done: read(begunAt).finally(() => {
        if (reading === mine) reading = null;
      }),
    };
    reading = mine;
  };
  const isDue = (at: number): boolean => {
    // A clock that was set back must not keep the house from looking for an hour.
    if (last === null || last.begunAt > at) return true;
    return at - last.begunAt >= (last.isGood ? READ_EVERY_MS : AGAIN_AFTER_MS);
  };
  const look = (): void => {
    const at = clock.realNow();
    if (lookedAt !== null && at - lookedAt > GAP_MS) {
      gaps += 1;
      isBehind = true;
      last = null;
    }
    lookedAt = at;
    const isUnderWay = reading !== null && at >= reading.begunAt && at - reading.begunAt < READING_LIMIT_MS;
    if (!isUnderWay && isDue(at)) begin(at);
  };
  return {
    look,
    caughtUp: async () => {
      for (look(); isBehind && reading !== null; look()) await reading.done;
    },
    settled: async () => {
      while (reading !== null) await reading.done;
    },
  };
}

async function tryToRecover(deps: RecoverDeps): Promise<boolean> {
  try {
    return await recoverInbound(deps, deps.clock.now());
  } catch (error) {
    deps.log.error('recover_failed', { error: nameOf(error) });
    return false;
  }
}

/** While a webhook may fail and the list as well, a text of somebody in danger may stay unread: people have to know. */
async function reportFailing(deps: RecoverDeps): Promise<void> {
  const detail =
    "Twilio's list of texts could not be read for a quarter of an hour or more: a text whose webhook was lost is not found while this lasts. It is tried again each minute. Look at the log for twilio_list_failed, run doctor, and read Twilio's own log for danger.";
  const now = deps.clock.now();
  try {
    await deps.database.transact((stores) => raiseAlarm(deps.log, stores, { ...LIST_FAILING, detail, now }));
  } catch (error) {
    deps.log.error('recover_failed', { error: nameOf(error) });
  }
}
