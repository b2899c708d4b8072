import { expect, test } from 'vitest';
import type { Database } from '../../src/app/ports/database.ts';
import { asInboundId } from '../../src/core/model/ids.ts';
import { describeOnBoth } from './databases.ts';
import { hashOf, NOON, sampleText } from './samples.ts';

const insert = (database: Database, externalId: string, id: string, receivedAt = NOON, body = 'done!') =>
  database.transact(({ inbox }) =>
    inbox.insert(sampleText(externalId, body), { id: asInboundId(id), phoneHash: hashOf(1), receivedAt }),
  );

describeOnBoth('the inbox', (bed) => {
  test('takes a text once for ever, also months later and on another instance (TW-12)', async () => {
    const other = await bed.open();
    expect(await insert(bed.database, 'SM1', 'a')).toBe('a');
    expect(await insert(bed.database, 'SM1', 'b')).toBeNull();
    expect(await insert(other, 'SM1', 'c', NOON + 90 * 86_400_000)).toBeNull();
    expect(await insert(other, 'SM2', 'd')).toBe('d');
  });

  test('tells the signals of the moderate texts of a day', async () => {
    await insert(bed.database, 'SM1', 'old', NOON - 86_400_001);
    await insert(bed.database, 'SM2', 'a', NOON - 3_600_000);
    await insert(bed.database, 'SM3', 'b', NOON - 1_800_000);
    await insert(bed.database, 'SM4', 'c', NOON);
    await bed.database.transact(async ({ inbox }) => {
      await inbox.setScreening(asInboundId('old'), 'crisis', []);
      await inbox.setScreening(asInboundId('a'), 'moderate', ['lonely', 'low']);
      await inbox.setScreening(asInboundId('b'), 'moderate', ['low']);
    });
    const signals = (phone: number) =>
      bed.database.read(({ inbox }) => inbox.signalsSince(hashOf(phone), 'moderate', NOON - 86_400_000));
    expect(await signals(1)).toEqual([['lonely', 'low'], ['low']]);
    expect(await signals(2)).toEqual([]);
  });

  test('takes one of many that come at the same moment', async () => {
    const other = await bed.open();
    const both = [bed.database, other].flatMap((database) => [database, database, database]);
    const taken = await Promise.all(both.map((database, index) => insert(database, 'SM1', `id ${index}`)));
    expect(taken.filter((id) => id !== null)).toHaveLength(1);
  });

  test('takes one of many in a batch', async () => {
    const results = await bed.database.batch(['a', 'b', 'c'], ({ inbox }, id) =>
      inbox.insert(sampleText('SM1'), { id: asInboundId(id), phoneHash: hashOf(1), receivedAt: NOON }),
    );
    expect(results.filter((result) => result.status === 'fulfilled' && result.value !== null)).toHaveLength(1);
  });

  test('tells sources apart', async () => {
    await insert(bed.database, 'X1', 'a');
    const slack = {
      ...sampleText('X1'),
      source: 'slack' as const,
      from: { kind: 'slack' as const, slackUserId: 'U1' },
    };
    const id = await bed.database.transact(({ inbox }) =>
      inbox.insert(slack, { id: asInboundId('b'), phoneHash: hashOf(2), receivedAt: NOON }),
    );
    expect(id).toBe('b');
  });

  test('keeps a text from somebody nobody knows, word for word', async () => {
    await insert(bed.database, 'SM1', 'a', NOON, '  ¿quién eres? 🧊\n');
    expect(await bed.database.read(({ inbox }) => inbox.byId(asInboundId('a')))).toEqual({
      id: 'a',
      phoneHash: hashOf(1),
      body: '  ¿quién eres? 🧊\n',
      receivedAt: NOON,
      sentAt: null,
      wordsRemovedAt: null,
      tier: 'none',
      status: 'done',
    });
  });

  test('remembers what the screen found and what could not be processed', async () => {
    await insert(bed.database, 'SM1', 'a');
    await insert(bed.database, 'SM2', 'b');
    await bed.database.transact(async ({ inbox }) => {
      await inbox.setScreening(asInboundId('a'), 'crisis', ['en.suicide.1']);
      await inbox.markUnprocessed(asInboundId('a'), 'flow failed');
    });
    const stored = await bed.database.read(({ inbox }) => inbox.byId(asInboundId('a')));
    expect(stored).toMatchObject({ tier: 'crisis', status: 'unprocessed' });
    const waiting = await bed.database.read(({ inbox }) => inbox.unprocessed(10));
    expect(waiting.map(({ id }) => id)).toEqual(['a']);
  });

  test('says when the last text of a source was taken in, and finds a text by the id of its vendor', async () => {
    const newestAt = () => bed.database.read(({ inbox }) => inbox.newestAt('twilio'));
    expect(await newestAt()).toBeNull();
    await insert(bed.database, 'SM1', 'a', NOON + 5_000);
    await insert(bed.database, 'SM2', 'b', NOON);
    // The order in which they came, whatever the clock said.
    expect(await newestAt()).toBe(NOON);
    expect(await bed.database.read(({ inbox }) => inbox.newestAt('slack'))).toBeNull();
    const byId = (id: string) => bed.database.read(({ inbox }) => inbox.byExternalId('twilio', id));
    expect(await byId('SM1')).toMatchObject({ id: 'a', receivedAt: NOON + 5_000, sentAt: null });
    expect(await byId('SM3')).toBeNull();
  });

  test('gives the newest texts of a sender, oldest first, and counts them', async () => {
    for (const [index, id] of ['a', 'b', 'c', 'd'].entries()) {
      await insert(bed.database, `SM${id}`, id, NOON + index * 1_000, id);
    }
    const recent = await bed.database.read(({ inbox }) => inbox.recent(hashOf(1), NOON + 1_000, 2));
    expect(recent.map(({ body }) => body)).toEqual(['c', 'd']);
    expect(await bed.database.read(({ inbox }) => inbox.countSince(hashOf(1), NOON + 1_000))).toBe(3);
    expect(await bed.database.read(({ inbox }) => inbox.countSince(hashOf(2), 0))).toBe(0);
  });

  test('keeps texts of the same millisecond in the order in which they came', async () => {
    for (const id of ['a', 'b', 'c']) await insert(bed.database, id, id, NOON, id);
    const recent = await bed.database.read(({ inbox }) => inbox.recent(hashOf(1), 0, 10));
    expect(recent.map(({ body }) => body)).toEqual(['a', 'b', 'c']);
  });

  test('shows what waits for an eye, oldest first, until somebody has read it', async () => {
    for (const [index, id] of ['a', 'b', 'c', 'd'].entries())
      await insert(bed.database, `SM${id}`, id, NOON + index, `text ${id}`);
    await bed.database.transact(async ({ inbox }) => {
      for (const id of ['c', 'a', 'b']) await inbox.markUnread(asInboundId(id));
      await inbox.markUnread(asInboundId('a'));
    });
    const unread = (limit: number) => bed.database.read(({ inbox }) => inbox.unread(limit));
    const count = () => bed.database.read(({ inbox }) => inbox.countUnread());
    const read = (id: string) =>
      bed.database.transact(({ inbox }) => inbox.markRead(asInboundId(id), 'staff-1', NOON + 9));
    expect(await unread(1)).toEqual([{ id: 'a', phoneHash: hashOf(1), body: 'text a', receivedAt: NOON }]);
    expect((await unread(10)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(await count()).toBe(3);
    expect([await read('a'), await read('a'), await read('d'), await read('nobody')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect((await unread(10)).map(({ id }) => id)).toEqual(['b', 'c']);
    expect(await bed.place.sql("select read_by, read_at from inbox where id = 'a'")).toMatchObject([
      { read_by: 'staff-1' },
    ]);
  });

  test('does not ask twice for a text that somebody has read', async () => {
    await insert(bed.database, 'SM1', 'a');
    const id = asInboundId('a');
    await bed.database.transact(async ({ inbox }) => {
      await inbox.markUnread(id);
      await inbox.markRead(id, 'staff-1', NOON + 1);
      await inbox.markUnread(id);
    });
    expect(await bed.database.read(({ inbox }) => inbox.countUnread())).toBe(0);
  });
});
