// Two times: the program's, which a rehearsal moves, and the machine's, which nobody does.

import { describe, expect, it } from 'vitest';
import { createSettableClock, randomIds, systemClock } from '../../../src/adapters/system/clock.ts';

describe('the clock', () => {
  it('of the machine tells one time for both', () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
    expect(Math.abs(systemClock.realNow() - systemClock.now())).toBeLessThan(1_000);
  });

  it('of a rehearsal stands until it is set, forwards or back, while real time runs on', () => {
    const clock = createSettableClock(1_000);
    expect(clock.now()).toBe(1_000);
    clock.set(5_000);
    expect(clock.now()).toBe(5_000);
    clock.set(10);
    expect(clock.now()).toBe(10);
    expect(Math.abs(clock.realNow() - Date.now())).toBeLessThan(1_000);
  });
});

describe('random ids', () => {
  it('are 32 letters and digits, each new', () => {
    const ids = Array.from({ length: 1_000 }, () => randomIds.next());
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });
});
