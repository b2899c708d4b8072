import { expect, test } from 'vitest';
import { createTokenStore } from '../../src/adapters/db/token-store.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';
import { describeOnBoth } from './databases.ts';

const FIRST = { accessToken: 'xoxe.xoxb-1', refreshToken: 'xoxe-1', expiresAt: 1_000 };
const SECOND = { accessToken: 'xoxe.xoxb-2', refreshToken: 'xoxe-2', expiresAt: 2_000 };

describeOnBoth('SL-23: where a rotating token is kept', (bed) => {
  const instances = () => {
    const clock = { now: 0 };
    let count = 0;
    const ids = {
      next: () => {
        count += 1;
        return `instance${count}`;
      },
    };
    const ground = { database: bed.database, dataKey: TEST_DATA_KEY, ids, realNow: () => clock.now };
    return { one: createTokenStore(ground), two: createTokenStore(ground), clock };
  };

  test('keeps the pair that was saved last, and refuses one that was made from a spent token', async () => {
    const { one, two } = instances();
    expect(await one.load()).toBeNull();
    expect(await one.saveIfUnchanged(null, FIRST)).toBe(true);
    expect(await two.saveIfUnchanged(null, SECOND)).toBe(false);
    expect(await two.load()).toEqual(FIRST);
    expect(await two.saveIfUnchanged('xoxe-1', SECOND)).toBe(true);
    expect(await one.load()).toEqual(SECOND);
  });

  test('lets one instance refresh at a time, and another one after the first has died', async () => {
    const { one, two, clock } = instances();
    expect(await one.lock(60_000)).toBe(true);
    expect(await two.lock(60_000)).toBe(false);
    await two.unlock();
    expect(await two.lock(60_000)).toBe(false);
    clock.now = 60_001;
    expect(await two.lock(60_000)).toBe(true);
    await two.unlock();
    expect(await one.lock(60_000)).toBe(true);
  });

  test('stores no token as it is', async () => {
    await instances().one.saveIfUnchanged(null, FIRST);
    expect(await bed.database.read(({ house }) => house.get('slack_tokens'))).not.toContain('xox');
  });
});
