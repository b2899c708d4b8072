// The loop that empties the outbox: claims what is due after asking the gates, hands it to a vendor, and records what
// became of it. Never sends what it has not claimed, and never repeats what a vendor may have taken.

import { type AttemptDeps, attemptSend } from './attempt-send.ts';
import { type Claim, claimDue } from './claim-due.ts';
import { createCommitTurn } from './commit-turn.ts';
import { nameOf } from './error-name.ts';
import { nextTurn } from './next-turn.ts';
import type { Lane } from './ports/database.ts';

/** Sends of one lane on the wire together. Alerts and safety replies have a lane of their own: they never wait. */
const ON_THE_WIRE: Record<Lane, number> = { urgent: 8, normal: 16 };
const ROUND_LIMIT = 100_000;

export interface Relay {
  /** Looks soon whether anything is due. Never waits, never throws. */
  wake(): void;
  /** Works until nothing is due any more and nothing is on the wire. Resolves with how many were attempted. */
  drain(): Promise<number>;
  /** Claims nothing new and waits for what is on the wire (DB-13). */
  stop(): Promise<void>;
}

export interface RelayDeps extends AttemptDeps {
  /**
   * Resolves when what was texted while the house was down is in, for a STOP may be among it (TW-13), or when it has been
   * waited for long enough. Urgent messages never ask. Left out, nothing is waited for.
   */
  readonly caughtUp?: () => Promise<void>;
}

export function createRelay(deps: RelayDeps): Relay {
  let stopped = false;
  // What became of one message may have queued others, in either lane: an alert by SMS, a notice.
  const onFollowUp = () => {
    if (!stopped) for (const lane of lanes) void lane.drain();
  };
  const lanes = (['urgent', 'normal'] as const).map((lane) => createLane(deps, lane, () => stopped, onFollowUp));
  const drain = async () => {
    const counts = await Promise.all(lanes.map((lane) => lane.drain()));
    // Awaited, not begun anew: two drains must not keep each other going.
    while (lanes.some((lane) => lane.isRunning())) await Promise.all(lanes.map((lane) => lane.settled()));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  return {
    wake: () => {
      if (!stopped) void drain();
    },
    drain,
    stop: async () => {
      stopped = true;
      await Promise.all(lanes.map((lane) => lane.settled()));
    },
  };
}

interface LaneLoop {
  drain(): Promise<number>;
  isRunning(): boolean;
  settled(): Promise<void>;
}

function createLane(deps: RelayDeps, lane: Lane, isStopped: () => boolean, onFollowUp: () => void): LaneLoop {
  let running: Promise<number> | null = null;
  let again = false;
  let wakeUp = () => {};
  // Answers that come together are recorded in one commit: two flushes a text would hold up whoever texts in.
  const commit = createCommitTurn(deps.database);

  const run = async (): Promise<number> => {
    const wire = new Set<Promise<void>>();
    const launch = (claim: Claim) => {
      const sending = attemptSend({ ...deps, commit }, claim)
        .then((outcome) => (outcome === 'accepted' ? undefined : onFollowUp()))
        .catch((error: unknown) => deps.log.error('attempt_failed', { outboundId: claim.row.id, error: nameOf(error) }))
        .finally(() => wire.delete(sending));
      wire.add(sending);
    };
    let attempted = 0;
    for (let round = 0; round < ROUND_LIMIT && !isStopped(); round += 1) {
      again = false;
      // Texts that come in, and alerts, go first: each round of everyday messages waits a turn for them.
      if (lane === 'normal') await nextTurn();
      if (lane === 'normal') await deps.caughtUp?.();
      if (isStopped()) break;
      const { claims, decided } = await claimDue(deps, lane, ON_THE_WIRE[lane] - wire.size);
      claims.forEach(launch);
      attempted += claims.length;
      if (decided > 0 && wire.size < ON_THE_WIRE[lane]) continue;
      if (again) continue;
      if (wire.size === 0) break;
      // One that hangs must not hold back what falls due meanwhile.
      await Promise.race([...wire, new Promise<void>((resolve) => (wakeUp = resolve))]);
    }
    await Promise.all(wire);
    return attempted;
  };

  return {
    drain: () => {
      again = true;
      wakeUp();
      running ??= run()
        .catch((error: unknown) => {
          deps.log.error('relay_failed', { error: nameOf(error) });
          return 0;
        })
        .finally(() => {
          running = null;
        });
      return running;
    },
    isRunning: () => running !== null,
    settled: async () => {
      await running;
    },
  };
}
