import { expect, test } from 'vitest';
import type { PauseReason } from '../../src/core/model/pause.ts';
import { describeOnBoth } from './databases.ts';
import { hashOf, NOON } from './samples.ts';

const pause = (until: number | null, reason: PauseReason = 'after_case') => ({
  phoneHash: hashOf(1),
  until,
  reason,
  setBy: 'counselor-1',
  setAt: NOON,
});

describeOnBoth('pauses', (bed) => {
  const at = (now: number) => bed.database.read(({ pauses }) => pauses.of(hashOf(1), now));
  const set = (until: number | null, reason?: PauseReason) =>
    bed.database.transact(({ pauses }) => pauses.set(pause(until, reason)));

  test('stand until their moment and not at it', async () => {
    expect(await at(NOON)).toBeNull();
    await set(NOON + 10);
    expect(await at(NOON + 9)).toEqual(pause(NOON + 10));
    expect(await at(NOON + 10)).toBeNull();
    expect(await bed.database.read(({ pauses }) => pauses.of(hashOf(2), NOON))).toBeNull();
  });

  test('without an end stand until a person ends them', async () => {
    await set(null);
    expect(await at(NOON + 400 * 86_400_000)).toEqual(pause(null));
    const clear = () => bed.database.transact(({ pauses }) => pauses.clear(hashOf(1)));
    expect([await clear(), await clear()]).toEqual([true, false]);
    expect(await at(NOON)).toBeNull();
  });

  test('take the place of an earlier one, also of one without an end', async () => {
    await set(null);
    await set(NOON + 5, 'asked_by_mentee');
    expect(await at(NOON)).toEqual(pause(NOON + 5, 'asked_by_mentee'));
    expect(await at(NOON + 5)).toBeNull();
  });

  test('that somebody is deceased is replaced and cleared by nothing but the word that it was a mistake', async () => {
    await set(NOON + 5, 'medical');
    expect(await set(null, 'deceased')).toBe(true);
    expect(await set(NOON + 10)).toBe(false);
    const clear = () => bed.database.transact(({ pauses }) => pauses.clear(hashOf(1)));
    expect(await clear()).toBe(false);
    expect(await at(NOON + 400 * 86_400_000)).toEqual(pause(null, 'deceased'));
    const revive = () => bed.database.transact(({ pauses }) => pauses.revive(hashOf(1)));
    expect([await revive(), await revive()]).toEqual([true, false]);
    expect(await at(NOON)).toBeNull();
    await set(NOON + 10);
    expect(await revive()).toBe(false);
    expect(await at(NOON)).toEqual(pause(NOON + 10));
  });
});
