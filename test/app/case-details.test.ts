// What the team is shown of a case beyond its card, to whom, and that the audit knows of it.

import { describe, expect, it } from 'vitest';
import { openForWorry } from '../../src/app/open-escalation.ts';
import { asEscalationId, asPhone, type EscalationId } from '../../src/core/model/ids.ts';
import type { MenteeContacts } from '../../src/core/model/people.ts';
import { createWorld, MAYA, type World } from './world.ts';

const CRISIS = 'i want to kill myself';
const DAY = 24 * 3_600_000;
const CONTACTS: MenteeContacts = {
  birthOn: '2009-06-08',
  emergencyName: 'Rosa Robinson',
  emergencyPhone: asPhone('+12135550140'),
  campusCounselingPhone: asPhone('+12135550141'),
  campusPolicePhone: null,
};

async function mentee(world: World) {
  const found = await world.database.read(({ people }) => people.menteeByPhone(world.database.hashPhone(MAYA)));
  if (found === null) throw new Error('no mentee');
  return found;
}

async function openCase(words = CRISIS, from = MAYA) {
  const world = await createWorld();
  const { id } = await mentee(world);
  await world.database.transact(({ people }) => people.saveContacts(id, CONTACTS, world.clock.at));
  await world.text(from, words);
  return { world, escalationId: idOf(world) };
}

function idOf(world: World): EscalationId {
  const card = world.posts.find(({ message }) => message.kind === 'alert')?.message;
  if (card?.kind !== 'alert') throw new Error('no alert');
  return asEscalationId(card.escalationId);
}

const actionsOf = async (world: World, subject: EscalationId) =>
  (await world.database.read(({ audit }) => audit.recent({ limit: 20, subject }))).map(({ action }) => action);

describe('the details of a case', () => {
  it('shows what was said with this phone in two weeks, oldest first, and who said it', async () => {
    const { world, escalationId } = await openCase();
    world.clock.at += 1000;
    await world.act('U0RENEE', { kind: 'take_over', escalationId });
    const root = await world.database.read(async ({ outbox }) => (await outbox.alertPosts(escalationId))[0]);
    const externalId = `C0:${(world.clock.at / 1_000).toFixed(6)}`;
    const message = { externalId, slackUserId: 'U0RENEE', text: 'Hi Maya.', fileCount: 0 };
    await world.receiveThreadMessage({ ...message, threadOf: root?.providerId ?? '' });
    await world.relay.drain();
    world.clock.at += 1000;
    await world.text(MAYA, 'hey');
    const modal = await world.openModal('U0RENEE', { kind: 'case_details', escalationId });
    if (modal.kind !== 'case_details') throw new Error(modal.kind);
    expect(modal.messages.map(({ from }) => from)).toEqual(['mentee', 'bot', 'staff', 'mentee']);
    expect(modal.messages.map(({ text }) => text)).toEqual([
      CRISIS,
      expect.stringContaining('988'),
      expect.stringContaining('Hi Maya.'),
      'hey',
    ]);
    expect(modal).toMatchObject({ firstName: 'Maya', timeZone: 'America/Los_Angeles' });
    world.clock.at += 15 * DAY;
    const later = await world.openModal('U0RENEE', { kind: 'case_details', escalationId });
    expect(later).toMatchObject({ kind: 'case_details', messages: [] });
  });

  it('shows sixty messages at most, the newest', async () => {
    const { world, escalationId } = await openCase();
    for (let count = 0; count < 70; count += 1) {
      world.clock.at += 60_000;
      await world.text(MAYA, `line ${count}`);
    }
    const modal = await world.openModal('U0RENEE', { kind: 'case_details', escalationId });
    if (modal.kind !== 'case_details') throw new Error(modal.kind);
    expect(modal.messages).toHaveLength(60);
    expect(modal.messages.at(-1)?.text).toBe('line 69');
  });

  it('shows the contacts once somebody has acknowledged, and says which the roster lacks', async () => {
    const { world, escalationId } = await openCase();
    const ask = { kind: 'case_details', escalationId } as const;
    expect(await world.openModal('U0RENEE', ask)).toMatchObject({ contacts: null });
    await world.act('U0TOMAS', { kind: 'acknowledge', escalationId });
    expect(await world.openModal('U0RENEE', ask)).toMatchObject({
      contacts: [
        { label: 'Their time and zone', text: '10:00 am (Los Angeles)' },
        { label: 'Age', text: 'under 18' },
        { label: 'Emergency contact', text: 'Rosa Robinson, +12135550140' },
        { label: 'Campus counseling', text: '+12135550141' },
        { label: 'Campus police', text: 'not on the roster' },
      ],
    });
    world.clock.at += DAY;
    const nextDay = await world.openModal('U0RENEE', ask);
    expect(nextDay).toMatchObject({ contacts: [{}, { label: 'Age', text: '18 or over' }, {}, {}, {}] });
    expect(await actionsOf(world, escalationId)).toEqual([
      'case_details_read',
      'case_details_read',
      'case_acknowledged',
      'case_details_read',
    ]);
  });

  it('shows no contacts to somebody who is no counselor of the roster, and says why', async () => {
    const { world, escalationId } = await openCase();
    await world.act('U0TOMAS', { kind: 'acknowledge', escalationId });
    const modal = await world.openModal('U0SOMEBODY', { kind: 'case_details', escalationId });
    expect(modal).toMatchObject({
      messages: [{ text: CRISIS }, {}],
      contacts: [{ text: expect.stringMatching(/counselors of the roster only/) }],
    });
    expect(JSON.stringify(modal)).not.toContain('Rosa');
  });

  it.each(['case_details', 'case_call', 'resolve_case'] as const)('%s shows a mentor nothing', async (kind) => {
    const { world, escalationId } = await openCase();
    const modal = await world.openModal('U0DANI', { kind, escalationId });
    expect(modal).toMatchObject({ kind: 'word', text: expect.stringMatching(/for the counselors/) });
    expect(await actionsOf(world, escalationId)).toEqual([]);
  });

  it.each(['case_details', 'case_call', 'resolve_case'] as const)(
    '%s of a case that is gone is a word',
    async (kind) => {
      const world = await createWorld();
      const modal = await world.openModal('U0RENEE', { kind, escalationId: asEscalationId('nowhere') });
      expect(modal).toMatchObject({ kind: 'word', text: 'This case is not there any more.' });
    },
  );
});

describe('the call', () => {
  it('shows the number and their time, and stands in the audit', async () => {
    const { world, escalationId } = await openCase();
    const modal = await world.openModal('U0RENEE', { kind: 'case_call', escalationId });
    expect(modal).toMatchObject({
      phone: MAYA,
      firstName: 'Maya',
      theirTime: '10:00 am (Los Angeles)',
      contacts: null,
      cannotText: null,
    });
    expect(await actionsOf(world, escalationId)).toEqual(['case_number_shown']);
  });

  it('says when the number has opted out', async () => {
    const { world, escalationId } = await openCase('stop texting me i want to die');
    const modal = await world.openModal('U0RENEE', { kind: 'case_call', escalationId });
    expect(modal).toMatchObject({ cannotText: 'This number has opted out of texts: call, do not text.' });
  });

  it('says when texts do not reach the number', async () => {
    const { world, escalationId } = await openCase();
    const phoneHash = world.database.hashPhone(MAYA);
    await world.database.transact(({ people }) => people.setPhoneProblem(phoneHash, '30005', world.clock.at));
    const modal = await world.openModal('U0RENEE', { kind: 'case_call', escalationId });
    expect(modal).toMatchObject({ cannotText: 'Texts do not reach this number (30005): call.' });
  });

  it('has the number of somebody who is not on the roster, and none of somebody who wrote in Slack', async () => {
    const stranger = await openCase(CRISIS, '+12135550177');
    const call = await stranger.world.openModal('U0RENEE', {
      kind: 'case_call',
      escalationId: stranger.escalationId,
    });
    expect(call).toMatchObject({ phone: '+12135550177', theirTime: null });
    const world = await createWorld();
    await world.text('unused', CRISIS, { source: 'slack', from: { kind: 'slack', slackUserId: 'U0DANI' } });
    const inSlack = await world.openModal('U0RENEE', { kind: 'case_call', escalationId: idOf(world) });
    expect(inSlack).toMatchObject({ phone: null, firstName: 'Dani (mentor)', theirTime: null });
  });
});

describe('the form that ends a case', () => {
  it('offers the pause of the program', async () => {
    const { world, escalationId } = await openCase();
    const ask = { kind: 'resolve_case', escalationId } as const;
    expect(await world.openModal('U0RENEE', ask)).toMatchObject({ kind: 'resolve_case', resumeAfterHours: 72 });
    const end = { outcome: 'false_alarm', resumeAfterHours: 0, note: '' } as const;
    await world.resolve('U0TOMAS', { escalationId, ...end });
    expect(await world.openModal('U0RENEE', ask)).toMatchObject({
      kind: 'word',
      text: 'Tomas Aguilar resolved this case at 10:00 am: false alarm.',
    });
  });
});

describe('somebody is worried about a mentee', () => {
  const worry = (world: World, tier: 'crisis' | 'high', words: readonly string[]) =>
    mentee(world).then((found) =>
      world.database.transact((stores) =>
        openForWorry(world, stores, { mentee: found, tier, words, answered: 'Nothing yet.', now: world.clock.at }),
      ),
    );

  it('opens a case for the mentee, with their number, and tells the channel', async () => {
    const world = await createWorld();
    const opened = await worry(world, 'crisis', ['a mentor is worried: housing']);
    await world.relay.drain();
    expect(opened).toMatchObject({ isNew: true, escalation: { contact: { kind: 'phone', phone: MAYA } } });
    expect(world.posts.findLast(({ to }) => to === 'counselors')).toMatchObject({
      to: 'counselors',
      message: { firstName: 'Maya', tier: 'crisis', words: ['a mentor is worried: housing'], answered: 'Nothing yet.' },
    });
    expect(world.texts.filter(({ to }) => to === MAYA)).toEqual([]);
  });

  it('joins the case that is open: its words come onto the card, and a graver one raises it', async () => {
    const world = await createWorld();
    const first = await worry(world, 'high', ['no food']);
    const same = await worry(world, 'high', ['no bed']);
    const graver = await worry(world, 'crisis', ['no bed']);
    await world.relay.drain();
    expect([same?.isNew, graver?.isNew]).toEqual([false, false]);
    expect(graver?.escalation).toMatchObject({
      id: first?.escalation.id,
      words: ['no food', 'no bed'],
      state: { tier: 'crisis', status: 'open' },
    });
  });
});
