// App Home as a value: each part for whom it is, and no word of a case where none may stand.

import { describe, expect, it } from 'vitest';
import { asInboundId, asMentorPromptId, asPhone, type MenteeId, type MentorId } from '../../src/core/model/ids.ts';
import { type MentorPrompt, quietUpdate } from '../../src/core/model/weekly-update.ts';
import { type Cells, importRows, SAM } from './import-rows.ts';
import { createWorld, inbound, LUIS, MAYA, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function dani(world: World): Promise<{ readonly id: MentorId; readonly mentees: readonly MenteeId[] }> {
  return world.database.read(async (stores) => {
    const mentor = await stores.people.mentorBySlackUser('U0DANI');
    if (mentor === null) throw new Error('no mentor');
    return { id: mentor.id, mentees: (await stores.people.menteesOf(mentor.id)).map(({ id }) => id) };
  });
}

/** Asks Dani for an update; `weeksAgo` 0 is this week's. */
async function prompt(world: World, weeksAgo: number, change: Partial<MentorPrompt> = {}): Promise<MentorPrompt> {
  const { id: mentorId, mentees: menteeIds } = await dani(world);
  const on = (at: number) => new Date(at - weeksAgo * 7 * DAY).toISOString().slice(0, 10);
  const row: MentorPrompt = {
    id: asMentorPromptId(`prompt${weeksAgo}`),
    mentorId,
    weekOn: on(world.clock.at - DAY),
    summaryOn: on(world.clock.at + 3 * DAY),
    channel: 'slack',
    menteeIds,
    promptedAt: world.clock.at - weeksAgo * 7 * DAY - DAY,
    stage: weeksAgo === 0 ? 'prompted' : 'summed_up',
    status: weeksAgo === 0 ? 'open' : 'missed',
    answeredAt: null,
    ...change,
  };
  await world.database.transact((stores) => stores.prompts.insert(row));
  return row;
}

/** A text that nobody's rule matched. */
async function unread(world: World, from: string, body: string): Promise<void> {
  await world.text(from, body);
  await world.database.transact(async (stores) => {
    const [text] = await stores.inbox.recent(world.database.hashPhone(from), 0, 1);
    if (text === undefined) throw new Error('no text');
    await stores.inbox.markUnread(text.id);
  });
}

describe("a mentor's Home", () => {
  it('has a card for each mentee: open tasks by deadline, last text, last update', async () => {
    const world = await createWorld();
    await world.text(MAYA, 'thank you');
    const { weekOn, id: promptId, mentorId } = await prompt(world, 0);
    const [maya] = (await dani(world)).mentees;
    if (maya === undefined) throw new Error('no mentee');
    await world.database.transact(async (stores) => {
      const update = quietUpdate('talked');
      await stores.prompts.saveUpdate({ promptId, menteeId: maya, mentorId, weekOn, update, at: world.clock.at });
      const task = { menteeId: maya, source: 'mentor', againOn: null, at: world.clock.at } as const;
      await stores.tasks.change({ ...task, task: 'final_transcript', status: 'stuck' });
    });
    const home = await world.showHome('U0DANI');
    expect(home).toMatchObject({ counselor: null, staff: null, timeZone: 'America/Los_Angeles' });
    expect(home.mentor).toMatchObject({
      firstName: 'Dani',
      update: { promptId, weekOn, answered: 1, total: 2 },
      away: null,
      slot: { weekday: 7, minute: 1_020 },
    });
    expect(home.mentor?.mentees.map(({ name }) => name)).toEqual(['Maya Robinson', 'Luis Hernandez']);
    expect(home.mentor?.mentees[0]).toMatchObject({
      college: 'Cal State LA',
      openTasks: [
        'Housing form, by Tuesday, June 15',
        'Final transcript, by Thursday, July 1 (stuck)',
        'FAFSA corrections, by Thursday, July 15',
      ],
      callToday: ['Wrote something that the bot cannot answer.'],
      lastTextAt: world.clock.at,
      lastUpdate: { on: weekOn, reached: 'talked' },
      note: null,
    });
  });

  it('says that a deadline is past by the local day of the mentee, and leaves out what is done', async () => {
    const world = await createWorld();
    const [maya] = (await dani(world)).mentees;
    if (maya === undefined) throw new Error('no mentee');
    await world.database.transact(async (stores) => {
      const task = { menteeId: maya, source: 'mentee', againOn: null, at: world.clock.at } as const;
      await stores.tasks.change({ ...task, task: 'final_transcript', status: 'done' });
      await stores.tasks.change({ ...task, task: 'fafsa_corrections', status: 'not_applicable' });
    });
    world.clock.at = Date.parse('2027-06-15T23:30:00-07:00');
    expect((await world.showHome('U0DANI')).mentor?.mentees[0]?.openTasks).toEqual([
      'Housing form, by Tuesday, June 15',
    ]);
    world.clock.at += HOUR;
    expect((await world.showHome('U0DANI')).mentor?.mentees[0]?.openTasks).toEqual([
      'Housing form, was due Tuesday, June 15',
    ]);
  });

  it('says who stands on the list, and who cannot be texted', async () => {
    const world = await createWorld();
    await world.text(MAYA, 'STOP');
    await world.database.transact((stores) =>
      stores.people.setPhoneProblem(world.database.hashPhone(LUIS), '30006', world.clock.at),
    );
    const home = await world.showHome('U0DANI');
    const [maya, luis] = home.mentor?.mentees ?? [];
    expect(maya?.callToday).toHaveLength(1);
    expect(maya?.callToday[0]).toContain('Has stopped all texts');
    expect(maya?.note).toContain('Has stopped all texts');
    expect(luis?.note).toContain('do not reach this number');
  });

  it('has not a word of a case, nor of the pause after one', async () => {
    const world = await createWorld();
    const before = await world.showHome('U0DANI');
    await world.text(MAYA, CRISIS);
    await world.database.transact((stores) =>
      stores.pauses.set({
        phoneHash: world.database.hashPhone(MAYA),
        until: world.clock.at + 3 * DAY,
        reason: 'after_case',
        setBy: 'x',
        setAt: world.clock.at,
      }),
    );
    const withoutTime = (home: typeof before) => home.mentor?.mentees.map(({ lastTextAt: _, ...card }) => card);
    expect(withoutTime(await world.showHome('U0DANI'))).toEqual(withoutTime(before));
  });

  it('asks for no update in an excused week, and shows an absence', async () => {
    const world = await createWorld();
    await prompt(world, 0, { status: 'excused' });
    const { id } = await dani(world);
    await world.database.transact((stores) =>
      stores.prompts.setAbsence(id, { from: '2027-06-05', until: '2027-06-20' }, '2027-06-07'),
    );
    expect((await world.showHome('U0DANI')).mentor).toMatchObject({
      update: null,
      away: { from: '2027-06-05', until: '2027-06-20' },
    });
  });

  it('holds sixty mentees', async () => {
    const world = await createWorld();
    const many = Array.from(
      { length: 58 },
      (_, index): Cells => ({
        role: 'mentee',
        first_name: `Mentee${index}`,
        phone: `(3${String(10 + Math.floor(index / 10))}) 555-01${String(index + 10)}`,
        language: 'en',
        time_zone: 'America/Los_Angeles',
        college: 'UCLA',
        mentor: 'U0DANI',
        consent_basis: 'web_form',
        consent_on: '2027-05-01',
      }),
    );
    expect(await importRows(world, ...many)).toMatchObject({ ok: true });
    expect((await world.showHome('U0DANI')).mentor?.mentees).toHaveLength(60);
  });
});

describe("a counselor's Home", () => {
  it('has the crises first and then the oldest, with how each stands', async () => {
    const world = await createWorld();
    await world.text(LUIS, 'me quiero morir');
    world.clock.at += 60_000;
    await world.text(MAYA, CRISIS);
    const cases = (await world.showHome('U0RENEE')).counselor?.cases ?? [];
    expect(cases.map(({ firstName }) => firstName).toSorted()).toEqual(['Luis', 'Maya']);
    const order = cases.map(({ tier, openedAt }) => [tier === 'crisis' ? 0 : 1, openedAt] as const);
    expect(order).toEqual(order.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
    expect(cases[0]).toMatchObject({ standing: 'open, nobody has acknowledged' });
    const first = cases[0];
    if (first === undefined) throw new Error('no case');
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId: first.escalationId });
    expect((await world.showHome('U0RENEE')).counselor?.cases[0]).toMatchObject({
      standing: 'with Renee Okafor since 10:01 am',
    });
  });

  it('says who is on call now and next', async () => {
    const world = await createWorld();
    expect((await world.showHome('U0TOMAS')).counselor).toMatchObject({
      cases: [],
      onCallNow: 'Renee Okafor',
      onCallNext: ['Tomas Aguilar'],
      override: null,
    });
  });
});

describe("the staff's Home", () => {
  it('is for staff, and for counselors while the roster has no staff who is still here', async () => {
    const world = await createWorld();
    expect((await world.showHome('U0RENEE')).staff).not.toBeNull();
    expect((await world.showHome('U0DANI')).staff).toBeNull();
    await importRows(world, SAM);
    expect((await world.showHome('U0RENEE')).staff).toBeNull();
    expect(await world.showHome('U0SAM')).toMatchObject({ mentor: null, counselor: null, staff: { unreadTotal: 0 } });
    await world.noteSlackPerson({ slackUserId: 'U0SAM', standing: 'deactivated' });
    expect((await world.showHome('U0RENEE')).staff).not.toBeNull();
  });

  it('is nothing for somebody who is not on the roster', async () => {
    const world = await createWorld();
    expect(await world.showHome('U0NOBODY')).toMatchObject({ mentor: null, counselor: null, staff: null });
  });

  it('gives several parts to a person of several roles', async () => {
    const world = await createWorld();
    await importRows(world, { ...SAM, slack_user_id: 'U0DANI' });
    const home = await world.showHome('U0DANI');
    expect([home.mentor, home.staff].every((part) => part !== null)).toBe(true);
  });

  it('names who has not answered this week, with the misses before', async () => {
    const world = await createWorld();
    await prompt(world, 2);
    await prompt(world, 1);
    const { id: promptId } = await prompt(world, 0);
    const shown = async () => (await world.showHome('U0RENEE')).staff?.unanswered;
    expect(await shown()).toEqual([{ name: 'Dani Lopez', answered: 0, total: 2, missesInARow: 2 }]);
    await world.database.transact((stores) => stores.prompts.setStatus(promptId, 'answered', world.clock.at));
    expect(await shown()).toEqual([]);
  });

  it('says what did not leave, to whom and why, and keeps the person of a case to itself', async () => {
    const world = await createWorld();
    world.plan.always.set(MAYA, { kind: 'rejected', problem: 'filtered', code: '30007' });
    await world.text(MAYA, 'HELP');
    await world.text(MAYA, CRISIS);
    const staff = (await world.showHome('U0RENEE')).staff;
    expect(staff?.failedTotal).toBe(2);
    expect(staff?.failedSends.map(({ to, what, why }) => ({ to, what, why })).toReversed()).toEqual([
      { to: 'Maya', what: 'the answer to STOP, START or HELP', why: 'was refused (30007)' },
      { to: 'a mentee', what: 'a text that the counselors look after', why: 'was refused (30007)' },
    ]);
    world.clock.at += 8 * DAY;
    expect((await world.showHome('U0RENEE')).staff).toMatchObject({ failedSends: [], failedTotal: 0 });
  });

  it('shows texts that nobody has read, the oldest first, and those whose flow failed, but none in distress', async () => {
    const world = await createWorld();
    await unread(world, LUIS, 'da li ima nesto novo');
    world.clock.at += 1_000;
    await unread(world, '+12135550199', '');
    await world.text(MAYA, CRISIS);
    await world.database.transact(async (stores) => {
      for (const phone of [LUIS, MAYA]) {
        const [text] = await stores.inbox.recent(world.database.hashPhone(asPhone(phone)), 0, 1);
        if (text !== undefined) await stores.inbox.markUnprocessed(text.id, 'Error');
      }
    });
    const staff = (await world.showHome('U0RENEE')).staff;
    expect(staff?.unread).toMatchObject([
      { from: 'Luis', text: 'da li ima nesto novo' },
      { from: 'A number that is not on the roster', text: '(no words)' },
    ]);
    expect(staff?.unreadTotal).toBe(2);
    expect(staff?.unprocessed).toMatchObject([{ from: 'Luis', text: 'da li ima nesto novo' }]);
  });

  it('shows a text that nothing has answered behind twenty in distress', async () => {
    const world = await createWorld();
    await world.database.transact(async (stores) => {
      for (let index = 0; index <= 25; index += 1) {
        const message = inbound(index === 25 ? LUIS : MAYA, `text ${index}`, `SMX${index}`);
        const phoneHash = world.database.hashPhone(index === 25 ? LUIS : MAYA);
        const id = asInboundId(`inx${index}`);
        await stores.inbox.insert(message, { id, phoneHash, receivedAt: world.clock.at + index });
        if (index !== 25) await stores.inbox.setScreening(id, 'crisis', ['x']);
        await stores.inbox.markUnprocessed(id, 'Error');
      }
    });
    expect((await world.showHome('U0RENEE')).staff?.unprocessed).toMatchObject([{ from: 'Luis', text: 'text 25' }]);
  });

  it('shows twenty unread texts and counts the others', async () => {
    const world = await createWorld();
    for (let index = 0; index < 23; index += 1) {
      world.clock.at += 60_000;
      await unread(world, LUIS, `sta ima ${index}`);
    }
    const staff = (await world.showHome('U0RENEE')).staff;
    expect(staff?.unread).toHaveLength(20);
    expect(staff?.unread[0]?.text).toBe('sta ima 0');
    expect(staff?.unreadTotal).toBe(23);
  });
});
