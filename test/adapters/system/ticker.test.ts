import { afterEach, expect, it, vi } from 'vitest';
import { startTicker } from '../../../src/adapters/system/ticker.ts';

afterEach(() => {
  vi.useRealTimers();
});

it('CR-07: a minute that a busy process comes to ten seconds late is done all the same', async () => {
  vi.useFakeTimers({ now: Date.parse('2027-06-07T17:00:58Z') });
  let ticks = 0;
  const ticker = startTicker(
    async () => {
      ticks += 1;
    },
    () => {},
  );
  vi.setSystemTime(Date.parse('2027-06-07T17:01:08Z'));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(ticks).toBe(1);
  await vi.advanceTimersByTimeAsync(50_000);
  expect(ticks).toBe(2);
  await ticker.stop();
});
