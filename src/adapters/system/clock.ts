// The machine's clock and random ids, behind the app's ports. Nothing else in the house reads either.

import { randomUUID } from 'node:crypto';
import type { Clock, Ids } from '../../app/ports/clock.ts';

/** Program time is real time, as in production. */
export const systemClock: Clock = {
  now: () => Date.now(),
  realNow: () => Date.now(),
};

/** Random ids (version 4 UUID without dashes). */
export const randomIds: Ids = { next: () => randomUUID().replaceAll('-', '') };

/** A clock whose program time stands still until it is moved; real time runs on. */
export interface SettableClock extends Clock {
  /** Sets program time (epoch milliseconds). */
  set(now: number): void;
}

/** For rehearsals: program time starts at `startAt` and goes where it is set. */
export function createSettableClock(startAt: number): SettableClock {
  let programNow = startAt;
  return {
    now: () => programNow,
    realNow: () => Date.now(),
    set: (now) => {
      programNow = now;
    },
  };
}
