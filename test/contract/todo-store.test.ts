import { expect, test } from 'vitest';
import { describeOnBoth } from './databases.ts';
import { NOON } from './samples.ts';

const todo = (n: number) => ({
  key: `mentor_missed_two:${n}`,
  kind: 'mentor_missed_two',
  title: `Call Devon (${n})`,
  detail: 'No update for two weeks.',
  at: NOON + n,
});

describeOnBoth('to-dos', (bed) => {
  const add = (n: number, title = todo(n).title) =>
    bed.database.transact(({ todos }) => todos.add({ ...todo(n), title }));
  const open = (limit: number) => bed.database.read(({ todos }) => todos.open(limit));
  const close = (n: number) => bed.database.transact(({ todos }) => todos.close(todo(n).key, 'staff-1', NOON + 9));
  const byKey = (n: number) => bed.database.read(({ todos }) => todos.byKey(todo(n).key));

  test('are one row for the same thing, and the first word stands', async () => {
    expect([await add(1), await add(1, 'Something else')]).toEqual([true, false]);
    expect(await byKey(1)).toEqual({ ...todo(1), closedAt: null, closedBy: null });
    expect(await byKey(2)).toBeNull();
  });

  test('are listed while they are open, what has waited longest first', async () => {
    for (const n of [2, 1, 3]) await add(n);
    expect((await open(9)).map(({ key }) => key)).toEqual([todo(2).key, todo(1).key, todo(3).key]);
    expect(await open(1)).toHaveLength(1);
    await close(2);
    expect((await open(9)).map(({ key }) => key)).toEqual([todo(1).key, todo(3).key]);
  });

  test('are closed once, by the first of two', async () => {
    await add(1);
    const other = await bed.open();
    const closers = ['staff-1', 'staff-2'].map((by, index) =>
      (index === 0 ? bed.database : other).transact(({ todos }) => todos.close(todo(1).key, by, NOON + 9)),
    );
    const closed = await Promise.all(closers);
    expect(closed.filter(Boolean)).toHaveLength(1);
    const closedBy = closed[0] === true ? 'staff-1' : 'staff-2';
    expect(await byKey(1)).toEqual({ ...todo(1), closedAt: NOON + 9, closedBy });
    expect(await close(7)).toBe(false);
  });

  test('do not come back by being added again', async () => {
    await add(1);
    await close(1);
    expect(await add(1)).toBe(false);
    expect(await open(9)).toEqual([]);
  });
});
