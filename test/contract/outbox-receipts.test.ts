import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OutboundId } from '../../src/core/model/ids.ts';
import { receiptRank } from '../../src/core/model/receipt.ts';
import { describeOnBoth } from './databases.ts';
import { addClaimed, NOON } from './samples.ts';

describeOnBoth('receipts', (bed) => {
  const receive = (outboundId: OutboundId | null, status: string, providerId = 'SM1') =>
    bed.database.transact(({ outbox }) =>
      outbox.addReceipt({ outboundId, providerId, status, code: null, at: NOON, rank: receiptRank(status) }),
    );
  const claimed = (key: string, token = 'a') => bed.database.transact((stores) => addClaimed(stores, key, token));
  const finish = (id: OutboundId, providerId = 'SM1') =>
    bed.database.transact(({ outbox }) => outbox.finish(id, 'a', { kind: 'sent', providerId, status: 'queued' }));
  const read = (id: OutboundId) => bed.database.read(({ outbox }) => outbox.byId(id));

  test('lead to the same end in every order, doubled, before and after the send is recorded (ST-02, ST-05)', async () => {
    const words = ['accepted', 'queued', 'sending', 'sent', 'delivered', 'recorded'];
    const orders = fc.tuple(
      fc.shuffledSubarray(words, { minLength: words.length }),
      fc.array(fc.constantFrom(...words), { maxLength: 3 }),
      fc.boolean(),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(orders, async ([order, doubled, isNamed]) => {
        run += 1;
        const id = await claimed(`run ${run}`);
        const providerId = `SM${run}`;
        for (const word of [...order, ...doubled]) {
          if (word === 'recorded') await finish(id, providerId);
          else await receive(isNamed ? id : null, word, providerId);
        }
        expect(await read(id)).toMatchObject({ status: 'sent', providerId, receiptStatus: 'delivered' });
      }),
      { numRuns: bed.kind === 'sqlite' ? 60 : 25 },
    );
  });

  test('raise the row only by rank, and say whether they did', async () => {
    const id = await claimed('k');
    await finish(id);
    expect(await receive(id, 'delivered')).toEqual({ applied: true, contradicts: false });
    expect(await receive(id, 'sent')).toEqual({ applied: false, contradicts: false });
    expect(await receive(id, 'delivered')).toEqual({ applied: false, contradicts: false });
    expect(await receive(id, 'read')).toEqual({ applied: true, contradicts: false });
  });

  test('of one rank contradict each other, and end the same way in either order', async () => {
    const ends: unknown[] = [];
    for (const [key, order] of [
      ['a', ['delivered', 'undelivered']],
      ['b', ['undelivered', 'delivered']],
    ] as const) {
      const id = await claimed(key);
      await finish(id, key);
      expect((await receive(id, order[0], key)).contradicts).toBe(false);
      expect((await receive(id, order[1], key)).contradicts).toBe(true);
      ends.push((await read(id))?.receiptStatus);
    }
    expect(ends).toEqual(['delivered', 'delivered']);
  });

  test('are kept when nobody knows what they belong to', async () => {
    expect(await receive(null, 'sent', 'SM404')).toEqual({ applied: false, contradicts: false });
    expect(await bed.place.sql('select provider_id from receipts')).toEqual([{ provider_id: 'SM404' }]);
  });

  test('prove that the vendor has a message whose answer was lost', async () => {
    const id = await claimed('k');
    await bed.database.transact(({ outbox }) => outbox.finish(id, 'a', { kind: 'unknown', checkAt: NOON }));
    await receive(id, 'sent');
    expect(await read(id)).toMatchObject({ status: 'sent', providerId: 'SM1', receiptStatus: 'sent' });
    const unknown = await bed.database.read(({ outbox }) => outbox.unknownDue(NOON, 10));
    expect(unknown).toEqual([]);
  });

  test('that were quicker than the answer settle an attempt that ends without one', async () => {
    const id = await claimed('timed out');
    await receive(id, 'sent');
    expect(await read(id)).toMatchObject({ status: 'claimed', providerId: 'SM1' });
    await bed.database.transact(({ outbox }) => outbox.finish(id, 'a', { kind: 'unknown', checkAt: NOON }));
    expect(await read(id)).toMatchObject({ status: 'sent' });
    const other = await claimed('died');
    await receive(other, 'sent', 'SM2');
    expect(await bed.database.transact(({ outbox }) => outbox.expireLeases(NOON + 30_000, NOON))).toEqual([]);
    expect(await read(other)).toMatchObject({ status: 'sent', providerId: 'SM2' });
  });

  test('stop a second try that was decided on before they came', async () => {
    const id = await claimed('k');
    await bed.database.transact(async ({ outbox }) => {
      await outbox.finish(id, 'a', { kind: 'unknown', checkAt: NOON });
      await outbox.settle(id, { kind: 'resend', dueAt: NOON });
    });
    await receive(id, 'delivered');
    expect(await read(id)).toMatchObject({ status: 'sent', receiptStatus: 'delivered' });
    expect(await bed.database.read(({ outbox }) => outbox.claimable(NOON, 10, 'normal'))).toEqual([]);
  });

  test('that never came to an end are asked for once (ST-04)', async () => {
    const silent = await claimed('silent');
    await finish(silent, 'SM1');
    const done = await claimed('done');
    await finish(done, 'SM2');
    await receive(done, 'delivered', 'SM2');
    const waiting = async (before: number) =>
      (await bed.database.read(({ outbox }) => outbox.withoutFinalStatus(before, 10))).map(({ key }) => key);
    expect(await waiting(NOON - 1)).toEqual([]);
    expect(await waiting(NOON)).toEqual(['silent']);
    await bed.database.transact(({ outbox }) => outbox.markPolled(silent, NOON));
    expect(await waiting(NOON)).toEqual([]);
  });

  test('find their row by provider id', async () => {
    const id = await claimed('k');
    await finish(id);
    expect((await bed.database.read(({ outbox }) => outbox.byProviderId('SM1')))?.id).toBe(id);
    expect(await bed.database.read(({ outbox }) => outbox.byProviderId('SM9'))).toBeNull();
  });
});
