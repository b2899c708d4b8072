import { expect, it } from 'vitest';
import { createWorld, MAYA } from './world.ts';

const HOUR = 3_600_000;
const HEAVY = 'im so stressed about everything';

it('a second moderate text within a day opens a case, however many hours lie between them', async () => {
  const world = await createWorld();
  const cases = () => world.database.read(async ({ escalations }) => (await escalations.unresolved()).length);
  await world.text(MAYA, HEAVY);
  expect(await cases()).toBe(0);
  await world.pass(9 * HOUR);
  await world.text(MAYA, 'i feel so lonely');
  expect(await cases()).toBe(1);
});

it('one on each of two days opens none', async () => {
  const world = await createWorld();
  await world.text(MAYA, HEAVY);
  await world.pass(25 * HOUR);
  await world.text(MAYA, HEAVY);
  expect(await world.database.read(({ escalations }) => escalations.unresolved())).toEqual([]);
});

it('who asks for a person again and again is in no more danger: nobody is paged', async () => {
  const world = await createWorld();
  for (const words of ['HELP', 'can i talk to somebody', 'i want to talk to a person please']) {
    await world.text(MAYA, words);
    await world.pass(HOUR);
  }
  expect(await world.database.read(({ escalations }) => escalations.unresolved())).toEqual([]);
});
