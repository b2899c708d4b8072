// What counts against a mentor and what does not: a phone that is somebody else's or dead, prompts that never left, days
// away, a modal that is older than what was said since, another zone. And what staff read in the summary.

import { describe, expect, it } from 'vitest';
import { asMentorId, asMentorPromptId, asPhone, type MenteeId } from '../../src/core/model/ids.ts';
import { type MenteeUpdate, quietUpdate } from '../../src/core/model/weekly-update.ts';
import { addMentor, arm, keepDiary, LA, localWords, NEW_YORK, promptOf } from './weekly-house.ts';
import { createWorld, MAYA, RENEE, type World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MENTOR = 'U1ANA';
/** Sunday 2026-11-01, 17:00 in Los Angeles. */
const PROMPT_AT = Date.parse('2026-11-01T17:00:00-08:00');

async function openHouse(slackUserId: string | null = MENTOR) {
  const world = await createWorld();
  world.clock.at = PROMPT_AT - 2 * DAY;
  const mentees = ['Leo', 'Mia'];
  const mentor = await addMentor(world, { name: 'Ana', timeZone: LA, slackUserId, mentees, consent: true });
  const diary = keepDiary(world);
  const until = (at: number) => world.pass(at - world.clock.at);
  const status = async () => (await promptOf(world, mentor.mentorId)).status;
  const asked = () =>
    diary.flatMap(({ at, to, message }) => {
      if (to !== (slackUserId ?? mentor.phone)) return [];
      if (typeof message === 'string') return [localWords(at, LA)];
      return message.kind === 'weekly_prompt' ? [`${message.stage} ${localWords(at, LA)}`] : [];
    });
  const first = (): MenteeId => {
    const [menteeId] = mentor.menteeIds;
    if (menteeId === undefined) throw new Error('nobody');
    return menteeId;
  };
  return { world, mentor, diary, until, status, asked, first };
}

async function askedHouse() {
  const house = await openHouse();
  await arm(house.world);
  await house.until(PROMPT_AT + HOUR);
  return { ...house, promptId: (await promptOf(house.world, house.mentor.mentorId)).id };
}

const unreachable = (world: World) =>
  world.database.read(async (stores) =>
    (await stores.todos.open(50)).filter(({ kind }) => kind === 'mentor_unreachable').map(({ detail }) => detail),
  );

/** A summary of this week. */
function summaryIn(diary: ReturnType<typeof keepDiary>) {
  for (const { message } of diary) if (typeof message !== 'string' && message.kind === 'weekly_summary') return message;
  throw new Error('no summary');
}

describe('a phone of two people', () => {
  it.each([
    ['a mentee', MAYA],
    ['a counselor', RENEE],
  ])('a mentor whose phone is that of %s too is not texted, and staff are told', async (_, phone) => {
    const { world, until, status } = await openHouse(null);
    await world.database.transact(async (stores) => {
      const phoneHash = world.database.hashPhone(phone);
      await stores.consents.record({
        phoneHash,
        state: 'active',
        via: 'roster',
        basis: 'web_form',
        at: world.clock.at,
      });
    });
    const shared = await addMentorWithPhone(world, phone);
    await arm(world);
    await until(PROMPT_AT + DAY);
    const weekly = world.texts.filter(({ to, body }) => to === phone && body.includes('your week:'));
    expect(weekly).toEqual([]);
    expect((await promptOf(world, shared)).status).toBe('excused');
    expect(await unreachable(world)).toEqual([expect.stringContaining('also that of a mentee or a counselor')]);
    expect(await status()).toBe('open');
  });
});

async function addMentorWithPhone(world: World, phone: string) {
  const { mentorId, menteeIds } = await addMentor(world, {
    name: 'Zoe',
    timeZone: LA,
    slackUserId: 'U1ZOE',
    mentees: ['Kim'],
  });
  return world.database.transact(async (stores) => {
    const known = await stores.people.mentor(mentorId);
    if (known === null) throw new Error('no mentor');
    const row = { ...known, id: asMentorId('zoe2'), phone: asPhone(phone), slackUserId: null };
    const saved = await stores.people.saveMentor(row, world.clock.at);
    const [kim] = menteeIds;
    if (kim !== undefined) await stores.people.saveMatch(kim, saved, '2026-10-30');
    return saved;
  });
}

describe('nobody misses what never reached them', () => {
  it('a dead number is not texted, is no miss, and staff are told', async () => {
    const { world, mentor, until, status, asked } = await openHouse(null);
    const phoneHash = world.database.hashPhone(mentor.phone);
    await world.database.transact((stores) => stores.people.setPhoneProblem(phoneHash, '30003', world.clock.at));
    await arm(world);
    await until(PROMPT_AT + 5 * DAY);
    expect(asked()).toEqual([]);
    expect(await status()).toBe('excused');
    expect(await unreachable(world)).toEqual([expect.stringContaining('texts do not reach their phone')]);
  });

  it('a number that dies with the prompt is no miss', async () => {
    const { world, mentor, until, status } = await openHouse(null);
    await arm(world);
    await until(PROMPT_AT + HOUR);
    const phoneHash = world.database.hashPhone(mentor.phone);
    await world.database.transact((stores) => stores.people.setPhoneProblem(phoneHash, '30003', world.clock.at));
    await until(PROMPT_AT + 5 * DAY);
    expect(await status()).toBe('excused');
    expect(await unreachable(world)).toHaveLength(1);
  });

  it('a prompt that Slack refused is no miss: "was not asked"', async () => {
    const { world, until, status, diary } = await openHouse();
    await arm(world);
    for (let count = 0; count < 20; count += 1)
      world.plan.slack.push({ kind: 'rejected', problem: 'unclassified', code: 'x' });
    await until(PROMPT_AT + 3 * DAY + 6 * HOUR);
    world.plan.slack.length = 0;
    await until(PROMPT_AT + 5 * DAY);
    expect(await status()).toBe('excused');
    expect(summaryIn(diary).excused).toContainEqual({ name: 'Ana M', why: 'was not asked' });
    expect(await unreachable(world)).toContainEqual(expect.stringContaining('did not leave this week'));
  });

  it('and whoever was asked and says nothing has missed it', async () => {
    const { world, until, status } = await openHouse();
    await arm(world);
    await until(PROMPT_AT + 5 * DAY);
    expect(await status()).toBe('missed');
    expect(await unreachable(world)).toEqual([]);
  });
});

describe('away', () => {
  const away = (world: World, from: string, to: string) => world.submit(MENTOR, { kind: 'away', from, until: to });

  it('on Tuesday and Wednesday: neither reminded nor called, and no miss', async () => {
    const { world, until, status, asked } = await askedHouse();
    await away(world, '2026-11-03', '2026-11-04');
    await until(PROMPT_AT + 5 * DAY);
    expect(asked()).toEqual(['prompted Sun 2026-11-01 17:00']);
    expect(await status()).toBe('excused');
  });

  it('on Tuesday alone: not reminded, called on Wednesday', async () => {
    const { world, until, status, asked } = await askedHouse();
    await away(world, '2026-11-03', '2026-11-03');
    await until(PROMPT_AT + 5 * DAY);
    expect(asked()).toEqual(['prompted Sun 2026-11-01 17:00', 'last_called Wed 2026-11-04 12:00']);
    expect(await status()).toBe('missed');
  });
});

function details(
  promptId: Awaited<ReturnType<typeof askedHouse>>['promptId'],
  menteeId: MenteeId,
  update: MenteeUpdate,
) {
  return { kind: 'mentee_update', promptId, menteeId, update, tasksDone: [], tasksStuck: [] } as const;
}

describe('a modal that is older than what was said', () => {
  it('of a week that is over opens no second case by words that were heard', async () => {
    const { world, mentor, promptId, first } = await askedHouse();
    const worry = { topics: [], needsStaffNow: false, note: 'he sleeps in his car' };
    const update = { ...quietUpdate('talked'), worry, needFromStaff: 'a bus pass' };
    await world.submit(MENTOR, details(promptId, first(), update));
    const cases = () => world.database.read((stores) => stores.escalations.unresolved());
    const [known] = await cases();
    if (known === undefined) throw new Error('no case');
    await world.database.transact((stores) =>
      stores.prompts.insert({
        id: asMentorPromptId('next'),
        mentorId: mentor.mentorId,
        weekOn: '2026-11-08',
        summaryOn: '2026-11-12',
        channel: 'slack',
        menteeIds: [...mentor.menteeIds],
        promptedAt: world.clock.at,
        stage: 'prompted',
        status: 'open',
        answeredAt: null,
      }),
    );
    const raised = async () =>
      (await world.database.read((stores) => stores.audit.recent({ limit: 50 }))).filter(
        ({ action }) => action === 'worry_raised',
      ).length;
    const again = await world.submit(MENTOR, details(promptId, first(), update));
    expect(JSON.stringify(again)).toContain('This week is over');
    expect(await raised()).toBe(1);
    const more = { ...update, worry: { ...worry, note: 'he has not eaten' } };
    expect(JSON.stringify(await world.submit(MENTOR, details(promptId, first(), more)))).toContain('alerted');
    expect(await raised()).toBe(2);
  });

  it('takes back nothing that the details said since', async () => {
    const { world, promptId, first } = await askedHouse();
    await world.act(MENTOR, { kind: 'set_reached', promptId, menteeId: first(), reached: 'tried' });
    await world.submit(MENTOR, details(promptId, first(), { ...quietUpdate('talked'), wellbeing: 4 }));
    const rows = [{ menteeId: first(), reached: 'tried' as const }];
    await world.submit(MENTOR, { kind: 'weekly_update', promptId, rows });
    const [saved] = await world.database.read((stores) => stores.prompts.updatesOf(promptId));
    expect(saved?.update).toMatchObject({ reached: 'talked', wellbeing: 4 });
  });

  it('is drawn anew without a mentee who has another mentor by now', async () => {
    const { world, promptId, first } = await askedHouse();
    await world.database.transact(async (stores) => {
      const dani = await stores.people.mentorBySlackUser('U0DANI');
      if (dani === null) throw new Error('no mentor');
      await stores.people.saveMatch(first(), dani.id, '2026-11-01');
    });
    const result = await world.act(MENTOR, { kind: 'set_reached', promptId, menteeId: first(), reached: 'talked' });
    expect(result.word).toContain('another mentor');
    expect(result.modal).toMatchObject({ kind: 'weekly_update', rows: [{ name: 'Mia' }], revision: 1 });
  });
});

describe('another zone', () => {
  it('moves the reminder and the last call of the running week', async () => {
    const { world, mentor, until, asked } = await askedHouse();
    await world.database.transact(async (stores) => {
      const known = await stores.people.mentor(mentor.mentorId);
      if (known === null) throw new Error('no mentor');
      await stores.people.saveMentor({ ...known, timeZone: NEW_YORK }, world.clock.at);
    });
    await arm(world);
    await arm(world);
    await until(PROMPT_AT + 4 * DAY);
    expect(asked()).toEqual([
      'prompted Sun 2026-11-01 17:00',
      'reminded Tue 2026-11-03 14:00',
      'last_called Wed 2026-11-04 09:00',
    ]);
  });
});

describe('what staff read on Thursday', () => {
  it('has no word of a case, and not whose it is', async () => {
    const { world, promptId, mentor, until, diary } = await askedHouse();
    const [leo, mia] = mentor.menteeIds;
    if (leo === undefined || mia === undefined) throw new Error('two');
    const grave = 'she told me she wants to kill herself';
    await world.database.transact(async (stores) => {
      const row = { promptId, mentorId: mentor.mentorId, weekOn: '2026-11-01', at: world.clock.at };
      const update = {
        ...quietUpdate('talked'),
        needFromStaff: grave,
        win: { text: grave, sharing: 'named' },
      } as const;
      await stores.prompts.saveUpdate({ ...row, menteeId: leo, update });
      const calm = { ...quietUpdate('talked'), needFromStaff: 'a bus pass' };
      await stores.prompts.saveUpdate({ ...row, menteeId: mia, update: calm });
    });
    await until(PROMPT_AT + 5 * DAY);
    const { needs, wins } = summaryIn(diary);
    expect(needs).toEqual([
      { mentor: 'Ana M', mentee: 'A student', text: 'is with the counselors' },
      { mentor: 'Ana M', mentee: 'Mia', text: 'a bus pass' },
    ]);
    expect(wins).toEqual([{ mentee: 'A student', text: 'is with the counselors', sharing: 'named' }]);
  });
});
