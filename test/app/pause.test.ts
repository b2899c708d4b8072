// Pauses have reasons and are set and ended by a person in Slack. One of them has no end: whoever has died is taken out of
// every list, prompt, text and count, and no file brings them back.

import { describe, expect, it } from 'vitest';
import { importRoster } from '../../src/app/import-roster.ts';
import type { ModalSubmission } from '../../src/app/ports/staff-room.ts';
import type { ChosenReason } from '../../src/core/model/pause.ts';
import { DAY, HOUR, lastCard, menteeNamed, onlyCase, textsTo, withStaff } from './special-house.ts';
import { createWorld, LUIS, MAYA, type World } from './world.ts';

async function house() {
  const world = await createWorld();
  await withStaff(world);
  return world;
}

const idOf = async (world: World, name = 'Maya') => (await menteeNamed(world, name)).id;

async function pause(world: World, who: string, reason: ChosenReason | 'end', untilOn: string | null = null) {
  const submission: ModalSubmission = { kind: 'pause_mentee', menteeId: await idOf(world), reason, untilOn };
  return world.submit(who, submission);
}

async function standing(world: World) {
  const { phoneHash } = await menteeNamed(world, 'Maya');
  return world.database.read(({ pauses }) => pauses.of(phoneHash, world.clock.at));
}

const wordOf = (answer: Awaited<ReturnType<typeof pause>>) =>
  answer.kind === 'show' && answer.modal.kind === 'word' ? answer.modal.text : JSON.stringify(answer);

let commands = 0;
const ask = (world: World, slackUserId: string, text: string) => {
  commands += 1;
  return world.command({ slackUserId, text, actKey: `cmd${commands}` });
};

describe('/icehouse pause', () => {
  it('finds the mentee and offers the form', async () => {
    const world = await house();
    const answer = await ask(world, 'U0SAM', 'pause maya');
    expect(answer.lines).toEqual([{ label: 'Maya Robinson', text: 'Cal State LA · no pause' }]);
    expect(answer.form?.ask).toEqual({ kind: 'pause_mentee', menteeId: await idOf(world) });
    expect(await world.openModal('U0SAM', { kind: 'pause_mentee', menteeId: await idOf(world) })).toMatchObject({
      kind: 'pause_mentee',
      name: 'Maya Robinson',
      current: null,
    });
  });

  it.each([
    ['U0DANI', 'pause maya', /counselors and staff/],
    ['U0NOBODY', 'pause maya', /counselors and staff/],
    ['U0SAM', 'pause', /Write the name/],
    ['U0SAM', 'pause zoe', /No mentee has this name/],
  ])('%s "%s" gets a word and no form', async (who, text, word) => {
    const answer = await ask(await house(), who, text);
    expect(JSON.stringify(answer.lines)).toMatch(word);
    expect(answer.form).toBeUndefined();
  });
});

describe('a pause with a reason', () => {
  it.each(['asked_by_mentee', 'wrong_number', 'bereavement', 'medical', 'other'] as const)(
    '%s holds nudges until its day, and the reason stands in the audit',
    async (reason) => {
      const world = await house();
      expect(wordOf(await pause(world, 'U0SAM', reason, '2027-06-21'))).toMatch(/^Nothing unasked goes to Maya until/);
      await world.pass(13 * DAY);
      expect(textsTo(world)).toEqual([]);
      expect(textsTo(world, LUIS).length).toBeGreaterThan(0);
      await world.pass(3 * DAY);
      expect(textsTo(world).length).toBeGreaterThan(0);
      const subject = await idOf(world);
      const audit = await world.database.read((stores) => stores.audit.recent({ limit: 9, subject }));
      expect(audit).toMatchObject([{ action: 'pause_set', detail: { reason } }]);
    },
  );

  it('without a day stands until a person ends it; staff are told after two weeks how', async () => {
    const world = await house();
    await pause(world, 'U0RENEE', 'medical');
    await world.pass(20 * DAY);
    expect(textsTo(world)).toEqual([]);
    const todo = world.posts.find(({ message }) => message.kind === 'todo')?.message;
    expect(JSON.stringify(todo)).toMatch(/\/icehouse pause and their name/);
    expect(wordOf(await pause(world, 'U0SAM', 'end'))).toMatch(/The pause has ended/);
    await world.pass(2 * DAY);
    expect(textsTo(world).length).toBeGreaterThan(0);
  });

  it('what the mentee writes is answered, and a crisis pages', async () => {
    const world = await house();
    await pause(world, 'U0SAM', 'bereavement');
    await world.text(MAYA, 'i want to kill myself');
    expect(textsTo(world)).toEqual([expect.stringContaining('988')]);
    expect(lastCard(world).tier).toBe('crisis');
  });

  it.each([
    ['2027-06-07', /still to come/],
    ['2027-01-01', /still to come/],
    ['soon', /choose a day/],
  ])('until %s is refused', async (untilOn, words) => {
    const world = await house();
    expect(await pause(world, 'U0SAM', 'other', untilOn)).toMatchObject({
      errors: { untilOn: expect.stringMatching(words) },
    });
    expect(await standing(world)).toBeNull();
  });

  it('a mentor can set none, nor somebody who is not on the roster', async () => {
    const world = await house();
    for (const who of ['U0DANI', 'U0NOBODY'])
      expect(wordOf(await pause(world, who, 'deceased'))).toMatch(/Only counselors and staff/);
    expect(await standing(world)).toBeNull();
  });

  it('there is none to end', async () => {
    expect(wordOf(await pause(await house(), 'U0SAM', 'end'))).toMatch(/has no pause/);
  });

  it('outlasts the end of a case, and "Nudges again" does not end it', async () => {
    const world = await house();
    await world.text(MAYA, 'i want to kill myself');
    const escalationId = onlyCase(world);
    const form = await world.openModal('U0RENEE', { kind: 'resolve_case', escalationId });
    expect(form).toMatchObject({ menteeId: await idOf(world) });
    await pause(world, 'U0RENEE', 'medical');
    await world.resolve('U0RENEE', { escalationId, outcome: 'safe', resumeAfterHours: 0, note: '' });
    expect(await standing(world)).toMatchObject({ reason: 'medical', until: null });
    await world.act('U0RENEE', { kind: 'resume_nudges', escalationId });
    expect(await standing(world)).toMatchObject({ reason: 'medical' });
  });

  it('a shorter one gives way to the one that a case ends with', async () => {
    const world = await house();
    await world.text(MAYA, 'i want to kill myself');
    await pause(world, 'U0RENEE', 'other', '2027-06-08');
    await world.resolve('U0RENEE', { escalationId: onlyCase(world), outcome: 'safe', resumeAfterHours: 168, note: '' });
    expect(await standing(world)).toMatchObject({ reason: 'after_case', until: world.clock.at + 168 * HOUR });
  });
});

describe('a mentee who has died', () => {
  const deceased = async () => {
    const world = await house();
    await world.runDue();
    await world.relay.drain();
    await world.text(MAYA, 'hello is somebody there');
    const texts = textsTo(world).length;
    expect(wordOf(await pause(world, 'U0RENEE', 'deceased'))).toMatch(/gets no text any more and stands on no list/);
    return { world, texts };
  };

  it('gets no text any more, for ever, and stands on nobody’s list or in a prompt', async () => {
    const { world, texts } = await deceased();
    const posts = world.posts.length;
    await world.pass(25 * DAY);
    expect(textsTo(world)).toHaveLength(texts);
    const since = world.posts.slice(posts).filter(({ isUpdate }) => !isUpdate);
    expect(JSON.stringify(since)).not.toContain('Maya');
    const home = await world.showHome('U0DANI');
    expect(home.mentor?.mentees.map(({ name }) => name)).toEqual(['Luis Hernandez']);
    expect(home.mentor?.update?.total).toBe(1);
    const prompt = world.posts.findLast(({ message }) => message.kind === 'weekly_prompt')?.message;
    expect(prompt).toMatchObject({ total: 1 });
    const worried = await world.openModal('U0DANI', { kind: 'worried' });
    expect(JSON.stringify(worried)).not.toContain('Maya');
    for (const who of ['U0DANI', 'U0SAM', 'U0RENEE'])
      expect((await ask(world, who, 'find maya')).title).toBe('No mentee has this name');
    const menteeId = await idOf(world);
    const list = await world.database.read(({ mentorList }) => mentorList.openOfMentee(menteeId));
    expect(list).toEqual([]);
  });

  it('texts that waited are dropped', async () => {
    const world = await house();
    world.clock.at += 11 * HOUR;
    await world.runDue();
    const { phoneHash, id } = await menteeNamed(world, 'Maya');
    await world.database.transact((stores) =>
      stores.outbox.add(
        {
          key: 'waits',
          messageClass: 'nudge',
          recipient: { kind: 'phone', phone: MAYA as never, phoneHash, menteeId: id, counselorId: null },
          body: { kind: 'sms', text: 'How is the housing form?' },
          dueAt: world.clock.at + DAY,
          escalationId: null,
          inReplyTo: null,
          isIntroduction: false,
          task: null,
          saidBy: null,
        },
        world.clock.at,
      ),
    );
    await pause(world, 'U0SAM', 'deceased');
    await world.pass(3 * DAY);
    expect(await world.database.read(({ outbox }) => outbox.byKey('waits'))).toMatchObject({
      status: 'dropped',
      reason: 'deceased',
    });
    expect(textsTo(world)).toEqual([]);
  });

  it('an update that is open when it is said counts the others alone', async () => {
    const world = await house();
    await world.pass(7 * DAY);
    const prompt = world.posts.findLast(({ message }) => message.kind === 'weekly_prompt')?.message;
    if (prompt?.kind !== 'weekly_prompt') throw new Error('no prompt');
    expect(prompt.total).toBe(2);
    await pause(world, 'U0SAM', 'deceased');
    const modal = await world.openModal('U0DANI', { kind: 'weekly_update', promptId: prompt.promptId });
    expect(modal.kind === 'weekly_update' && modal.rows.map(({ name }) => name)).toEqual(['Luis']);
    expect((await world.showHome('U0DANI')).mentor?.update).toMatchObject({ total: 1 });
  });

  it('whoever writes from that phone is heard by staff alone and answered by nobody; a crisis still pages', async () => {
    const { world, texts } = await deceased();
    const posts = world.posts.length;
    await world.text(MAYA, 'this is her mother');
    await world.text(MAYA, 'im so overwhelmed and stressed');
    expect(textsTo(world)).toHaveLength(texts);
    const told = world.posts.slice(posts);
    expect(told.map(({ to }) => to)).toEqual(['staff', 'staff']);
    expect(JSON.stringify(told[0])).toMatch(/a mentee who has died.*this is her mother/);
    await world.text(MAYA, 'i want to kill myself');
    expect(lastCard(world).tier).toBe('crisis');
    expect(textsTo(world).at(-1)).toContain('988');
    await world.resolve('U0RENEE', { escalationId: onlyCase(world), outcome: 'safe', resumeAfterHours: 0, note: '' });
    expect(await standing(world)).toMatchObject({ reason: 'deceased', until: null });
  });

  it('START brings nothing back', async () => {
    const { world } = await deceased();
    await world.text(MAYA, 'STOP');
    await world.text(MAYA, 'START');
    const texts = textsTo(world).length;
    await world.pass(10 * DAY);
    expect(textsTo(world)).toHaveLength(texts);
  });

  it('the roster never revives anybody', async () => {
    const { world, texts } = await deceased();
    const header = [
      'role',
      'first_name',
      'last_name',
      'phone',
      'language',
      'time_zone',
      'college',
      'mentor',
      'consent_basis',
      'consent_on',
    ];
    const cells = [
      'mentee',
      'Maya',
      'Robinson',
      MAYA,
      'en',
      'America/Los_Angeles',
      'UCLA',
      '+12135550110',
      'web_form',
      '2027-06-07',
    ];
    const rows = [{ line: 2, cells: Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])) }];
    world.clock.at += DAY;
    const tasks = [...world.content.current().tasks.keys()];
    expect(await importRoster({ ...world, tasks }, { header, rows }, false)).toMatchObject({ ok: true });
    await world.pass(10 * DAY);
    expect(textsTo(world)).toHaveLength(texts);
    expect(await standing(world)).toMatchObject({ reason: 'deceased' });
    expect((await world.showHome('U0DANI')).mentor?.mentees).toHaveLength(1);
  });

  it('only staff take it back, and only with a second word: the whole name', async () => {
    const { world, texts } = await deceased();
    expect(wordOf(await pause(world, 'U0RENEE', 'end'))).toMatch(/Only program staff can take this back/);
    expect(wordOf(await pause(world, 'U0RENEE', 'medical'))).toMatch(/Only program staff/);
    const menteeId = await idOf(world);
    const revive = (who: string, typed: string) => world.submit(who, { kind: 'revive_mentee', menteeId, typed });
    expect(wordOf(await revive('U0RENEE', 'Maya Robinson'))).toMatch(/Only program staff/);
    expect(await pause(world, 'U0SAM', 'end')).toMatchObject({
      kind: 'show',
      modal: { kind: 'revive_mentee', name: 'Maya Robinson' },
    });
    expect(await standing(world)).toMatchObject({ reason: 'deceased' });
    expect(await revive('U0SAM', 'maya')).toMatchObject({ errors: { typed: expect.stringMatching(/whole name/) } });
    expect(await standing(world)).toMatchObject({ reason: 'deceased' });
    expect(wordOf(await revive('U0SAM', 'maya robinson'))).toMatch(/is in the program again/);
    expect(await standing(world)).toBeNull();
    await world.pass(5 * DAY);
    expect(textsTo(world).length).toBeGreaterThan(texts);
    const audit = await world.database.read(({ audit }) => audit.recent({ limit: 2, subject: menteeId }));
    expect(audit).toMatchObject([{ action: 'deceased_taken_back' }, { action: 'pause_set' }]);
  });
});
