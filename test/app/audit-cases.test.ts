// The auditor of each minute: what has stalled goes on, and the monitor outside hears of it by silence (CR-07, CR-08).

import { describe, expect, it } from 'vitest';
import { auditCases } from '../../src/app/audit-cases.ts';
import { createTick } from '../../src/app/tick.ts';
import { asEscalationId } from '../../src/core/model/ids.ts';
import { createWorld, MAYA, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const MINUTE = 60_000;

/** The minute of a world, and how often the monitor was told. */
function minuteOf(
  world: World,
  given: {
    readonly hasWebhook?: boolean;
    readonly tellOperator?: (text: string) => Promise<void>;
    readonly runDue?: () => Promise<number>;
  } = {},
) {
  const beats = { count: 0 };
  const tick = createTick({
    ...world,
    runDue: given.runDue ?? world.runDue,
    pollThreads: async () => {},
    checkSlackPeople: async () => {},
    storeWatch: { failed: () => {}, succeeded: () => {}, tick: async () => {} },
    tellOperator: given.tellOperator ?? (given.hasWebhook === true ? async () => {} : null),
    heartbeat: async () => {
      beats.count += 1;
    },
  });
  return { tick, beats };
}

const alarmsOf = (world: World) =>
  world.database.read(async (stores) => (await stores.house.alarms()).map(({ kind }) => kind));

async function caseOf(world: World) {
  const [found] = await world.database.read((stores) => stores.escalations.unresolved());
  if (found === undefined) throw new Error('no case');
  return asEscalationId(found.id);
}

describe('CR-07: the auditor', () => {
  it('tells the monitor each minute while cases go on and alerts leave', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const { tick, beats } = minuteOf(world);
    for (let minute = 1; minute <= 12; minute += 1) {
      world.clock.at += MINUTE;
      await tick();
      await world.relay.drain();
    }
    expect(beats.count).toBe(12);
  });

  it('re-arms a case that has no timer, with an alarm that ends when it goes on', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const id = await caseOf(world);
    await world.database.transact((stores) => stores.timers.clear('escalation', id, 'alert'));
    const { tick, beats } = minuteOf(world);
    await tick();
    expect(beats.count).toBe(0);
    expect(await alarmsOf(world)).toContain('case_stalled');
    expect(await world.database.read((stores) => stores.timers.get('escalation', id, 'alert'))).toMatchObject({
      dueAt: world.clock.at,
    });
    await world.relay.drain();
    await tick();
    expect(beats.count).toBe(1);
    expect(await alarmsOf(world)).not.toContain('case_stalled');
  });

  it('finds a step that is more than five minutes late, and no earlier one', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    world.clock.at += 10 * MINUTE;
    expect(await auditCases(world)).toBe(true);
    world.clock.at += 1;
    expect(await auditCases(world)).toBe(false);
    expect(await alarmsOf(world)).toContain('case_stalled');
  });

  it('CR-08: keeps silent while an alert cannot leave', async () => {
    const world = await createWorld();
    world.plan.slack.push(
      ...Array.from({ length: 200 }, () => ({ kind: 'not_sent', afterMs: null, code: '503' }) as const),
    );
    await world.text(MAYA, CRISIS);
    const id = await caseOf(world);
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId: id });
    world.clock.at += 6 * MINUTE;
    const { tick, beats } = minuteOf(world);
    await tick();
    expect(beats.count).toBe(0);
  });

  it('CR-08: keeps silent while the database cannot be written', async () => {
    const world = await createWorld();
    const database = { ...world.database, transact: () => Promise.reject(new Error('disk is full')) };
    const { tick, beats } = minuteOf({ ...world, database });
    await tick();
    expect(beats.count).toBe(0);
  });
});

describe('CR-04: the operator', () => {
  it('hears by webhook of each round in vain, in the minute in which it ends, and of no name or number', async () => {
    const world = await createWorld();
    const told: string[] = [];
    const { tick } = minuteOf(world, { tellOperator: async (text) => void told.push(text) });
    await world.text(MAYA, CRISIS);
    for (let minute = 1; minute <= 36; minute += 1) {
      world.clock.at += MINUTE;
      await tick();
      await world.relay.drain();
    }
    const rounds = told.filter((text) => text.includes('nobody_acknowledged'));
    expect(rounds.map((text) => /in (\d) full/.exec(text)?.[1])).toEqual(['1', '2']);
    expect(told.join()).not.toMatch(/Maya|Robinson|\+1|555/);
  });
});

describe('an empty last resort', () => {
  it.each([
    [false, ['last_resort_empty', 'nobody_on_call']],
    [true, ['nobody_on_call']],
  ])('with a webhook: %s, alarms %j at each start and each day, and the house goes on', async (hasWebhook, wanted) => {
    const world = await createWorld();
    await world.database.transact(async (stores) => {
      for (const counselor of await stores.people.counselors())
        await stores.people.saveCounselor({ ...counselor, phone: null }, world.clock.at);
    });
    const told = () => world.logged.filter(({ event }) => event === 'alarm').length;
    const { tick } = minuteOf(world, { hasWebhook });
    await tick();
    expect((await alarmsOf(world)).sort()).toEqual(wanted);
    await tick();
    expect(told()).toBe(wanted.length);
    await minuteOf(world, { hasWebhook }).tick();
    expect(told()).toBe(2 * wanted.length);
    world.clock.at += 24 * 60 * MINUTE;
    await tick();
    expect(told()).toBe(3 * wanted.length);
  });
});
