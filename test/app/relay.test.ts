import { describe, expect, it } from 'vitest';
import { attemptSend } from '../../src/app/attempt-send.ts';
import { claimDue } from '../../src/app/claim-due.ts';
import { menteeRow } from '../../src/app/outbound-rows.ts';
import { pollFinalStatus } from '../../src/app/poll-final-status.ts';
import type { Outbound } from '../../src/app/ports/messages.ts';
import { createWorld, inbound, LUIS, MAYA, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function rowsOf(world: World, phone = MAYA): Promise<Outbound[]> {
  return world.database.read((stores) => stores.outbox.ofPhone(world.database.hashPhone(phone)));
}

function textsTo(world: World, phone = MAYA): string[] {
  return world.texts.filter((text) => text.to === phone).map((text) => text.body);
}

/** Until the introduction and the first nudge have left. */
async function nudged(): Promise<World> {
  const world = await createWorld();
  await world.pass(HOUR);
  expect(textsTo(world)).toHaveLength(2);
  return world;
}

describe('the first texts', () => {
  it('CA-02, SB-01: the introduction comes first and once, with its locked parts; the nudge follows', async () => {
    const world = await nudged();
    const [introduction, nudge] = textsTo(world);
    expect(introduction).toMatch(/Bridge Program.*Dani.*automated.*TALK.*Msg & data rates may apply.*HELP.*STOP/s);
    expect(nudge).toContain('Tuesday, June 15');
    await world.text(MAYA, 'done');
    await world.pass(8 * 24 * HOUR);
    expect(textsTo(world).filter((text) => text.includes('automated'))).toHaveLength(1);
  });

  it('nothing unasked leaves outside the allowed hours of the mentee', async () => {
    const world = await createWorld();
    world.clock.at = Date.parse('2027-06-07T21:30:00-07:00');
    await world.pass(10 * HOUR);
    expect(world.texts).toEqual([]);
    await world.pass(3 * HOUR);
    expect(textsTo(world)).toHaveLength(2);
  });

  it('asks again two days later when nobody answers, then puts the mentee on the mentor list', async () => {
    const world = await nudged();
    await world.pass(2 * 24 * HOUR + HOUR);
    expect(textsTo(world)).toHaveLength(3);
    await world.pass(2 * 24 * HOUR + HOUR);
    expect(textsTo(world)).toHaveLength(3);
    expect(JSON.stringify(world.posts.filter((post) => post.to === 'U0DANI'))).toContain('Did not reply');
  });
});

describe('an answer of the vendor that never came', () => {
  it('TX-04: a nudge is looked for and adopted when the vendor has it', async () => {
    const world = await createWorld();
    world.plan.sms.push({ kind: 'unknown', code: 'ECONNABORTED' });
    await world.runDue();
    await world.relay.drain();
    world.plan.find = { kind: 'found', providerId: 'SMfound', status: 'sent' };
    world.clock.at += 61_000;
    await world.checkUnknown();
    const [introduction] = await rowsOf(world);
    expect(introduction).toMatchObject({ status: 'sent', providerId: 'SMfound' });
  });

  it('TX-04: a nudge that the vendor does not have is sent once more after ten minutes, then given up', async () => {
    const world = await nudged();
    const before = textsTo(world).length;
    world.plan.sms.push({ kind: 'unknown', code: '500' });
    await world.text(MAYA, 'what is this about');
    expect(textsTo(world)).toHaveLength(before + 1);
    world.clock.at += 5 * MINUTE;
    await world.checkUnknown();
    await world.relay.drain();
    expect(textsTo(world)).toHaveLength(before + 1);
    world.plan.sms.push({ kind: 'unknown', code: '500' });
    for (let minute = 0; minute < 30; minute += 1) {
      world.clock.at += MINUTE;
      await world.checkUnknown();
      await world.relay.drain();
    }
    expect(textsTo(world)).toHaveLength(before + 2);
    expect((await rowsOf(world)).filter((row) => row.status === 'lost')).toHaveLength(1);
  });

  it('a safety reply is sent again at once: a double is a nuisance, silence is not allowed', async () => {
    const world = await createWorld();
    world.plan.sms.push({ kind: 'unknown', code: '500' });
    await world.text(MAYA, 'i want to kill myself');
    await world.pass(MINUTE);
    expect(textsTo(world).filter((text) => text.includes('988'))).toHaveLength(2);
  });

  it('TX-05, DB-08: a row whose relay died is looked into after its lease, not sent blindly', async () => {
    const world = await createWorld();
    await world.runDue();
    const { claims } = await claimDue(world, 'normal', 10);
    expect(claims.length).toBeGreaterThan(0);
    world.clock.at += 29_000;
    await world.checkUnknown();
    expect((await rowsOf(world)).some((row) => row.status === 'claimed')).toBe(true);
    world.clock.at += 2_000;
    await world.checkUnknown();
    expect((await rowsOf(world))[0]?.status).toBe('unknown');
    expect(world.texts).toEqual([]);
  });
});

describe('a text as a row', () => {
  it('TX-01: exists only when what caused it was committed, and once for its key', async () => {
    const world = await createWorld();
    const mentee = await world.database.read((stores) => stores.people.menteeByPhone(world.database.hashPhone(MAYA)));
    if (mentee === null) throw new Error('no Maya');
    const base = {
      mentee,
      text: 'hello',
      now: world.clock.at,
      inReplyTo: null,
      isIntroduction: true,
      task: null,
      saidBy: null,
    };
    const fails = world.database.transact(async (stores) => {
      await stores.outbox.add(menteeRow({ ...base, key: 'undone' }), world.clock.at);
      throw new Error('the flow step failed');
    });
    await expect(fails).rejects.toThrow('the flow step failed');
    const add = () =>
      world.database.transact((stores) => stores.outbox.add(menteeRow({ ...base, key: 'once' }), world.clock.at));
    expect(await add()).not.toBeNull();
    expect(await add()).toBeNull();
    expect((await rowsOf(world)).map((row) => row.key)).toEqual(['once']);
  });
});

describe('between claim and send', () => {
  it('TX-07, F32: a STOP that commits after the claim keeps the text from leaving', async () => {
    const world = await createWorld();
    await world.runDue();
    const { claims } = await claimDue(world, 'normal', 10);
    await world.receive(inbound(MAYA, 'stop texting me', 'SMstop'));
    for (const claim of claims) await attemptSend(world, claim);
    await world.relay.drain();
    expect(textsTo(world).filter((text) => !text.includes('no more texts'))).toEqual([]);
  });

  it('DB-07: a relay that slept through its lease records nothing', async () => {
    const world = await createWorld();
    await world.runDue();
    const { claims } = await claimDue(world, 'normal', 1);
    world.clock.at += 31_000;
    await world.checkUnknown();
    const [claim] = claims;
    if (claim === undefined) throw new Error('nothing claimed');
    const finished = await world.database.transact((stores) =>
      stores.outbox.finish(claim.row.id, claim.leaseToken, { kind: 'sent', providerId: 'SMlate', status: 'queued' }),
    );
    expect(finished).toBe(false);
  });
});

describe('refusals and receipts', () => {
  it('TX-02: a rate limit is waited out, and the order of the texts is kept', async () => {
    const world = await createWorld();
    world.plan.sms.push(
      { kind: 'not_sent', afterMs: null, code: '20429' },
      { kind: 'not_sent', afterMs: null, code: '20429' },
    );
    await world.pass(HOUR);
    const sent = (await rowsOf(world)).filter((row) => row.status === 'sent');
    expect(sent.map((row) => row.isIntroduction)).toEqual([true, false]);
  });

  it('21610: the ledger is put right, nothing more is sent, a person is told', async () => {
    const world = await createWorld();
    world.plan.sms.push({ kind: 'rejected', problem: 'opted_out', code: '21610' });
    await world.pass(HOUR);
    const hash = world.database.hashPhone(MAYA);
    const first = (await rowsOf(world))[0];
    expect(first?.status).toBe('failed');
    expect(await world.database.read((stores) => stores.consents.state(hash))).toBe('opted_out');
    expect(textsTo(world)).toHaveLength(1);
    expect(JSON.stringify(world.posts)).toContain('Has stopped texts at the carrier');
  });

  it('30005: a dead number is texted no more, and the mentor looks for another way', async () => {
    const world = await nudged();
    const [, nudge] = await rowsOf(world);
    if (nudge?.providerId == null) throw new Error('not sent');
    const receipt = { outboundId: nudge.id, providerId: nudge.providerId, status: 'undelivered', code: '30005' };
    await world.recordReceipt({ ...receipt, problem: 'bad_number' });
    await world.pass(3 * 24 * HOUR);
    expect(textsTo(world)).toHaveLength(2);
    expect(JSON.stringify(world.posts)).toContain('This number cannot be texted');
  });

  it('30003: a handset that was off gets the text once more in the next allowed window, not twice', async () => {
    const world = await nudged();
    const [, nudge] = await rowsOf(world);
    if (nudge?.providerId == null) throw new Error('not sent');
    const off = { status: 'undelivered', code: '30003', problem: 'unreachable' } as const;
    await world.recordReceipt({ ...off, outboundId: nudge.id, providerId: nudge.providerId });
    await world.recordReceipt({ ...off, outboundId: nudge.id, providerId: nudge.providerId });
    await world.pass(24 * HOUR);
    const again = (await rowsOf(world)).filter((row) => row.key.endsWith(':again'));
    expect(again).toHaveLength(1);
    expect(textsTo(world).filter((text) => text === textsTo(world)[1])).toHaveLength(2);
  });

  it('ST-02: a late lower status does not overwrite a final one', async () => {
    const world = await nudged();
    const [, nudge] = await rowsOf(world);
    if (nudge?.providerId == null) throw new Error('not sent');
    const { id: outboundId, providerId } = nudge;
    for (const status of ['delivered', 'sent', 'queued', 'delivered']) {
      await world.recordReceipt({ outboundId, providerId, status, code: null, problem: null });
    }
    expect((await rowsOf(world))[1]?.receiptStatus).toBe('delivered');
  });

  it('DB-09: a text that always fails is parked with an alarm, and nobody else waits for it', async () => {
    const world = await createWorld();
    world.plan.always.set(LUIS, { kind: 'not_sent', afterMs: null, code: '20429' });
    await world.pass(2 * HOUR);
    expect((await rowsOf(world, LUIS))[0]).toMatchObject({ status: 'parked', attempts: 25 });
    expect((await rowsOf(world)).map((row) => row.status)).toEqual(['sent', 'sent']);
    expect(JSON.stringify(world.posts)).toContain('message parked');
  });
});

describe('a text whose last word never came', () => {
  const DAY = 24 * HOUR;

  it('ST-04: is asked about once after a day, and what is found out is followed up like a receipt', async () => {
    const world = await createWorld();
    await world.text(MAYA, 'i want to kill myself');
    world.plan.find = { kind: 'found', providerId: 'SM1', status: 'undelivered' };
    world.clock.at += DAY + MINUTE;
    await pollFinalStatus(world);
    await pollFinalStatus(world);
    await world.relay.drain();
    const told = world.posts.filter((post) => JSON.stringify(post).includes('did not arrive'));
    expect(told).toHaveLength(1);
  });

  it('ST-04: is not sent again when the vendor does not know either', async () => {
    const world = await nudged();
    const before = textsTo(world).length;
    world.plan.find = { kind: 'absent' };
    world.clock.at += DAY + MINUTE;
    await pollFinalStatus(world);
    await world.relay.drain();
    expect(textsTo(world)).toHaveLength(before);
  });
});

describe('after STOP', () => {
  it('TC-07: nothing is sent for the rest of the summer, and START brings the nudges back', async () => {
    const world = await nudged();
    await world.text(MAYA, 'STOP');
    const before = textsTo(world).length;
    await world.pass(30 * 24 * HOUR);
    expect(textsTo(world)).toHaveLength(before);
    await world.text(MAYA, 'START');
    expect(textsTo(world).length).toBeGreaterThan(before);
  });

  it('TC-08: one confirmation for plain words, none for the exact word that the carrier answers', async () => {
    const plain = await nudged();
    await plain.text(MAYA, 'please stop texting me');
    await plain.text(MAYA, 'stop texting me!!');
    expect(textsTo(plain).filter((text) => text.includes('no more texts'))).toHaveLength(1);
    const exact = await nudged();
    await exact.text(MAYA, 'Stop');
    expect(textsTo(exact)).toHaveLength(2);
  });
});
