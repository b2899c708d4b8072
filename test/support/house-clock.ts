// The time of a house under test: program time goes where a test sets it, or runs with the machine; real time may be
// pushed ahead, so that a lease of half a minute need not be waited for.

import type { Clock } from '../../src/app/ports/clock.ts';

export interface TestClock extends Clock {
  /** Program time from now on, epoch milliseconds or an ISO instant; it stands still there. */
  set(at: number | string): void;
  /** Program time and real time go on by this much. */
  pass(ms: number): void;
}

/** Program time starts at `startAt`; null lets it run with the machine until it is set. */
export function createTestClock(startAt: number | string | null): TestClock {
  let frozen = startAt === null ? null : instant(startAt);
  let realAhead = 0;
  return {
    now: () => frozen ?? Date.now() + realAhead,
    realNow: () => Date.now() + realAhead,
    set: (at) => {
      frozen = instant(at);
    },
    pass: (ms) => {
      realAhead += ms;
      if (frozen !== null) frozen += ms;
    },
  };
}

export function instant(at: number | string): number {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  if (Number.isNaN(ms)) throw new Error(`${at} is not an instant`);
  return ms;
}

/** Awaits a condition by looking again and again; says what was waited for when it never comes. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  limitMs = 10_000,
): Promise<Exclude<T, null | undefined | false>> {
  const giveUpAt = Date.now() + limitMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen as Exclude<T, null | undefined | false>;
    if (Date.now() > giveUpAt) throw new Error(`this never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
