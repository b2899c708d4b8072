// SL-24 and SL-22: somebody is deactivated, becomes a guest or comes back; the roster knows what the workspace does not;
// the app itself is removed. No harm, and a person is told.

import { describe, expect, it } from 'vitest';
import { createCheckSlackPeople } from '../../src/app/check-slack-people.ts';
import { createNoteInstallationGone } from '../../src/app/note-installation-gone.ts';
import { tellMentor } from '../../src/app/tell-mentor.ts';
import { asMentorPromptId } from '../../src/core/model/ids.ts';
import type { SlackStanding } from '../../src/core/model/people.ts';
import { type Cells, importRows, SAM } from './import-rows.ts';
import { createWorld, LUIS, MAYA, RENEE, TOMAS, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const HOUR = 3_600_000;
const ANA_PHONE = '+12135550104';
const ANA: Cells = {
  role: 'counselor',
  first_name: 'Ana',
  last_name: 'Reyes',
  phone: ANA_PHONE,
  time_zone: 'America/Los_Angeles',
  slack_user_id: 'U0ANA',
  on_call: '3',
};

async function note(world: World, slackUserId: string, standing: SlackStanding): Promise<void> {
  await world.noteSlackPerson({ slackUserId, standing });
  await world.relay.drain();
}

const openTodos = (world: World) =>
  world.database.read(async (stores) =>
    (await stores.todos.open(20)).map(({ kind, title, detail }) => ({ kind, title, detail })),
  );
const alarms = (world: World) =>
  world.database.read(async (stores) => (await stores.house.alarms()).map(({ kind, subject }) => `${kind}:${subject}`));
const housesAudit = (world: World) =>
  world.database.read(async (stores) =>
    (await stores.audit.recent({ limit: 50 })).filter(({ actor }) => actor === 'house').map(({ action }) => action),
  );
const staffTexts = (world: World) => world.texts.map(({ to }) => String(to)).filter((to) => to !== MAYA && to !== LUIS);
const onlyCase = (world: World) =>
  world.database.read(async (stores) => {
    const [escalation] = await stores.escalations.unresolved();
    if (escalation === undefined) throw new Error('no case');
    return escalation;
  });

describe('a counselor who is deactivated', () => {
  it('SL-24: lets go of their case, and the team is paged at once', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const { id } = await onlyCase(world);
    await world.act('U0RENEE', { kind: 'take_over', escalationId: id });
    const before = world.posts.length;
    await note(world, 'U0RENEE', 'deactivated');
    expect((await onlyCase(world)).state).toMatchObject({ status: 'open', heldBy: null, acknowledgedBy: null });
    expect(world.posts.slice(before)).toContainEqual(expect.objectContaining({ to: 'counselors', isUpdate: false }));
    await world.pass(6 * 60_000);
    expect(world.texts.map(({ to }) => to)).toContain(TOMAS);
  });

  it('stops no paging by text: staff read what they wrote', async () => {
    const world = await createWorld();
    await note(world, 'U0TOMAS', 'deactivated');
    await world.text(MAYA, CRISIS);
    const { caseCode } = await onlyCase(world);
    await world.text(TOMAS, `ACK ${caseCode}`);
    await world.text(TOMAS, 'ACK');
    expect((await onlyCase(world)).state).toMatchObject({ status: 'open', acknowledgedBy: null });
    const shown = world.posts.filter(({ to, message }) => to === 'staff' && JSON.stringify(message).includes('ACK'));
    expect(shown).toHaveLength(2);
    expect(world.texts.filter(({ to }) => to === TOMAS)).toEqual([]);
  });

  it('leaves the cases of others alone', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const { id } = await onlyCase(world);
    await world.act('U0TOMAS', { kind: 'acknowledge', escalationId: id });
    const before = world.posts.length;
    const { state } = await onlyCase(world);
    await note(world, 'U0RENEE', 'deactivated');
    const { chain, ...known } = state;
    const tomas = await world.database.read((stores) => stores.people.counselorBySlackUser('U0TOMAS'));
    expect(chain).toHaveLength(2);
    expect((await onlyCase(world)).state).toEqual({ ...known, chain: [tomas?.id] });
    expect(world.posts.slice(before).filter(({ to }) => to === 'counselors')).toEqual([]);
    expect(world.texts.filter(({ to }) => to !== MAYA)).toEqual([]);
  });

  it('in the middle of a round: the next one of the list is texted at once, and they are not any more', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.pass(5 * 60_000);
    expect(staffTexts(world)).toEqual([RENEE]);
    await note(world, 'U0RENEE', 'deactivated');
    expect(staffTexts(world)).toEqual([RENEE, TOMAS]);
    await world.pass(15 * 60_000);
    expect(new Set(staffTexts(world).slice(1))).toEqual(new Set([TOMAS]));
  });

  it('before their place in the round has come is not texted at all', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.pass(5 * 60_000);
    await note(world, 'U0TOMAS', 'deactivated');
    await world.pass(10 * 60_000);
    expect(staffTexts(world)).toEqual([RENEE, RENEE, RENEE]);
  });

  it('SL-24: the team is paged by the list as it stands when they leave', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const { id } = await onlyCase(world);
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId: id });
    await importRows(world, ANA);
    await note(world, 'U0TOMAS', 'deactivated');
    await note(world, 'U0RENEE', 'deactivated');
    expect(staffTexts(world)).toEqual([ANA_PHONE]);
  });

  it('is a to-do of staff while they have a place on call, once', async () => {
    const world = await createWorld();
    await note(world, 'U0RENEE', 'deactivated');
    await note(world, 'U0RENEE', 'deactivated');
    expect(await openTodos(world)).toMatchObject([
      { kind: 'counselor_left', title: 'Take Renee Okafor off the on-call list' },
    ]);
    expect(await housesAudit(world)).toEqual(['slack_person_deactivated']);
    expect(await alarms(world)).toEqual([]);
  });

  it('stands in no more', async () => {
    const world = await createWorld();
    const renee = await world.database.read((stores) => stores.people.counselorBySlackUser('U0RENEE'));
    if (renee === null) throw new Error('no counselor');
    await world.submit('U0TOMAS', { kind: 'on_call_override', counselorId: renee.id, hours: 24 });
    await note(world, 'U0RENEE', 'deactivated');
    expect(await world.database.read((stores) => stores.slackPeople.override(world.clock.at))).toBeNull();
    expect(await housesAudit(world)).toContain('on_call_override_cleared');
  });

  it('raises an alarm when nobody is left to page', async () => {
    const world = await createWorld();
    await note(world, 'U0RENEE', 'deactivated');
    await note(world, 'U0TOMAS', 'deactivated');
    expect(await alarms(world)).toEqual(['nobody_on_call:roster']);
  });

  it('who came back is paged again, and the to-do is done', async () => {
    const world = await createWorld();
    await note(world, 'U0RENEE', 'deactivated');
    await note(world, 'U0RENEE', 'member');
    expect(await openTodos(world)).toEqual([]);
    expect(world.posts.at(-1)).toMatchObject({
      isUpdate: true,
      message: { kind: 'todo', closedBy: expect.stringContaining('back in Slack') },
    });
    expect(await housesAudit(world)).toEqual(['slack_person_back', 'slack_person_deactivated']);
    world.clock.at += HOUR;
    await note(world, 'U0RENEE', 'deactivated');
    expect(await openTodos(world)).toHaveLength(1);
  });
});

describe('somebody who is not on the roster', () => {
  it('and leaves with a case in hand gives it back; without one nothing is kept of them', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const { id } = await onlyCase(world);
    await world.act('U0GUEST', { kind: 'acknowledge', escalationId: id });
    expect((await onlyCase(world)).state.acknowledgedBy).toBe('slack:U0GUEST');
    await note(world, 'U0OTHER', 'deactivated');
    expect(await world.database.read((stores) => stores.slackPeople.standing('U0OTHER'))).toBe('member');
    await note(world, 'U0GUEST', 'deactivated');
    expect((await onlyCase(world)).state).toMatchObject({ status: 'open', acknowledgedBy: null });
  });
});

async function leaveMentor(world: World): Promise<void> {
  await world.text(MAYA, 'what is a bursar hold');
  const dani = await world.database.read((stores) => stores.people.mentorBySlackUser('U0DANI'));
  if (dani === null) throw new Error('no mentor');
  const menteeIds = (await world.database.read((stores) => stores.people.menteesOf(dani.id))).map(({ id }) => id);
  await world.database.transact((stores) =>
    stores.prompts.insert({
      id: asMentorPromptId('prompt1'),
      mentorId: dani.id,
      weekOn: '2027-06-06',
      summaryOn: '2027-06-10',
      channel: 'slack',
      menteeIds,
      promptedAt: world.clock.at,
      stage: 'prompted',
      status: 'open',
      answeredAt: null,
    }),
  );
  await note(world, 'U0DANI', 'deactivated');
}

describe('a mentor who is deactivated', () => {
  it('SL-24: needs a cover, and what stood on their list goes to staff at once', async () => {
    const world = await createWorld();
    await leaveMentor(world);
    expect(await openTodos(world)).toMatchObject([
      {
        kind: 'mentor_left',
        title: '2 mentees of Dani Lopez need a cover',
        detail: expect.stringContaining('Maya Robinson, Luis'),
      },
    ]);
    const handed = world.posts.find(
      ({ message }) => message.kind === 'notice' && message.title.startsWith('Still open'),
    );
    expect(handed).toMatchObject({ to: 'staff', message: { lines: [{ label: 'Maya Robinson' }] } });
  });

  it('hands over a long list in several notices, each as long as one is shown', async () => {
    const world = await createWorld();
    await world.database.transact(async (stores) => {
      const dani = await stores.people.mentorBySlackUser('U0DANI');
      const [mentee] = await stores.people.mentees();
      if (dani === null || mentee === undefined) throw new Error('nobody');
      for (let index = 0; index < 14; index += 1) {
        const item = { menteeId: mentee.id, mentorId: dani.id, reason: `reason ${index}`, task: null, at: index };
        await stores.mentorList.add(`item${index}`, item);
      }
    });
    await note(world, 'U0DANI', 'deactivated');
    const lines = world.posts.flatMap(({ message }) =>
      message.kind === 'notice' && message.title.startsWith('Still open') ? [message.lines.length] : [],
    );
    expect(lines).toEqual([6, 6, 2]);
  });

  it('is not waited for: their prompt of this week is excused', async () => {
    const world = await createWorld();
    await leaveMentor(world);
    const prompt = await world.database.read((stores) => stores.prompts.byId(asMentorPromptId('prompt1')));
    expect(prompt?.status).toBe('excused');
  });

  it('is told nothing any more: staff are', async () => {
    const world = await createWorld();
    await leaveMentor(world);
    const maya = await world.database.read((stores) => stores.people.menteeByPhone(world.database.hashPhone(MAYA)));
    if (maya === null) throw new Error('no mentee');
    const item = {
      key: 'k1',
      mentee: maya,
      reason: 'Asked to be called.',
      words: null,
      task: null,
      now: world.clock.at,
    };
    await world.database.transact((stores) => tellMentor(stores, world.content.current(), item));
    await world.relay.drain();
    expect(world.posts.at(-1)).toMatchObject({
      to: 'staff',
      message: { title: expect.stringContaining('not in Slack') },
    });
  });

  it('and comes back is told again', async () => {
    const world = await createWorld();
    await leaveMentor(world);
    await note(world, 'U0DANI', 'member');
    expect(await openTodos(world)).toEqual([]);
    await world.text(MAYA, 'what is a bursar hold again');
    expect(world.posts.map(({ to }) => to).at(-1)).toBe('U0DANI');
  });
});

describe('somebody who becomes a guest', () => {
  it('keeps what they have, and staff are asked to look', async () => {
    const world = await createWorld();
    await note(world, 'U0DANI', 'guest');
    expect(await openTodos(world)).toMatchObject([
      { kind: 'slack_guest', title: 'Dani Lopez is a guest in Slack now' },
    ]);
    await world.text(MAYA, 'what is a bursar hold');
    expect(world.posts.map(({ to }) => to).at(-1)).toBe('U0DANI');
  });
});

describe('a guest who leaves after all', () => {
  it('leaves one thing to do, not two', async () => {
    const world = await createWorld();
    await note(world, 'U0DANI', 'guest');
    await note(world, 'U0DANI', 'deactivated');
    expect(await openTodos(world)).toMatchObject([{ kind: 'mentor_left' }]);
  });
});

describe('the daily look at the workspace', () => {
  const MEMBERS = [
    { slackUserId: 'U0RENEE', standing: 'member' },
    { slackUserId: 'U0TOMAS', standing: 'deactivated' },
    { slackUserId: 'U0DANI', standing: 'member' },
    { slackUserId: 'U0ELSE', standing: 'deactivated' },
  ] as const;

  function createCheck(world: World, answers: (typeof MEMBERS | null)[]) {
    const state = { asked: 0 };
    const standings = async () => {
      state.asked += 1;
      return answers.length > 1 ? (answers.shift() ?? null) : (answers[0] ?? null);
    };
    const check = createCheckSlackPeople({ ...world, wake: () => {}, slackReader: { standings } });
    return { check, state };
  }

  it('SL-24: notes what no event told, and asks once a day', async () => {
    const world = await createWorld();
    const { check, state } = createCheck(world, [MEMBERS]);
    await check();
    await check();
    expect(state.asked).toBe(1);
    expect(await world.database.read((stores) => stores.slackPeople.standing('U0TOMAS'))).toBe('deactivated');
    expect(await openTodos(world)).toMatchObject([{ kind: 'counselor_left' }]);
    world.clock.at += 24 * HOUR;
    await check();
    expect(state.asked).toBe(2);
    expect(await openTodos(world)).toHaveLength(1);
  });

  it('asks again after an hour when Slack could not be asked', async () => {
    const world = await createWorld();
    const { check, state } = createCheck(world, [null, MEMBERS]);
    await check();
    await check();
    expect(state.asked).toBe(1);
    world.clock.at += HOUR;
    await check();
    await check();
    expect(state.asked).toBe(2);
    expect(await openTodos(world)).toHaveLength(1);
  });

  it('makes one to-do of all ids that the workspace does not know', async () => {
    const world = await createWorld();
    await importRows(world, SAM);
    const { check } = createCheck(world, [MEMBERS]);
    await check();
    world.clock.at += 24 * HOUR;
    await check();
    const unknown = (await openTodos(world)).filter(({ kind }) => kind === 'slack_id_unknown');
    expect(unknown).toMatchObject([{ detail: expect.stringContaining('Sam Ito (U0SAM)') }]);
  });
});

describe('the app that is removed from Slack', () => {
  it.each([[['app_uninstalled', 'tokens_revoked']], [['tokens_revoked', 'app_uninstalled']]])(
    'SL-22: is one alarm, whichever event comes first: %s',
    async (reasons) => {
      const world = await createWorld();
      const gone = createNoteInstallationGone({ ...world, wake: () => {} });
      for (const reason of reasons) {
        await gone(reason);
        world.clock.at += 1_000;
      }
      expect(await alarms(world)).toEqual(['slack_auth:installation']);
      expect(await world.database.read((stores) => stores.people.mentees())).toHaveLength(2);
      await world.text(MAYA, CRISIS);
      expect(await alarms(world)).toEqual([]);
    },
  );
});
