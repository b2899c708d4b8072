import { expect, test } from 'vitest';
import type { Lane } from '../../src/app/ports/database.ts';
import type { NewOutbound } from '../../src/app/ports/messages.ts';
import type { OutboundId } from '../../src/core/model/ids.ts';
import { describeOnBoth } from './databases.ts';
import { addClaimed, hashOf, NOON, sampleCard, sampleOutbound, toPhone } from './samples.ts';

describeOnBoth('the outbox', (bed) => {
  const add = async (key: string, changes: Partial<NewOutbound> = {}): Promise<OutboundId> => {
    const id = await bed.database.transact(({ outbox }) => outbox.add(sampleOutbound(key, changes), NOON));
    if (id === null) throw new Error(`${key} is there already`);
    return id;
  };
  const claim = (id: OutboundId, token: string, leaseUntil = NOON + 30_000) =>
    bed.database.transact(({ outbox }) => outbox.claim(id, token, leaseUntil, NOON));
  const claimed = (key: string, token: string) => bed.database.transact((stores) => addClaimed(stores, key, token));
  const read = (id: OutboundId) => bed.database.read(({ outbox }) => outbox.byId(id));
  const claimable = async (now = NOON, lane: Lane = 'normal') =>
    (await bed.database.read(({ outbox }) => outbox.claimable(now, 10, lane))).map(({ key }) => key);

  test('takes a key once for ever', async () => {
    await add('k');
    expect(await bed.database.transact(({ outbox }) => outbox.add(sampleOutbound('k'), NOON + 5))).toBeNull();
  });

  test('gives a row back as it was added', async () => {
    const row = sampleOutbound('k', {
      inReplyTo: { inboundId: 'in-1' as never, at: NOON - 5 },
      task: 'fafsa',
      isIntroduction: true,
      saidBy: { conversationId: 'c-1' as never, version: 3, deadlineOn: '2027-06-15' },
    });
    const id = await add('k', row);
    const stored = {
      ...row,
      id,
      status: 'pending',
      attempts: 0,
      providerId: null,
      leaseToken: null,
      createdAt: NOON,
      attemptedAt: null,
      receiptStatus: null,
      reason: null,
    };
    expect(await read(id)).toEqual(stored);
    expect(await bed.database.read(({ outbox }) => outbox.byKey('k'))).toEqual(stored);
    const said = (version: number) => bed.database.read(({ outbox }) => outbox.ofConversation('c-1' as never, version));
    expect([await said(3), await said(4)]).toEqual([[stored], []]);
  });

  test('lets what is due be claimed, earliest first, and keeps lanes apart (DB-08)', async () => {
    await add('later', { dueAt: NOON + 1 });
    await add('second', { dueAt: NOON - 1, recipient: toPhone(2) });
    await add('first', { dueAt: NOON - 2, recipient: toPhone(3) });
    await add('crisis', { messageClass: 'safety_reply', recipient: toPhone(3) });
    await add('alert', {
      messageClass: 'alert',
      recipient: { kind: 'slack_channel', channel: 'counselors' },
      dueAt: NOON - 9,
    });
    expect(await claimable()).toEqual(['first', 'second']);
    expect(await claimable(NOON, 'urgent')).toEqual(['alert', 'crisis']);
  });

  test('sends to one recipient one after the other, in the order in which rows were added', async () => {
    const first = await add('first');
    await add('second', { dueAt: NOON - 5 });
    expect(await claimable()).toEqual(['first']);
    await claim(first, 'a');
    expect(await claimable()).toEqual([]);
    await bed.database.transact(({ outbox }) =>
      outbox.finish(first, 'a', { kind: 'sent', providerId: 'SM1', status: 'queued' }),
    );
    expect(await claimable()).toEqual(['second']);
  });

  test('is not held up by a text that waits for the morning, but by one that is tried again soon', async () => {
    const held = await add('held');
    await add('behind');
    await bed.database.transact(({ outbox }) => outbox.hold(held, NOON + 3_600_000, 'quiet_hours'));
    expect(await claimable()).toEqual(['behind']);
    const retried = await add('retried', { recipient: toPhone(2) });
    await add('behind it', { recipient: toPhone(2) });
    await claim(retried, 'a');
    const retry = { kind: 'retry', dueAt: NOON + 5_000, code: '20429' } as const;
    await bed.database.transact(({ outbox }) => outbox.finish(retried, 'a', retry));
    expect(await claimable()).toEqual(['behind']);
    expect(await claimable(NOON + 5_000)).toEqual(['behind', 'retried']);
  });

  test('lets one of two relays claim a row (DB-07)', async () => {
    const id = await add('k');
    const other = await bed.open();
    const won = await Promise.all(
      [bed.database, other].map((database, index) =>
        database.transact(({ outbox }) => outbox.claim(id, `relay ${index}`, NOON + 30_000, NOON)),
      ),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await read(id)).toMatchObject({ status: 'claimed', attempts: 1, attemptedAt: NOON });
  });

  test('refuses what a relay says whose lease is not its own any more (DB-07)', async () => {
    const id = await claimed('k', 'stale');
    await bed.database.transact(({ outbox }) => outbox.expireLeases(NOON + 30_000, NOON + 60_000));
    const sent = { kind: 'sent', providerId: 'SM1', status: 'queued' } as const;
    const finish = (token: string) => bed.database.transact(({ outbox }) => outbox.finish(id, token, sent));
    expect(await finish('stale')).toBe(false);
    await bed.database.transact(({ outbox }) => outbox.settle(id, { kind: 'resend', dueAt: NOON }));
    await claim(id, 'fresh');
    expect(await finish('stale')).toBe(false);
    expect(await bed.database.transact(({ outbox }) => outbox.release(id, 'stale', NOON, 'x'))).toBe(false);
    expect(await read(id)).toMatchObject({ status: 'claimed', leaseToken: 'fresh', providerId: null });
    expect(await finish('fresh')).toBe(true);
    expect(await finish('fresh')).toBe(false);
  });

  test('frees a row whose lease lies far ahead because the clock was set back (F15)', async () => {
    const id = await claimed('k', 'dead');
    const expired = await bed.database.transact(({ outbox }) => outbox.expireLeases(NOON - 3_600_000, NOON));
    expect(expired.map((row) => row.id)).toEqual([id]);
  });

  test('turns the rows of a dead relay into unknown ones when the lease runs out, and not before (DB-08)', async () => {
    const id = await claimed('k', 'dead');
    const expire = (realNow: number) =>
      bed.database.transact(({ outbox }) => outbox.expireLeases(realNow, NOON + 60_000));
    expect(await expire(NOON + 29_999)).toEqual([]);
    expect((await expire(NOON + 30_000)).map((row) => [row.id, row.status])).toEqual([[id, 'unknown']]);
    const unknown = (now: number) => bed.database.read(({ outbox }) => outbox.unknownDue(now, 10));
    expect(await unknown(NOON + 59_999)).toEqual([]);
    expect((await unknown(NOON + 60_000)).map((row) => row.id)).toEqual([id]);
    expect(await bed.database.read(({ outbox }) => outbox.nextDueAt(0))).toBe(NOON + 60_000);
  });

  test('lets go of a row without counting an attempt (DB-13)', async () => {
    const id = await claimed('k', 'a');
    expect(await bed.database.transact(({ outbox }) => outbox.release(id, 'a', NOON + 7, 'stopping'))).toBe(true);
    expect(await read(id)).toMatchObject({
      status: 'pending',
      attempts: 0,
      attemptedAt: null,
      leaseToken: null,
      dueAt: NOON + 7,
    });
    expect(await claimable(NOON + 7)).toEqual(['k']);
  });

  test.each([
    [{ kind: 'unknown', checkAt: NOON + 9 }, { status: 'unknown' }],
    [
      { kind: 'retry', dueAt: NOON + 9, code: '20429' },
      { status: 'pending', dueAt: NOON + 9 },
    ],
    [{ kind: 'failed', code: '21614' }, { status: 'failed' }],
    [{ kind: 'parked', code: '30008' }, { status: 'parked' }],
    [
      { kind: 'sent', providerId: 'SM1', status: 'queued' },
      { status: 'sent', providerId: 'SM1', receiptStatus: 'queued' },
    ],
  ] as const)('records the end of an attempt: %j', async (result, expected) => {
    const id = await claimed('k', 'a');
    expect(await bed.database.transact(({ outbox }) => outbox.finish(id, 'a', result))).toBe(true);
    expect(await read(id)).toMatchObject({ ...expected, leaseToken: null, attempts: 1 });
  });

  test.each([
    [
      { kind: 'sent', providerId: 'SM1', status: 'delivered' },
      { status: 'sent', providerId: 'SM1', receiptStatus: 'delivered' },
    ],
    [{ kind: 'check_again', at: NOON + 9 }, { status: 'unknown' }],
    [
      { kind: 'resend', dueAt: NOON + 9 },
      { status: 'pending', dueAt: NOON + 9 },
    ],
    [{ kind: 'lost' }, { status: 'lost' }],
  ] as const)('records what was found out about an unknown row: %j', async (result, expected) => {
    const id = await claimed('k', 'a');
    const settle = () => bed.database.transact(({ outbox }) => outbox.settle(id, result));
    expect(await settle()).toBe(false);
    await bed.database.transact(({ outbox }) => outbox.finish(id, 'a', { kind: 'unknown', checkAt: NOON }));
    expect(await settle()).toBe(true);
    expect(await read(id)).toMatchObject(expected);
  });

  test('drops what waits when a mentee stops, and nothing else', async () => {
    const going = await claimed('going', 'a');
    await add('nudge');
    await add('alert', { messageClass: 'alert' });
    await add('sibling', { recipient: toPhone(2) });
    const drop = () =>
      bed.database.transact(({ outbox }) =>
        outbox.dropPending(hashOf(1), ['nudge', 'answer', 'safety_reply'], 'opted_out'),
      );
    expect([await drop(), await drop()]).toEqual([1, 0]);
    const rows = await bed.database.read(({ outbox }) => outbox.ofPhone(hashOf(1)));
    expect(rows.map(({ key, status }) => [key, status])).toEqual([
      ['going', 'claimed'],
      ['nudge', 'dropped'],
      ['alert', 'pending'],
    ]);
    await bed.database.transact(({ outbox }) => outbox.drop(going, 'x'));
    expect(await read(going)).toMatchObject({ status: 'claimed' });
  });

  test('counts the unasked texts that were begun, not introductions and not refused ones', async () => {
    const begin = async (key: string, at: number, changes: Partial<NewOutbound> = {}) => {
      const id = await add(key, changes);
      await bed.database.transact(async ({ outbox }) => {
        await outbox.claim(id, key, at + 30_000, at);
        const failed = key === 'refused';
        await outbox.finish(
          id,
          key,
          failed ? { kind: 'failed', code: 'x' } : { kind: 'sent', providerId: key, status: 'queued' },
        );
      });
    };
    await begin('old', NOON - 10);
    await begin('one', NOON + 1);
    await begin('two', NOON + 2);
    await begin('refused', NOON + 3);
    await begin('introduction', NOON + 4, { isIntroduction: true });
    await begin('answer', NOON + 5, { messageClass: 'answer' });
    await add('waiting');
    expect(await bed.database.read(({ outbox }) => outbox.unaskedSince(hashOf(1), NOON))).toEqual([NOON + 1, NOON + 2]);
    expect(await bed.database.read(({ outbox }) => outbox.countSince(hashOf(1), 'answer', NOON))).toBe(1);
    expect(await bed.database.read(({ outbox }) => outbox.countSince(hashOf(1), 'answer', NOON + 1))).toBe(0);
    const known = await bed.database.read(({ outbox }) => outbox.knownProviderIds(hashOf(1), NOON));
    expect(known).toEqual(['one', 'two', 'introduction', 'answer']);
  });

  test('finds the alert posts of a case that are there or on their way', async () => {
    const escalationId = 'case-1' as never;
    const post = { kind: 'slack_post', message: sampleCard() } as const;
    const alert = {
      messageClass: 'alert',
      escalationId,
      body: post,
      recipient: { kind: 'slack_channel', channel: 'counselors' },
    } as const;
    const first = await add('post 1', alert);
    const gone = await add('post 2', alert);
    await bed.database.transact(({ outbox }) => outbox.drop(gone, 'x'));
    await add('note', {
      ...alert,
      messageClass: 'case_note',
      body: {
        kind: 'slack_post',
        message: { kind: 'case_text', caseCode: 'K7Q1', firstName: 'Marisol', text: 'hi', tier: 'none' },
        thread: { ofOutboundId: first, broadcast: false },
      },
    });
    await add('no card', {
      ...alert,
      body: { kind: 'slack_post', message: { kind: 'notice', title: 't', lines: [] } },
    });
    await add('sms', { messageClass: 'alert', escalationId });
    const posts = await bed.database.read(({ outbox }) => outbox.alertPosts(escalationId));
    expect(posts.map(({ key }) => key)).toEqual(['post 1']);
  });

  test('says when the relay is wanted next', async () => {
    const next = () => bed.database.read(({ outbox }) => outbox.nextDueAt(0));
    expect(await next()).toBeNull();
    await add('a', { dueAt: NOON + 50 });
    await add('b', { dueAt: NOON + 20 });
    expect(await next()).toBe(NOON + 20);
  });
});
