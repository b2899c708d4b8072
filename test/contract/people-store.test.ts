import { expect, test } from 'vitest';
import { asCounselorId, asMenteeId, asMentorId, asStaffId } from '../../src/core/model/ids.ts';
import type { MenteeContacts } from '../../src/core/model/people.ts';
import { describeOnBoth } from './databases.ts';
import { hashOf, NOON, phoneOf, sampleCounselor, sampleMentee, sampleMentor, sampleStaff } from './samples.ts';

const counselor = (n: number, onCallOrder: number | null) => sampleCounselor(n, { onCallOrder });

describeOnBoth('the people store', (bed) => {
  test('gives a mentee back as it was saved', async () => {
    await bed.database.transact(({ people }) => people.saveMentee(sampleMentee(1), NOON));
    const read = await bed.database.read(async ({ people }) => [
      await people.mentee(asMenteeId('mentee-1')),
      await people.menteeByPhone(hashOf(1)),
      ...(await people.mentees()),
    ]);
    expect(read).toEqual([sampleMentee(1), sampleMentee(1), sampleMentee(1)]);
    expect(await bed.database.read(({ people }) => people.menteeByPhone(hashOf(2)))).toBeNull();
  });

  test('updates the mentee with the same phone, keeping its id and its introduction', async () => {
    await bed.database.transact(async ({ people }) => {
      await people.saveMentee(sampleMentee(1), NOON);
      await people.markIntroduced(asMenteeId('mentee-1'), NOON + 5);
    });
    const again = { ...sampleMentee(1), id: asMenteeId('other'), firstName: 'Mari', language: 'en' as const };
    expect(await bed.database.transact(({ people }) => people.saveMentee(again, NOON + 9))).toBe('mentee-1');
    expect(await bed.database.read(({ people }) => people.mentees())).toEqual([
      { ...again, id: 'mentee-1', introducedAt: NOON + 5 },
    ]);
  });

  test('notes the introduction once', async () => {
    await bed.database.transact(async ({ people }) => {
      await people.saveMentee(sampleMentee(1), NOON);
      await people.markIntroduced(asMenteeId('mentee-1'), NOON + 5);
      await people.markIntroduced(asMenteeId('mentee-1'), NOON + 50);
    });
    const mentee = await bed.database.read(({ people }) => people.mentee(asMenteeId('mentee-1')));
    expect(mentee?.introducedAt).toBe(NOON + 5);
  });

  test('finds staff by phone and by Slack id, and updates by either', async () => {
    await bed.database.transact(({ people }) => people.saveMentor(sampleMentor(1), NOON));
    const moved = sampleMentor(9, { slackUserId: 'U0MENTOR1', phone: phoneOf(60) });
    expect(await bed.database.transact(({ people }) => people.saveMentor(moved, NOON))).toBe('mentor-1');
    const found = await bed.database.read(async ({ people }) => [
      await people.mentorByPhone(hashOf(60)),
      await people.mentorBySlackUser('U0MENTOR1'),
      await people.mentorByPhone(hashOf(51)),
    ]);
    expect(found).toEqual([{ ...moved, id: 'mentor-1' }, { ...moved, id: 'mentor-1' }, null]);
  });

  test('keeps staff without a phone or without Slack', async () => {
    const bare = sampleMentor(1, { phone: null, slackUserId: null });
    await bed.database.transact(async ({ people }) => {
      await people.saveMentor(bare, NOON);
      await people.saveMentor({ ...bare, id: asMentorId('mentor-2') }, NOON);
    });
    expect(await bed.place.sql('select id from mentors order by id')).toHaveLength(2);
  });

  test('lists who is on call, first place first', async () => {
    await bed.database.transact(async ({ people }) => {
      await people.saveCounselor(counselor(1, 2), NOON);
      await people.saveCounselor(counselor(2, null), NOON);
      await people.saveCounselor(counselor(3, 1), NOON);
    });
    const onCall = await bed.database.read(({ people }) => people.onCall());
    expect(onCall.map(({ id }) => id)).toEqual(['counselor-3', 'counselor-1']);
    const read = await bed.database.read(async ({ people }) => [
      await people.counselor(asCounselorId('counselor-2')),
      await people.counselorByPhone(hashOf(72)),
      await people.counselorBySlackUser('U0COUNSEL2'),
    ]);
    expect(read).toEqual([counselor(2, null), counselor(2, null), counselor(2, null)]);
  });

  test('runs one match of a mentee at a time and closes the one before', async () => {
    await bed.database.transact(async ({ people }) => {
      await people.saveMentee(sampleMentee(1), NOON);
      await people.saveMentor(sampleMentor(1), NOON);
      await people.saveMentor(sampleMentor(2), NOON);
      await people.saveMatch(asMenteeId('mentee-1'), asMentorId('mentor-1'), '2027-06-01');
      await people.saveMatch(asMenteeId('mentee-1'), asMentorId('mentor-1'), '2027-06-02');
      await people.saveMatch(asMenteeId('mentee-1'), asMentorId('mentor-2'), '2027-06-03');
    });
    expect(await bed.database.read(({ people }) => people.mentorOf(asMenteeId('mentee-1')))).toEqual(sampleMentor(2));
    expect(await bed.place.sql('select mentor_id, started_on, ended_on from matches order by started_on')).toEqual([
      { mentor_id: 'mentor-1', started_on: '2027-06-01', ended_on: '2027-06-03' },
      { mentor_id: 'mentor-2', started_on: '2027-06-03', ended_on: null },
    ]);
  });

  test('lists mentors and counselors, whoever was saved first', async () => {
    await bed.database.transact(async ({ people }) => {
      await people.saveMentor(sampleMentor(2), NOON);
      await people.saveMentor(sampleMentor(1), NOON + 1);
      await people.saveCounselor(counselor(2, null), NOON);
      await people.saveCounselor(counselor(1, 1), NOON);
    });
    const read = await bed.database.read(async ({ people }) => [
      await people.mentors(),
      await people.counselors(),
      await people.mentor(asMentorId('mentor-1')),
      await people.mentor(asMentorId('mentor-9')),
    ]);
    expect(read).toEqual([
      [sampleMentor(2), sampleMentor(1)],
      [counselor(1, 1), counselor(2, null)],
      sampleMentor(1),
      null,
    ]);
  });

  test("lists a mentor's mentees in the order in which they were matched, and none of a match that ended", async () => {
    await bed.database.transact(async ({ people }) => {
      for (const n of [1, 2, 3]) await people.saveMentee(sampleMentee(n), NOON);
      for (const n of [1, 2]) await people.saveMentor(sampleMentor(n), NOON);
      for (const n of [3, 1, 2])
        await people.saveMatch(asMenteeId(`mentee-${n}`), asMentorId('mentor-1'), '2027-06-01');
      await people.saveMatch(asMenteeId('mentee-1'), asMentorId('mentor-2'), '2027-06-05');
    });
    const of = (id: string) => bed.database.read(({ people }) => people.menteesOf(asMentorId(id)));
    expect(await of('mentor-1')).toEqual([sampleMentee(3), sampleMentee(2)]);
    expect(await of('mentor-2')).toEqual([sampleMentee(1)]);
    expect(await of('mentor-9')).toEqual([]);
  });

  test('keeps program staff, found by phone and by Slack id, updated by either', async () => {
    const moved = sampleStaff(9, { slackUserId: 'U0STAFF1', phone: null });
    await bed.database.transact(async ({ people }) => {
      expect(await people.saveStaff(sampleStaff(1), NOON)).toBe('staff-1');
      expect(await people.saveStaff(sampleStaff(2), NOON)).toBe('staff-2');
      expect(await people.saveStaff(moved, NOON + 1)).toBe('staff-1');
    });
    const read = await bed.database.read(async ({ people }) => [
      await people.staff(),
      await people.staffBySlackUser('U0STAFF1'),
      await people.staffByPhone(hashOf(82)),
      await people.staffByPhone(hashOf(81)),
      await people.staffBySlackUser('U0NOBODY'),
    ]);
    const first = { ...moved, id: asStaffId('staff-1') };
    expect(read).toEqual([[first, sampleStaff(2)], first, sampleStaff(2), null, null]);
  });

  test('keeps whom a counselor may call, the newest word of the roster', async () => {
    const contacts: MenteeContacts = {
      birthOn: '2009-02-03',
      emergencyName: 'Alma Quintanilla',
      emergencyPhone: phoneOf(90),
      campusCounselingPhone: phoneOf(91),
      campusPolicePhone: null,
    };
    const nothing: MenteeContacts = {
      birthOn: null,
      emergencyName: null,
      emergencyPhone: null,
      campusCounselingPhone: null,
      campusPolicePhone: null,
    };
    const menteeId = asMenteeId('mentee-1');
    const read = () => bed.database.read(({ people }) => people.contacts(menteeId));
    await bed.database.transact(({ people }) => people.saveMentee(sampleMentee(1), NOON));
    expect(await read()).toBeNull();
    await bed.database.transact(({ people }) => people.saveContacts(menteeId, contacts, NOON));
    expect(await read()).toEqual(contacts);
    await bed.database.transact(({ people }) => people.saveContacts(menteeId, nothing, NOON + 1));
    expect(await read()).toEqual(nothing);
  });

  test('remembers that texts cannot reach a number, until they can', async () => {
    const problem = () => bed.database.read(({ people }) => people.phoneProblem(hashOf(1)));
    const set = (code: string | null) =>
      bed.database.transact(({ people }) => people.setPhoneProblem(hashOf(1), code, NOON));
    expect(await problem()).toBeNull();
    await set('30006');
    await set('21614');
    expect(await problem()).toBe('21614');
    await set(null);
    expect(await problem()).toBeNull();
  });
});
