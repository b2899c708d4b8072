// What comes back with START: the conversation that rested, at a time at which it can go on.

import { describe, expect, it } from 'vitest';
import { createWorld, MAYA, type World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function silenceTimer(world: World) {
  return world.database.read(async (stores) => {
    const mentee = await stores.people.menteeByPhone(world.database.hashPhone(MAYA));
    const running = mentee === null ? null : await stores.conversations.activeOf(mentee.id);
    if (running?.waiting?.kind !== 'reply') throw new Error('no question is open');
    const timers = await stores.timers.due(Number.MAX_SAFE_INTEGER, 100);
    const timer = timers.find(({ subject, name }) => subject === running.id && name === 'no_reply');
    return { askedAt: running.waiting.askedAt, dueAt: timer?.dueAt ?? null };
  });
}

/** Every question of every flow waits for so long. */
function waits(after: string) {
  return (files: Record<string, unknown>) => {
    for (const [path, file] of Object.entries(files)) {
      if (path.includes('/')) continue;
      files[path] = JSON.parse(JSON.stringify(file).replaceAll('"after":"2 days"', `"after":"${after}"`));
    }
  };
}

describe('START after STOP', () => {
  it('TC-09: gives an open question two days again before silence counts', async () => {
    const world = await createWorld();
    await world.pass(HOUR);
    await world.text(MAYA, 'STOP');
    expect((await silenceTimer(world)).dueAt).toBeNull();
    world.clock.at += 5 * DAY;
    await world.text(MAYA, 'START');
    expect((await silenceTimer(world)).dueAt).toBe(world.clock.at + 2 * DAY);
    await world.pass(2 * DAY + HOUR);
    expect(world.texts.filter((text) => text.to === MAYA).at(-1)?.body).not.toContain('START');
  });

  it('TC-09: waits as long as the question itself says when that is longer', async () => {
    const world = await createWorld(waits('14 days'));
    await world.pass(HOUR);
    await world.text(MAYA, 'STOP');
    world.clock.at += DAY;
    await world.text(MAYA, 'START');
    const { askedAt, dueAt } = await silenceTimer(world);
    expect(dueAt).toBe(askedAt + 14 * DAY);
    const before = world.texts.filter((text) => text.to === MAYA).length;
    await world.pass(14 * DAY);
    expect(world.texts.filter((text) => text.to === MAYA).length).toBeGreaterThan(before);
  });
});
