import { beforeEach, expect, test } from 'vitest';
import { asMenteeId, asMentorId, asStructureHash } from '../../src/core/model/ids.ts';
import { describeOnBoth } from './databases.ts';
import { NOON, sampleMentee, sampleMentor } from './samples.ts';

const menteeId = asMenteeId('mentee-1');
const mentorId = asMentorId('mentor-1');

describeOnBoth('slots, alarms and values', (bed) => {
  test('gives a slot of a job to the first caller only (DB-10)', async () => {
    const other = await bed.open();
    const callers = [bed.database, other, bed.database, other];
    const taken = await Promise.all(
      callers.map((database) => database.transact(({ house }) => house.takeSlot('weekly', '2027-06-01', NOON))),
    );
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await bed.database.transact(({ house }) => house.takeSlot('weekly', '2027-06-08', NOON))).toBe(true);
  });

  test('says whether a slot was taken, and does not take it by asking', async () => {
    const has = (slot: string) => bed.database.read(({ house }) => house.hasSlot('weekly', slot));
    expect(await has('2027-06-01')).toBe(false);
    await bed.database.transact(({ house }) => house.takeSlot('weekly', '2027-06-01', NOON));
    expect([await has('2027-06-01'), await has('2027-06-08')]).toEqual([true, false]);
    expect(await bed.database.read(({ house }) => house.hasSlot('daily', '2027-06-01'))).toBe(false);
  });

  test('raises an alarm once until it is cleared', async () => {
    const raise = () => bed.database.transact(({ house }) => house.raiseAlarm('slack_dead', 'C1', 'why', NOON));
    const clear = () => bed.database.transact(({ house }) => house.clearAlarm('slack_dead', 'C1', NOON + 1));
    expect([await raise(), await raise()]).toEqual([true, false]);
    expect(await bed.database.read(({ house }) => house.alarms())).toEqual([
      { kind: 'slack_dead', subject: 'C1', detail: 'why', raisedAt: NOON },
    ]);
    expect([await clear(), await clear()]).toEqual([true, false]);
    expect(await bed.database.read(({ house }) => house.alarms())).toEqual([]);
    expect(await raise()).toBe(true);
  });

  test('remembers small values', async () => {
    await bed.database.transact(async ({ house }) => {
      await house.put('slack_bot_id', 'B1');
      await house.put('slack_bot_id', 'B2');
    });
    expect(await bed.database.read(({ house }) => house.get('slack_bot_id'))).toBe('B2');
    expect(await bed.database.read(({ house }) => house.get('nothing'))).toBeNull();
  });
});

describeOnBoth('timers', (bed) => {
  const timer = (subject: string, dueAt: number) => ({ kind: 'conversation' as const, subject, name: 'wait', dueAt });

  test('come due earliest first, and move when set again', async () => {
    await bed.database.transact(async ({ timers }) => {
      await timers.set(timer('a', NOON + 5));
      await timers.set(timer('b', NOON + 2));
      await timers.set(timer('c', NOON + 9));
      await timers.set(timer('a', NOON + 1));
    });
    const due = await bed.database.read(({ timers }) => timers.due(NOON + 5, 10));
    expect(due).toEqual([timer('a', NOON + 1), timer('b', NOON + 2)]);
    expect(await bed.database.read(({ timers }) => timers.due(NOON + 5, 1))).toHaveLength(1);
    expect(await bed.database.read(({ timers }) => timers.nextDueAt(0))).toBe(NOON + 1);
  });

  test('are taken once, and not when they were moved meanwhile', async () => {
    await bed.database.transact(({ timers }) => timers.set(timer('a', NOON)));
    await bed.database.transact(({ timers }) => timers.set(timer('a', NOON + 1)));
    const take = (dueAt: number) => bed.database.transact(({ timers }) => timers.take(timer('a', dueAt)));
    expect([await take(NOON), await take(NOON + 1), await take(NOON + 1)]).toEqual([false, true, false]);
    expect(await bed.database.read(({ timers }) => timers.nextDueAt(0))).toBeNull();
  });

  test('are found by what they are for, of every kind', async () => {
    const kinds = ['conversation', 'escalation', 'plan', 'mentor', 'program'] as const;
    await bed.database.transact(async ({ timers }) => {
      for (const kind of kinds) await timers.set({ kind, subject: 'a', name: 'wait', dueAt: NOON });
    });
    const due = await bed.database.read(({ timers }) => timers.due(NOON, 10));
    expect(due.map(({ kind }) => kind).sort()).toEqual([...kinds].sort());
    const get = (subject: string, name: string) =>
      bed.database.read(({ timers }) => timers.get('mentor', subject, name));
    expect(await get('a', 'wait')).toEqual({ kind: 'mentor', subject: 'a', name: 'wait', dueAt: NOON });
    expect([await get('b', 'wait'), await get('a', 'other')]).toEqual([null, null]);
  });

  test('are cleared by name', async () => {
    await bed.database.transact(async ({ timers }) => {
      await timers.set(timer('a', NOON));
      await timers.set({ ...timer('a', NOON), name: 'no_reply' });
      await timers.clear('conversation', 'a', 'wait');
    });
    expect(await bed.database.read(({ timers }) => timers.due(NOON, 10))).toEqual([
      { ...timer('a', NOON), name: 'no_reply' },
    ]);
  });
});

describeOnBoth('tasks and the mentor list', (bed) => {
  beforeEach(() =>
    bed.database.transact(async ({ people }) => {
      await people.saveMentee(sampleMentee(1), NOON);
      await people.saveMentor(sampleMentor(1), NOON);
    }),
  );

  test('adds a task once and keeps what became of it', async () => {
    await bed.database.transact(async ({ tasks }) => {
      expect(await tasks.addMissing(menteeId, 'fafsa', 'import', NOON)).toBe(true);
      expect(await tasks.addMissing(menteeId, 'fafsa', 'import', NOON + 1)).toBe(false);
      await tasks.markAsked(menteeId, 'fafsa', NOON + 2);
      await tasks.change({
        menteeId,
        task: 'fafsa',
        status: 'in_progress',
        againOn: '2027-07-01',
        source: 'mentee',
        at: NOON + 3,
      });
    });
    expect(await bed.database.read(({ tasks }) => tasks.of(menteeId))).toEqual([
      {
        task: 'fafsa',
        status: 'in_progress',
        askedAt: NOON + 2,
        againOn: '2027-07-01',
        changedAt: NOON + 3,
        changedBy: 'mentee',
      },
    ]);
    expect(await bed.database.read(({ tasks }) => tasks.history(menteeId))).toEqual([
      { task: 'fafsa', status: 'not_started', source: 'import', at: NOON },
      { task: 'fafsa', status: 'in_progress', source: 'mentee', at: NOON + 3 },
    ]);
  });

  test('puts an item on a list once for each key', async () => {
    const item = { menteeId, mentorId, reason: 'No reply for a week', task: 'fafsa', at: NOON };
    const nobody = { ...item, mentorId: null, reason: 'Has no mentor' };
    await bed.database.transact(async ({ mentorList }) => {
      expect(await mentorList.add('k1', item)).toBe(true);
      expect(await mentorList.add('k1', { ...item, reason: 'again' })).toBe(false);
      expect(await mentorList.add('k2', nobody)).toBe(true);
    });
    const read = await bed.database.read(async ({ mentorList }) => [
      await mentorList.open(mentorId),
      await mentorList.open(null),
      await mentorList.openOfMentee(menteeId),
    ]);
    expect(read).toEqual([[item], [nobody], [item, nobody]]);
  });

  test('closes what waits for a mentee once somebody has reached them, and nothing that came later', async () => {
    const item = (at: number) => ({ menteeId, mentorId, reason: 'No reply for a week', task: null, at });
    const otherMentee = { ...item(NOON), menteeId: asMenteeId('mentee-2') };
    await bed.database.transact(async ({ people, mentorList }) => {
      await people.saveMentee(sampleMentee(2), NOON);
      await mentorList.add('k1', item(NOON));
      await mentorList.add('k2', { ...item(NOON + 1), mentorId: null });
      await mentorList.add('k3', item(NOON + 9));
      await mentorList.add('k4', otherMentee);
    });
    const close = () => bed.database.transact(({ mentorList }) => mentorList.closeOfMentee(menteeId, NOON + 1));
    expect([await close(), await close()]).toEqual([2, 0]);
    const open = await bed.database.read(async ({ mentorList }) => [
      await mentorList.openOfMentee(menteeId),
      await mentorList.openOfMentee(asMenteeId('mentee-2')),
      await mentorList.open(null),
    ]);
    expect(open).toEqual([[item(NOON + 9)], [otherMentee], []]);
    expect(await bed.database.transact(({ mentorList }) => mentorList.add('k1', item(NOON + 9)))).toBe(false);
  });
});

describeOnBoth('content', (bed) => {
  const revision = (why: string) => ({ files: { 'a.yaml': { why } }, publishedAt: NOON, publishedBy: 'ruth', why });

  test('counts revisions up and gives the latest', async () => {
    expect(await bed.database.read(({ content }) => content.latest())).toBeNull();
    expect(await bed.database.read(({ content }) => content.latestRevision())).toBeNull();
    expect(await bed.database.transact(({ content }) => content.publish(revision('first')))).toBe(1);
    expect(await bed.database.transact(({ content }) => content.publish(revision('second')))).toBe(2);
    expect(await bed.database.read(({ content }) => content.latest())).toEqual({ revision: 2, ...revision('second') });
    expect(await bed.database.read(({ content }) => content.latestRevision())).toBe(2);
  });

  test('gives any revision, and the history without files, newest first', async () => {
    await bed.database.transact(({ content }) => content.publish(revision('first')));
    await bed.database.transact(({ content }) => content.publish(revision('second')));
    await bed.database.transact(({ content }) => content.publish(revision('third')));
    const head = (why: string, number: number) => ({ revision: number, publishedAt: NOON, publishedBy: 'ruth', why });
    const read = await bed.database.read(async ({ content }) => [
      await content.byRevision(2),
      await content.byRevision(9),
      await content.history(2),
    ]);
    expect(read).toEqual([{ revision: 2, ...revision('second') }, null, [head('third', 3), head('second', 2)]]);
  });

  test('lets two instances publish at once, each its own revision', async () => {
    const other = await bed.open();
    const publish = (why: string) => (index: number) =>
      (index % 2 === 0 ? bed.database : other).transact(({ content }) => content.publish(revision(why)));
    expect((await Promise.all([0, 1, 2, 3].map(publish('x')))).sort()).toEqual([1, 2, 3, 4]);
  });

  test('keeps the definition of a structure as it was first saved', async () => {
    const hash = asStructureHash('abc');
    await bed.database.transact(async ({ content }) => {
      await content.saveStructure(hash, 'nudge', { steps: [1, 2] });
      await content.saveStructure(hash, 'nudge', { steps: [] });
    });
    const read = await bed.database.read(({ content }) => content.structure(hash));
    expect(read).toEqual({ flowId: 'nudge', definition: { steps: [1, 2] } });
    expect(await bed.database.read(({ content }) => content.structure(asStructureHash('x')))).toBeNull();
  });
});
