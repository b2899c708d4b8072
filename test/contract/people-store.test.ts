import { expect, test } from 'vitest';
import { asCounselorId, asMenteeId, asMentorId } from '../../src/core/model/ids.ts';
import type { Counselor } from '../../src/core/model/people.ts';
import { describeOnBoth } from './databases.ts';
import { hashOf, NOON, phoneOf, sampleMentee, sampleMentor } from './samples.ts';

const counselor = (n: number, onCallOrder: number | null): Counselor => ({
  id: asCounselorId(`counselor-${n}`),
  firstName: 'Ruth',
  lastName: 'Okafor',
  phone: phoneOf(70 + n),
  slackUserId: `U0COUNSEL${n}`,
  timeZone: 'America/Chicago',
  onCallOrder,
});

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
