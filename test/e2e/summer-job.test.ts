import { afterEach, describe, expect, it } from 'vitest';
import { startTown, type Town, wordsOf } from '../support/house.ts';
import { DANI, LUIS, MAYA } from '../support/house-people.ts';

let town: Town;
afterEach(() => town.close());

async function answer(phone: string, text: string): Promise<string> {
  expect(await town.text(phone, text)).toBe(200);
  await town.settle();
  return town.bodiesTo(phone).at(-1) ?? '';
}

async function tasksOf(phone: string) {
  const { database } = town.house();
  return database.read(async (stores) => {
    const mentee = await stores.people.menteeByPhone(database.hashPhone(phone));
    return mentee === null ? [] : stores.tasks.of(mentee.id);
  });
}

const statusOfHousing = async (phone: string) =>
  (await tasksOf(phone)).find((record) => record.task === 'housing_form')?.status;

const told = () => town.directsTo(DANI.slack).map(wordsOf);

describe('the first text', () => {
  it('is the introduction with all its locked parts, in the language of the mentee, and the question comes after it', async () => {
    town = await startTown();
    const [english = '', question = ''] = town.bodiesTo(MAYA);
    expect(english).toMatch(/^Hi Maya, this is Bridge Program\. Dani is your mentor\./);
    for (const part of ['automated', 'may read', 'TALK', '(213) 555-0100', 'HELP', 'STOP', 'Msg & data rates']) {
      expect(english).toContain(part);
    }
    expect(question).toContain('Cal State LA');
    expect(question).toContain('example.edu/housing');
    const [spanish = ''] = town.bodiesTo(LUIS);
    expect(spanish).toMatch(/^Hola Luis, somos Bridge Program\. Dani te acompaña/);
    for (const part of ['automatizados', 'puede leer', 'HABLAR', '(213) 555-0100', 'HELP', 'STOP', 'tarifas']) {
      expect(spanish).toContain(part);
    }
  });

  it('comes once, however often the tick and the import run', async () => {
    town = await startTown();
    for (let count = 0; count < 3; count += 1) await town.settle();
    expect(town.bodiesTo(MAYA)).toHaveLength(2);
  });

  it('never goes to somebody who gave no consent', async () => {
    const { mentee, STAFF_ROWS } = await import('../support/house-people.ts');
    town = await startTown({ rows: [...STAFF_ROWS, mentee('Maya', MAYA, { consent_basis: 'none', consent_on: '' })] });
    await town.advanceTo('2027-06-10T12:00:00-07:00');
    expect(town.bodiesTo(MAYA)).toEqual([]);
  });
});

describe.each([
  { phone: MAYA, name: 'Maya', done: 'done!', stuck: "I'm stuck", later: 'later', day: 'friday', none: 'not for me' },
  {
    phone: LUIS,
    name: 'Luis',
    done: 'ya terminé',
    stuck: 'estoy atorado',
    later: 'luego',
    day: 'viernes',
    none: 'no es para mí',
  },
])('an answer from $name', ({ phone, name, done, stuck, later, day, none }) => {
  it('moves the task to done', async () => {
    town = await startTown();
    expect(await answer(phone, done)).toContain(name);
    expect(await statusOfHousing(phone)).toBe('done');
    expect(told()).toEqual([]);
  });

  it('puts a stuck one on the mentor’s list, in a direct message', async () => {
    town = await startTown();
    expect(await answer(phone, stuck)).toContain('Dani');
    expect(await statusOfHousing(phone)).toBe('stuck');
    expect(told()).toEqual([expect.stringMatching(new RegExp(`${name}.*stuck on this task.*housing form`))]);
  });

  it('asks again on the day they chose, inside the allowed hours', async () => {
    town = await startTown();
    await answer(phone, later);
    await answer(phone, day);
    const before = town.sentTo(phone).length;
    await town.advanceTo('2027-06-11T09:59:00-07:00');
    expect(town.sentTo(phone)).toHaveLength(before);
    await town.advanceTo('2027-06-11T10:30:00-07:00');
    const again = town.sentTo(phone).slice(before);
    expect(again.map((message) => message.body)).toEqual([expect.stringContaining('example.edu/housing')]);
    await answer(phone, done);
    expect(await statusOfHousing(phone)).toBe('done');
  });

  it('takes a task off the list that is not for them', async () => {
    town = await startTown();
    await answer(phone, none);
    expect(await statusOfHousing(phone)).toBe('not_applicable');
  });
});

describe('no answer', () => {
  it('brings one follow-up two days later, and then the mentor’s list', async () => {
    town = await startTown();
    await town.advanceTo('2027-06-09T09:59:00-07:00');
    expect(town.bodiesTo(MAYA)).toHaveLength(2);
    await town.advanceTo('2027-06-09T11:00:00-07:00');
    expect(town.bodiesTo(MAYA)).toHaveLength(3);
    expect(told()).toEqual([]);
    await town.advanceTo('2027-06-11T11:00:00-07:00');
    expect(town.bodiesTo(MAYA)).toHaveLength(3);
    expect(told().filter((words) => words.includes('Maya'))).toEqual([expect.stringContaining('Did not reply')]);
  });

  it('never brings more than two unasked texts in seven days', async () => {
    town = await startTown();
    await town.advanceTo('2027-07-20T12:00:00-07:00');
    const times = town
      .sentTo(MAYA)
      .slice(1)
      .map((message) => message.createdAt);
    for (const at of times) {
      expect(times.filter((other) => other > at - 7 * 86_400_000 && other <= at).length).toBeLessThanOrEqual(2);
    }
    expect(times.length).toBeGreaterThanOrEqual(4);
  });
});

describe('a text that nobody asked for', () => {
  it('goes to the mentor with its words, and its sender hears that it was passed on', async () => {
    town = await startTown();
    await answer(MAYA, 'done');
    expect(await answer(MAYA, 'what is a FERPA release?')).toContain('passed this on to Dani');
    expect(told()).toEqual([expect.stringContaining('what is a FERPA release?')]);
  });

  it('TW-16: from an unknown number is answered once, without anybody’s data', async () => {
    const { STRANGER } = await import('../support/house-people.ts');
    town = await startTown();
    expect(await answer(STRANGER, 'who is this')).toMatch(/do not know this number/);
    await answer(STRANGER, 'hello?');
    expect(town.bodiesTo(STRANGER)).toHaveLength(1);
    expect(town.bodiesTo(STRANGER).join()).not.toMatch(/Maya|Luis|Dani|Renee/);
  });
});
