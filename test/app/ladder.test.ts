// The ladder beyond its first rounds: what the mentee is told when nobody comes, who is skipped, and the page in Slack.

import { describe, expect, it } from 'vitest';
import { asEscalationId } from '../../src/core/model/ids.ts';
import { createWorld, LUIS, MAYA, RENEE, TOMAS, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const ABUSE = 'my dad hits me';
const NOBODY_YET = /nobody has answered me yet|nadie me ha respondido/;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const told = (world: World, to: string) =>
  world.texts.filter((text) => text.to === to && NOBODY_YET.test(text.body)).map(({ body }) => body);

function onlyCase(world: World) {
  const alert = world.posts.find((post) => post.message.kind === 'alert')?.message;
  if (alert?.kind !== 'alert') throw new Error('no alert');
  return { escalationId: asEscalationId(alert.escalationId), code: alert.caseCode };
}

const lastCard = (world: World) => {
  const card = world.posts.findLast((post) => post.message.kind === 'alert')?.message;
  if (card?.kind !== 'alert') throw new Error('no card');
  return card;
};

/** This counselor stands on the roster without a phone from now on. */
async function takePhone(world: World, firstName: string): Promise<void> {
  await world.database.transact(async (stores) => {
    const counselor = (await stores.people.counselors()).find((known) => known.firstName === firstName);
    if (counselor === undefined) throw new Error('no such counselor');
    await stores.people.saveCounselor({ ...counselor, phone: null }, world.clock.at);
  });
}

const directs = (world: World, to: string) => world.posts.filter((post) => post.to === to && !post.isUpdate);

describe('nobody acknowledges for 15 minutes', () => {
  it('the mentee is told so once, in their language, with 988 and 911, and the thread says it', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.text(LUIS, 'me quiero morir');
    await world.pass(14 * MINUTE);
    expect([...told(world, MAYA), ...told(world, LUIS)]).toEqual([]);
    await world.pass(MINUTE);
    expect(told(world, MAYA)).toEqual([expect.stringMatching(/automated.*988.*911/)]);
    expect(told(world, LUIS)).toEqual([expect.stringMatching(/automático.*988.*911/)]);
    const notes = world.posts.filter(({ message }) => message.kind === 'notice' && /is told so/.test(message.title));
    expect(notes.map(({ threadTs }) => threadTs !== null)).toEqual([true, true]);
    await world.text(MAYA, CRISIS);
    await world.pass(6 * HOUR);
    expect(told(world, MAYA)).toHaveLength(1);
    expect(told(world, LUIS)).toHaveLength(1);
  });

  it('names no hotline to a phone that an abuser may hold', async () => {
    const world = await createWorld();
    await world.text(MAYA, ABUSE);
    await world.pass(20 * MINUTE);
    expect(told(world, MAYA)).toEqual([expect.stringMatching(/911/)]);
    expect(told(world, MAYA).join()).not.toContain('988');
  });

  it('nobody who opted out is told, before or after the case was opened', async () => {
    const world = await createWorld();
    await world.text(MAYA, 'STOP');
    await world.text(MAYA, CRISIS);
    await world.text(LUIS, 'me quiero morir');
    await world.pass(10 * MINUTE);
    await world.text(LUIS, 'STOP');
    await world.pass(HOUR);
    expect([...told(world, MAYA), ...told(world, LUIS)]).toEqual([]);
  });

  it('and the card says so only of somebody who was told', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.pass(20 * MINUTE);
    expect(lastCard(world).menteeToldAt).toBe(lastCard(world).openedAt + 15 * MINUTE);
    const other = await createWorld();
    await other.text(LUIS, ABUSE);
    await other.text(LUIS, 'N');
    await other.pass(20 * MINUTE);
    expect(told(other, LUIS)).toEqual([]);
    expect(lastCard(other)).toMatchObject({ textSafety: 'not_safe', state: 'open', menteeToldAt: null });
  });

  it('does not leave any more when somebody acknowledges before it could', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    world.plan.always.set(MAYA, { kind: 'not_sent', afterMs: null, code: '20429' });
    await world.pass(15 * MINUTE);
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId: onlyCase(world).escalationId });
    world.plan.always.clear();
    const before = told(world, MAYA).length;
    await world.pass(20 * MINUTE);
    expect(told(world, MAYA)).toHaveLength(before);
  });

  it('a mentee whose mentor was worried and who never wrote is told nothing', async () => {
    const world = await createWorld();
    await world.receive({
      source: 'slack',
      externalId: 'D0DANI:1.1',
      from: { kind: 'slack', slackUserId: 'U0DANI' },
      body: 'Maya said she wants to kill herself',
      media: [],
      vendorKeyword: null,
    });
    await world.pass(HOUR);
    expect(told(world, MAYA)).toEqual([]);
  });
});

describe('CR-04: a step that is empty', () => {
  it('is skipped at once, and the card says who and why', async () => {
    const world = await createWorld();
    await takePhone(world, 'Renee');
    await world.text(MAYA, CRISIS);
    await world.pass(5 * MINUTE);
    expect(world.texts.filter(({ to }) => to === TOMAS)).toHaveLength(1);
    expect(lastCard(world).skipped).toEqual([{ name: 'Renee Okafor', why: 'no_phone' }]);
    expect(lastCard(world).nextPaged?.name).toBe('Tomas Aguilar');
    // She has no phone, and reads it in Slack all the same.
    expect(directs(world, 'U0RENEE')).toHaveLength(1);
    const alarms = await world.database.read((stores) => stores.house.alarms());
    expect(alarms.map(({ kind }) => kind)).toContain('on_call_without_phone');
  });

  it('of somebody who has left Slack says so', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.noteSlackPerson({ slackUserId: 'U0RENEE', standing: 'deactivated' });
    await world.pass(10 * MINUTE);
    expect(world.texts.filter(({ to }) => to === RENEE)).toEqual([]);
    expect(lastCard(world).skipped).toEqual([{ name: 'Renee Okafor', why: 'left' }]);
  });
});

describe('CR-02: the page in Slack', () => {
  it('goes by direct message to the person who is texted, with neither name nor words', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    await world.pass(10 * MINUTE);
    const { code } = onlyCase(world);
    // Whoever is on call is told at once, and again with the text.
    for (const [user, times] of [
      ['U0RENEE', 2],
      ['U0TOMAS', 1],
    ] as const) {
      const said = directs(world, user).map(({ message }) => (message.kind === 'notice' ? message.title : ''));
      expect(said).toEqual(Array(times).fill(expect.stringContaining(`case ${code}`)));
      expect(said.join()).not.toMatch(/Maya|Robinson|kill/);
    }
  });

  it('that is refused climbs no rung: the text has left', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    world.plan.slack.push(
      { kind: 'accepted', providerId: 'C0:card', status: 'ok' },
      { kind: 'rejected', problem: 'channel_dead', code: 'user_disabled' },
    );
    await world.pass(6 * MINUTE);
    const staff = world.texts.filter(({ to }) => to === RENEE || to === TOMAS).map(({ to }) => to);
    expect(staff).toEqual([RENEE]);
    expect(directs(world, 'U0RENEE')).toHaveLength(2);
  });

  it('is overtaken when somebody takes the case', async () => {
    const world = await createWorld();
    await world.text(MAYA, CRISIS);
    world.plan.slack.push(
      ...Array<{ kind: 'not_sent'; afterMs: null; code: string }>(12).fill({
        kind: 'not_sent',
        afterMs: null,
        code: 'ratelimited',
      }),
    );
    await world.pass(5 * MINUTE);
    await world.act('U0TOMAS', { kind: 'acknowledge', escalationId: onlyCase(world).escalationId });
    const pending = await world.database.read((stores) => stores.outbox.pendingAlerts(onlyCase(world).escalationId));
    expect(pending.filter(({ recipient }) => recipient.kind === 'slack_user')).toEqual([]);
  });
});
