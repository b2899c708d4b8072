// Nudges over days on the real stores: what must not be texted any more when it could leave, and what follows from it.

import { describe, expect, it } from 'vitest';
import type { Outbound } from '../../src/app/ports/messages.ts';
import { publishContent } from '../../src/app/publish-content.ts';
import { followPublished, loadUsableContent } from '../../src/app/published-content.ts';
import { createWorld, MAYA, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface Tasks {
  tasks: Record<string, { deadline: string; lead_days: number }>;
}

/** A house that asks about the housing form only. */
const onlyHousing = (deadline: string, cap = 3) =>
  createWorld((files) => {
    const { tasks } = files['tasks.yaml'] as Tasks;
    const { housing_form } = tasks;
    if (housing_form === undefined) throw new Error('no such task');
    (files['tasks.yaml'] as Tasks).tasks = { housing_form: { ...housing_form, deadline } };
    (files['program.yaml'] as { weekly_unasked_texts: number }).weekly_unasked_texts = cap;
  });

const rowsOf = (world: World): Promise<Outbound[]> =>
  world.database.read((stores) => stores.outbox.ofPhone(world.database.hashPhone(MAYA)));

const textsTo = (world: World): string[] => world.texts.filter(({ to }) => to === MAYA).map(({ body }) => body);

const mentorHeard = (world: World): string => JSON.stringify(world.posts.filter(({ to }) => to === 'U0DANI'));

async function conversationOf(world: World) {
  return world.database.read(async (stores) => {
    const mentee = await stores.people.menteeByPhone(world.database.hashPhone(MAYA));
    return mentee === null ? null : stores.conversations.activeOf(mentee.id);
  });
}

/** Publishes the newest revision with a change, and takes it up. */
async function republish(world: World, change: (tasks: Tasks['tasks']) => void): Promise<void> {
  const latest = await world.database.read((stores) => stores.content.latest());
  const files = structuredClone(latest?.files ?? {}) as Record<string, unknown>;
  change((files['tasks.yaml'] as Tasks).tasks);
  await publishContent(world, { files, by: 'Renee', why: 'another date' });
  await followPublished(world);
}

function setDeadline(tasks: Tasks['tasks'], deadline: string): void {
  const task = tasks['housing_form'];
  if (task !== undefined) task.deadline = deadline;
}

describe('a deadline that is past', () => {
  it('is never texted: the conversation ends and the mentor is told', async () => {
    const world = await onlyHousing('2027-06-08');
    await world.pass(HOUR);
    expect(textsTo(world).at(-1)).toContain('Tuesday, June 8');
    const before = textsTo(world).length;
    await world.pass(5 * DAY);
    expect(textsTo(world)).toHaveLength(before);
    expect(await conversationOf(world)).toBeNull();
    expect(mentorHeard(world)).toContain('The deadline of this task has passed without an answer.');
    expect(mentorHeard(world)).not.toContain('Did not reply');
  });

  it('drops a nudge that was held past it', async () => {
    const world = await onlyHousing('2027-06-09', 1);
    await world.pass(HOUR);
    // The follow-up of June 9 is over the cap of one a week.
    await world.pass(20 * DAY);
    expect(textsTo(world)).toHaveLength(2);
    expect((await rowsOf(world)).filter(({ status }) => status === 'dropped')).toHaveLength(1);
  });

  it('is the last day that can be chosen for being asked again', async () => {
    const world = await onlyHousing('2027-06-15');
    await world.pass(HOUR);
    await world.text(MAYA, 'later');
    expect(textsTo(world).at(-1)).toContain('up to Tuesday, June 15');
    await world.text(MAYA, 'June 16');
    expect(textsTo(world).at(-1)).toContain('I need a day up to Tuesday, June 15');
    await world.text(MAYA, 'June 15');
    expect(textsTo(world).at(-1)).toContain('I will ask you again on Tuesday, June 15');
    await world.pass(11 * DAY);
    expect(textsTo(world).at(-1)).toContain('by Tuesday, June 15');
    expect(mentorHeard(world)).toContain('The deadline of this task has passed');
  });
});

describe('a nudge that waits', () => {
  it('is not taken for silence, which counts from the moment it was texted', async () => {
    const world = await onlyHousing('2027-07-05', 1);
    await world.pass(6 * DAY);
    // The follow-up waits for its week; nobody calls that silence.
    expect(textsTo(world)).toHaveLength(2);
    expect(mentorHeard(world)).not.toContain('Did not reply');
    await world.pass(2 * DAY);
    expect(textsTo(world).at(-1)).toContain('Did you send it?');
    expect(textsTo(world)).toHaveLength(3);
    expect(mentorHeard(world)).not.toContain('Did not reply');
    await world.pass(2 * DAY);
    expect(mentorHeard(world)).toContain('Did not reply');
    expect(textsTo(world)).toHaveLength(3);
  });

  it('is dropped when the mentee has answered meanwhile', async () => {
    const world = await onlyHousing('2027-07-05', 1);
    await world.pass(3 * DAY);
    await world.text(MAYA, 'stuck');
    await world.pass(10 * DAY);
    expect(textsTo(world).filter((text) => text.includes('Did you send it?'))).toEqual([]);
  });

  it('is dropped when its deadline changed, and asked again with the right one', async () => {
    const world = await onlyHousing('2027-06-15');
    world.clock.at = Date.parse('2027-06-07T22:00:00-07:00');
    await world.pass(10 * MINUTE);
    await world.runDue();
    const begun = await conversationOf(world);
    await republish(world, (tasks) => setDeadline(tasks, '2027-06-18'));
    await world.pass(14 * HOUR);
    expect(JSON.stringify(textsTo(world))).not.toContain('June 15');
    expect(textsTo(world).at(-1)).toContain('Friday, June 18');
    expect((await conversationOf(world))?.id).not.toBe(begun?.id);
  });

  it('is dropped by what the gate knows, also before anything was called off', async () => {
    const world = await onlyHousing('2027-06-15', 1);
    await world.pass(3 * DAY);
    const held = (await rowsOf(world)).find(({ status }) => status === 'pending');
    expect(held?.saidBy).toMatchObject({ deadlineOn: '2027-06-15' });
    await republish(world, (tasks) => setDeadline(tasks, '2027-06-30'));
    await world.pass(6 * DAY);
    expect((await rowsOf(world)).find(({ id }) => id === held?.id)?.status).toBe('dropped');
  });
});

describe('a nudge at the gate', () => {
  it('that names another deadline than the one in use is dropped, and its mentee asked anew', async () => {
    const world = await onlyHousing('2027-06-15');
    world.clock.at = Date.parse('2027-06-08T08:00:00-07:00');
    await world.pass(0);
    world.clock.at = Date.parse('2027-06-08T09:00:00-07:00');
    for (let minute = 0; minute < 40; minute += 1) {
      await world.runDue();
      world.clock.at += MINUTE;
    }
    const waiting = (await rowsOf(world)).filter(({ status, saidBy }) => status === 'pending' && saidBy !== null);
    expect(waiting).toHaveLength(1);
    const { tasks, ...rest } = world.content.current();
    const housing = tasks.get('housing_form');
    if (housing === undefined) throw new Error('no such task');
    world.content.swap({ ...rest, tasks: new Map([['housing_form', { ...housing, deadline: '2027-06-20' }]]) });
    await world.pass(HOUR);
    expect(JSON.stringify(textsTo(world))).not.toContain('June 15');
    expect(textsTo(world).at(-1)).toContain('Sunday, June 20');
  });
});

describe('publishing another deadline', () => {
  it('asks whoever was told the old one, once, with the new one', async () => {
    const world = await onlyHousing('2027-06-25');
    await world.pass(HOUR);
    await republish(world, (tasks) => setDeadline(tasks, '2027-06-11'));
    await world.pass(HOUR);
    expect(textsTo(world)).toHaveLength(3);
    expect(textsTo(world).at(-1)).toContain('Friday, June 11');
    await world.text(MAYA, 'done');
    await world.pass(5 * DAY);
    expect(textsTo(world)).toHaveLength(4);
  });

  it('lets a mentee who chose a day before it wait for that day', async () => {
    const world = await onlyHousing('2027-06-25');
    await world.pass(HOUR);
    await world.text(MAYA, 'later');
    await world.text(MAYA, 'thursday');
    const waits = await conversationOf(world);
    await republish(world, (tasks) => setDeadline(tasks, '2027-06-18'));
    expect((await conversationOf(world))?.id).toBe(waits?.id);
    await world.pass(3 * DAY);
    expect(textsTo(world).at(-1)).toContain('Friday, June 18');
  });
});

describe('a task that is not published any more', () => {
  it('ends the conversations about it; their mentees are asked about what is left', async () => {
    const world = await createWorld();
    await world.pass(HOUR);
    expect((await conversationOf(world))?.task).toBe('housing_form');
    await republish(world, (tasks) => {
      delete tasks['housing_form'];
    });
    expect(await conversationOf(world)).toBeNull();
    await world.pass(14 * DAY);
    expect((await conversationOf(world))?.task ?? 'ended').not.toBe('housing_form');
    expect(textsTo(world).some((text) => text.includes('transcript') || text.includes('FAFSA'))).toBe(true);
    const texts = await world.database.read((stores) => stores.inbox.unprocessed(10));
    expect(texts).toEqual([]);
  });

  it('keeps no reply unprocessed when a conversation about it still runs', async () => {
    const world = await createWorld();
    await world.pass(HOUR);
    const { tasks, ...rest } = world.content.current();
    world.content.swap({ ...rest, tasks: new Map([...tasks].filter(([key]) => key !== 'housing_form')) });
    await world.text(MAYA, 'done');
    expect(await world.database.read((stores) => stores.inbox.unprocessed(10))).toEqual([]);
    expect(await conversationOf(world)).toBeNull();
    expect(mentorHeard(world)).toContain('done');
  });

  it('ends a conversation about it when its timer rings', async () => {
    const world = await createWorld();
    await world.pass(HOUR);
    const before = await conversationOf(world);
    const { tasks, ...rest } = world.content.current();
    world.content.swap({ ...rest, tasks: new Map([...tasks].filter(([key]) => key !== 'housing_form')) });
    await world.pass(3 * DAY);
    expect((await conversationOf(world))?.id).not.toBe(before?.id);
    expect(JSON.stringify(world.posts)).not.toContain('A flow failed');
  });
});

describe('the introduction', () => {
  const introductions = (world: World) => textsTo(world).filter((text) => text.includes('automated'));

  it('CA-02: refused by the vendor, it is said again later, and the nudge waits for it', async () => {
    const world = await onlyHousing('2027-07-05');
    world.plan.sms.push({ kind: 'rejected', problem: 'unclassified', code: '30007' });
    world.plan.sms.push({ kind: 'rejected', problem: 'unclassified', code: '30007' });
    await world.pass(6 * HOUR);
    expect(textsTo(world).filter((text) => text.includes('housing form'))).toEqual([]);
    const tried = introductions(world).length;
    expect(tried).toBe(1);
    await world.pass(2 * DAY);
    expect(introductions(world)).toHaveLength(2);
    const order = textsTo(world).map((text) => text.includes('automated'));
    expect(order.slice(0, 3)).toEqual([true, true, false]);
  });

  it('CA-02: dropped by STOP before it left, it is the first text after START', async () => {
    const world = await onlyHousing('2027-07-05');
    world.plan.always.set(MAYA, { kind: 'not_sent', afterMs: 10 * MINUTE, code: '20429' });
    await world.pass(HOUR);
    world.plan.always.clear();
    const before = textsTo(world).length;
    await world.text(MAYA, 'stop');
    await world.pass(DAY);
    await world.text(MAYA, 'start');
    await world.pass(4 * DAY);
    const after = textsTo(world).slice(before);
    const first = after.findIndex((text) => text.includes('automated'));
    const nudge = after.findIndex((text) => text.includes('housing form'));
    expect(first).toBeGreaterThan(-1);
    expect(nudge).toBeGreaterThan(first);
    const mentee = await world.database.read((stores) => stores.people.menteeByPhone(world.database.hashPhone(MAYA)));
    expect(mentee?.introducedAt).not.toBeNull();
  });

  it('CA-02: parked, it holds the nudge for half a day at a time', async () => {
    const world = await onlyHousing('2027-07-05');
    world.plan.always.set(MAYA, { kind: 'not_sent', afterMs: 3 * MINUTE, code: '20429' });
    await world.pass(3 * HOUR);
    const [introduction, nudge] = await rowsOf(world);
    expect([introduction?.status, nudge?.status]).toEqual(['parked', 'pending']);
    expect(nudge?.dueAt).toBeGreaterThan(world.clock.at + 8 * HOUR);
  });

  it('is not noted as said before it was sent', async () => {
    const world = await onlyHousing('2027-07-05');
    world.plan.always.set(MAYA, { kind: 'not_sent', afterMs: 10 * MINUTE, code: '20429' });
    await world.pass(HOUR);
    const mentee = await world.database.read((stores) => stores.people.menteeByPhone(world.database.hashPhone(MAYA)));
    expect(mentee?.introducedAt).toBeNull();
  });
});

describe('a timer', () => {
  it('that rings too early is set again', async () => {
    const world = await onlyHousing('2027-07-05');
    await world.pass(HOUR);
    const conversation = await conversationOf(world);
    if (conversation === null) throw new Error('nothing runs');
    await world.database.transact((stores) =>
      stores.timers.set({ kind: 'conversation', subject: conversation.id, name: 'no_reply', dueAt: world.clock.at }),
    );
    await world.runDue();
    await world.pass(3 * DAY);
    expect(textsTo(world).at(-1)).toContain('Did you send it?');
  });
});

describe('a start with content that this code refuses', () => {
  it('stands on the newest earlier revision that compiles', async () => {
    const world = await createWorld();
    const latest = await world.database.read((stores) => stores.content.latest());
    const broken = { ...latest?.files, 'program.yaml': { name: '' } };
    await world.database.transact((stores) =>
      stores.content.publish({ files: broken, publishedBy: 'x', why: 'x', publishedAt: world.clock.at }),
    );
    const { content, refused } = await loadUsableContent(world.database);
    expect([content?.revision, refused]).toEqual([1, 2]);
  });

  it('but has the newest deadlines, never those of the earlier revision', async () => {
    const world = await createWorld();
    const latest = await world.database.read((stores) => stores.content.latest());
    const files = structuredClone(latest?.files ?? {}) as Record<string, unknown>;
    files['program.yaml'] = { name: '' };
    setDeadline((files['tasks.yaml'] as Tasks).tasks, '2027-06-11');
    await world.database.transact((stores) =>
      stores.content.publish({ files, publishedBy: 'x', why: 'x', publishedAt: world.clock.at }),
    );
    const { content } = await loadUsableContent(world.database);
    expect(content?.tasks.get('housing_form')?.deadline).toBe('2027-06-11');
  });

  it('says which revision it refused', async () => {
    const world = await createWorld((files) => void files);
    await world.database.transact((stores) =>
      stores.content.publish({ files: {}, publishedBy: 'x', why: 'x', publishedAt: world.clock.at }),
    );
    const { refused } = await loadUsableContent(world.database);
    expect(refused).toBe(2);
  });
});
