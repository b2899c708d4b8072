import { beforeEach, expect, test } from 'vitest';
import type { MentorUpdate } from '../../src/app/ports/staff-stores.ts';
import { asMenteeId, asMentorId, asMentorPromptId } from '../../src/core/model/ids.ts';
import { type MenteeUpdate, type MentorPrompt, quietUpdate } from '../../src/core/model/weekly-update.ts';
import { describeOnBoth, type TestBed } from './databases.ts';
import { NOON, sampleMentee, sampleMentor, samplePrompt } from './samples.ts';

const mentorId = asMentorId('mentor-1');
const otherMentor = { mentorId: asMentorId('mentor-2') };

const savePeople = (bed: TestBed) =>
  bed.database.transact(async ({ people }) => {
    for (const n of [1, 2]) {
      await people.saveMentee(sampleMentee(n), NOON);
      await people.saveMentor(sampleMentor(n), NOON);
    }
  });

const insertAll = (bed: TestBed, ...prompts: MentorPrompt[]) =>
  bed.database.transact(async ({ prompts: store }) => {
    for (const prompt of prompts) await store.insert(prompt);
  });

describeOnBoth('weekly prompts', (bed) => {
  beforeEach(() => savePeople(bed));

  test('are one of a mentor and a week, whoever asks, and the first stays as it is', async () => {
    const other = await bed.open();
    const again = { ...samplePrompt(6), menteeIds: [], channel: 'sms' as const };
    const inserted = await Promise.all(
      [bed.database, other].map((database, index) =>
        database.transact(({ prompts }) => prompts.insert({ ...again, id: asMentorPromptId(`p${index}`) })),
      ),
    );
    expect(inserted.filter(Boolean)).toHaveLength(1);
    expect(await bed.database.transact(({ prompts }) => prompts.insert(samplePrompt(6)))).toBe(false);
    const [kept, ...more] = await bed.database.read(({ prompts }) => prompts.of(mentorId, 9));
    expect(kept).toEqual({ ...again, id: kept?.id });
    expect(more).toEqual([]);
  });

  test('are given back as they were, newest week first, excused ones included', async () => {
    const excused = samplePrompt(20, { status: 'excused', stage: 'summed_up', channel: 'sms', menteeIds: [] });
    const elsewhere = samplePrompt(27, otherMentor);
    await insertAll(bed, samplePrompt(13), excused, samplePrompt(6), elsewhere);
    const read = await bed.database.read(async ({ prompts }) => [
      await prompts.byId(asMentorPromptId('prompt-13')),
      await prompts.byId(asMentorPromptId('prompt-99')),
      await prompts.latestOf(mentorId),
      await prompts.latestOf(asMentorId('mentor-9')),
      await prompts.of(mentorId, 2),
    ]);
    expect(read).toEqual([samplePrompt(13), null, excused, null, [excused, samplePrompt(13)]]);
  });

  test('are counted by the summary that they belong to', async () => {
    const same = samplePrompt(7, { ...otherMentor, summaryOn: '2027-06-10' });
    await insertAll(bed, same, samplePrompt(6), samplePrompt(13));
    const ofSummary = (on: string) => bed.database.read(({ prompts }) => prompts.ofSummary(on));
    expect(await ofSummary('2027-06-10')).toEqual([samplePrompt(6), same]);
    expect(await ofSummary('2027-06-11')).toEqual([]);
  });

  test('wait while they are open or partial, until they are summed up', async () => {
    const prompts = (['open', 'partial', 'answered', 'missed', 'excused'] as const).map((status, index) =>
      samplePrompt(index + 1, { status }),
    );
    await insertAll(bed, ...prompts);
    const waiting = async () => (await bed.database.read((stores) => stores.prompts.waiting())).map(({ id }) => id);
    expect(await waiting()).toEqual(['prompt-1', 'prompt-2']);
    await bed.database.transact((stores) => stores.prompts.setStage(asMentorPromptId('prompt-1'), 'summed_up'));
    expect(await waiting()).toEqual(['prompt-2']);
    await bed.database.transact((stores) => stores.prompts.setStatus(asMentorPromptId('prompt-2'), 'answered', NOON));
    expect(await waiting()).toEqual([]);
  });

  test('move on by stage and by status, each by itself', async () => {
    await insertAll(bed, samplePrompt(6), samplePrompt(13));
    const id = asMentorPromptId('prompt-6');
    await bed.database.transact(async ({ prompts }) => {
      await prompts.setStage(id, 'reminded');
      await prompts.setStatus(id, 'answered', NOON + 5);
      await prompts.setStage(id, 'last_called');
    });
    const read = await bed.database.read(({ prompts }) => prompts.of(mentorId, 9));
    const moved = samplePrompt(6, { stage: 'last_called', status: 'answered', answeredAt: NOON + 5 });
    expect(read).toEqual([samplePrompt(13), moved]);
    await bed.database.transact(({ prompts }) => prompts.setStatus(id, 'partial', null));
    expect((await bed.database.read(({ prompts }) => prompts.byId(id)))?.answeredAt).toBeNull();
  });
});

const FULL: MenteeUpdate = {
  reached: 'talked',
  mode: 'in_person',
  length: 'over_60',
  topics: ['money', 'belonging'],
  wellbeing: 2,
  worry: { topics: ['health'], needsStaffNow: true, note: 'Sounded very low.' },
  nextStep: 'Call the aid office',
  nextStepOn: '2027-06-18',
  needFromStaff: 'A bus pass',
  win: { text: 'Signed the lease', sharing: 'named' },
};

describeOnBoth('weekly updates', (bed) => {
  const said = (n: number, at: number, update: MenteeUpdate, week = 6): MentorUpdate => ({
    promptId: asMentorPromptId(`prompt-${week}`),
    menteeId: asMenteeId(`mentee-${n}`),
    mentorId,
    weekOn: samplePrompt(week).weekOn,
    update,
    at,
  });
  const save = (...updates: MentorUpdate[]) =>
    bed.database.transact(async ({ prompts }) => {
      for (const update of updates) await prompts.saveUpdate(update);
    });
  const updatesOf = (week: number) =>
    bed.database.read(({ prompts }) => prompts.updatesOf(asMentorPromptId(`prompt-${week}`)));
  const lastOf = (n: number) => bed.database.read(({ prompts }) => prompts.lastOf(asMenteeId(`mentee-${n}`)));

  beforeEach(async () => {
    await savePeople(bed);
    await insertAll(bed, samplePrompt(6), samplePrompt(13));
  });

  test('come back word for word', async () => {
    await save(said(1, NOON, FULL));
    expect(await updatesOf(6)).toEqual([said(1, NOON, FULL)]);
    expect(await updatesOf(13)).toEqual([]);
  });

  test('count by the newest of each mentee, also of one millisecond, and nothing is lost', async () => {
    await save(said(1, NOON, quietUpdate('tried')), said(2, NOON, quietUpdate('not_tried')), said(1, NOON, FULL));
    expect(await updatesOf(6)).toEqual([said(2, NOON, quietUpdate('not_tried')), said(1, NOON, FULL)]);
    expect(await bed.place.sql('select id from mentor_updates')).toHaveLength(3);
  });

  test('tell the newest of a mentee in any week', async () => {
    await save(said(1, NOON, FULL), said(1, NOON + 9, quietUpdate('tried'), 13), said(2, NOON + 9, FULL));
    expect(await lastOf(1)).toEqual(said(1, NOON + 9, quietUpdate('tried'), 13));
    expect(await lastOf(9)).toBeNull();
  });

  test('are refused when they have a shape that nobody can read', async () => {
    const odd = { ...FULL, wellbeing: 6 } as unknown as MenteeUpdate;
    await expect(save(said(1, NOON, odd))).rejects.toThrow('mentor_updates.sealed_update');
    expect(await updatesOf(6)).toEqual([]);
  });
});

describeOnBoth('when a mentor is asked', (bed) => {
  beforeEach(() => savePeople(bed));
  const slot = () => bed.database.read(({ prompts }) => prompts.slotOf(mentorId));
  const absences = (on: string) => bed.database.read(({ prompts }) => prompts.absencesOf(mentorId, on));
  const setAbsence = (from: string, until: string, on: string) =>
    bed.database.transact(({ prompts }) => prompts.setAbsence(mentorId, { from, until }, on));

  test('is theirs to say, and the last word counts', async () => {
    expect(await slot()).toBeNull();
    await bed.database.transact(async ({ prompts }) => {
      await prompts.setSlot(mentorId, { weekday: 7, minute: 0 });
      await prompts.setSlot(mentorId, { weekday: 1, minute: 1_439 });
      await prompts.setSlot(otherMentor.mentorId, { weekday: 3, minute: 600 });
    });
    expect(await slot()).toEqual({ weekday: 1, minute: 1_439 });
  });

  test('is refused when there is no such day or minute', async () => {
    for (const odd of [
      { weekday: 0, minute: 0 },
      { weekday: 8, minute: 0 },
      { weekday: 1, minute: 1_440 },
    ]) {
      const set = bed.database.transact(({ prompts }) => prompts.setSlot(mentorId, odd));
      await expect(set).rejects.toThrow(/check/i);
    }
  });

  test('is not while they are away: both days included, past ones kept', async () => {
    await setAbsence('2027-06-01', '2027-06-05', '2027-05-30');
    await setAbsence('2027-06-20', '2027-06-25', '2027-06-10');
    expect(await absences('2027-06-01')).toEqual([
      { from: '2027-06-01', until: '2027-06-05' },
      { from: '2027-06-20', until: '2027-06-25' },
    ]);
    expect(await absences('2027-06-06')).toEqual([{ from: '2027-06-20', until: '2027-06-25' }]);
    expect(await absences('2027-06-25')).toHaveLength(1);
    expect(await absences('2027-06-26')).toEqual([]);
  });

  test('is again when they are back, and a new absence takes the place of the one to come', async () => {
    await setAbsence('2027-06-01', '2027-06-30', '2027-05-30');
    await setAbsence('2027-07-01', '2027-07-02', '2027-06-10');
    expect(await absences('2027-06-10')).toEqual([{ from: '2027-07-01', until: '2027-07-02' }]);
    await bed.database.transact(({ prompts }) => prompts.setAbsence(otherMentor.mentorId, null, '2027-06-11'));
    expect(await absences('2027-06-11')).toHaveLength(1);
    await bed.database.transact(({ prompts }) => prompts.setAbsence(mentorId, null, '2027-06-11'));
    expect(await absences('2027-06-11')).toEqual([]);
  });
});
