// The weekly update as mentors give it in Slack: rows and details, how few clicks it takes, who may, what follows from a
// worry, from tasks, from days away and from another slot, and what a house that was down makes up for.

import { describe, expect, it } from 'vitest';
import type { MenteeId, MentorPromptId } from '../../src/core/model/ids.ts';
import { type MenteeUpdate, quietUpdate } from '../../src/core/model/weekly-update.ts';
import { addMentor, arm, type Entry, type KnownMentor, keepDiary, LA, localWords, promptOf } from './weekly-house.ts';
import { createWorld, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MENTOR = 'U1ANA';
/** Sunday 2026-11-01, 17:00 in Los Angeles, the day on which daylight saving time ends. */
const PROMPT_AT = Date.parse('2026-11-01T17:00:00-08:00');

interface House {
  readonly world: World;
  readonly diary: Entry[];
  readonly mentor: KnownMentor;
}

async function openHouse(mentees: readonly string[] = ['Leo', 'Mia', 'Noa']): Promise<House> {
  const world = await createWorld();
  world.clock.at = PROMPT_AT - 2 * DAY;
  const mentor = await addMentor(world, { name: 'Ana', timeZone: LA, slackUserId: MENTOR, mentees });
  await arm(world);
  return { world, diary: keepDiary(world), mentor };
}

async function askedHouse(mentees?: readonly string[]) {
  const house = await openHouse(mentees);
  await until(house, PROMPT_AT + HOUR);
  return { ...house, promptId: (await promptOf(house.world, house.mentor.mentorId)).id };
}

const until = ({ world }: House, at: number) => world.pass(at - world.clock.at);

/** Local day and stage of whatever this mentor was asked. */
const askedWhen = ({ diary }: House, to = MENTOR): string[] =>
  diary.flatMap(({ at, to: whom, message }) =>
    whom === to && typeof message !== 'string' && message.kind === 'weekly_prompt'
      ? [`${message.stage} ${localWords(at, LA)}`]
      : [],
  );

const updatesOf = ({ world }: House, promptId: MentorPromptId) =>
  world.database.read(async (stores) =>
    Object.fromEntries((await stores.prompts.updatesOf(promptId)).map(({ menteeId, update }) => [menteeId, update])),
  );
const auditOf = ({ world }: House) =>
  world.database.read(async (stores) => (await stores.audit.recent({ limit: 200 })).toReversed());
const statusOf = async ({ world, mentor }: House) => (await promptOf(world, mentor.mentorId)).status;
const first = ({ mentor }: House): MenteeId => {
  const [menteeId] = mentor.menteeIds;
  if (menteeId === undefined) throw new Error('nobody');
  return menteeId;
};

function submission(promptId: MentorPromptId, menteeId: MenteeId, update: MenteeUpdate) {
  return { kind: 'mentee_update', promptId, menteeId, update, tasksDone: [], tasksStuck: [] } as const;
}

const summariesOf = ({ diary }: Pick<House, 'diary'>) =>
  diary.filter(({ message }) => typeof message !== 'string' && message.kind === 'weekly_summary');
const alertsOf = ({ diary }: House) =>
  diary.flatMap(({ at, message }) =>
    typeof message !== 'string' && message.kind === 'alert' ? [{ at, ...message }] : [],
  );

describe('the rows', () => {
  it('takes at most five clicks for seven quiet mentees, and is answered then', async () => {
    const house = await askedHouse(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
    const { world, promptId } = house;
    let clicks = 0;
    const modal = await world.openModal(MENTOR, { kind: 'weekly_update', promptId });
    clicks += 1;
    expect(modal.kind === 'weekly_update' && modal.rows).toHaveLength(7);
    const same = await world.act(MENTOR, { kind: 'same_for_all', promptId, reached: 'talked' });
    // Opening the choice and choosing.
    clicks += 2;
    expect(same.word).toBe('Saved for all 7.');
    expect(await world.submit(MENTOR, { kind: 'weekly_update', promptId, rows: [] })).toEqual({ kind: 'close' });
    clicks += 1;
    expect(clicks).toBeLessThanOrEqual(5);
    expect(await statusOf(house)).toBe('answered');
  });

  it('takes at most twenty clicks one by one', async () => {
    const house = await askedHouse(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
    const { world, mentor, promptId } = house;
    let clicks = 1;
    await world.openModal(MENTOR, { kind: 'weekly_update', promptId });
    for (const menteeId of mentor.menteeIds) {
      await world.act(MENTOR, { kind: 'set_reached', promptId, menteeId, reached: 'message_only' });
      clicks += 2;
    }
    await world.submit(MENTOR, { kind: 'weekly_update', promptId, rows: [] });
    clicks += 1;
    expect(clicks).toBeLessThanOrEqual(20);
    expect(await statusOf(house)).toBe('answered');
  });

  it('keeps a choice at once, so that a closed modal loses nothing, and the message says how far it is', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    await world.act(MENTOR, { kind: 'set_reached', promptId, menteeId: first(house), reached: 'tried' });
    expect(await updatesOf(house, promptId)).toEqual({ [first(house)]: quietUpdate('tried') });
    expect(await statusOf(house)).toBe('partial');
    const card = world.posts.filter(({ isUpdate }) => isUpdate).at(-1)?.message;
    expect(card).toMatchObject({ kind: 'weekly_prompt', stage: 'prompted', answered: 1, total: 3, isClosed: false });
  });

  it('"same for all" leaves what is there, says so, and has Slack take the rows anew', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    await world.act(MENTOR, { kind: 'set_reached', promptId, menteeId: first(house), reached: 'tried' });
    const same = await world.act(MENTOR, { kind: 'same_for_all', promptId, reached: 'talked' });
    expect(same.word).toBe('Saved for the 2 rows that had nothing yet; the others stay.');
    expect(same.modal).toMatchObject({ revision: 1 });
    expect(same.modal?.kind === 'weekly_update' && same.modal.rows.map(({ reached }) => reached)).toEqual([
      'tried',
      'talked',
      'talked',
    ]);
    const again = await world.act(MENTOR, { kind: 'same_for_all', promptId, reached: 'not_tried' });
    expect(again.word).toBe('Every row has an answer already: change one by choosing another.');
    expect(again.modal).toMatchObject({ revision: 1 });
  });

  it('appends nothing for a row that is unchanged', async () => {
    const house = await askedHouse();
    const { world, promptId, mentor } = house;
    const rows = mentor.menteeIds.map((menteeId) => ({ menteeId, reached: 'talked' as const }));
    await world.submit(MENTOR, { kind: 'weekly_update', promptId, rows });
    await world.submit(MENTOR, { kind: 'weekly_update', promptId, rows });
    expect((await auditOf(house)).filter(({ action }) => action === 'update_saved')).toHaveLength(3);
  });

  it('is the own mentor’s alone', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    expect(await world.openModal('U0DANI', { kind: 'weekly_update', promptId })).toMatchObject({ kind: 'word' });
    const pressed = await world.act('U0DANI', { kind: 'same_for_all', promptId, reached: 'talked' });
    expect(pressed.word).toContain('belongs to another mentor');
    const menteeId = first(house);
    const saved = await world.submit('U0DANI', submission(promptId, menteeId, quietUpdate('talked')));
    expect(JSON.stringify(saved)).toContain('belongs to another mentor');
    expect(await updatesOf(house, promptId)).toEqual({});
  });

  it('is closed by the next prompt: shown, and not saved any more', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    await world.act(MENTOR, { kind: 'set_reached', promptId, menteeId: first(house), reached: 'tried' });
    await until(house, PROMPT_AT + 7 * DAY + HOUR);
    const closed = world.posts.filter(({ message }) => message.kind === 'weekly_prompt' && message.isClosed);
    expect(closed.every(({ isUpdate }) => isUpdate)).toBe(true);
    expect(closed.length).toBeGreaterThan(0);
    expect(await world.openModal(MENTOR, { kind: 'weekly_update', promptId })).toMatchObject({ isClosed: true });
    const press = await world.act(MENTOR, { kind: 'same_for_all', promptId, reached: 'talked' });
    expect(press.word).toContain('a newer update is waiting');
    expect(Object.keys(await updatesOf(house, promptId))).toHaveLength(1);
  });

  it('can be changed until then, also after Thursday, and keeps what was said before', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    await until(house, PROMPT_AT + 5 * DAY);
    expect(await statusOf(house)).toBe('missed');
    await world.act(MENTOR, { kind: 'same_for_all', promptId, reached: 'talked' });
    expect(await statusOf(house)).toBe('answered');
  });
});

const WHOLE: MenteeUpdate = {
  reached: 'talked',
  mode: 'video',
  length: '30_to_60',
  topics: ['money', 'classes'],
  wellbeing: 3,
  worry: null,
  nextStep: 'look at the bill together',
  nextStepOn: '2026-11-05',
  needFromStaff: 'a fee waiver form',
  win: { text: 'got an A in math', sharing: 'anonymous' },
};

describe('the details of one mentee', () => {
  it('keeps everything and shows it again', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    const answer = await world.submit(MENTOR, submission(promptId, first(house), WHOLE));
    expect(answer).toMatchObject({ kind: 'close_and_redraw', beneath: { kind: 'weekly_update', revision: 1 } });
    const modal = await world.openModal(MENTOR, { kind: 'mentee_update', promptId, menteeId: first(house) });
    expect(modal).toMatchObject({ kind: 'mentee_update', firstName: 'Leo', update: WHOLE, lastMode: 'video' });
    expect(JSON.stringify(await auditOf(house))).not.toMatch(/bill|waiver|math/);
  });

  it('refuses a next step on a day that is over, but not one that was saved before', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    const menteeId = first(house);
    const past = { ...WHOLE, nextStepOn: '2026-10-31' };
    const refused = await world.submit(MENTOR, submission(promptId, menteeId, past));
    expect(refused).toMatchObject({ kind: 'errors', errors: { nextStepOn: expect.any(String) } });
    const soon = { ...WHOLE, nextStepOn: '2026-11-02' };
    await world.submit(MENTOR, submission(promptId, menteeId, soon));
    await until(house, PROMPT_AT + 2 * DAY);
    const later = await world.submit(MENTOR, submission(promptId, menteeId, { ...soon, wellbeing: 4 }));
    expect(later.kind).toBe('close_and_redraw');
  });

  it('a task that is done ends the conversation about it, and the list is closed by having talked', async () => {
    const world = await createWorld();
    await arm(world);
    await world.pass(Date.parse('2027-06-13T18:00:00-07:00') - world.clock.at);
    const dani = await world.database.read((stores) => stores.people.mentorBySlackUser('U0DANI'));
    if (dani === null) throw new Error('no mentor');
    const { id: promptId, menteeIds } = await promptOf(world, dani.id);
    const [menteeId] = menteeIds;
    if (menteeId === undefined) throw new Error('nobody');
    const running = () => world.database.read((stores) => stores.conversations.activeOf(menteeId));
    for (let half = 0; half < 12 && (await running()) === null; half += 1) await world.pass(12 * HOUR);
    const task = (await running())?.task;
    if (task == null) throw new Error('no conversation runs');
    await world.database.transact(async (stores) => {
      const item = { menteeId, mentorId: dani.id, reason: 'Please call.', task: null, at: world.clock.at - HOUR };
      await stores.mentorList.add('call', item);
    });
    const modal = await world.openModal('U0DANI', { kind: 'weekly_update', promptId });
    expect(modal.kind === 'weekly_update' && modal.rows[0]?.hint).toMatch(/^Open: .* · no update yet · on your list$/);
    const details = await world.openModal('U0DANI', { kind: 'mentee_update', promptId, menteeId });
    const keys = details.kind === 'mentee_update' ? details.tasks.map(({ key }) => key) : [];
    expect(keys).toContain(task);
    const stuck = keys.find((key) => key !== task);
    const base = submission(promptId, menteeId, quietUpdate('talked'));
    const tasksStuck = stuck === undefined ? [] : [stuck];
    await world.submit('U0DANI', { ...base, tasksDone: [task, 'no_such_task'], tasksStuck });
    const records = await world.database.read((stores) => stores.tasks.of(menteeId));
    expect(records.find((record) => record.task === task)).toMatchObject({ status: 'done', changedBy: 'mentor' });
    expect(records.find((record) => record.task === stuck)).toMatchObject({ status: 'stuck', changedBy: 'mentor' });
    expect((await running())?.task).not.toBe(task);
    const plan = await world.database.read((stores) => stores.timers.get('plan', menteeId, 'next'));
    expect(plan?.dueAt).toBe(world.clock.at);
    expect(await world.database.read((stores) => stores.mentorList.openOfMentee(menteeId))).toEqual([]);
  });
});

describe('a worry', () => {
  const worry = { topics: ['family', 'health'] as const, needsStaffNow: false, note: 'he sleeps in his car' };

  it('opens a case in the same minute and alerts once, however often it is saved', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    const update = { ...quietUpdate('talked'), worry };
    const answer = await world.submit(MENTOR, submission(promptId, first(house), update));
    expect(JSON.stringify(answer)).toContain('A counselor has been alerted');
    await world.submit(MENTOR, submission(promptId, first(house), { ...update, wellbeing: 2 }));
    expect(alertsOf(house)).toHaveLength(1);
    expect(alertsOf(house)[0]).toMatchObject({ at: world.clock.at, firstName: 'Leo', tier: 'high' });
    expect(alertsOf(house)[0]?.words.slice(0, 2)).toEqual(['Ana M (mentor) is worried: family, health', worry.note]);
    const raised = (await auditOf(house)).filter(({ action }) => action === 'worry_raised');
    expect(raised).toHaveLength(1);
    expect(JSON.stringify(raised)).not.toMatch(/car|family|Leo/);
    expect(JSON.stringify(world.logged)).not.toMatch(/car|family|Leo/);
  });

  it('is heard from App Home too, about a mentee or about somebody who is on no list', async () => {
    const house = await openHouse();
    const { world } = house;
    const modal = await world.openModal(MENTOR, { kind: 'worried' });
    expect(modal.kind === 'worried' && modal.mentees.map(({ name }) => name)).toEqual(['Leo S', 'Mia S', 'Noa S']);
    const now = { ...worry, needsStaffNow: true };
    await world.submit(MENTOR, { kind: 'worried', menteeId: first(house), worry: now });
    await world.submit(MENTOR, { kind: 'worried', menteeId: null, worry });
    expect(alertsOf(house).map(({ firstName, tier }) => [firstName, tier])).toEqual([
      ['Leo', 'crisis'],
      [expect.stringContaining('Ana'), 'high'],
    ]);
    const open = await world.database.read((stores) => stores.escalations.unresolved());
    expect(open.map(({ contact }) => contact?.kind).toSorted()).toEqual(['phone', 'slack']);
  });

  it('tells somebody who is no mentor that nobody was alerted', async () => {
    const { world } = await openHouse();
    expect(await world.openModal('U9NOBODY', { kind: 'worried' })).toMatchObject({ kind: 'word' });
    const answer = await world.submit('U9NOBODY', { kind: 'worried', menteeId: null, worry });
    expect(JSON.stringify(answer)).toContain('nobody was alerted');
  });

  it('is found in every text of the update: a mentee in danger has a case without a worry', async () => {
    for (const update of [
      { ...quietUpdate('talked'), nextStep: 'she told me she wants to kill herself' },
      { ...quietUpdate('talked'), needFromStaff: 'she told me she wants to kill herself' },
      { ...quietUpdate('talked'), win: { text: 'she told me she wants to kill herself', sharing: 'private' } },
    ] as const) {
      const house = await askedHouse();
      await house.world.submit(MENTOR, submission(house.promptId, first(house), update));
      expect(alertsOf(house)).toMatchObject([{ firstName: 'Leo', tier: 'crisis' }]);
      expect(JSON.stringify(house.world.logged)).not.toContain('kill');
    }
  });

  it('about themselves opens the mentor’s own case too, and they get the locked reply', async () => {
    const house = await askedHouse();
    const { world, promptId, diary } = house;
    const update = { ...quietUpdate('talked'), nextStep: 'i want to kill myself' };
    const answer = await world.submit(MENTOR, submission(promptId, first(house), update));
    expect(JSON.stringify(answer)).toContain('please read the message');
    const open = await world.database.read((stores) => stores.escalations.unresolved());
    expect(open.map(({ contact }) => contact?.kind).toSorted()).toEqual(['phone', 'slack']);
    const replies = diary.filter(({ to, message }) => to === MENTOR && JSON.stringify(message).includes('988'));
    expect(replies).toHaveLength(1);
  });

  it('is heard also when the update is closed', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    await until(house, PROMPT_AT + 7 * DAY + HOUR);
    const update = { ...quietUpdate('talked'), worry };
    const answer = await world.submit(MENTOR, submission(promptId, first(house), update));
    expect(JSON.stringify(answer)).toMatch(/This week is over.*A counselor has been alerted/);
    expect(alertsOf(house)).toHaveLength(1);
  });
});

describe('what a mentor wrote, in the thread of its case', () => {
  const long = (start: string) => `${start} ${'and it went on like that all week '.repeat(60)}`.trim();
  const wholes = ({ diary }: House) =>
    diary.flatMap(({ to, message }) =>
      typeof message !== 'string' && message.kind === 'mentor_words' ? [{ to, ...message }] : [],
    );

  it('a worry stands whole, with mentor and topics', async () => {
    const house = await askedHouse();
    const note = long('he sleeps in his car');
    const worry = { topics: ['family', 'health'], needsStaffNow: true, note } as const;
    await house.world.submit(MENTOR, { kind: 'worried', menteeId: first(house), worry });
    const title = 'Ana M (mentor) is worried: family, health, and says that somebody is needed now';
    expect(wholes(house)).toMatchObject([{ to: 'counselors', title, text: note }]);
    expect(house.world.posts.findLast(({ message }) => message.kind === 'mentor_words')?.threadTs).not.toBeNull();
  });

  it('so do the worry of an update and each of its texts that speaks of danger, and no other one', async () => {
    const house = await askedHouse();
    const worry = { topics: [], needsStaffNow: false, note: long('she stopped eating') };
    const needFromStaff = long('she told me she wants to kill herself');
    const update = { ...quietUpdate('talked'), worry, needFromStaff, nextStep: 'coffee on Friday' };
    await house.world.submit(MENTOR, submission(house.promptId, first(house), update));
    expect(wholes(house).map(({ title, text }) => [title, text])).toEqual([
      ['Ana M (mentor) is worried', worry.note],
      ['Ana M (mentor) wrote', needFromStaff],
    ]);
  });

  it("so do a mentor's words about themselves, in their own case too", async () => {
    const house = await askedHouse();
    const needFromStaff = long('i want to kill myself');
    const update = { ...quietUpdate('talked'), needFromStaff };
    await house.world.submit(MENTOR, submission(house.promptId, first(house), update));
    expect(wholes(house).map(({ text }) => text)).toEqual([needFromStaff, needFromStaff]);
    expect(new Set(wholes(house).map(({ caseCode }) => caseCode)).size).toBe(2);
  });
});

describe('an update that is saved again as its form was filled in', () => {
  const worry = {
    topics: ['health', 'family'],
    needsStaffNow: false,
    note: ' he sleeps in his car\n since May',
  } as const;
  const update = { ...quietUpdate('talked'), worry, needFromStaff: 'she told me she wants to kill herself\n' } as const;
  const asRead = {
    ...update,
    worry: { topics: ['family', 'health'], needsStaffNow: false, note: 'he sleeps in his car since May' },
    needFromStaff: 'she told me she wants to kill herself',
  } as const;

  it('feeds no case a second time, and opens none once that is over', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    await world.submit(MENTOR, submission(promptId, first(house), update));
    const [running] = await world.database.read((stores) => stores.escalations.unresolved());
    if (running === undefined) throw new Error('no case');
    const before = house.diary.length;
    world.clock.at += HOUR;
    await world.submit(MENTOR, submission(promptId, first(house), asRead));
    expect(await world.database.read((stores) => stores.escalations.byId(running.id))).toEqual(running);
    expect(house.diary).toHaveLength(before);
    const end = { escalationId: running.id, outcome: 'safe', resumeAfterHours: 0, note: '' } as const;
    expect(await world.resolve('U0RENEE', end)).toEqual({ kind: 'close' });
    await world.submit(MENTOR, submission(promptId, first(house), asRead));
    expect(await world.database.read((stores) => stores.escalations.unresolved())).toEqual([]);
  });

  it('is not heard twice either when the week is over meanwhile', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    await world.submit(MENTOR, submission(promptId, first(house), { ...quietUpdate('talked'), worry }));
    const [running] = await world.database.read((stores) => stores.escalations.unresolved());
    if (running === undefined) throw new Error('no case');
    await world.resolve('U0RENEE', { escalationId: running.id, outcome: 'safe', resumeAfterHours: 0, note: '' });
    await until(house, PROMPT_AT + 7 * DAY + HOUR);
    const alerts = alertsOf(house).length;
    const late = await world.submit(
      MENTOR,
      submission(promptId, first(house), { ...quietUpdate('talked'), worry: asRead.worry }),
    );
    expect(JSON.stringify(late)).not.toContain('alerted');
    expect(alertsOf(house)).toHaveLength(alerts);
  });
});

describe('a house that was down', () => {
  const down = async (from: number, to: number) => {
    const house = await openHouse();
    await until(house, from);
    house.world.clock.at = to;
    await house.world.pass(0);
    return house;
  };

  it('asks once on Monday for Sunday, and reminds on Tuesday as ever', async () => {
    const house = await down(PROMPT_AT - HOUR, PROMPT_AT + 18 * HOUR);
    await until(house, PROMPT_AT + 2 * DAY);
    expect(askedWhen(house)).toEqual(['prompted Mon 2026-11-02 11:00', 'reminded Tue 2026-11-03 17:00']);
  });

  it('sends no prompt whose Thursday has passed', async () => {
    const house = await down(PROMPT_AT - HOUR, PROMPT_AT + 4 * DAY);
    expect(askedWhen(house)).toEqual([]);
    await until(house, PROMPT_AT + 7 * DAY);
    expect(askedWhen(house)).toEqual(['prompted Sun 2026-11-08 17:00']);
  });

  it('calls last without the reminder that it missed', async () => {
    const house = await down(PROMPT_AT + HOUR, Date.parse('2026-11-04T14:00:00-08:00'));
    expect(askedWhen(house)).toEqual(['prompted Sun 2026-11-01 17:00', 'last_called Wed 2026-11-04 14:00']);
  });

  it('sums up later on Thursday', async () => {
    const house = await down(PROMPT_AT + HOUR, Date.parse('2026-11-05T15:00:00-08:00'));
    expect(summariesOf(house).map(({ at }) => localWords(at, LA))).toEqual(['Thu 2026-11-05 15:00']);
    await until(house, PROMPT_AT + 6 * DAY);
    expect(summariesOf(house)).toHaveLength(1);
  });

  it('marks a week that nobody summed up as missed, without a post a week too late', async () => {
    const house = await down(PROMPT_AT + HOUR, Date.parse('2026-11-13T12:00:00-08:00'));
    expect(summariesOf(house)).toEqual([]);
    expect(await statusOf(house)).toBe('missed');
  });
});

describe('who is not asked', () => {
  it('a mentor without a match', async () => {
    const house = await openHouse([]);
    await until(house, PROMPT_AT + HOUR);
    expect(askedWhen(house)).toEqual([]);
  });

  it('a mentor who was deactivated in Slack, and they are no miss', async () => {
    const house = await openHouse();
    await house.world.noteSlackPerson({ slackUserId: MENTOR, standing: 'deactivated' });
    await until(house, PROMPT_AT + HOUR);
    expect(askedWhen(house)).toEqual([]);
    expect(await statusOf(house)).toBe('excused');
  });

  it('a mentor who was deactivated after the prompt is not reminded', async () => {
    const house = await askedHouse();
    await house.world.noteSlackPerson({ slackUserId: MENTOR, standing: 'deactivated' });
    await until(house, PROMPT_AT + 5 * DAY);
    expect(askedWhen(house)).toEqual(['prompted Sun 2026-11-01 17:00']);
    expect(await statusOf(house)).toBe('excused');
  });

  it('anybody in an exam week', async () => {
    const world = await createWorld((files) => {
      (files['program.yaml'] as Record<string, unknown>)['exam_weeks'] = [
        { from: '2026-11-01', until: '2026-11-06', why: 'finals' },
      ];
    });
    world.clock.at = PROMPT_AT - 2 * DAY;
    const mentor = await addMentor(world, { name: 'Ana', timeZone: LA, slackUserId: MENTOR, mentees: ['Leo'] });
    await arm(world);
    const house = { world, mentor, diary: keepDiary(world) };
    await until(house, PROMPT_AT + 5 * DAY);
    expect(askedWhen(house)).toEqual([]);
    const [summary] = summariesOf(house);
    expect(summary?.message).toMatchObject({
      asked: 0,
      excused: expect.arrayContaining([{ name: 'Ana M', why: 'finals' }]),
    });
  });
});

describe('the summary', () => {
  it('tells needs and wins as they may be told, and only counts the private ones', async () => {
    const house = await askedHouse();
    const { world, promptId, mentor, diary } = house;
    const [leo, mia, noa] = mentor.menteeIds;
    if (leo === undefined || mia === undefined || noa === undefined) throw new Error('three');
    const win = (text: string, sharing: 'private' | 'anonymous' | 'named') => ({ text, sharing });
    await world.submit(MENTOR, submission(promptId, leo, WHOLE));
    await world.submit(MENTOR, submission(promptId, mia, { ...quietUpdate('talked'), win: win('moved in', 'named') }));
    await world.submit(MENTOR, submission(promptId, noa, { ...quietUpdate('tried'), win: win('a secret', 'private') }));
    await until(house, PROMPT_AT + 5 * DAY);
    const [summary] = summariesOf({ diary });
    expect(summary).toMatchObject({ to: 'staff' });
    expect(summary?.message).toMatchObject({
      answered: 1,
      needs: [{ mentor: 'Ana M', mentee: 'Leo', text: 'a fee waiver form' }],
      wins: [
        { mentee: 'A student', text: 'got an A in math', sharing: 'anonymous' },
        { mentee: 'Mia', text: 'moved in', sharing: 'named' },
      ],
      winsKeptPrivate: 1,
    });
    expect(JSON.stringify(summary)).not.toContain('secret');
  });

  it('tells a need that came after Thursday a week later, and what was told is not told again', async () => {
    const house = await askedHouse();
    const { world, promptId } = house;
    const menteeId = first(house);
    await world.submit(MENTOR, submission(promptId, menteeId, { ...quietUpdate('tried'), needFromStaff: 'early' }));
    await until(house, PROMPT_AT + 5 * DAY);
    const [, other] = house.mentor.menteeIds;
    if (other === undefined) throw new Error('two');
    await world.submit(MENTOR, submission(promptId, other, { ...quietUpdate('tried'), needFromStaff: 'late' }));
    await until(house, PROMPT_AT + 12 * DAY);
    const needs = summariesOf(house).map(({ message }) =>
      typeof message !== 'string' && message.kind === 'weekly_summary' ? message.needs.map(({ text }) => text) : [],
    );
    expect(needs).toEqual([['early'], ['late']]);
  });

  it('is not posted in a week in which nobody was asked', async () => {
    const world = await createWorld();
    // A Monday: the first prompts are six days away, the first Thursday three.
    world.clock.at = PROMPT_AT + 17 * HOUR;
    const diary = keepDiary(world);
    await arm(world);
    await world.pass(4 * DAY);
    expect(summariesOf({ diary })).toEqual([]);
    await world.pass(7 * DAY);
    expect(summariesOf({ diary })).toHaveLength(1);
  });
});

describe('away', () => {
  it('says what is wrong with the days, by field', async () => {
    const { world } = await openHouse();
    const save = (from: string, to: string) => world.submit(MENTOR, { kind: 'away', from, until: to });
    // A wrong year.
    expect(await save('2026-11-01', '2027-11-08')).toMatchObject({
      kind: 'errors',
      errors: { until: expect.any(String) },
    });
    expect(await save('2026-10-29', '2026-11-03')).toMatchObject({ errors: { from: expect.any(String) } });
    expect(await save('2026-11-05', '2026-11-03')).toMatchObject({ errors: { until: expect.any(String) } });
    expect(await save('2026-10-20', '2026-10-21')).toMatchObject({
      errors: { from: expect.any(String), until: expect.any(String) },
    });
    expect(await world.openModal(MENTOR, { kind: 'away' })).toEqual({ kind: 'away', from: null, until: null });
    expect(await save('2026-10-30', '2026-11-03')).toEqual({ kind: 'close' });
    expect(await world.openModal(MENTOR, { kind: 'away' })).toEqual({
      kind: 'away',
      from: '2026-10-30',
      until: '2026-11-03',
    });
  });

  it('excuses a prompt that is open already, and reminds of nothing; back the same day, it is open again', async () => {
    const house = await askedHouse();
    const { world } = house;
    await world.submit(MENTOR, { kind: 'away', from: '2026-11-01', until: '2026-11-08' });
    expect(await statusOf(house)).toBe('excused');
    const back = await world.act(MENTOR, { kind: 'back' });
    expect(back).toMatchObject({ homeChanged: true });
    expect(await statusOf(house)).toBe('open');
    await world.submit(MENTOR, { kind: 'away', from: '2026-11-01', until: '2026-11-08' });
    await until(house, PROMPT_AT + 6 * DAY);
    expect(askedWhen(house)).toEqual(['prompted Sun 2026-11-01 17:00']);
    const actions = (await auditOf(house)).map(({ action }) => action);
    expect(actions).toEqual(['away_set', 'away_ended', 'away_set']);
  });
});

describe('another slot', () => {
  const slot = (weekday: number, hour: number) => ({ kind: 'slot', slot: { weekday, minute: hour * 60 } }) as const;

  it('is a day from Friday to Monday', async () => {
    const { world } = await openHouse();
    expect(await world.submit(MENTOR, slot(3, 9))).toMatchObject({
      kind: 'errors',
      errors: { weekday: expect.any(String) },
    });
    expect(await world.submit(MENTOR, slot(1, 9))).toEqual({ kind: 'close' });
    expect(await world.openModal(MENTOR, { kind: 'slot' })).toEqual({
      kind: 'slot',
      slot: { weekday: 1, minute: 540 },
      timeZone: LA,
    });
  });

  it('moves this week’s prompt when it is still to come', async () => {
    const house = await openHouse();
    await house.world.submit(MENTOR, slot(1, 9));
    await until(house, PROMPT_AT + DAY);
    expect(askedWhen(house)).toEqual(['prompted Mon 2026-11-02 09:00']);
  });

  it('never asks twice in one week', async () => {
    const house = await askedHouse();
    await house.world.submit(MENTOR, slot(1, 9));
    await house.world.act(MENTOR, { kind: 'same_for_all', promptId: house.promptId, reached: 'talked' });
    await until(house, PROMPT_AT + 8 * DAY);
    expect(askedWhen(house)).toEqual(['prompted Sun 2026-11-01 17:00', 'prompted Mon 2026-11-09 09:00']);
  });

  it('moved to a day of this week that is over, leaves this week’s prompt where it was', async () => {
    const house = await openHouse();
    await until(house, PROMPT_AT - 6 * HOUR);
    await house.world.submit(MENTOR, slot(5, 9));
    await arm(house.world);
    await until(house, PROMPT_AT + HOUR);
    expect(askedWhen(house)).toEqual(['prompted Sun 2026-11-01 17:00']);
    await house.world.act(MENTOR, {
      kind: 'same_for_all',
      promptId: (await promptOf(house.world, house.mentor.mentorId)).id,
      reached: 'talked',
    });
    await until(house, PROMPT_AT + 7 * DAY);
    expect(askedWhen(house).slice(1)).toEqual(['prompted Fri 2026-11-06 09:00']);
  });
});
