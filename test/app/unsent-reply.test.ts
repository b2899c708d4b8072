// A safety reply that no vendor takes, and none refuses: the card says what was answered, so the case says that it was not.

import { describe, expect, it } from 'vitest';
import { createWorld, MAYA, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const MINUTE = 60_000;
const DOWN = { kind: 'not_sent', afterMs: null, code: 'ECONNREFUSED' } as const;

const notices = (world: World, words: RegExp) =>
  world.posts.filter((post) => post.message.kind === 'notice' && words.test(post.message.title));
const late = (world: World) => notices(world, /has not left for a minute \(ECONNREFUSED\): phone this student/);
const left = (world: World) => notices(world, /that was late has left now/);

describe('CR-03, SL-27: a safety reply that does not leave is never silent', () => {
  it('is told of in the case after a minute, once and to the channel, and again when it has left', async () => {
    const world = await createWorld();
    world.plan.always.set(MAYA, DOWN);
    await world.text(MAYA, CRISIS);
    await world.pass(50_000);
    expect(late(world)).toEqual([]);
    await world.pass(10 * MINUTE);
    expect(late(world)).toHaveLength(1);
    expect(late(world)[0]).toMatchObject({ to: 'counselors', broadcast: true });
    expect(JSON.stringify(late(world)[0])).toContain('Maya');
    expect(left(world)).toEqual([]);
    world.plan.always.delete(MAYA);
    await world.pass(2 * MINUTE);
    expect(left(world)).toHaveLength(1);
    expect(world.texts.filter(({ to, body }) => to === MAYA && body.includes('988')).length).toBeGreaterThan(2);
  });

  it('that leaves with the second try is nobody’s worry', async () => {
    const world = await createWorld();
    world.plan.sms.push(DOWN);
    await world.text(MAYA, CRISIS);
    await world.pass(3 * MINUTE);
    expect([...late(world), ...left(world)]).toEqual([]);
  });

  it('of which nobody knows whether it left is told of as well', async () => {
    const world = await createWorld();
    world.plan.always.set(MAYA, { kind: 'unknown', code: 'ECONNREFUSED' });
    await world.text(MAYA, CRISIS);
    await world.pass(5 * MINUTE);
    expect(late(world)).toHaveLength(1);
  });

  it('is told of though the clock was set back meanwhile', async () => {
    const world = await createWorld();
    world.plan.always.set(MAYA, DOWN);
    await world.text(MAYA, CRISIS);
    world.clock.at -= 60 * MINUTE;
    await world.pass(2 * MINUTE);
    expect(late(world)).toHaveLength(1);
  });
});
