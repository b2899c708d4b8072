// Work that a person in Slack does not wait for: opening a modal, drawing a home. It is tracked, so that a stop can wait
// until all of it is done; nothing that must not be lost may run here.

import { nameOf } from '../../app/error-name.ts';
import type { Log } from '../../app/ports/log.ts';

export interface Background {
  /** Starts `work` at once; within one `lane` only when the lane's earlier work is done, so that the newest view stays. */
  run(work: () => Promise<void>, lane?: string): void;
  /** Resolves when everything that was started, and what it started, has ended. */
  settled(): Promise<void>;
}

export function createBackground(log: Log): Background {
  const running = new Set<Promise<void>>();
  const lanes = new Map<string, Promise<void>>();
  return {
    run(work, lane) {
      const before = (lane === undefined ? undefined : lanes.get(lane)) ?? Promise.resolve();
      const done = before
        .then(work)
        .catch((error: unknown) => log.error('slack_background_failed', { error: nameOf(error) }))
        .finally(() => {
          running.delete(done);
          if (lane !== undefined && lanes.get(lane) === done) lanes.delete(lane);
        });
      running.add(done);
      if (lane !== undefined) lanes.set(lane, done);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
