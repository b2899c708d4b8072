import { expect, test } from 'vitest';
import type { ConsentState } from '../../src/core/model/people.ts';
import { describeOnBoth } from './databases.ts';
import { hashOf, NOON } from './samples.ts';

describeOnBoth('the consent store', (bed) => {
  const record = (state: ConsentState, at: number) =>
    bed.database.transact(({ consents }) =>
      consents.record({ phoneHash: hashOf(1), state, via: 'text', basis: 'keyword', at }),
    );

  test('knows nobody as `none`', async () => {
    expect(await bed.database.read(({ consents }) => consents.state(hashOf(1)))).toBe('none');
  });

  test('holds the newest state and every event that led to it', async () => {
    await record('active', NOON);
    await record('opted_out', NOON + 1);
    await record('active', NOON + 1);
    expect(await bed.database.read(({ consents }) => consents.state(hashOf(1)))).toBe('active');
    const events = await bed.database.read(({ consents }) => consents.events(hashOf(1)));
    expect(events.map(({ state }) => state)).toEqual(['active', 'opted_out', 'active']);
    expect(events[0]).toEqual({ phoneHash: hashOf(1), state: 'active', via: 'text', basis: 'keyword', at: NOON });
  });

  test.each(["update consent_events set state = 'active'", 'delete from consent_events'])(
    'refuses to rewrite the ledger: %s',
    async (statement) => {
      await record('opted_out', NOON);
      await expect(bed.place.sql(statement)).rejects.toThrow('only ever added to');
      expect(await bed.database.read(({ consents }) => consents.events(hashOf(1)))).toHaveLength(1);
    },
  );

  test('refuses a state that does not exist', async () => {
    await expect(record('maybe' as ConsentState, NOON)).rejects.toThrow(/check/i);
  });
});
