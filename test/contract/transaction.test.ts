import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Stores } from '../../src/app/ports/database.ts';
import { describeOnBoth } from './databases.ts';
import { hashOf } from './samples.ts';

describeOnBoth('a transaction', (bed) => {
  const put = (name: string) => bed.database.transact(({ house }) => house.put(name, 'x'));
  const has = (name: string) => bed.database.read(async ({ house }) => (await house.get(name)) !== null);

  test('commits what its handler wrote', async () => {
    await put('a');
    expect(await has('a')).toBe(true);
  });

  test('undoes everything when the handler throws, and hands the error on', async () => {
    const error = new Error('no');
    const work = async ({ house }: Stores) => {
      await house.put('a', 'x');
      throw error;
    };
    await expect(bed.database.transact(work)).rejects.toBe(error);
    expect(await has('a')).toBe(false);
  });

  test('lets a savepoint undo only what was written inside it', async () => {
    await bed.database.transact(async (stores) => {
      await stores.house.put('before', 'x');
      const inner = stores.savepoint(async () => {
        await stores.house.put('inside', 'x');
        await stores.savepoint(() => stores.house.put('deep', 'x'));
        throw new Error('no');
      });
      await expect(inner).rejects.toThrow('no');
      await stores.house.put('after', 'x');
    });
    expect([await has('before'), await has('inside'), await has('deep'), await has('after')]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  test('goes on after a savepoint whose statement the database refused', async () => {
    await bed.database.transact(async (stores) => {
      const refused = stores.savepoint(() =>
        stores.tasks.change({
          menteeId: 'nobody' as never,
          task: 't',
          status: 'done',
          againOn: null,
          source: 'staff',
          at: 1,
        }),
      );
      await expect(refused).rejects.toThrow(/foreign key/i);
      await stores.house.put('after', 'x');
    });
    expect(await has('after')).toBe(true);
  });

  test('is refused, with a word on the rule, when its handler awaits a stranger', async () => {
    const work = async ({ house }: Stores) => {
      await house.put('a', 'x');
      await sleep(5);
      await house.put('b', 'x');
    };
    await expect(bed.database.transact(work)).rejects.toThrow('only store calls may be awaited');
    await sleep(20);
    expect([await has('a'), await has('b')]).toEqual([false, false]);
  });

  test('refuses a handler that waits for another transaction instead of hanging for ever', async () => {
    const nested = bed.database.transact(() => bed.database.transact(({ house }) => house.put('a', 'x')));
    await expect(nested).rejects.toThrow('only store calls may be awaited');
  });

  test('revokes its stores when it ends', async () => {
    const kept = await bed.database.transact(async (stores) => stores);
    await expect(kept.house.put('late', 'x')).rejects.toThrow('after its transaction had ended');
    await expect(kept.savepoint(async () => {})).rejects.toThrow('after its transaction had ended');
    await expect(kept.lockPerson(hashOf(1))).rejects.toThrow('after its transaction had ended');
    expect(await has('late')).toBe(false);
  });

  test('reads without being able to write', async () => {
    await expect(bed.database.read(({ house }) => house.put('a', 'x'))).rejects.toThrow(/read.?only/i);
    await put('b');
    expect([await has('a'), await has('b')]).toEqual([false, true]);
  });

  test('fails when its handler swallowed an error that the database answered by undoing everything', async () => {
    const outcome = await bed.database
      .transact(async (stores) => {
        await stores.house.put('a', 'x');
        await stores.tasks
          .change({ menteeId: 'nobody' as never, task: 't', status: 'done', againOn: null, source: 'staff', at: 1 })
          .catch(() => {});
      })
      .then(
        () => 'committed',
        () => 'failed',
      );
    // SQLite undoes the statement only; PostgreSQL the whole transaction, and must not call that a commit.
    expect([outcome, await has('a')]).toEqual(bed.kind === 'sqlite' ? ['committed', true] : ['failed', false]);
  });

  test('takes no more work once the database is closed', async () => {
    const other = await bed.open();
    await other.close();
    await expect(other.transact(({ house }) => house.put('a', 'x'))).rejects.toThrow();
  });
});

describeOnBoth('a batch', (bed) => {
  const names = async () => {
    const rows = await bed.place.sql("select name from house_values where name like 'item%' order by name");
    return rows.map((row) => row.name);
  };

  test('commits its items and rejects the failing one alone', async () => {
    const results = await bed.database.batch([1, 2, 3], async ({ house }, item) => {
      await house.put(`item ${item}`, 'x');
      if (item === 2) throw new Error('no');
      return item * 10;
    });
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : result.status))).toEqual([
      10,
      'rejected',
      30,
    ]);
    expect(await names()).toEqual(['item 1', 'item 3']);
  });

  test('refuses an item that awaits a stranger, and only that one', async () => {
    const results = await bed.database.batch([1, 2, 3], async ({ house }, item) => {
      await house.put(`item ${item}`, 'x');
      if (item === 1) await sleep(5);
      await house.put(`item ${item} again`, 'x');
    });
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await names()).toEqual(['item 2', 'item 2 again', 'item 3', 'item 3 again']);
  });

  test('rejects every item that shared a commit when the commit fails', async () => {
    await bed.place.sql(
      bed.kind === 'sqlite'
        ? `create table gone (id integer primary key);
           create table trap (id integer references gone (id) deferrable initially deferred);
           create trigger spring after insert on house_values when new.name = 'item 2'
             begin insert into trap values (1); end`
        : `create table gone (id integer primary key);
           create table trap (id integer references gone (id) deferrable initially deferred);
           create function spring() returns trigger language plpgsql as
             $$ begin if new.name = 'item 2' then insert into trap values (1); end if; return new; end $$;
           create trigger spring after insert on house_values for each row execute function spring()`,
    );
    const results = await bed.database.batch([1, 2, 3], ({ house }, item) => house.put(`item ${item}`, 'x'));
    const rejected = results.map(({ status }) => status === 'rejected');
    expect(rejected).toEqual(bed.kind === 'sqlite' ? [true, true, true] : [false, true, false]);
    expect(await names()).toEqual(bed.kind === 'sqlite' ? [] : ['item 1', 'item 3']);
    await bed.database.transact(({ house }) => house.put('item 4', 'x'));
    expect(await names()).toContain('item 4');
    await bed.place.sql(
      bed.kind === 'sqlite'
        ? 'drop trigger spring'
        : 'drop trigger spring on house_values; drop function spring; drop table trap, gone',
    );
  });

  test('keeps two handlers of one person apart', async () => {
    const other = await bed.open();
    const add = async (stores: Stores) => {
      await stores.lockPerson(hashOf(1));
      const before = Number((await stores.house.get('count')) ?? '0');
      await stores.house.put('count', String(before + 1));
    };
    const items = Array.from({ length: 20 }, (_, index) => index);
    await Promise.all([bed.database.batch(items, add), other.batch(items, add)]);
    expect(await bed.database.read(({ house }) => house.get('count'))).toBe('40');
  });
});
