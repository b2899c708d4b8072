// The metronome: calls once a minute, and knows nothing of what is due. What is due is a row (ADR 0005).

import { schedule } from 'node-cron';

export interface Ticker {
  stop(): Promise<void>;
}

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
    { timezone: 'Etc/UTC', noOverlap: true },
  );
  return { stop: async () => void (await task.destroy()) };
}
