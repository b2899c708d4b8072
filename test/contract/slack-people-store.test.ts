import { beforeEach, expect, test } from 'vitest';
import { asCounselorId } from '../../src/core/model/ids.ts';
import { describeOnBoth } from './databases.ts';
import { NOON, sampleCounselor } from './samples.ts';

describeOnBoth('people in Slack', (bed) => {
  const standing = (user = 'U1') => bed.database.read(({ slackPeople }) => slackPeople.standing(user));
  const set = (to: 'member' | 'guest' | 'deactivated', user = 'U1') =>
    bed.database.transact(({ slackPeople }) => slackPeople.setStanding(user, to, NOON));

  test('are members unless something else is known (SL-24)', async () => {
    expect(await standing()).toBe('member');
    expect(await set('member')).toBe(false);
    expect(await set('deactivated')).toBe(true);
    expect([await standing('U1'), await standing('U2')]).toEqual(['deactivated', 'member']);
  });

  test('say once that their standing changed, and may come back', async () => {
    expect([await set('deactivated'), await set('deactivated')]).toEqual([true, false]);
    expect([await set('guest'), await standing()]).toEqual([true, 'guest']);
    expect([await set('member'), await set('member')]).toEqual([true, false]);
    expect(await standing()).toBe('member');
    expect(await set('deactivated')).toBe(true);
  });

  test('say it to one of two who heard it at once', async () => {
    const other = await bed.open();
    const heard = await Promise.all(
      [bed.database, other].map((database) =>
        database.transact(({ slackPeople }) => slackPeople.setStanding('U1', 'deactivated', NOON)),
      ),
    );
    expect(heard.filter(Boolean)).toHaveLength(1);
  });
});

describeOnBoth('who stands in on call', (bed) => {
  const override = (n: number, until: number) => ({
    counselorId: asCounselorId(`counselor-${n}`),
    until,
    setBy: 'counselor-1',
    setAt: NOON,
  });
  const at = (now: number) => bed.database.read(({ slackPeople }) => slackPeople.override(now));
  const set = (n: number, until: number) =>
    bed.database.transact(({ slackPeople }) => slackPeople.setOverride(override(n, until)));

  beforeEach(() =>
    bed.database.transact(async ({ people }) => {
      for (const n of [1, 2]) await people.saveCounselor(sampleCounselor(n), NOON);
    }),
  );

  test('does so until the moment that was said', async () => {
    expect(await at(NOON)).toBeNull();
    await set(2, NOON + 10);
    expect(await at(NOON + 9)).toEqual(override(2, NOON + 10));
    expect(await at(NOON + 10)).toBeNull();
  });

  test('is one person at a time, the last who was named', async () => {
    await set(1, NOON + 100);
    await set(2, NOON + 10);
    expect(await at(NOON)).toEqual(override(2, NOON + 10));
    expect(await at(NOON + 50)).toBeNull();
    expect(await bed.place.sql('select * from on_call_override')).toHaveLength(1);
  });

  test('is nobody after it was taken back', async () => {
    const clear = () => bed.database.transact(({ slackPeople }) => slackPeople.clearOverride());
    expect(await clear()).toBe(false);
    await set(2, NOON + 10);
    expect([await clear(), await clear()]).toEqual([true, false]);
    expect(await at(NOON)).toBeNull();
  });
});
