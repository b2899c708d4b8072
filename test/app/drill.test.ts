// CR-10: a drill goes through the real ladder, is marked wherever anybody reads it, reaches no student, and its failure is
// an alarm.

import { describe, expect, it } from 'vitest';
import { armProgramTimers } from '../../src/app/program-timers.ts';
import { readSafetyReport } from '../../src/app/safety-report.ts';
import { importRows, SAM } from './import-rows.ts';
import { createWorld, LUIS, MAYA, RENEE, TOMAS, type World } from './world.ts';

const MINUTE = 60_000;
const DRILL_PHONE = '+12135550190';
let presses = 0;
const nextPress = (): string => {
  presses += 1;
  return `drill-${presses}`;
};

async function drill(world: World, who = 'U0RENEE', actKey = nextPress()) {
  const answer = await world.command({ slackUserId: who, text: 'drill', actKey });
  await world.relay.drain();
  return answer;
}

const drillCase = async (world: World) => {
  const [found] = await world.database.read((stores) => stores.escalations.openedSince(0));
  if (found === undefined) throw new Error('no drill');
  return found;
};

const alarms = (world: World) => world.database.read((stores) => stores.house.alarms());
const told = (world: World) =>
  world.posts.flatMap(({ message }) =>
    message.kind === 'notice' && /^The drill/.test(message.title) ? [message] : [],
  );
const withPhone = (phone: string) => (files: Record<string, unknown>) => {
  files['program.yaml'] = { ...(files['program.yaml'] as object), drill_phone: phone };
};
const weekly = (weekday: number, time: string) => (files: Record<string, unknown>) => {
  files['program.yaml'] = { ...(files['program.yaml'] as object), drill: { weekday, time } };
};

describe('a drill', () => {
  it('posts a marked card at once, and pages by marked messages, texts and calls', async () => {
    const world = await createWorld();
    expect(await drill(world)).toMatchObject({ title: 'Drill', lines: [{ label: 'Case' }, {}] });
    const card = world.posts.find(({ message }) => message.kind === 'alert');
    expect(card).toMatchObject({ to: 'counselors', message: { isDrill: true, tier: 'crisis', state: 'open' } });
    await world.pass(12 * MINUTE);
    const staff = world.texts.filter(({ to }) => to === RENEE || to === TOMAS);
    expect(staff.length).toBeGreaterThan(1);
    for (const { body } of staff) expect(body).toMatch(/^DRILL, no student is in danger\. /);
    const direct = world.posts.filter(({ to }) => to === 'U0RENEE');
    expect(direct.length).toBeGreaterThan(0);
    for (const { message } of direct) expect(message).toMatchObject({ title: expect.stringMatching(/^DRILL/) });
  });

  it('texts no student, in no minute of it', async () => {
    const world = await createWorld();
    await drill(world);
    await world.pass(40 * MINUTE);
    const { id } = await drillCase(world);
    const rows = await world.database.read((stores) =>
      Promise.all([MAYA, LUIS].map((phone) => stores.outbox.ofPhone(world.database.hashPhone(phone)))),
    );
    expect(
      rows.flat().filter(({ escalationId, messageClass }) => escalationId === id || messageClass === 'safety_reply'),
    ).toEqual([]);
    expect(world.texts.filter(({ to, body }) => (to === MAYA || to === LUIS) && /DRILL|nobody/i.test(body))).toEqual(
      [],
    );
  });

  it('answers the drill phone with the marked reply', async () => {
    const world = await createWorld(withPhone(DRILL_PHONE));
    await drill(world);
    expect(world.texts).toMatchObject([{ to: DRILL_PHONE, body: expect.stringMatching(/^DRILL.*988/) }]);
  });

  it('does not begin when the drill phone is a number of a student', async () => {
    const world = await createWorld(withPhone(MAYA));
    expect(await drill(world)).toMatchObject({ lines: [{ label: 'It did not begin' }] });
    expect(world.texts).toEqual([]);
    expect(await alarms(world)).toMatchObject([{ kind: 'drill_failed' }]);
  });

  it('never takes in a real text: a crisis of the same hour has its own case', async () => {
    const world = await createWorld(withPhone(DRILL_PHONE));
    await drill(world);
    await world.text(DRILL_PHONE, 'i want to kill myself tonight');
    const cases = await world.database.read((stores) => stores.escalations.unresolved());
    expect(cases.map(({ raisedBy }) => raisedBy)).toEqual(expect.arrayContaining(['drill', undefined]));
  });

  it('tells its times in the thread when it is acknowledged, and again when it is over', async () => {
    const world = await createWorld();
    await drill(world);
    await world.pass(6 * MINUTE);
    const { id } = await drillCase(world);
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId: id });
    await world.pass(MINUTE);
    expect(told(world).at(-1)).toMatchObject({
      title: 'The drill was acknowledged',
      lines: [
        { text: expect.stringMatching(/in Slack 0 s · first text 5 min · acknowledged 6 min · resolved not yet/) },
      ],
    });
    await world.resolve('U0RENEE', { escalationId: id, outcome: 'other', resumeAfterHours: 0, note: '' });
    await world.pass(MINUTE);
    expect(told(world).at(-1)).toMatchObject({
      title: 'The drill is over',
      lines: [{ text: expect.stringContaining('resolved 7 min') }],
    });
    expect((await alarms(world)).filter(({ kind }) => kind === 'drill_failed')).toEqual([]);
  });

  it('CR-10: that nobody acknowledges within half an hour is an alarm, and ends by itself', async () => {
    const world = await createWorld();
    await drill(world);
    await world.pass(31 * MINUTE);
    expect(await alarms(world)).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'drill_failed', detail: expect.stringContaining('nobody acknowledged') }),
      ]),
    );
    expect((await drillCase(world)).state).toMatchObject({ status: 'resolved' });
    expect(told(world).at(-1)?.title).toContain('nobody acknowledged');
    const texts = world.texts.length;
    await world.pass(60 * MINUTE);
    expect(world.texts).toHaveLength(texts);
  });

  it('CR-10: one that was ended at once clears the alarm of the one before', async () => {
    const world = await createWorld();
    await drill(world);
    await world.pass(31 * MINUTE);
    await drill(world);
    const [, second] = await world.database.read((stores) => stores.escalations.openedSince(0));
    if (second === undefined) throw new Error('no second drill');
    await world.resolve('U0RENEE', { escalationId: second.id, outcome: 'other', resumeAfterHours: 0, note: '' });
    await world.pass(MINUTE);
    expect((await alarms(world)).filter(({ kind }) => kind === 'drill_failed')).toEqual([]);
  });

  it('CR-10: that somebody acknowledged and nobody ended pages nobody anew: it ends by itself', async () => {
    const world = await createWorld();
    await drill(world);
    const { id } = await drillCase(world);
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId: id });
    await world.pass(2 * 60 * MINUTE);
    expect((await drillCase(world)).state).toMatchObject({ status: 'resolved' });
    expect(world.texts.filter(({ to }) => to === RENEE || to === TOMAS)).toEqual([]);
    expect(world.rings).toEqual([]);
    expect((await alarms(world)).filter(({ kind }) => kind === 'drill_failed')).toEqual([]);
  });

  it('CR-10: that Slack never showed is an alarm, though somebody acknowledged by text', async () => {
    const world = await createWorld();
    world.plan.slack = Array.from({ length: 50 }, () => ({
      kind: 'rejected',
      problem: 'channel_dead',
      code: 'is_archived',
    }));
    await drill(world);
    await world.pass(6 * MINUTE);
    const { caseCode } = await drillCase(world);
    await world.text(RENEE, `ACK ${caseCode}`);
    await world.pass(MINUTE);
    expect(await alarms(world)).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'drill_failed', detail: expect.stringContaining('not posted in Slack') }),
      ]),
    );
  });

  it('runs once at a time, once for a press, and not for mentors', async () => {
    const world = await createWorld();
    expect(await drill(world, 'U0DANI')).toMatchObject({ title: 'Not for you' });
    await drill(world, 'U0RENEE', 'same');
    await drill(world, 'U0RENEE', 'same');
    expect(await drill(world)).toMatchObject({ lines: [{ text: expect.stringContaining('still runs') }] });
    expect(await world.database.read((stores) => stores.escalations.openedSince(0))).toHaveLength(1);
  });

  it('is no case of a student in the report, which has its times', async () => {
    const world = await createWorld();
    await drill(world);
    await world.text(LUIS, 'i want to kill myself tonight');
    const report = await world.database.read((stores) => readSafetyReport(stores, world.clock.at));
    expect(report).toMatchObject({ crisis: { cases: 1, notYet: 1 }, drills: [{ acknowledgedAt: null }] });
  });
});

describe('the weekly drill', () => {
  it('begins by itself at its weekday and hour, once a week', async () => {
    const world = await createWorld(weekly(3, '10:30'));
    await importRows(world, SAM);
    await world.database.transact((stores) => armProgramTimers(world, stores));
    const wednesday = Date.parse('2027-06-09T10:30:00-07:00');
    await world.pass(wednesday - MINUTE - world.clock.at);
    expect(await world.database.read((stores) => stores.escalations.openedSince(0))).toEqual([]);
    await world.pass(2 * MINUTE);
    expect(await drillCase(world)).toMatchObject({ raisedBy: 'drill', state: { openedAt: wednesday } });
    await world.pass(8 * 24 * 60 * MINUTE);
    expect(await world.database.read((stores) => stores.escalations.openedSince(0))).toHaveLength(2);
  });

  it('does not begin where the program has none', async () => {
    const world = await createWorld();
    await world.database.transact((stores) => armProgramTimers(world, stores));
    await world.pass(8 * 24 * 60 * MINUTE);
    expect(await world.database.read((stores) => stores.escalations.openedSince(0))).toEqual([]);
  });
});
