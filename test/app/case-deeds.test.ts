// What people do to a case in Slack and by SMS, on the real stores: who has it, what is asked and paged, and what the
// audit keeps (CR-05, CR-06, SL-03).

import { describe, expect, it } from 'vitest';
import { asEscalationId, type EscalationId } from '../../src/core/model/ids.ts';
import { escalate, openEscalation } from '../../src/core/safety/escalate.ts';
import { createWorld, LUIS, MAYA, RENEE, TOMAS, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

type Kind = 'acknowledge' | 'take_over' | 'release' | 'still_on_it' | 'reopen';

async function openCase(from = MAYA, words = CRISIS) {
  const world = await createWorld();
  await world.text(from, words);
  return { world, ...caseOf(world) };
}

function caseOf(world: World) {
  const card = world.posts.findLast((post) => post.message.kind === 'alert' && !post.isUpdate)?.message;
  if (card?.kind !== 'alert') throw new Error('no alert');
  const id = asEscalationId(card.escalationId);
  return {
    id,
    code: card.caseCode,
    state: async () => {
      const escalation = await world.database.read((stores) => stores.escalations.byId(id));
      if (escalation === null) throw new Error('no case');
      return escalation.state;
    },
    press: (slackUserId: string, kind: Kind, actKey?: string) =>
      world.act(slackUserId, { kind, escalationId: id }, ...(actKey === undefined ? [] : [actKey])),
    resolve: (slackUserId: string, resumeAfterHours: number | null, note = '') =>
      world.resolve(slackUserId, { escalationId: id, outcome: 'connected', resumeAfterHours, note }),
  };
}

const staffTexts = (world: World) => world.texts.filter(({ to }) => to === RENEE || to === TOMAS);
const newCards = (world: World) => world.posts.filter(({ message, isUpdate }) => message.kind === 'alert' && !isUpdate);
const questions = (world: World) => world.posts.filter(({ message }) => message.kind === 'case_question');
const lastCard = (world: World) => {
  const card = world.posts.findLast(({ message }) => message.kind === 'alert')?.message;
  return card?.kind === 'alert' ? card : null;
};

async function writeInThread(world: World, id: EscalationId, slackUserId: string, text: string) {
  const root = await world.database.read(async (stores) => (await stores.outbox.alertPosts(id))[0]);
  const externalId = `C0:${(world.clock.at / 1_000).toFixed(3)}${String(world.posts.length).padStart(3, '0')}`;
  await world.receiveThreadMessage({ externalId, threadOf: root?.providerId ?? '', slackUserId, text, fileCount: 0 });
  await world.relay.drain();
}

async function auditOf(world: World, id: EscalationId) {
  const events = await world.database.read((stores) => stores.audit.recent({ limit: 50, subject: id }));
  return events.toReversed();
}

describe('CR-05: acknowledged, and then silence', () => {
  it('asks the one who has it after 30 minutes, in the thread and in person, and pages from the first after 35', async () => {
    const { world, press, state } = await openCase();
    await press('U0TOMAS', 'acknowledge');
    await world.pass(29 * MINUTE);
    expect(questions(world)).toEqual([]);
    await world.pass(MINUTE);
    const message = { kind: 'case_question', question: 'still_on_it', name: 'Tomas Aguilar', firstName: 'Maya' };
    expect(questions(world)).toMatchObject([
      { to: 'counselors', message, threadTs: expect.any(String), broadcast: false },
      { to: 'U0TOMAS', message, threadTs: null },
    ]);
    expect(staffTexts(world)).toEqual([]);
    await world.pass(4 * MINUTE);
    expect(await state()).toMatchObject({ status: 'acknowledged' });
    await world.pass(MINUTE);
    expect(await state()).toMatchObject({ status: 'open', acknowledgedBy: null });
    expect(staffTexts(world).map(({ to }) => to)).toEqual([RENEE]);
    expect(lastCard(world)).toMatchObject({ state: 'open', acknowledgedBy: null });
    await world.pass(5 * MINUTE);
    expect(staffTexts(world).map(({ to }) => to)).toEqual([RENEE, TOMAS]);
  });

  it('"still on it" keeps it for 30 minutes more', async () => {
    const { world, press, state, id } = await openCase();
    await press('U0TOMAS', 'acknowledge');
    await world.pass(31 * MINUTE);
    expect((await press('U0TOMAS', 'still_on_it')).word).toBeNull();
    await world.pass(29 * MINUTE);
    expect(await state()).toMatchObject({ status: 'acknowledged', askedAt: null });
    expect(questions(world)).toHaveLength(2);
    await world.pass(MINUTE);
    expect(questions(world)).toHaveLength(4);
    expect((await auditOf(world, id)).map(({ action }) => action)).toEqual(['case_acknowledged', 'case_kept']);
  });

  it('"still on it", pressed after the team was paged, takes the case again', async () => {
    const { world, press, state } = await openCase();
    await press('U0TOMAS', 'acknowledge');
    await world.pass(36 * MINUTE);
    expect((await press('U0TOMAS', 'still_on_it')).word).toBeNull();
    expect(await state()).toMatchObject({ status: 'acknowledged' });
    expect(lastCard(world)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Tomas Aguilar' });
  });

  it('a remark in the thread and a logged call count as work on it', async () => {
    const { world, press, state, id } = await openCase();
    await press('U0TOMAS', 'acknowledge');
    await world.pass(20 * MINUTE);
    await writeInThread(world, id, 'U0TOMAS', '// calling her dorm');
    await world.pass(20 * MINUTE);
    const called = await world.act('U0RENEE', { kind: 'log_call', escalationId: id, reached: 'no_answer' });
    expect(called.modal).toMatchObject({ kind: 'word', text: 'Noted in the thread: no answer.' });
    expect(world.posts.at(-1)).toMatchObject({
      message: { kind: 'notice', title: 'Renee Okafor phoned: no answer' },
      threadTs: expect.any(String),
    });
    await world.pass(29 * MINUTE);
    expect(questions(world)).toEqual([]);
    expect(await state()).toMatchObject({ status: 'acknowledged' });
  });

  it('a call that is logged while nobody has the case stops no page, and says so', async () => {
    const { world, id } = await openCase();
    const called = await world.act('U0RENEE', { kind: 'log_call', escalationId: id, reached: 'voicemail' });
    expect(called.modal).toMatchObject({ text: expect.stringMatching(/voicemail.*acknowledge/) });
    await world.pass(5 * MINUTE);
    expect(staffTexts(world)).toHaveLength(1);
  });
});

describe('by SMS', () => {
  it('whoever acknowledged by SMS is asked by SMS, and ACK keeps it', async () => {
    const { world, code, state, id } = await openCase();
    await world.text(TOMAS, `ACK ${code}`);
    await world.pass(31 * MINUTE);
    expect(staffTexts(world).at(-1)).toMatchObject({
      to: TOMAS,
      body: expect.stringContaining(`ACK ${code} to keep it`),
    });
    expect(staffTexts(world).at(-1)?.body).not.toMatch(/Maya|kill/);
    await world.text(TOMAS, 'ack');
    expect(staffTexts(world).at(-1)?.body).toBe(`Thank you. Case ${code} stays with you.`);
    await world.pass(20 * MINUTE);
    expect(await state()).toMatchObject({ status: 'acknowledged', askedAt: null });
    expect(await auditOf(world, id)).toMatchObject([
      { action: 'case_acknowledged', detail: { via: 'sms' } },
      { action: 'case_kept', detail: { via: 'sms' } },
    ]);
  });

  it('CR-06: the second one is told who was first', async () => {
    const { world, code, press } = await openCase();
    await press('U0TOMAS', 'acknowledge');
    await world.text(RENEE, `ACK ${code}`);
    expect(staffTexts(world).at(-1)).toMatchObject({
      to: RENEE,
      body: expect.stringContaining('Tomas Aguilar already'),
    });
  });

  it('ACK rests the paging for a text that waits in a hand-off', async () => {
    const { world, code, press, state, id } = await openCase();
    await press('U0TOMAS', 'take_over');
    await writeInThread(world, id, 'U0TOMAS', 'Hi Maya, I am here.');
    await world.text(MAYA, 'are you there');
    await world.pass(10 * MINUTE);
    expect(staffTexts(world).at(-1)).toMatchObject({ to: RENEE, body: expect.stringContaining('waits for an answer') });
    await world.text(RENEE, `ack ${code}`);
    expect(staffTexts(world).at(-1)?.body).toMatch(/rest for 10 minutes/);
    const before = staffTexts(world).length;
    await world.pass(9 * MINUTE);
    expect(staffTexts(world)).toHaveLength(before);
    expect(await state()).toMatchObject({ status: 'handed_off', unansweredSince: expect.any(Number) });
    await world.pass(MINUTE);
    expect(staffTexts(world).at(-1)).toMatchObject({ to: TOMAS, body: expect.stringContaining('waits for an answer') });
  });
});

describe('a hand-off', () => {
  it('a text that nobody answers for 10 minutes pages the team, and the late answer still goes out', async () => {
    const { world, press, state, id } = await openCase();
    await press('U0TOMAS', 'take_over');
    await writeInThread(world, id, 'U0TOMAS', 'Hi Maya, I am here.');
    await world.text(MAYA, 'ok');
    await world.pass(9 * MINUTE);
    expect(staffTexts(world)).toEqual([]);
    await world.pass(MINUTE);
    expect(staffTexts(world).map(({ to }) => to)).toEqual([RENEE]);
    expect(lastCard(world)).toMatchObject({
      state: 'handed_off',
      heldBy: 'Tomas Aguilar',
      unansweredSince: expect.any(Number),
      nextPaged: { name: 'Renee Okafor', by: 'call' },
    });
    await writeInThread(world, id, 'U0TOMAS', 'Sorry, I was on the phone.');
    expect(world.texts.at(-1)).toMatchObject({ to: MAYA, body: expect.stringContaining('on the phone') });
    expect(lastCard(world)).toMatchObject({ unansweredSince: null, nextPaged: null });
    await world.pass(HOUR);
    expect(staffTexts(world)).toHaveLength(1);
    expect(await state()).toMatchObject({ status: 'handed_off', unansweredSince: null });
  });

  it('CR-06: another counselor takes over while it is paged, and not before', async () => {
    const { world, press, state } = await openCase();
    await press('U0TOMAS', 'take_over');
    await world.text(MAYA, 'hello?');
    expect((await press('U0RENEE', 'take_over')).word).toBe('Tomas Aguilar already has this case.');
    await world.pass(10 * MINUTE);
    expect((await press('U0RENEE', 'take_over')).word).toBeNull();
    const { heldBy } = await state();
    const holder = await world.database.read(async ({ people }) => (heldBy === null ? null : people.counselor(heldBy)));
    expect(holder?.firstName).toBe('Renee');
    expect((await press('U0TOMAS', 'take_over')).word).toBe('Renee Okafor already has this case.');
  });

  it('"I look at it" by one counselor is seen by the next', async () => {
    const { world, press } = await openCase();
    await press('U0TOMAS', 'take_over');
    await world.text(MAYA, 'hello?');
    await world.pass(10 * MINUTE);
    expect((await press('U0RENEE', 'acknowledge')).word).toBeNull();
    expect((await press('U0SOMEBODY', 'acknowledge')).word).toBe('Renee Okafor already looks at it.');
  });

  it('after a quiet day it asks its holder for the release, again the next day, and pages nobody', async () => {
    const { world, press, id } = await openCase();
    await press('U0TOMAS', 'take_over');
    await writeInThread(world, id, 'U0TOMAS', 'Hi Maya, I am here.');
    await world.pass(24 * HOUR);
    expect(questions(world)).toMatchObject([
      { to: 'counselors', message: { question: 'release' } },
      { to: 'U0TOMAS', message: { question: 'release' } },
    ]);
    await world.pass(24 * HOUR);
    expect(questions(world)).toHaveLength(4);
    expect(staffTexts(world)).toEqual([]);
    expect(newCards(world)).toHaveLength(1);
  });

  it('a release gives the conversation back; distress after it pages the team anew', async () => {
    const { world, press, state } = await openCase();
    await press('U0TOMAS', 'take_over');
    expect((await press('U0RENEE', 'release')).word).toContain('Tomas Aguilar has this conversation');
    expect(await state()).toMatchObject({ status: 'handed_off' });
    expect((await press('U0TOMAS', 'release')).word).toBeNull();
    expect(await state()).toMatchObject({ status: 'acknowledged', released: true });
    expect(lastCard(world)).toMatchObject({ released: true, acknowledgedBy: 'Tomas Aguilar', heldBy: null });
    await world.pass(HOUR);
    expect(questions(world)).toEqual([]);
    await world.text(MAYA, CRISIS);
    expect(await state()).toMatchObject({ status: 'open', released: false });
    expect(newCards(world)).toHaveLength(2);
    await world.pass(5 * MINUTE);
    expect(staffTexts(world).map(({ to }) => to)).toEqual([TOMAS, RENEE]);
  });
});

describe('the end of a case', () => {
  it('keeps the outcome, tells the thread the note, and lets nudges rest for as long as was chosen', async () => {
    const { world, press, resolve, state, id } = await openCase();
    await press('U0RENEE', 'acknowledge');
    await world.pass(5 * MINUTE);
    const now = world.clock.at;
    expect(await resolve('U0RENEE', 72, 'Roommate is with her.')).toEqual({ kind: 'close' });
    expect(await state()).toMatchObject({ status: 'resolved', outcome: 'connected', nudgesResumeAt: now + 72 * HOUR });
    expect(lastCard(world)).toMatchObject({ state: 'resolved', resolvedBy: 'Renee Okafor', outcome: 'connected' });
    const note = world.posts.find(({ message }) => message.kind === 'notice' && message.title.includes('resolved'));
    expect(note).toMatchObject({
      message: { lines: [{ label: 'Note', text: 'Roommate is with her.' }] },
      threadTs: expect.any(String),
    });
    await world.pass(71 * HOUR);
    expect(world.texts.filter(({ to }) => to === MAYA)).toHaveLength(1);
    expect(newCards(world)).toHaveLength(1);
    const phoneHash = world.database.hashPhone(MAYA);
    expect(await world.database.read(({ pauses }) => pauses.of(phoneHash, world.clock.at))).toMatchObject({
      until: now + 72 * HOUR,
    });
    expect((await auditOf(world, id)).at(-1)).toMatchObject({
      action: 'case_resolved',
      subjectKind: 'case',
      detail: { outcome: 'connected', resumeAfterHours: 72 },
    });
  });

  it('without a time nudges wait for a person', async () => {
    const { resolve, state } = await openCase();
    await resolve('U0RENEE', null);
    expect(await state()).toMatchObject({ status: 'resolved', nudgesResumeAt: null });
  });

  it('whoever comes later hears how it ended and by whom', async () => {
    const { press, resolve, world, id } = await openCase();
    await resolve('U0RENEE', 0);
    const ended = /^Renee Okafor resolved this case at 10:00 am: the student is connected with help\.$/;
    for (const kind of ['acknowledge', 'take_over', 'release', 'still_on_it'] as const)
      expect((await press('U0TOMAS', kind)).word).toMatch(ended);
    expect(await resolve('U0TOMAS', 0)).toMatchObject({ kind: 'show', modal: { text: expect.stringMatching(ended) } });
    const called = await world.act('U0TOMAS', { kind: 'log_call', escalationId: id, reached: 'yes' });
    expect(called.modal).toMatchObject({ text: expect.stringMatching(ended) });
    expect((await auditOf(world, id)).map(({ action }) => action)).toEqual(['case_resolved']);
  });

  it('is opened again by a press, and is with whoever pressed', async () => {
    const { world, press, resolve, state } = await openCase();
    expect((await press('U0TOMAS', 'reopen')).word).toMatch(/Nobody has this case yet/);
    await resolve('U0RENEE', 0);
    expect((await press('U0TOMAS', 'reopen')).word).toBeNull();
    expect(await state()).toMatchObject({ status: 'acknowledged', outcome: null });
    expect(lastCard(world)).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Tomas Aguilar', outcome: null });
    await world.pass(30 * MINUTE);
    expect(questions(world)).toHaveLength(2);
  });

  it('is not opened again beside a newer case of the same student', async () => {
    const { world, press, resolve, state } = await openCase();
    await resolve('U0RENEE', 0);
    await world.text(MAYA, CRISIS);
    const newer = caseOf(world);
    expect((await press('U0TOMAS', 'reopen')).word).toContain(newer.code);
    expect(await state()).toMatchObject({ status: 'resolved' });
    expect(await newer.state()).toMatchObject({ status: 'open' });
  });
});

describe('who may press', () => {
  it('a mentor gets a word and changes nothing', async () => {
    const { world, press, resolve, state, id } = await openCase();
    for (const kind of ['acknowledge', 'take_over', 'release', 'still_on_it', 'reopen'] as const)
      expect((await press('U0DANI', kind)).word).toMatch(/for the counselors/);
    expect(await resolve('U0DANI', 0)).toMatchObject({ kind: 'show' });
    await world.act('U0DANI', { kind: 'log_call', escalationId: id, reached: 'yes' });
    expect(await state()).toMatchObject({ status: 'open', lastActivityAt: null });
    expect(await auditOf(world, id)).toEqual([]);
  });

  it('somebody of the channel who is not on the roster may, and is named by their Slack id', async () => {
    const { world, press, id } = await openCase();
    expect((await press('U0SOMEBODY', 'take_over')).word).toBeNull();
    expect(lastCard(world)?.heldBy).toContain('U0SOMEBODY');
    expect((await press('U0RENEE', 'take_over')).word).toMatch(/U0SOMEBODY.* already has this case/);
    expect(await auditOf(world, id)).toMatchObject([{ actor: 'slack:U0SOMEBODY', action: 'case_taken_over' }]);
    await world.pass(30 * MINUTE);
    expect(questions(world).map(({ to }) => to)).toEqual(['counselors', 'U0SOMEBODY']);
  });

  it('SL-03: the same press twice is one deed, one row in the audit', async () => {
    const { world, press, id } = await openCase();
    await Promise.all([press('U0RENEE', 'take_over', 'k1'), press('U0RENEE', 'take_over', 'k1')]);
    await press('U0RENEE', 'release', 'k2');
    await press('U0RENEE', 'release', 'k2');
    expect((await auditOf(world, id)).map(({ action }) => action)).toEqual(['case_taken_over', 'case_released']);
  });

  it('a second press of the same person says that they have it', async () => {
    const { press } = await openCase();
    await press('U0RENEE', 'acknowledge');
    expect((await press('U0RENEE', 'acknowledge')).word).toBe('You already have this case.');
  });

  it('two who press in the same moment: one has it, the other hears who', async () => {
    const { press } = await openCase();
    const [one, two] = await Promise.all([press('U0RENEE', 'acknowledge'), press('U0TOMAS', 'acknowledge')]);
    expect([one.word, two.word]).toEqual([null, 'Renee Okafor already has this case.']);
  });

  it('the audit keeps ids and short words, never a name, a number or what was written', async () => {
    const { world, press, resolve, id } = await openCase();
    await press('U0RENEE', 'take_over');
    await world.act('U0RENEE', { kind: 'log_call', escalationId: id, reached: 'yes' });
    await resolve('U0RENEE', 24, 'She goes to Robinson hall.');
    const kept = JSON.stringify(await auditOf(world, id));
    expect(kept).not.toMatch(/Renee|Maya|Robinson|\+1213|kill/);
    expect((await auditOf(world, id)).map(({ action }) => action)).toEqual([
      'case_taken_over',
      'case_call_logged',
      'case_resolved',
    ]);
  });
});

describe('the card and its thread', () => {
  it('the first card is the root; later ones are broadcast into its thread and the root tells who is next', async () => {
    const { world } = await openCase();
    expect(lastCard(world)).toMatchObject({
      round: 1,
      nextPaged: { name: 'Renee Okafor', at: world.clock.at + 5 * MINUTE },
      timeZone: 'America/Los_Angeles',
    });
    await world.pass(5 * MINUTE);
    const [root, second] = newCards(world);
    expect(root).toMatchObject({ threadTs: null, broadcast: false });
    expect(second).toMatchObject({ threadTs: expect.any(String), broadcast: true, message: { round: 2 } });
    expect(world.posts.findLast(({ isUpdate }) => isUpdate)).toMatchObject({
      message: { round: 1, nextPaged: { name: 'Renee Okafor', by: 'call' } },
    });
  });

  it('by night a high case says that the next one is texted in the morning', async () => {
    const world = await createWorld();
    world.clock.at = Date.parse('2027-06-07T23:00:00-07:00');
    await world.text(LUIS, 'no tenemos que comer en la casa');
    const card = lastCard(world);
    expect(card).toMatchObject({ tier: 'high', nextPaged: { at: Date.parse('2027-06-08T08:00:00-07:00') } });
  });

  it('a mentor in distress is named as one', async () => {
    const world = await createWorld();
    await world.text('+12135550110', CRISIS);
    expect(lastCard(world)).toMatchObject({ firstName: 'Dani (mentor)' });
  });
});

describe('what must not be lost', () => {
  it('CR-03: a phone that refuses while a hand-off is paged again hands on to the next person at once', async () => {
    const { world, press, id } = await openCase();
    await press('U0TOMAS', 'take_over');
    await writeInThread(world, id, 'U0TOMAS', 'Hi Maya, I am here.');
    await world.text(MAYA, 'ok');
    world.plan.always.set(RENEE, { kind: 'rejected', problem: 'bad_number', code: '21610' });
    await world.pass(10 * MINUTE);
    expect(staffTexts(world).map(({ to }) => to)).toEqual([RENEE, TOMAS]);
  });

  it('a question by SMS that a phone refuses is no rung: nobody else is texted for it', async () => {
    const { world, code } = await openCase();
    await world.text(TOMAS, `ACK ${code}`);
    world.plan.always.set(TOMAS, { kind: 'rejected', problem: 'bad_number', code: '21610' });
    await world.pass(31 * MINUTE);
    expect(staffTexts(world).filter(({ to }) => to === RENEE)).toEqual([]);
    await world.pass(5 * MINUTE);
    expect(staffTexts(world).map(({ to }) => to)).toContain(RENEE);
  });

  it('an SMS that has not left is not sent any more once the text it was about is answered', async () => {
    const { world, press, id } = await openCase();
    await press('U0TOMAS', 'take_over');
    await writeInThread(world, id, 'U0TOMAS', 'Hi Maya, I am here.');
    await world.text(MAYA, 'ok');
    world.plan.always.set(RENEE, { kind: 'not_sent', afterMs: null, code: '20429' });
    await world.pass(10 * MINUTE);
    await writeInThread(world, id, 'U0TOMAS', 'Here again.');
    world.plan.always.clear();
    const before = staffTexts(world).length;
    await world.pass(10 * MINUTE);
    expect(staffTexts(world)).toHaveLength(before);
  });

  it('CR-05: a case that was acknowledged before there were next steps is asked about, then paged', async () => {
    const { world, press, state, id } = await openCase();
    await press('U0TOMAS', 'acknowledge');
    await world.database.transact(async ({ escalations, timers }) => {
      const escalation = await escalations.byId(id);
      if (escalation === null) throw new Error('no case');
      const old = { ...escalation, version: escalation.version + 1, state: { ...escalation.state, nextAlertAt: null } };
      await escalations.advance(old, { kind: 'new_text', at: world.clock.at, tier: 'none' }, world.clock.at);
      await timers.clear('escalation', id, 'alert');
    });
    await world.pass(0);
    expect(questions(world)).toHaveLength(2);
    await world.pass(5 * MINUTE);
    expect(await state()).toMatchObject({ status: 'open' });
  });

  it('the events of a case, told again, make its stored state, to the letter', async () => {
    const { world, press, resolve, state, id } = await openCase();
    await press('U0TOMAS', 'take_over');
    await writeInThread(world, id, 'U0TOMAS', 'Hi Maya, I am here.');
    await world.text(MAYA, 'ok');
    await world.pass(15 * MINUTE);
    await press('U0RENEE', 'acknowledge');
    await press('U0RENEE', 'release');
    await world.text(MAYA, CRISIS);
    await world.pass(10 * MINUTE);
    await resolve('U0RENEE', 0);
    await press('U0TOMAS', 'reopen');
    const [first, ...rest] = (await world.database.read(({ escalations }) => escalations.events(id))).map(
      ({ event }) => event,
    );
    if (first?.kind !== 'opened') throw new Error('no opening');
    const told = rest.reduce((before, event) => escalate(before, event).escalation, openEscalation(first).escalation);
    expect(JSON.stringify(told)).toBe(JSON.stringify(await state()));
  });
});
