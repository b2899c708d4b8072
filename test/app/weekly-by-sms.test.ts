// The weekly update of a mentor who is not in Slack: consent, quiet hours and the cap, letters in every order, a worry
// by text, and what nobody could read.

import { describe, expect, it } from 'vitest';
import { keepUpdateOfCase } from '../../src/app/mentor-texts.ts';
import { asInboundId } from '../../src/core/model/ids.ts';
import { addMentor, arm, keepDiary, LA, localWords, promptOf } from './weekly-house.ts';
import { createWorld, inbound, type World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Sunday 2026-11-01, 13:00 in Los Angeles: inside the hours of every zone. */
const PROMPT_AT = Date.parse('2026-11-01T13:00:00-08:00');

async function openHouse(change: { readonly consent?: boolean; readonly mentees?: readonly string[] } = {}) {
  const { consent = true, mentees = ['Ana', 'Leo', 'Mia'] } = change;
  const world = await createWorld();
  world.clock.at = PROMPT_AT - 2 * DAY;
  const mentor = await addMentor(world, { name: 'Hana', timeZone: LA, slackUserId: null, mentees, consent });
  await world.database.transact((stores) => stores.prompts.setSlot(mentor.mentorId, { weekday: 7, minute: 13 * 60 }));
  await arm(world);
  const diary = keepDiary(world);
  const sent = () =>
    diary.flatMap(({ at, to, message }) =>
      to === mentor.phone && typeof message === 'string' ? [{ when: localWords(at, LA), body: message }] : [],
    );
  const until = (at: number) => world.pass(at - world.clock.at);
  const reached = async () => {
    const { id } = await promptOf(world, mentor.mentorId);
    const updates = await world.database.read((stores) => stores.prompts.updatesOf(id));
    return mentor.menteeIds.map((menteeId) => updates.find((one) => one.menteeId === menteeId)?.update.reached ?? null);
  };
  const text = async (words: string) => {
    await world.text(mentor.phone, words);
    return sent().at(-1)?.body ?? '';
  };
  return { world, mentor, diary, sent, until, reached, text };
}

async function askedHouse(change: Parameters<typeof openHouse>[0] = {}) {
  const house = await openHouse(change);
  await house.until(PROMPT_AT + HOUR);
  return house;
}

const cases = (world: World) =>
  world.database.read(async (stores) =>
    (await stores.escalations.unresolved()).map(({ menteeId, words, state }) => ({
      menteeId,
      words,
      tier: state.tier,
    })),
  );
const toStaff = (diary: ReturnType<typeof keepDiary>) =>
  diary.flatMap(({ to, message }) => (to === 'staff' ? [JSON.stringify(message)] : []));

describe('what is texted', () => {
  it('one text that says who writes and asks, one that reminds, and no last call', async () => {
    const { sent, until } = await openHouse();
    await until(PROMPT_AT + 6 * DAY);
    expect(sent().map(({ when }) => when)).toEqual(['Sun 2026-11-01 13:00', 'Tue 2026-11-03 13:00']);
    const [first = { body: '' }, second = { body: '' }] = sent();
    expect(first.body).toMatch(/^Hi Hana, this is Bridge Program\..*automated.*STOP to stop\./);
    expect(first.body).toContain('1 Ana, 2 Leo, 3 Mia');
    expect(first.body.length).toBeLessThanOrEqual(1_600);
    expect(second.body).toContain('still open this week: 1 Ana, 2 Leo, 3 Mia');
    expect(second.body).not.toContain('STOP to stop');
  });

  it('comes at the slot each week, also when last week took both texts', async () => {
    const { sent, until } = await openHouse();
    await until(PROMPT_AT + 7 * DAY + HOUR);
    expect(sent().at(-1)).toMatchObject({ when: 'Sun 2026-11-08 13:00' });
  });

  it('fits into one text with twelve mentees of long names', async () => {
    const { sent } = await askedHouse({
      mentees: Array.from({ length: 12 }, (_, at) => `Maximilianus-Alexander${at}`),
    });
    const [first = { body: '' }] = sent();
    expect(first.body).toContain('12 Maximilianus');
    expect(first.body.length).toBeLessThanOrEqual(1_600);
  });

  it('nothing without consent: staff have it to do, once, and it is no miss', async () => {
    const { world, sent, until, diary, mentor } = await openHouse({ consent: false });
    await until(PROMPT_AT + 14 * DAY);
    expect(sent()).toEqual([]);
    expect(toStaff(diary).filter((post) => post.includes('cannot be asked for the weekly update'))).toHaveLength(1);
    expect((await promptOf(world, mentor.mentorId)).status).toBe('excused');
  });

  it('nothing after STOP', async () => {
    const { world, sent, until, mentor } = await askedHouse();
    await world.text(mentor.phone, 'STOP');
    const before = sent().length;
    await until(PROMPT_AT + 10 * DAY);
    expect(sent()).toHaveLength(before);
  });

  it('waits for the end of quiet hours, and is not sent once the week is over', async () => {
    const { world, sent, until, mentor } = await openHouse();
    await world.database.transact((stores) => stores.prompts.setSlot(mentor.mentorId, { weekday: 7, minute: 22 * 60 }));
    await until(PROMPT_AT + 9 * HOUR + HOUR);
    expect(sent()).toEqual([]);
    await until(PROMPT_AT + DAY);
    expect(sent().map(({ when }) => when)).toEqual([expect.stringMatching(/^Mon 2026-11-02 09/)]);
  });
});

describe('what comes back', () => {
  it('letters in order are saved and confirmed, and nobody is reminded', async () => {
    const { text, reached, sent, until } = await askedHouse();
    expect(await text('ttm')).toBe(
      'Bridge Program: saved, thank you. 1 Ana T, 2 Leo T, 3 Mia M. Reply again to change it.',
    );
    expect(await reached()).toEqual(['talked', 'talked', 'message_only']);
    const before = sent().length;
    await until(PROMPT_AT + 6 * DAY);
    expect(sent()).toHaveLength(before);
  });

  it('a part is saved, the rest is asked for on Tuesday by its number', async () => {
    const { text, sent, until, reached } = await askedHouse();
    expect(await text('2N')).toContain('Still open: 1 Ana, 3 Mia');
    await until(PROMPT_AT + 2 * DAY + HOUR);
    expect(sent().at(-1)?.body).toContain('still open this week: 1 Ana, 3 Mia.');
    await text('Ana T, Mia X');
    expect(await reached()).toEqual(['talked', 'tried', 'not_tried']);
  });

  it('a worry alerts about the mentee in the same minute and never makes up how far they got', async () => {
    const { text, world, mentor, reached } = await askedHouse();
    expect(await text('WORRIED 2 she did not pick up')).toBe(
      'A counselor has been alerted about Leo. In danger now? Call 911.',
    );
    expect(await cases(world)).toEqual([
      {
        menteeId: mentor.menteeIds[1],
        tier: 'high',
        words: ['Hana M (mentor) is worried', 'she did not pick up'],
      },
    ]);
    expect(await reached()).toEqual([null, null, null]);
    expect(await text('TTT')).toContain('saved, thank you');
  });

  it('the whole text of a worry stands in the thread of its case', async () => {
    const { text, diary } = await askedHouse();
    const words =
      `1T 2T 3N worried about 2: ${'she stopped answering and nobody in her dorm has seen her '.repeat(4)}`.trim();
    await text(words);
    const whole = diary.flatMap(({ message }) =>
      typeof message !== 'string' && message.kind === 'mentor_words' ? [message.text] : [],
    );
    expect(whole).toEqual([words]);
  });

  it('a worry about nobody by number opens a case under the mentor’s name', async () => {
    const { text, world } = await askedHouse();
    expect(await text('i am worried about one of them')).toContain('A counselor has been alerted');
    expect(await cases(world)).toMatchObject([{ menteeId: null, tier: 'high' }]);
  });

  it('what cannot be read is explained once and read by a person, and goes to staff the second time', async () => {
    const { text, world, diary, sent } = await askedHouse();
    expect(await text('what is this')).toContain('sorry, that was not clear. Yours are: 1 Ana, 2 Leo, 3 Mia.');
    expect(await world.database.read((stores) => stores.inbox.countUnread())).toBe(1);
    const before = sent().length;
    await text('who are you');
    expect(sent()).toHaveLength(before);
    expect(toStaff(diary).some((post) => post.includes('who are you'))).toBe(true);
  });

  it('after all is answered, what is no update goes to staff at once', async () => {
    const { text, diary, sent } = await askedHouse();
    await text('ALL T');
    const before = sent().length;
    await text('can somebody call me about the picnic?');
    expect(sent()).toHaveLength(before);
    expect(toStaff(diary).some((post) => post.includes('picnic'))).toBe(true);
  });

  it('distress in it is answered as everywhere', async () => {
    const { text, world } = await askedHouse();
    expect(await text('i want to kill myself')).toContain('988');
    expect(await cases(world)).toMatchObject([{ menteeId: null, tier: 'crisis' }]);
  });

  it('and of a worry with such words the mentee’s case and the letters can still be kept', async () => {
    const { world, mentor, reached } = await askedHouse();
    const body = 'TTM WORRIED 2 she wants to kill herself';
    await world.database.transact(async (stores) => {
      const known = await stores.people.mentor(mentor.mentorId);
      if (known === null) throw new Error('no mentor');
      const received = {
        message: inbound(mentor.phone, body, 'SM9'),
        sender: { kind: 'mentor', mentor: known, phoneHash: world.database.hashPhone(mentor.phone) },
        inboundId: asInboundId('in9'),
        now: world.clock.at,
        saidAt: world.clock.at,
        late: null,
        phone: known.phone,
      } as const;
      await keepUpdateOfCase(world, stores, received, known);
    });
    expect(await cases(world)).toMatchObject([{ menteeId: mentor.menteeIds[1], tier: 'crisis' }]);
    expect(await reached()).toEqual(['talked', 'talked', 'message_only']);
  });
});
