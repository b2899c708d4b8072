import { describe, expect, it } from 'vitest';
import { asEscalationId } from '../../src/core/model/ids.ts';
import { createWorld, MAYA, RENEE, TOMAS, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const MINUTE = 60_000;

function channelAlerts(world: World) {
  return world.posts.filter((post) => post.message.kind === 'alert' && !post.isUpdate);
}

function onlyCase(world: World) {
  const alert = channelAlerts(world)[0]?.message;
  if (alert?.kind !== 'alert') throw new Error('no alert');
  return { id: asEscalationId(alert.escalationId), code: alert.caseCode };
}

describe('the ladder', () => {
  it('CR-02, CR-04: repeats every five minutes to the channel and the next person on call, round and round', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    expect(channelAlerts(world)).toHaveLength(1);
    await world.pass(20 * MINUTE);
    expect(channelAlerts(world)).toHaveLength(5);
    const staff = world.texts.filter((text) => text.to === RENEE || text.to === TOMAS).map((text) => text.to);
    expect(staff).toEqual([RENEE, TOMAS, RENEE, TOMAS]);
  });

  it('stops when somebody acknowledges; the second one only sees who was first', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const { id } = onlyCase(world);
    const first = await world.act('U0TOMAS', { kind: 'acknowledge', escalationId: id });
    const second = await world.act('U0RENEE', { kind: 'acknowledge', escalationId: id });
    expect([first.word, second.word]).toEqual([null, 'Tomas Aguilar already has this case.']);
    expect(world.posts.at(-1)).toMatchObject({
      isUpdate: true,
      message: { state: 'acknowledged', acknowledgedBy: 'Tomas Aguilar' },
    });
    await world.pass(29 * MINUTE);
    expect(channelAlerts(world)).toHaveLength(1);
  });

  it('CR-06: takes ACK by text from a phone on the roster, and from no other', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const { id, code } = onlyCase(world);
    await world.text('+12135550195', `ACK ${code}`);
    expect((await world.database.read((stores) => stores.escalations.byId(id)))?.state.status).toBe('open');
    await world.text(RENEE, `ack ${code.toLowerCase()}`);
    expect((await world.database.read((stores) => stores.escalations.byId(id)))?.state).toMatchObject({
      status: 'acknowledged',
    });
    expect(world.texts.at(-1)).toMatchObject({ to: RENEE, body: expect.stringContaining('is yours') });
  });

  it('CR-03: texts the next person at once when Slack refuses, and shows the card when Slack is back', async () => {
    const world = await createWorld();
    world.plan.slack.push({ kind: 'rejected', problem: 'channel_dead', code: 'is_archived' });
    await world.text(MAYA, CRISIS);
    expect(world.texts.map((text) => text.to)).toContain(RENEE);
    await world.pass(2 * MINUTE);
    expect(channelAlerts(world).length).toBeGreaterThan(1);
  });

  it.each([
    { kind: 'unknown', code: '500' },
    { kind: 'not_sent', afterMs: 60_000, code: 'ratelimited' },
    { kind: 'rejected', problem: 'auth_dead', code: 'token_revoked' },
  ] as const)('CR-03: climbs at once when Slack answers $kind ($code)', async (outcome) => {
    const world = await createWorld();
    world.plan.slack.push(outcome);
    await world.text(MAYA, CRISIS);
    expect(world.texts.map((text) => text.to)).toContain(RENEE);
  });

  it('shows the case once after twenty minutes without Slack, and pages one person at a time meanwhile', async () => {
    const world = await createWorld();
    for (let index = 0; index < 2_000; index += 1)
      world.plan.slack.push({ kind: 'not_sent', afterMs: null, code: 'ECONNREFUSED' });
    await world.text(MAYA, CRISIS);
    await world.pass(20 * MINUTE);
    world.plan.slack.length = 0;
    const tried = world.posts.length;
    await world.pass(2 * MINUTE);
    expect(world.posts.slice(tried).filter((post) => post.message.kind === 'alert' && !post.isUpdate)).toHaveLength(1);
  }, 30_000);

  it('texts nobody that a case is open once somebody has taken it', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    world.plan.always.set(RENEE, { kind: 'not_sent', afterMs: null, code: '20429' });
    await world.pass(5 * MINUTE);
    await world.act('U0TOMAS', { kind: 'acknowledge', escalationId: onlyCase(world).id });
    world.plan.always.clear();
    const before = world.texts.length;
    await world.pass(10 * MINUTE);
    expect(world.texts).toHaveLength(before);
  });

  it('shows neither name nor words in the text that lights up a locked phone', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.pass(5 * MINUTE);
    const text = world.texts.find((one) => one.to === RENEE);
    expect(text?.body).not.toMatch(/Maya|kill/i);
    expect(text?.body).toMatch(/case [A-Z0-9]{4}/);
  });

  it('ends only when a person resolves; then nudges are planned again', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const { id } = onlyCase(world);
    await world.pass(4 * MINUTE);
    expect(world.texts.filter((text) => text.to === MAYA)).toHaveLength(1);
    const end = { outcome: 'safe', resumeAfterHours: 0, note: '' } as const;
    expect(await world.resolve('U0RENEE', { ...end, escalationId: id })).toEqual({ kind: 'close' });
    await world.pass(MINUTE);
    expect(world.texts.filter((text) => text.to === MAYA).length).toBeGreaterThan(1);
  });

  it('SL-03: a press that is replayed has no second effect', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const { id } = onlyCase(world);
    const press = { kind: 'acknowledge', escalationId: id } as const;
    await world.act('U0RENEE', press, 'same');
    expect(await world.act('U0RENEE', press, 'same')).toMatchObject({ word: null });
    const events = await world.database.read((stores) => stores.escalations.events(id));
    expect(events.map((event) => event.event.kind)).toEqual(['opened', 'acknowledged']);
  });
});
