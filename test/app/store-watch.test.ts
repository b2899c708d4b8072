import { describe, expect, it } from 'vitest';
import { createStoreWatch } from '../../src/app/store-watch.ts';
import { asPhone } from '../../src/core/model/ids.ts';
import { createWorld, RENEE, TOMAS } from './world.ts';

describe('when texts cannot be stored', () => {
  it('DB-03: tells the operator and everybody on call once a minute, since when, until it is over', async () => {
    const world = await createWorld();
    const operator: string[] = [];
    const watch = createStoreWatch({
      ...world,
      tellOperator: async (text) => void operator.push(text),
      onCallPhones: () => [asPhone(RENEE), asPhone(TOMAS)],
      programName: () => 'Bridge Program',
      programTimeZone: () => 'America/Los_Angeles',
    });
    await watch.tick();
    expect(operator).toEqual([]);
    watch.failed();
    world.clock.at += 60_000;
    await watch.tick();
    await watch.tick();
    expect(world.texts.map((text) => text.to)).toEqual([RENEE, TOMAS, RENEE, TOMAS]);
    expect(operator[0]).toContain('texts since 10:00 are not stored');
    watch.succeeded();
    await watch.tick();
    expect(operator).toHaveLength(2);
  });
});
