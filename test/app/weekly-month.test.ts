// A month of weekly updates on the fake clock, across the end of daylight saving time: ten mentors in four zones, two
// who never answer, one away, one worried, one by SMS. The right messages at the right local hours, and none twice.

import { describe, expect, it } from 'vitest';
import { quietUpdate } from '../../src/core/model/weekly-update.ts';
import {
  addMentor,
  arm,
  type Entry,
  HONOLULU,
  type KnownMentor,
  keepDiary,
  LA,
  localWords,
  NEW_YORK,
  PHOENIX,
  passUntil,
  processOf,
  promptOf,
  type Tick,
} from './weekly-house.ts';
import { createWorld, type World } from './world.ts';

const HOUR = 3_600_000;
const SUNDAYS = ['2026-10-25', '2026-11-01', '2026-11-08', '2026-11-15'] as const;
const START = Date.parse('2026-10-19T10:00:00-07:00');
const END = Date.parse('2026-11-20T10:00:00-08:00');

/** What each is sent in each of the four weeks: Prompt, Reminder, Last call; a dash is nothing. */
const MENTORS = [
  { name: 'Ana', timeZone: LA, slackUserId: 'U1ANA', weeks: ['P', 'P', 'P', 'P'] },
  { name: 'Ben', timeZone: LA, slackUserId: 'U1BEN', weeks: ['PRL', 'PRL', 'PRL', 'PRL'] },
  { name: 'Cora', timeZone: LA, slackUserId: 'U1CORA', weeks: ['P', 'P', 'P', 'P'] },
  { name: 'Eli', timeZone: PHOENIX, slackUserId: 'U1ELI', weeks: ['P', 'P', 'P', 'P'] },
  { name: 'Fay', timeZone: PHOENIX, slackUserId: 'U1FAY', weeks: ['PRL', 'PRL', 'PRL', 'PRL'] },
  { name: 'Gus', timeZone: NEW_YORK, slackUserId: 'U1GUS', weeks: ['P', '-', '-', 'P'] },
  { name: 'Hana', timeZone: NEW_YORK, slackUserId: null, weeks: ['P', 'PR', 'P', 'P'] },
  { name: 'Ivo', timeZone: NEW_YORK, slackUserId: 'U1IVO', weeks: ['PR', 'PR', 'PR', 'PR'] },
  { name: 'Jo', timeZone: HONOLULU, slackUserId: 'U1JO', weeks: ['P', 'P', 'P', 'P'] },
  { name: 'Kai', timeZone: HONOLULU, slackUserId: 'U1KAI', weeks: ['PRL', 'PRL', 'PRL', 'PRL'] },
] as const;
type Name = (typeof MENTORS)[number]['name'];

const ghosts: readonly Name[] = ['Ben', 'Fay'];
const slotHour = (name: Name) => (name === 'Hana' ? '16:00' : '17:00');

/** Dates after a Sunday, by calendar. */
function dayAfter(sunday: string, days: number): string {
  const date = new Date(`${sunday}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

function expectedOf({ name, weeks }: (typeof MENTORS)[number]): string[] {
  return SUNDAYS.flatMap((sunday, week) => {
    const what = weeks[week] ?? '';
    return [
      ...(what.includes('P') ? [`${name} prompted Sun ${sunday} ${slotHour(name)}`] : []),
      ...(what.includes('R') ? [`${name} reminded Tue ${dayAfter(sunday, 2)} ${slotHour(name)}`] : []),
      ...(what.includes('L') ? [`${name} last_called Wed ${dayAfter(sunday, 3)} 12:00`] : []),
    ];
  });
}

interface House {
  readonly world: World;
  readonly diary: readonly Entry[];
  readonly known: ReadonlyMap<Name, KnownMentor>;
  readonly tick: Tick;
}

/** What a mentor does on some day of a week, at an hour of Los Angeles. */
interface Deed {
  readonly at: number;
  readonly do: (house: House) => Promise<void>;
}

const of = (house: House, name: Name): KnownMentor => {
  const mentor = house.known.get(name);
  if (mentor === undefined) throw new Error(`${name} is not there`);
  return mentor;
};
const slackOf = (name: Name): string => MENTORS.find((mentor) => mentor.name === name)?.slackUserId ?? '';

async function answerAll(house: House, name: Name): Promise<void> {
  const { id: promptId } = await promptOf(house.world, of(house, name).mentorId);
  await house.world.openModal(slackOf(name), { kind: 'weekly_update', promptId });
  await house.world.act(slackOf(name), { kind: 'same_for_all', promptId, reached: 'talked' });
  await house.world.submit(slackOf(name), { kind: 'weekly_update', promptId, rows: [] });
}

async function answerFirst(house: House, name: Name): Promise<void> {
  const { id: promptId, menteeIds } = await promptOf(house.world, of(house, name).mentorId);
  const [menteeId] = menteeIds;
  if (menteeId === undefined) throw new Error('nobody to answer for');
  await house.world.act(slackOf(name), { kind: 'set_reached', promptId, menteeId, reached: 'tried' });
}

/** Cora is worried in the second week: the channel has the case in the same minute. */
async function worry(house: House): Promise<void> {
  const { world } = house;
  const { id: promptId, menteeIds } = await promptOf(world, of(house, 'Cora').mentorId);
  const [menteeId] = menteeIds;
  if (menteeId === undefined) throw new Error('nobody to answer for');
  const worried = { topics: ['family', 'health'] as const, needsStaffNow: true, note: 'she stopped eating' };
  const before = world.clock.at;
  const answer = await world.submit('U1CORA', {
    kind: 'mentee_update',
    promptId,
    menteeId,
    update: { ...quietUpdate('talked'), worry: worried },
    tasksDone: [],
    tasksStuck: [],
  });
  expect(JSON.stringify(answer)).toContain('A counselor has been alerted');
  const alerts = house.diary.filter(({ message }) => typeof message !== 'string' && message.kind === 'alert');
  expect(alerts.map(({ at, to }) => [at, to])).toEqual([[before, 'counselors']]);
  const card = alerts[0]?.message;
  expect(card).toMatchObject({
    firstName: 'Cora1',
    tier: 'crisis',
    words: ['Cora M (mentor) is worried: family, health', 'she stopped eating'],
    answered: 'Nothing: the student wrote nothing; their mentor is worried.',
  });
  if (typeof card === 'string' || card?.kind !== 'alert') throw new Error('no card');
  const { escalationId } = card;
  await world.act('U0RENEE', { kind: 'acknowledge', escalationId });
  await world.resolve('U0RENEE', {
    escalationId,
    outcome: 'safe',
    resumeAfterHours: 72,
    note: 'called',
  });
}

async function text(house: House, words: string): Promise<void> {
  await house.world.text(of(house, 'Hana').phone, words);
}

function deeds(): Deed[] {
  const sundayEvening = (week: number) => Date.parse(`${SUNDAYS[week] ?? ''}T21:00:00-08:00`);
  const tuesdayEvening = (week: number) => sundayEvening(week) + 48 * HOUR;
  const all: Deed[] = SUNDAYS.flatMap((_, week) => [
    ...(['Ana', 'Eli', 'Jo'] as const).map((name) => ({
      at: sundayEvening(week),
      do: (house: House) => answerAll(house, name),
    })),
    { at: sundayEvening(week) + HOUR, do: (house) => answerFirst(house, 'Kai') },
    { at: tuesdayEvening(week), do: (house) => answerAll(house, 'Ivo') },
    ...(week === 1 ? [{ at: sundayEvening(week), do: worry }] : []),
    { at: sundayEvening(week) + 2 * HOUR, do: (house) => answerAll(house, 'Cora') },
    {
      at: week === 1 ? tuesdayEvening(week) : sundayEvening(week),
      do: (house) => text(house, week === 0 ? 't m' : 'ALL T'),
    },
  ]);
  const gus: Deed[] = [
    { at: sundayEvening(0), do: (house) => answerAll(house, 'Gus') },
    {
      at: Date.parse('2026-10-30T12:00:00-07:00'),
      do: async ({ world }) => {
        const answer = await world.submit('U1GUS', { kind: 'away', from: '2026-11-01', until: '2026-11-14' });
        expect(answer).toEqual({ kind: 'close' });
      },
    },
    { at: sundayEvening(3), do: (house) => answerAll(house, 'Gus') },
  ];
  return [...all, ...gus].toSorted((a, b) => a.at - b.at);
}

async function openHouse(tickOf: (world: World) => Tick): Promise<House> {
  const world = await createWorld();
  world.clock.at = START;
  // The people that every test world begins with are not asked here.
  const known = new Map<Name, KnownMentor>();
  await world.database.transact(async (stores) => {
    const dani = await stores.people.mentorBySlackUser('U0DANI');
    if (dani === null) return;
    await stores.prompts.setAbsence(dani.id, { from: '2026-10-01', until: '2026-12-31' }, '2026-10-01');
  });
  for (const { name, timeZone, slackUserId } of MENTORS) {
    const mentees = [`${name}1`, `${name}2`];
    known.set(name, await addMentor(world, { name, timeZone, slackUserId, mentees, consent: true }));
  }
  const hana = known.get('Hana');
  if (hana !== undefined)
    await world.database.transact((stores) => stores.prompts.setSlot(hana.mentorId, { weekday: 7, minute: 16 * 60 }));
  await arm(world);
  return { world, diary: keepDiary(world), known, tick: tickOf(world) };
}

async function live(house: House, between: (house: House, done: number) => Promise<void>): Promise<void> {
  for (const [index, deed] of deeds().entries()) {
    await passUntil(house.world, deed.at, house.tick);
    await deed.do(house);
    await between(house, index);
  }
  await passUntil(house.world, END, house.tick);
}

/** What the mentors were sent, in the words of `expectedOf`. */
function asked({ diary, known }: House): string[] {
  return diary.flatMap(({ at, to, message }) => {
    const mentor = MENTORS.find(({ name, slackUserId }) => to === (slackUserId ?? known.get(name)?.phone));
    if (mentor === undefined) return [];
    const what =
      typeof message === 'string' ? stageOfText(message) : message.kind === 'weekly_prompt' ? message.stage : null;
    return what === null ? [] : [`${mentor.name} ${what} ${localWords(at, mentor.timeZone)}`];
  });
}

function stageOfText(body: string): string | null {
  if (body.includes('your week:')) return 'prompted';
  return body.includes('still open this week') ? 'reminded' : null;
}

const staffPosts = ({ diary }: House) => diary.filter(({ to }) => to === 'staff');

function checkMonth(house: House): void {
  expect(asked(house).toSorted()).toEqual(MENTORS.flatMap(expectedOf).toSorted());
  const summaries = staffPosts(house).flatMap(({ at, message }) =>
    typeof message !== 'string' && message.kind === 'weekly_summary'
      ? [{ on: localWords(at, LA), ...message, needs: [], wins: [] }]
      : [],
  );
  const missing = (missesInARow: number) => ghosts.map((name) => ({ name: `${name} M`, missesInARow }));
  const dani = { name: 'Dani Lopez', why: 'away' };
  const gus = { name: 'Gus M', why: 'away' };
  const both = expect.arrayContaining([dani, gus]);
  const week = { kind: 'weekly_summary', partial: ['Kai M'], needs: [], wins: [], winsKeptPrivate: 0 };
  expect(summaries.map((summary) => ({ ...summary, missing: summary.missing.toSorted(byName) }))).toEqual([
    {
      ...week,
      on: 'Thu 2026-10-29 08:00',
      weekOn: '2026-10-25',
      asked: 10,
      answered: 7,
      missing: missing(1),
      excused: [dani],
      worries: 0,
    },
    {
      ...week,
      on: 'Thu 2026-11-05 08:00',
      weekOn: '2026-11-01',
      asked: 9,
      answered: 6,
      missing: missing(2),
      excused: both,
      worries: 1,
    },
    {
      ...week,
      on: 'Thu 2026-11-12 08:00',
      weekOn: '2026-11-08',
      asked: 9,
      answered: 6,
      missing: missing(3),
      excused: both,
      worries: 0,
    },
    {
      ...week,
      on: 'Thu 2026-11-19 08:00',
      weekOn: '2026-11-15',
      asked: 10,
      answered: 7,
      missing: missing(4),
      excused: [dani],
      worries: 0,
    },
  ]);
  const todos = staffPosts(house).flatMap(({ at, message }) =>
    typeof message !== 'string' && message.kind === 'todo' && message.todoKey.startsWith('mentor_')
      ? [`${localWords(at, LA)} ${message.title}`]
      : [],
  );
  expect(todos.toSorted()).toEqual([
    'Thu 2026-11-05 08:00 Ben M has missed two weekly updates in a row',
    'Thu 2026-11-05 08:00 Fay M has missed two weekly updates in a row',
    'Thu 2026-11-12 08:00 Ben M has missed three weekly updates in a row',
    'Thu 2026-11-12 08:00 Fay M has missed three weekly updates in a row',
  ]);
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);

describe('a month of weekly updates', () => {
  it('asks, reminds, calls last and sums up at the right local hours, each once', async () => {
    const house = await openHouse(processOf);
    await live(house, async () => {});
    checkMonth(house);
    const hana = of(house, 'Hana');
    const texts = house.world.texts.filter(({ to }) => to === hana.phone).map(({ body }) => body);
    expect(texts[0]).toContain('Reply HELP for help, STOP to stop.');
    expect(texts[0]).toContain('1 Hana1, 2 Hana2');
    expect(texts[1]).toContain('saved, thank you. 1 Hana1 T, 2 Hana2 M');
    expect(texts[2]).not.toContain('STOP to stop');
  }, 120_000);

  it('does nothing twice with doubled ticks, two processes, a restart and a clock set back', async () => {
    let current: readonly Tick[] = [];
    const house = await openHouse((world) => {
      current = [processOf(world), processOf(world)];
      return async () => {
        await Promise.all(current.map((tick) => tick()));
        await current[0]?.();
      };
    });
    await live(house, async ({ world }, done) => {
      if (done % 7 === 3) {
        current = [processOf(world), processOf(world)];
        await arm(world);
      }
      if (done % 9 === 5) {
        const now = world.clock.at;
        world.clock.at = now - 90 * 60_000;
        await house.tick();
        await arm(world);
        world.clock.at = now;
      }
    });
    checkMonth(house);
  }, 120_000);
});
