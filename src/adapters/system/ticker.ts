// The metronome: calls once a minute, and knows nothing of what is due. What is due is a row (ADR 0005).

import { schedule } from 'node-cron';

export interface Ticker {
  stop(): Promise<void>;
}

/**
 * A minute that comes late because the process was busy is done late, never left out: a step of the ladder may be due in
 * it. Left to itself node-cron drops one that is more than a second late.
 */
const LATE_LIMIT_MS = 59_000;

/** Calls `tick` at every full minute of UTC; a call that has not ended makes the next one wait its turn out. */
export function startTicker(tick: () => Promise<void>, onError: (error: unknown) => void): Ticker {
  const task = schedule(
    '* * * * *',
    async () => {
      try {
        await tick();
      } catch (error) {
        onError(error);
      }
    },
    { timezone: 'Etc/UTC', noOverlap: true, missedExecutionTolerance: LATE_LIMIT_MS },
  );
  return { stop: async () => void (await task.destroy()) };
}
