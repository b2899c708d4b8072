// A mentor is worried outside of the weekly update: by text without a prompt, by direct message, or while counselors
// have a case of their own. Each is heard, about the right mentee or by a person who sorts it out.

import { describe, expect, it } from 'vitest';
import { tellMentor } from '../../src/app/tell-mentor.ts';
import { addMentor, arm, LA, promptOf } from './weekly-house.ts';
import { createWorld, inbound, type World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MENTOR = 'U1ANA';
/** Sunday 2026-11-01, 13:00 in Los Angeles: inside the hours of every zone. */
const PROMPT_AT = Date.parse('2026-11-01T13:00:00-08:00');

async function openHouse(change: { readonly slackUserId?: string; readonly mentees?: readonly string[] } = {}) {
  const { slackUserId = null, mentees = ['Ana', 'Leo', 'Mia'] } = change;
  const world = await createWorld();
  world.clock.at = PROMPT_AT - 2 * DAY;
  const mentor = await addMentor(world, { name: 'Hana', timeZone: LA, slackUserId, mentees, consent: true });
  await world.database.transact((stores) => stores.prompts.setSlot(mentor.mentorId, { weekday: 7, minute: 13 * 60 }));
  const text = async (words: string) => {
    await world.text(mentor.phone, words);
    return world.texts.filter(({ to }) => to === mentor.phone).at(-1)?.body ?? '';
  };
  return { world, mentor, text };
}

let messages = 0;
async function writeInSlack(world: World, body: string): Promise<void> {
  messages += 1;
  const message = inbound('', body, `D0ANA:${messages}`);
  await world.receive({ ...message, source: 'slack', from: { kind: 'slack', slackUserId: MENTOR } });
  await world.relay.drain();
}

const cases = (world: World) =>
  world.database.read(async (stores) =>
    (await stores.escalations.unresolved()).map(({ menteeId, words, state: { tier } }) => ({ menteeId, words, tier })),
  );

describe('a mentor by SMS who was not asked this week', () => {
  it('names the mentee, and the counselors have a case about them at once', async () => {
    const { world, mentor, text } = await openHouse();
    expect(await text('WORRIED about Leo, he skips our calls')).toBe(
      'A counselor has been alerted about Leo. In danger now? Call 911.',
    );
    expect(await cases(world)).toEqual([
      {
        menteeId: mentor.menteeIds[1],
        tier: 'high',
        words: ['Hana M (mentor) is worried', 'he skips our calls'],
      },
    ]);
  });

  it('a number of a list that was never sent names nobody: a person sorts it out', async () => {
    const { world, text } = await openHouse();
    expect(await text('WORRIED 2 she is gone')).toContain('A counselor has been alerted');
    expect(await cases(world)).toMatchObject([
      { menteeId: null, words: [expect.any(String), 'WORRIED 2 she is gone'] },
    ]);
  });

  it('a number is that of the last list that was sent, also when one of it has another mentor since', async () => {
    const { world, mentor, text } = await openHouse();
    await arm(world);
    await world.pass(PROMPT_AT + HOUR - world.clock.at);
    await world.submit('U0DANI', { kind: 'away', from: '2026-11-01', until: '2026-11-30' });
    await world.database.transact(async (stores) => {
      const other = await stores.people.mentorBySlackUser('U0DANI');
      const [ana] = mentor.menteeIds;
      if (other === null || ana === undefined) throw new Error('nobody');
      await stores.people.saveMatch(ana, other.id, '2026-11-07');
      await stores.prompts.setAbsence(mentor.mentorId, { from: '2026-11-08', until: '2026-11-12' }, '2026-11-02');
    });
    await world.pass(7 * DAY);
    expect((await promptOf(world, mentor.mentorId)).status).toBe('excused');
    await text('WORRIED 2 he is gone');
    expect(await cases(world)).toMatchObject([{ menteeId: mentor.menteeIds[1] }]);
    await text('WORRIED 1 she is gone');
    expect(await cases(world)).toMatchObject([{ menteeId: mentor.menteeIds[1] }, { menteeId: null }]);
  });

  it('has a case under their own name when nobody can say about whom', async () => {
    const { world, text } = await openHouse();
    await text('Jose Luis worries me, he sleeps in his car');
    expect(await cases(world)).toMatchObject([
      { menteeId: null, words: [expect.any(String), 'Jose Luis worries me, he sleeps in his car'] },
    ]);
  });

  it('and whoever speaks of no worry is read by staff as before', async () => {
    const { world, text } = await openHouse();
    await text('when is the picnic?');
    expect(await cases(world)).toEqual([]);
    expect(JSON.stringify(world.posts)).toContain('picnic');
  });
});

describe('a mentor in Slack who writes to the bot', () => {
  it('has a case opened about the mentee, and is told so where they wrote', async () => {
    const { world, mentor } = await openHouse({ slackUserId: MENTOR });
    await writeInSlack(world, "I'm worried about Leo");
    expect(await cases(world)).toMatchObject([{ menteeId: mentor.menteeIds[1], tier: 'high' }]);
    expect(world.posts.filter(({ to }) => to === MENTOR)).toMatchObject([
      { message: { kind: 'notice', title: 'A counselor has been alerted about Leo. In danger now? Call 911.' } },
    ]);
    expect(world.texts.filter(({ to }) => to === mentor.phone)).toEqual([]);
  });

  it('has a case of their own when it is not clear about whom', async () => {
    const { world } = await openHouse({ slackUserId: MENTOR });
    await writeInSlack(world, "I'm worried about 2 of my students");
    expect(await cases(world)).toMatchObject([{ menteeId: null }]);
    expect(world.posts.some(({ to, message }) => to === MENTOR && JSON.stringify(message).includes('alerted'))).toBe(
      true,
    );
  });
});

describe('a mentor by SMS with a case of their own', () => {
  async function withCase() {
    const house = await openHouse();
    await arm(house.world);
    await house.world.pass(PROMPT_AT + HOUR - house.world.clock.at);
    await house.text('i am so worried about somebody');
    expect(await cases(house.world)).toMatchObject([{ menteeId: null }]);
    return house;
  }

  it('gives their update all the same, and is not counted missing', async () => {
    const { world, mentor, text } = await withCase();
    const before = world.texts.length;
    await text('TTM');
    expect(world.texts).toHaveLength(before);
    expect((await promptOf(world, mentor.mentorId)).status).toBe('answered');
  });

  it('is heard about a mentee', async () => {
    const { world, mentor, text } = await withCase();
    await text('WORRIED 2 he sleeps in his car');
    expect((await cases(world)).map(({ menteeId }) => menteeId)).toEqual([null, mentor.menteeIds[1]]);
  });
});

describe('a worry that is not certain', () => {
  it('opens the case under the mentor’s name, and the letters beside it stay', async () => {
    const { world, mentor, text } = await openHouse();
    await arm(world);
    await world.pass(PROMPT_AT + HOUR - world.clock.at);
    await text('TTM. One of them worries me');
    expect(await cases(world)).toMatchObject([
      { menteeId: null, words: [expect.any(String), 'TTM. One of them worries me'] },
    ]);
    expect((await promptOf(world, mentor.mentorId)).status).toBe('answered');
  });
});

describe('two mentees of one first name', () => {
  async function twins(slackUserId: string | null) {
    const world = await createWorld();
    world.clock.at = PROMPT_AT - 2 * DAY;
    const mentor = await addMentor(world, {
      name: 'Hana',
      timeZone: LA,
      slackUserId,
      mentees: ['Ana', 'Ana', 'Leo', 'Mia', 'Mia'],
      lastNames: ['Soto', 'Tran', 'Cruz', 'Lee', 'Lopez'],
      consent: true,
    });
    await arm(world);
    await world.pass(PROMPT_AT + 6 * HOUR - world.clock.at);
    return { world, mentor, prompt: await promptOf(world, mentor.mentorId) };
  }

  it('are told apart in the rows, in the details and on the list, and nobody else has more than a first name', async () => {
    const { world, mentor, prompt } = await twins(MENTOR);
    const modal = await world.openModal(MENTOR, { kind: 'weekly_update', promptId: prompt.id });
    const names = modal.kind === 'weekly_update' ? modal.rows.map(({ name }) => name) : [];
    expect(names).toEqual(['Ana S.', 'Ana T.', 'Leo', 'Mia Lee', 'Mia Lopez']);
    const [, second] = mentor.menteeIds;
    if (second === undefined) throw new Error('two');
    const ask = { kind: 'mentee_update', promptId: prompt.id, menteeId: second } as const;
    expect(await world.openModal(MENTOR, ask)).toMatchObject({ firstName: 'Ana T.' });
    await world.database.transact(async (stores) => {
      const mentee = await stores.people.mentee(second);
      if (mentee === null) throw new Error('nobody');
      const item = { key: 'k', mentee, reason: 'Asked to be called.', words: null, task: null, now: world.clock.at };
      await tellMentor(stores, world.content.current(), item);
    });
    await world.relay.drain();
    const told = world.posts.find(({ to, message }) => to === MENTOR && message.kind === 'notice');
    expect(told?.message).toMatchObject({ lines: [{ label: 'Mentee', text: 'Ana T.' }, expect.anything()] });
  });

  it('are told apart in the list that is texted, and a worry about "Ana" is given to neither', async () => {
    const { world, mentor } = await twins(null);
    const list = '1 Ana S., 2 Ana T., 3 Leo, 4 Mia Lee, 5 Mia Lopez';
    expect(world.texts.filter(({ to }) => to === mentor.phone).at(-1)?.body).toContain(list);
    await world.text(mentor.phone, 'worried about Leo and Ana');
    expect(await cases(world)).toMatchObject([{ menteeId: null }]);
  });
});
