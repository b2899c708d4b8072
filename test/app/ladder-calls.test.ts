// The rungs behind the text: a call that one key answers, the operator after a round in vain, and what staff are spared.

import { describe, expect, it } from 'vitest';
import { asEscalationId } from '../../src/core/model/ids.ts';
import { createWorld, LUIS, MAYA, RENEE, TOMAS, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function firstCase(world: World) {
  const alert = world.posts.find((post) => post.message.kind === 'alert')?.message;
  if (alert?.kind !== 'alert') throw new Error('no alert');
  return { escalationId: asEscalationId(alert.escalationId), code: alert.caseCode };
}

const stateOf = (world: World) =>
  world.database.read(async (stores) => (await stores.escalations.byId(firstCase(world).escalationId))?.state);

const alarms = (world: World): Promise<string[]> =>
  world.database.read(async (stores) => (await stores.house.alarms()).map(({ kind }) => kind));

const notes = (world: World) =>
  world.posts.flatMap(({ message, threadTs }) =>
    message.kind === 'notice' && threadTs !== null ? [message.title] : [],
  );

const smsTo = (world: World, to: string) => world.texts.filter((text) => text.to === to);

/** A crisis of Maya's of which Renee was texted, and then phoned. */
async function phoned(): Promise<World> {
  const world = await createWorld();
  await world.text(MAYA, CRISIS);
  await world.pass(7 * MINUTE);
  return world;
}

describe('CR-02: the call', () => {
  it('comes two minutes after the text to the same person, before the next one is texted, and says only the case', async () => {
    const world = await phoned();
    expect(world.rings.map(({ to }) => to)).toEqual([RENEE]);
    expect(smsTo(world, TOMAS)).toEqual([]);
    const { code } = firstCase(world);
    expect(world.rings[0]?.words).toContain([...code].join(', '));
    expect(world.rings[0]?.words).toContain('Press 1');
    expect(world.rings[0]?.words).not.toMatch(/Maya|Robinson|kill|\d{3}/);
    await world.pass(3 * MINUTE);
    expect(smsTo(world, TOMAS)).toHaveLength(1);
    await world.pass(2 * MINUTE);
    expect(world.rings.map(({ to }) => to)).toEqual([RENEE, TOMAS]);
  });

  it('CR-06: pressing 1 acknowledges for whoever was phoned, stops all pages, and stands in the audit', async () => {
    const world = await phoned();
    const answer = await world.pressKey('1');
    expect(answer.asksAgain).toBe(false);
    expect(answer.words).toContain([...firstCase(world).code].join(', '));
    const state = await stateOf(world);
    const renee = await world.database.read(async ({ people }) => (await people.counselorBySlackUser('U0RENEE'))?.id);
    expect(state).toMatchObject({ status: 'acknowledged', acknowledgedBy: renee, callNext: null });
    const deeds = await world.database.read((stores) => stores.audit.recent({ limit: 9 }));
    expect(deeds).toContainEqual(
      expect.objectContaining({ actor: renee, action: 'case_acknowledged', detail: { via: 'call' } }),
    );
    await world.pass(20 * MINUTE);
    expect(smsTo(world, TOMAS)).toEqual([]);
    expect(world.rings).toHaveLength(1);
  });

  it.each(['', '5', '#', '11'])('key %j is none: the words come again and the paging goes on', async (digits) => {
    const world = await phoned();
    expect(await world.pressKey(digits)).toMatchObject({ asksAgain: true, words: world.rings[0]?.words });
    expect(await stateOf(world)).toMatchObject({ status: 'open' });
    await world.pass(3 * MINUTE);
    expect(smsTo(world, TOMAS)).toHaveLength(1);
  });

  it('CR-06: whoever presses second hears who was first, and changes nothing', async () => {
    const world = await phoned();
    await world.act('U0TOMAS', { kind: 'acknowledge', escalationId: firstCase(world).escalationId });
    expect((await world.pressKey('1')).words).toContain('Tomas Aguilar');
    const tomas = await world.database.read(async ({ people }) => (await people.counselorBySlackUser('U0TOMAS'))?.id);
    expect((await stateOf(world))?.acknowledgedBy).toBe(tomas);
  });

  it('SL-24: the key of somebody who has left acknowledges nothing', async () => {
    const world = await phoned();
    await world.noteSlackPerson({ slackUserId: 'U0RENEE', standing: 'deactivated' });
    expect(await world.pressKey('1')).toMatchObject({ asksAgain: false });
    expect(await stateOf(world)).toMatchObject({ status: 'open' });
  });

  it('does not ring any more once somebody has acknowledged', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.pass(5 * MINUTE);
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId: firstCase(world).escalationId });
    await world.pass(20 * MINUTE);
    expect(world.rings).toEqual([]);
  });

  it('CR-03: that Twilio refuses pages the next person at once, and says nothing of the number', async () => {
    const world = await createWorld();
    world.plan.calls.push({ kind: 'rejected', problem: 'bad_number', code: '21211' });
    await world.text(MAYA, CRISIS);
    await world.pass(7 * MINUTE);
    expect(smsTo(world, TOMAS)).toHaveLength(1);
    expect(await alarms(world)).toContain('call_refused');
    const hash = world.database.hashPhone(RENEE);
    expect(await world.database.read(({ people }) => people.phoneProblem(hash))).toBeNull();
  });

  it('CR-03: that reaches no phone pages the next person at once; one that rings in vain waits its turn', async () => {
    const world = await phoned();
    const outboundId = world.rings[0]?.outboundId ?? null;
    const receipt = { outboundId, providerId: 'CA1', problem: null, code: null };
    await world.recordReceipt({ ...receipt, status: 'no-answer' });
    await world.relay.drain();
    expect(smsTo(world, TOMAS)).toEqual([]);
    await world.recordReceipt({ ...receipt, status: 'failed', problem: 'unreachable', code: 'call_failed' });
    await world.relay.drain();
    expect(smsTo(world, TOMAS)).toHaveLength(1);
  });
});

describe('CR-04: after a round in vain', () => {
  it('the operator is told each time, the thread says so, and it ends with the acknowledge', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.pass(14 * MINUTE);
    expect(await alarms(world)).not.toContain('nobody_acknowledged');
    await world.pass(MINUTE);
    expect(await alarms(world)).toContain('nobody_acknowledged');
    expect(notes(world)).toContainEqual(expect.stringContaining('in 1 full round:'));
    await world.pass(20 * MINUTE);
    expect(notes(world)).toContainEqual(expect.stringContaining('in 2 full rounds'));
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId: firstCase(world).escalationId });
    expect(await alarms(world)).not.toContain('nobody_acknowledged');
  });

  it('pages go on round and round for hours, every half an hour at last', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.pass(8 * HOUR);
    const before = world.texts.length;
    await world.pass(2 * HOUR);
    const staff = world.texts.slice(before).filter(({ to }) => to === RENEE || to === TOMAS);
    expect(staff).toHaveLength(4);
  }, 20_000);
});

describe('CR-04: a step that is empty is said in the thread', () => {
  it('with the name and the reason, once', async () => {
    const world = await createWorld();
    await world.database.transact(async (stores) => {
      const [renee] = await stores.people.onCall();
      if (renee !== undefined) await stores.people.saveCounselor({ ...renee, phone: null }, world.clock.at);
    });
    await world.text(MAYA, CRISIS);
    await world.pass(HOUR);
    expect(notes(world).filter((title) => title === 'Renee Okafor is skipped')).toHaveLength(1);
    expect(world.rings.every(({ to }) => to === TOMAS)).toBe(true);
  });

  it('and so is a list with nobody on it', async () => {
    const world = await createWorld();
    await world.database.transact(async (stores) => {
      for (const counselor of await stores.people.onCall())
        await stores.people.saveCounselor({ ...counselor, onCallOrder: null }, world.clock.at);
    });
    await world.text(MAYA, CRISIS);
    await world.pass(HOUR);
    expect(notes(world).filter((title) => title.startsWith('Nobody on the on-call list'))).toHaveLength(1);
    expect(await alarms(world)).toContain('nobody_on_call');
  });
});

describe('staff are throttled for repeats', () => {
  it('and never for the first page of a case', async () => {
    const world = await createWorld();
    const strangers = Array.from({ length: 9 }, (_, index) => `+1213555013${index}`);
    for (const phone of strangers) await world.text(phone, CRISIS);
    await world.pass(5 * MINUTE);
    expect(new Set(smsTo(world, RENEE).map(({ body }) => /case (\w{4})/.exec(body)?.[1])).size).toBe(9);
    await world.pass(2 * MINUTE);
    // A phone that only hums wakes nobody: it rings all the same, though not for each of the nine.
    expect(world.rings.map(({ to }) => to)).toEqual([RENEE, RENEE]);
    await world.pass(3 * MINUTE);
    expect(smsTo(world, TOMAS)).toHaveLength(9);
    await world.pass(5 * MINUTE);
    // Her second round: six of the nine, in a window of five minutes.
    expect(smsTo(world, RENEE)).toHaveLength(9 + 6);
    const cards = world.posts.filter(({ message, isUpdate }) => message.kind === 'alert' && !isUpdate);
    expect(cards).toHaveLength(9 * 4);
  });
});

describe('staff are throttled for repeats, and not', () => {
  it('for the first page that says crisis, of a case that was less', async () => {
    const world = await createWorld();
    await world.text(MAYA, 'we have no food and nowhere to sleep tonight');
    const { escalationId, code } = firstCase(world);
    await world.pass(5 * MINUTE);
    await world.act('U0RENEE', { kind: 'take_over', escalationId });
    await world.pass(5 * MINUTE);
    const strangers = Array.from({ length: 7 }, (_, index) => `+1213555013${index}`);
    for (const phone of strangers) await world.text(phone, CRISIS);
    await world.pass(5 * MINUTE);
    await world.text(MAYA, CRISIS);
    expect(smsTo(world, RENEE).at(-1)?.body).toMatch(new RegExp(`crisis alert, case ${code}. It has become graver`));
  });
});

describe('a high case by night', () => {
  const NIGHT = Date.parse('2027-06-07T23:00:00-07:00');
  const ABUSED = 'my stepdad hits me when he drinks';

  it('pages one person when it says tonight or now, and always the same', async () => {
    const world = await createWorld();
    world.clock.at = NIGHT;
    await world.text(MAYA, 'we got evicted and the shelter is full tonight');
    expect(await stateOf(world)).toMatchObject({ tier: 'high', isUrgent: true });
    await world.pass(2 * HOUR);
    expect(smsTo(world, RENEE).length).toBeGreaterThan(3);
    expect(world.rings.length).toBeGreaterThan(3);
    expect([...smsTo(world, TOMAS), ...world.rings.filter(({ to }) => to === TOMAS)]).toEqual([]);
  });

  it('that can wait pages nobody before eight, and nobody gets a direct message', async () => {
    const world = await createWorld();
    world.clock.at = NIGHT;
    await world.text(MAYA, 'cps might take my brothers, we have no food at home');
    expect(await stateOf(world)).toMatchObject({ tier: 'high', isUrgent: false });
    await world.pass(8 * HOUR + 59 * MINUTE);
    expect([...smsTo(world, RENEE), ...world.rings]).toEqual([]);
    expect(world.posts.filter(({ to }) => to.startsWith('U0'))).toEqual([]);
    await world.pass(2 * MINUTE);
    expect(smsTo(world, RENEE)).toHaveLength(1);
  });

  it('wakes somebody once a later text says that it is now', async () => {
    const world = await createWorld();
    world.clock.at = NIGHT;
    await world.text(LUIS, 'no tenemos que comer en la casa');
    await world.pass(30 * MINUTE);
    expect(smsTo(world, RENEE)).toEqual([]);
    await world.text(LUIS, 'nos corrieron de la casa, no tengo donde dormir esta noche');
    await world.pass(5 * MINUTE);
    expect(smsTo(world, RENEE)).toHaveLength(1);
  });

  it('of abuse is read for what it says of now as well', async () => {
    const world = await createWorld();
    world.clock.at = NIGHT;
    await world.text(MAYA, `${ABUSED}, he is outside my door right now`);
    expect(await stateOf(world)).toMatchObject({ isUrgent: true });
  });
});

describe('the policy of the program', () => {
  const withLadder = (ladder: object) =>
    createWorld((files) => void Object.assign(files['program.yaml'] as object, { ladder }));

  it('sets the minutes of a case when it is opened', async () => {
    const world = await withLadder({
      crisis: { page_every_minutes: 3, call_after_minutes: 1, tell_mentee_after_minutes: 6 },
    });
    await world.text(MAYA, CRISIS);
    await world.pass(4 * MINUTE);
    expect([smsTo(world, RENEE).length, world.rings.length]).toEqual([1, 1]);
    await world.pass(2 * MINUTE);
    expect(
      smsTo(world, MAYA)
        .map(({ body }) => body)
        .join(),
    ).toMatch(/nobody has answered/);
  });

  it('with no minutes for calls phones nobody', async () => {
    const world = await withLadder({ crisis: { call_after_minutes: 0 } });
    await world.text(MAYA, CRISIS);
    await world.pass(HOUR);
    expect(world.rings).toEqual([]);
    expect(smsTo(world, TOMAS).length).toBeGreaterThan(1);
  });

  it('moves the hours of a high case', async () => {
    const world = await withLadder({ high: { from_hour: 6, until_hour: 20 } });
    world.clock.at = Date.parse('2027-06-07T20:30:00-07:00');
    await world.text(MAYA, 'cps might take my brothers, we have no food at home');
    await world.pass(9 * HOUR);
    expect(smsTo(world, RENEE)).toEqual([]);
    await world.pass(31 * MINUTE);
    expect(smsTo(world, RENEE)).toHaveLength(1);
  });
});
