// "Not before somebody says so", and how somebody says so: the button on the card of a case that is over, and the to-do
// that reminds staff of a pause without an end.

import { describe, expect, it } from 'vitest';
import { asEscalationId } from '../../src/core/model/ids.ts';
import { importRows, SAM } from './import-rows.ts';
import { createWorld, MAYA, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const DAY = 24 * 3_600_000;

async function pausedCase(resumeAfterHours: number | null = null) {
  const world = await createWorld();
  await importRows(world, SAM);
  const escalationId = await endCase(world, resumeAfterHours);
  return { world, escalationId, press: (who: string) => world.act(who, { kind: 'resume_nudges', escalationId }) };
}

async function endCase(world: World, resumeAfterHours: number | null) {
  await world.text(MAYA, CRISIS);
  const card = world.posts.findLast(({ message, isUpdate }) => message.kind === 'alert' && !isUpdate)?.message;
  if (card?.kind !== 'alert') throw new Error('no alert');
  const escalationId = asEscalationId(card.escalationId);
  await world.resolve('U0RENEE', { escalationId, outcome: 'safe', resumeAfterHours, note: '' });
  return escalationId;
}

const pauseOf = (world: World) =>
  world.database.read(({ pauses }) => pauses.of(world.database.hashPhone(MAYA), world.clock.at));
const toMaya = (world: World) => world.texts.filter(({ to }) => to === MAYA);
const todosOf = (world: World) =>
  world.database.read(async ({ todos }) => (await todos.open(20)).filter(({ kind }) => kind === 'nudges_paused'));

describe('"Nudges again"', () => {
  it('ends the pause, draws the card anew and lets the nudges come; it stands in the audit', async () => {
    const { world, press, escalationId } = await pausedCase();
    await world.pass(3 * DAY);
    const before = toMaya(world).length;
    expect(await pauseOf(world)).toMatchObject({ until: null });
    const now = world.clock.at;
    expect((await press('U0TOMAS')).word).toBeNull();
    expect(await pauseOf(world)).toBeNull();
    expect(world.posts.at(-1)).toMatchObject({ isUpdate: true, message: { state: 'resolved', nudgesResumeAt: now } });
    const [latest] = await world.database.read((stores) => stores.audit.recent({ limit: 1, subject: escalationId }));
    expect(latest).toMatchObject({ action: 'nudges_resumed', detail: {} });
    await world.pass(2 * DAY);
    expect(toMaya(world).length).toBeGreaterThan(before);
  });

  it('is too late the second time, and is not for mentors', async () => {
    const { world, press } = await pausedCase();
    expect((await press('U0DANI')).word).toMatch(/for the counselors/);
    expect(await pauseOf(world)).not.toBeNull();
    await press('U0TOMAS');
    expect((await press('U0RENEE')).word).toMatch(/do not wait for anybody any more/);
  });

  it('changes nothing where a day was chosen, or while a newer case is there', async () => {
    const dated = await pausedCase(72);
    expect((await dated.press('U0TOMAS')).word).toMatch(/do not wait/);
    expect(await pauseOf(dated.world)).toMatchObject({ until: expect.any(Number) });
    const { world, press } = await pausedCase();
    await world.text(MAYA, CRISIS);
    expect((await press('U0TOMAS')).word).toMatch(/There is a newer case of this student, \w{4}/);
    expect(await pauseOf(world)).toMatchObject({ until: null });
  });

  it('of an older case leaves the pause of a later one alone', async () => {
    const { world, press } = await pausedCase();
    await endCase(world, 72);
    expect((await press('U0TOMAS')).word).toMatch(/do not wait/);
    expect(await pauseOf(world)).toMatchObject({ until: expect.any(Number) });
  });
});

describe('a pause that nobody has ended', () => {
  it('is a to-do of staff after two weeks, once, without a word of the case', async () => {
    const { world, escalationId } = await pausedCase();
    await world.pass(14 * DAY - 1);
    expect(await todosOf(world)).toEqual([]);
    await world.pass(30 * DAY);
    const [todo, ...more] = await todosOf(world);
    expect(more).toEqual([]);
    expect(todo?.title).toBe("Maya Robinson's nudges are paused until somebody says so");
    expect(JSON.stringify(todo)).not.toMatch(/kill|crisis|safe/i);
    expect(todo?.key).not.toContain(escalationId);
  });

  it('goes on when the to-do is closed; the to-do is done when nudges come again', async () => {
    const { world, press } = await pausedCase();
    await world.pass(15 * DAY);
    const [todo] = await todosOf(world);
    await world.act('U0SAM', { kind: 'close_todo', todoKey: todo?.key ?? '' });
    expect(await pauseOf(world)).toMatchObject({ until: null });
    const other = await pausedCase();
    await other.world.pass(15 * DAY);
    await other.press('U0TOMAS');
    expect(await todosOf(other.world)).toEqual([]);
    await press('U0TOMAS');
    expect(await pauseOf(world)).toBeNull();
  });

  it('is none when nudges were let come before', async () => {
    const { world, press } = await pausedCase();
    await world.pass(3 * DAY);
    await press('U0TOMAS');
    await world.pass(30 * DAY);
    expect(await todosOf(world)).toEqual([]);
  });

  it('is asked about by its own two weeks when a later case is ended the same way', async () => {
    const { world } = await pausedCase();
    await world.pass(13 * DAY);
    await endCase(world, null);
    await world.pass(2 * DAY);
    expect(await todosOf(world)).toEqual([]);
    await world.pass(12 * DAY);
    expect(await todosOf(world)).toHaveLength(1);
  });
});
