import { execFileSync, spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { statusOf, wordsOf } from '../support/house.ts';
import { until } from '../support/house-clock.ts';
import { MAYA } from '../support/house-people.ts';
import { type Street, startStreet } from '../support/house-vendors.ts';

let street: Street;
afterEach(() => street.close());

/** The limit that Linux sets on the size of files that a running process writes: no file may grow beyond it. */
const limitFiles = (pid: number | undefined, bytes: string) =>
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);
const hasLimits = spawnSync('prlimit', ['--version']).status === 0;

describe('F17, DB-03: nothing more can be written', () => {
  it.skipIf(!hasLimits)(
    'a crisis is refused so that Twilio tries again, the process lives, and what is tried again is answered',
    async () => {
      street = await startStreet();
      const running = await street.serve();
      await until('the first texts', () => street.bodiesTo(MAYA).length > 0);
      const cards = () => street.vendors.slack.state().messages.filter((post) => wordsOf(post).includes('Words that'));
      const before = street.bodiesTo(MAYA).length;
      limitFiles(running.child.pid, '4096');
      const text = street.vendors.twilio.receive({ from: MAYA, body: 'i want to die' });
      expect(statusOf(await street.vendors.post(text))).toBe(503);
      expect(cards()).toEqual([]);
      expect(running.child.exitCode).toBeNull();
      limitFiles(running.child.pid, 'unlimited');
      expect(statusOf(await street.vendors.post(text))).toBe(200);
      await until('the reply', () => street.bodiesTo(MAYA).slice(before).join().includes('988'));
      await until('the card', () => cards().length === 1);
      expect(running.output()).not.toContain('i want to die');
    },
  );
});
