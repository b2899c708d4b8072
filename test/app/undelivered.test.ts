// A reply in distress that did not arrive: a person phones, whatever the vendor's reason was.

import { describe, expect, it } from 'vitest';
import type { Outbound } from '../../src/app/ports/messages.ts';
import type { Problem } from '../../src/app/ports/senders.ts';
import { createWorld, MAYA, RENEE, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const MINUTE = 60_000;
const STRANGER = '+12135550190';

async function safetyReply(world: World, phone = MAYA): Promise<Outbound & { readonly providerId: string }> {
  const rows = await world.database.read((stores) => stores.outbox.ofPhone(world.database.hashPhone(phone)));
  const row = rows.find((one) => one.messageClass === 'safety_reply');
  if (row?.providerId == null) throw new Error('no safety reply was sent');
  return { ...row, providerId: row.providerId };
}

function phoneNotices(world: World) {
  return world.posts.filter(
    (post) => post.message.kind === 'notice' && /did not arrive|could not be sent/.test(post.message.title),
  );
}

describe('a safety reply that does not arrive', () => {
  it.each([
    ['30003', 'unreachable'],
    ['30005', 'bad_number'],
    ['30006', 'bad_number'],
    ['30007', 'filtered'],
    ['30036', 'expired'],
    ['99999', 'unclassified'],
  ] as const)('%s: the counselors are told to phone, once', async (code, problem: Problem) => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const { id: outboundId, providerId } = await safetyReply(world);
    const receipt = { outboundId, providerId, status: 'undelivered', code, problem };
    await world.recordReceipt(receipt);
    await world.recordReceipt(receipt);
    await world.relay.drain();
    expect(phoneNotices(world)).toHaveLength(1);
    expect(phoneNotices(world)[0]).toMatchObject({
      to: 'counselors',
      message: { title: `The safety reply did not arrive (${code}): phone this student.` },
    });
    expect(JSON.stringify(phoneNotices(world)[0])).toContain('Maya');
  });

  it('is told also when it was to a number that nobody knows, and no staff phone is blamed', async () => {
    const world = await createWorld();
    await world.text(STRANGER, CRISIS);
    const { id: outboundId, providerId } = await safetyReply(world, STRANGER);
    await world.recordReceipt({ outboundId, providerId, status: 'undelivered', code: '30005', problem: 'bad_number' });
    await world.relay.drain();
    expect(phoneNotices(world).map((post) => post.to)).toEqual(['counselors']);
    expect(await world.database.read((stores) => stores.house.alarms())).toEqual([]);
  });

  it('is told when the vendor refuses it at once', async () => {
    const world = await createWorld();
    world.plan.always.set(MAYA, { kind: 'rejected', problem: 'route_closed', code: '21408' });
    await world.text(MAYA, CRISIS);
    expect(phoneNotices(world)).toHaveLength(1);
  });

  it('ST-01: is told when the receipt names no reason', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    const { id: outboundId, providerId } = await safetyReply(world);
    await world.recordReceipt({ outboundId, providerId, status: 'failed', code: null, problem: null });
    await world.relay.drain();
    expect(phoneNotices(world)).toHaveLength(1);
  });

  it.each(['account', 'unregistered'] as const)('%s: is tried again every minute, and told once', async (problem) => {
    const world = await createWorld();
    world.plan.always.set(MAYA, { kind: 'rejected', problem, code: '20003' });
    await world.text(MAYA, CRISIS);
    await world.pass(20 * MINUTE);
    expect(world.texts.filter((text) => text.to === MAYA).length).toBeGreaterThanOrEqual(20);
    expect(phoneNotices(world)).toHaveLength(1);
  });
});

describe('an alert by SMS that does not arrive', () => {
  it('ST-01, CR-03: climbs at once when the receipt names no reason', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.pass(5 * MINUTE);
    const rows = await world.database.read((stores) => stores.outbox.ofPhone(world.database.hashPhone(RENEE)));
    const alert = rows.find((row) => row.messageClass === 'alert');
    if (alert?.providerId == null) throw new Error('nobody was texted');
    const { id: outboundId, providerId } = alert;
    const before = world.texts.length;
    await world.recordReceipt({ outboundId, providerId, status: 'undelivered', code: null, problem: null });
    await world.relay.drain();
    expect(world.texts.length).toBeGreaterThan(before);
  });
});
