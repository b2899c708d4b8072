// A change of a card is drawn when it leaves: whatever happened to the case meanwhile stands on it. Rows of the version
// before, which hold the card itself, still show it.

import { describe, expect, it } from 'vitest';
import { asEscalationId } from '../../src/core/model/ids.ts';
import { createWorld, MAYA } from './world.ts';

async function openCase() {
  const world = await createWorld();
  await world.text(MAYA, 'i want to kill myself');
  const card = world.posts.findLast(({ message, isUpdate }) => message.kind === 'alert' && !isUpdate)?.message;
  if (card?.kind !== 'alert') throw new Error('no alert');
  const id = asEscalationId(card.escalationId);
  const updates = () =>
    world.posts.flatMap(({ message, isUpdate }) => (isUpdate && message.kind === 'alert' ? [message] : []));
  return { world, id, card, updates };
}

describe('a change of a card', () => {
  it('shows the case as it stands when the change leaves', async () => {
    const { world, id, updates } = await openCase();
    const { database, clock } = world;
    const before = updates().length;
    await world.act('U0RENEE', { kind: 'acknowledge', escalationId: id });
    expect(updates().length).toBeGreaterThan(before);
    expect(updates().at(-1)).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: 'Renee Okafor',
      firstName: 'Maya',
    });
    // Named anew on the roster before the next change leaves, and without a further press.
    await database.transact(async (stores) => {
      const renee = await stores.people.counselorBySlackUser('U0RENEE');
      if (renee === null) throw new Error('no Renee');
      await stores.people.saveCounselor({ ...renee, lastName: 'Okafor-Diaz' }, clock.at);
      const [root] = await stores.outbox.alertPosts(id);
      if (root === undefined) throw new Error('no card');
      const message = { kind: 'case_card', escalationId: id, round: 1 } as const;
      const body = { kind: 'slack_update', ofOutboundId: root.id, message } as const;
      await stores.outbox.add({ ...root, key: 'alert:again', body, dueAt: clock.at }, clock.at);
    });
    await world.relay.drain();
    expect(updates().at(-1)).toMatchObject({ round: 1, acknowledgedBy: 'Renee Okafor-Diaz' });
  });

  it('of the version before shows the card that it holds', async () => {
    const { world, id, card, updates } = await openCase();
    await world.database.transact(async (stores) => {
      const [root] = await stores.outbox.alertPosts(id);
      if (root === undefined) throw new Error('no card');
      const message = { ...card, state: 'resolved', acknowledgedBy: 'Somebody' } as const;
      const body = { kind: 'slack_update', ofOutboundId: root.id, message } as const;
      await stores.outbox.add({ ...root, key: 'alert:old', body, dueAt: world.clock.at }, world.clock.at);
    });
    await world.relay.drain();
    expect(updates().at(-1)).toMatchObject({ state: 'resolved', acknowledgedBy: 'Somebody' });
  });

  it('of a case that is gone changes nothing, and is done', async () => {
    const { world, id, updates } = await openCase();
    const before = updates().length;
    const added = await world.database.transact(async (stores) => {
      const [root] = await stores.outbox.alertPosts(id);
      if (root === undefined) throw new Error('no card');
      const message = { kind: 'case_card', escalationId: asEscalationId('gone'), round: 1 } as const;
      const body = { kind: 'slack_update', ofOutboundId: root.id, message } as const;
      return stores.outbox.add({ ...root, key: 'alert:gone', body, dueAt: world.clock.at }, world.clock.at);
    });
    await world.relay.drain();
    expect(updates()).toHaveLength(before);
    const row = added === null ? null : await world.database.read(({ outbox }) => outbox.byId(added));
    expect(row?.status).toBe('sent');
  });
});
