// No case ends, and none goes back to the bot, over words that nobody has read: what was written after a form was opened
// keeps it from being submitted, and distress that waits keeps a case from being released.

import { describe, expect, it } from 'vitest';
import { asEscalationId } from '../../src/core/model/ids.ts';
import { createWorld, MAYA, RENEE, TOMAS, type World } from './world.ts';

const HIGH = 'i feel so alone and i cant do this anymore';
const CRISIS = 'im going to kill myself tonight';
const MINUTE = 60_000;
const AGAIN = /^They wrote again since you opened this: read it first\./;

async function openCase(words = CRISIS) {
  const world = await createWorld();
  await world.text(MAYA, words);
  const card = world.posts.find(({ message }) => message.kind === 'alert')?.message;
  if (card?.kind !== 'alert') throw new Error('no alert');
  const escalationId = asEscalationId(card.escalationId);
  const state = async () => {
    const found = await world.database.read(({ escalations }) => escalations.byId(escalationId));
    if (found === null) throw new Error('no case');
    return found.state;
  };
  const openForm = async () => {
    const form = await world.openModal('U0TOMAS', { kind: 'resolve_case', escalationId });
    if (form.kind !== 'resolve_case') throw new Error(form.kind);
    const { seen } = form;
    const end = { kind: 'resolve_case', escalationId, outcome: 'safe', resumeAfterHours: 72, note: '', seen } as const;
    return (actKey?: string) => world.submit('U0TOMAS', end, ...(actKey === undefined ? [] : [actKey]));
  };
  return { world, escalationId, state, openForm };
}

const paged = ({ texts }: World) => texts.filter(({ to }) => to === RENEE || to === TOMAS);

async function sayInThread(world: World, threadOf: string, text: string) {
  const message = {
    externalId: `C0:${(world.clock.at / 1_000).toFixed(6)}`,
    threadOf,
    slackUserId: 'U0TOMAS',
    text,
    fileCount: 0,
  };
  await world.receiveThreadMessage(message);
  await world.relay.drain();
}

describe('a form that was opened before they wrote again', () => {
  it('does not end the case: a crisis that nobody has read is paged on', async () => {
    const { world, escalationId, state, openForm } = await openCase(HIGH);
    expect(await state()).toMatchObject({ tier: 'high' });
    await world.act('U0TOMAS', { kind: 'acknowledge', escalationId });
    const submit = await openForm();
    await world.text(MAYA, CRISIS);
    world.clock.at += 5_000;
    const answer = await submit('same view');
    expect(answer).toEqual({ kind: 'errors', errors: { outcome: expect.stringMatching(AGAIN) } });
    expect(await submit('same view')).toEqual(answer);
    expect(await state()).toMatchObject({ status: 'open', tier: 'crisis' });
    await world.pass(5 * MINUTE);
    expect(paged(world).length).toBeGreaterThan(0);
    const audit = await world.database.read((stores) => stores.audit.recent({ limit: 9, subject: escalationId }));
    expect(audit.map(({ action }) => action)).toEqual(['case_acknowledged']);
  });

  it.each(['ok', 'thank you'])('nor over an everyday text, in which a person may read more: %s', async (words) => {
    const { world, state, openForm } = await openCase();
    const submit = await openForm();
    await world.text(MAYA, words);
    expect(await submit()).toMatchObject({ kind: 'errors' });
    expect(await state()).toMatchObject({ status: 'open' });
    expect(await (await openForm())()).toEqual({ kind: 'close' });
  });

  it('nor over the worry of a mentor', async () => {
    const { world, openForm, state } = await openCase();
    const submit = await openForm();
    const mentees = await world.database.read(({ people }) => people.mentees());
    const maya = mentees.find(({ firstName }) => firstName === 'Maya');
    world.clock.at += 1;
    const worry = { topics: [], needsStaffNow: true, note: 'she is not in her room' };
    await world.submit('U0DANI', { kind: 'worried', menteeId: maya?.id ?? null, worry });
    expect(await submit()).toMatchObject({ kind: 'errors' });
    expect(await state()).toMatchObject({ status: 'open' });
  });

  it('of a version that kept no mark is refused in the same words', async () => {
    const { world, escalationId, state } = await openCase();
    const old = { kind: 'resolve_case', escalationId, outcome: 'safe', resumeAfterHours: 0, note: '' } as const;
    expect(await world.submit('U0TOMAS', old)).toMatchObject({ errors: { outcome: expect.stringMatching(AGAIN) } });
    expect(await state()).toMatchObject({ status: 'open' });
  });

  it('ends it when nothing was written, whatever the team has done meanwhile', async () => {
    const { world, escalationId, openForm } = await openCase();
    const submit = await openForm();
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId });
    await world.pass(2 * MINUTE);
    expect(await submit()).toEqual({ kind: 'close' });
  });
});

describe('a release while words of distress wait', () => {
  const heldCase = async () => {
    const scene = await openCase();
    const { world, escalationId } = scene;
    await world.act('U0TOMAS', { kind: 'take_over', escalationId });
    const root = await world.database.read(async (stores) => (await stores.outbox.alertPosts(escalationId))[0]);
    const say = (text: string) => sayInThread(world, root?.providerId ?? '', text);
    world.clock.at += MINUTE;
    await say('Hi Maya, I am here.');
    world.clock.at += MINUTE;
    return { ...scene, say };
  };

  it('is refused with a word, and the team is paged on; once they were answered it is done', async () => {
    const { world, escalationId, state, say } = await heldCase();
    await world.text(MAYA, CRISIS);
    world.clock.at += 2_000;
    const { word } = await world.act('U0TOMAS', { kind: 'release', escalationId });
    expect(word).toMatch(/^Words of theirs that sound like danger wait for an answer/);
    expect(await state()).toMatchObject({ status: 'handed_off', released: false });
    await world.pass(10 * MINUTE);
    expect(paged(world).length).toBeGreaterThan(0);
    await say('I am calling you now.');
    expect((await world.act('U0TOMAS', { kind: 'release', escalationId })).word).toBeNull();
    expect(await state()).toMatchObject({ released: true });
  });

  it('by a word in the thread is refused alike', async () => {
    const { world, state, say } = await heldCase();
    await world.text(MAYA, CRISIS);
    await say('release');
    expect(world.posts.at(-1)?.message).toMatchObject({
      kind: 'relay_state',
      reason: expect.stringMatching(/^Words of theirs that sound like danger wait/),
    });
    expect(await state()).toMatchObject({ status: 'handed_off' });
  });

  it('is done over an everyday text', async () => {
    const { world, escalationId, state } = await heldCase();
    await world.text(MAYA, 'ok thank you');
    expect((await world.act('U0TOMAS', { kind: 'release', escalationId })).word).toBeNull();
    expect(await state()).toMatchObject({ released: true });
  });
});

describe('a submission', () => {
  const worry = (note: string) =>
    ({ kind: 'worried', menteeId: null, worry: { topics: [], needsStaffNow: false, note } }) as const;
  const saved = (world: World) =>
    world.database.read(async (stores) =>
      (await stores.audit.recent({ limit: 20 })).filter(({ action }) => action === 'worry_raised'),
    );

  it('SL-03: that comes twice at the same moment is saved once', async () => {
    const world = await createWorld();
    const twice = [worry('she is gone'), worry('she is gone')].map((one) => world.submit('U0DANI', one, 'same'));
    expect((await Promise.all(twice)).map(({ kind }) => kind).toSorted()).toEqual(['close', 'show']);
    expect(await saved(world)).toHaveLength(1);
  });

  it('that was refused may be submitted again, and a fault gives its slot back too', async () => {
    const world = await createWorld();
    const away = { kind: 'away', from: '2027-06-20', until: '2027-06-10' } as const;
    expect(await world.submit('U0DANI', away, 'same')).toMatchObject({ kind: 'errors' });
    expect(await world.submit('U0DANI', { ...away, until: '2027-06-25' }, 'same')).not.toMatchObject({
      kind: 'errors',
    });
    const absences = await world.database.read(async (stores) => {
      const dani = await stores.people.mentorBySlackUser('U0DANI');
      return dani === null ? [] : stores.prompts.absencesOf(dani.id, '2027-06-07');
    });
    expect(absences).toEqual([{ from: '2027-06-20', until: '2027-06-25' }]);
  });
});
