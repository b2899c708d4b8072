import { beforeEach, expect, test } from 'vitest';
import type { MoveTarget } from '../../src/core/model/event.ts';
import { asConversationId, asMenteeId, asStructureHash } from '../../src/core/model/ids.ts';
import { describeOnBoth } from './databases.ts';
import { NOON, sampleConversation, sampleFacts, sampleMentee } from './samples.ts';

describeOnBoth('the conversation store', (bed) => {
  beforeEach(() =>
    bed.database.transact(async ({ people, conversations }) => {
      await people.saveMentee(sampleMentee(1), NOON);
      await conversations.insert(sampleConversation(1), NOON);
    }),
  );

  const reply = (version: number, text: string) => ({
    version,
    event: { kind: 'reply_received' as const, text },
    facts: sampleFacts,
    at: NOON + version,
  });

  test('gives a conversation back as it was stored', async () => {
    const read = await bed.database.read(async ({ conversations }) => [
      await conversations.byId(asConversationId('conversation-1')),
      await conversations.activeOf(asMenteeId('mentee-1')),
    ]);
    expect(read).toEqual([sampleConversation(1), sampleConversation(1)]);
  });

  test('advances by one version and keeps the event', async () => {
    const next = sampleConversation(1, { version: 2, step: 'wait', waiting: { kind: 'time', dueAt: NOON + 9 } });
    const end = sampleConversation(1, { version: 3, status: 'ended', waiting: null });
    await bed.database.transact(async ({ conversations }) => {
      expect(await conversations.advance(next, reply(2, 'later'))).toBe(true);
      expect(await conversations.advance(end, reply(3, 'done'))).toBe(true);
    });
    const events = await bed.database.read(({ conversations }) => conversations.events(next.id));
    expect(events).toEqual([reply(2, 'later'), reply(3, 'done')]);
    expect(await bed.database.read(({ conversations }) => conversations.activeOf(next.menteeId))).toBeNull();
    expect(await bed.database.read(({ conversations }) => conversations.byId(next.id))).toEqual(end);
  });

  test('lists those that run', async () => {
    const end = sampleConversation(1, { version: 2, status: 'ended', waiting: null });
    const running = () => bed.database.read(({ conversations }) => conversations.running());
    expect(await running()).toEqual([sampleConversation(1)]);
    const event = { kind: 'called_off', why: 'deadline_passed' } as const;
    await bed.database.transact(({ conversations }) => conversations.advance(end, { ...reply(2, ''), event }));
    expect(await running()).toEqual([]);
    const events = await bed.database.read(({ conversations }) => conversations.events(end.id));
    expect(events.map((recorded) => recorded.event)).toEqual([event]);
  });

  test('finds the conversation of a mentee that ended last', async () => {
    const lastEnded = (n: number) =>
      bed.database.read(({ conversations }) => conversations.lastEndedOf(asMenteeId(`mentee-${n}`)));
    expect(await lastEnded(1)).toBeNull();
    const end = (n: number) =>
      sampleConversation(n, { menteeId: asMenteeId('mentee-1'), version: 2, status: 'ended', waiting: null });
    await bed.database.transact(async ({ people, conversations }) => {
      await people.saveMentee(sampleMentee(2), NOON);
      await conversations.advance(end(1), { ...reply(2, ''), at: NOON + 1000 });
      await conversations.insert(sampleConversation(2, { menteeId: asMenteeId('mentee-1') }), NOON);
    });
    expect(await lastEnded(1)).toEqual(end(1));
    await bed.database.transact(({ conversations }) =>
      conversations.advance(end(2), { ...reply(2, ''), at: NOON + 2000 }),
    );
    expect(await lastEnded(1)).toEqual(end(2));
    expect(await lastEnded(2)).toBeNull();
  });

  test('keeps the question that was left and the texts that were no answer', async () => {
    const asked = { kind: 'reply', askedAt: NOON, invalidReplies: 1, options: [] } as const;
    const heard = { texts: ['ya', 'casi'], at: NOON + 1 };
    const unanswered = { step: 'ask', waiting: asked, leftAt: NOON + 2 };
    const next = sampleConversation(1, { version: 2, waiting: { ...asked, heard }, unanswered });
    await bed.database.transact(({ conversations }) => conversations.advance(next, reply(2, 'casi')));
    expect(await bed.database.read(({ conversations }) => conversations.byId(next.id))).toEqual(next);
  });

  test('keeps where a publish moved it, and the structure that it stands on since', async () => {
    const structureHash = asStructureHash('f'.repeat(32));
    const targets: MoveTarget[] = [
      { kind: 'stand', step: 'other', askedAt: NOON },
      { kind: 'enter', step: 'other' },
      { kind: 'restart' },
      { kind: 'finish' },
    ];
    for (const [index, to] of targets.entries()) {
      const version = index + 2;
      const event = { kind: 'moved', to, structureHash } as const;
      const moved = sampleConversation(1, { version, structureHash, step: 'other', waiting: null });
      await bed.database.transact(({ conversations }) =>
        conversations.advance(moved, { ...reply(version, ''), event }),
      );
      expect(await bed.database.read(({ conversations }) => conversations.byId(moved.id))).toEqual(moved);
    }
    const events = await bed.database.read(({ conversations }) =>
      conversations.events(asConversationId('conversation-1')),
    );
    expect(events.map(({ event }) => event)).toEqual(targets.map((to) => ({ kind: 'moved', to, structureHash })));
  });

  test('tells the second of two writers that another was first, and changes nothing', async () => {
    const next = sampleConversation(1, { version: 2 });
    await bed.database.transact(({ conversations }) => conversations.advance(next, reply(2, 'first')));
    const late = { ...next, step: 'elsewhere' };
    expect(await bed.database.transact(({ conversations }) => conversations.advance(late, reply(2, 'second')))).toBe(
      false,
    );
    const stored = await bed.database.read(({ conversations }) => conversations.byId(next.id));
    expect(stored?.step).toBe('ask');
    expect(await bed.database.read(({ conversations }) => conversations.events(next.id))).toEqual([reply(2, 'first')]);
  });

  test('lets one of two instances advance', async () => {
    const other = await bed.open();
    const next = sampleConversation(1, { version: 2 });
    const won = await Promise.all(
      [bed.database, other].map((database) =>
        database.transact(({ conversations }) => conversations.advance(next, reply(2, 'x'))),
      ),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  test('refuses a second active conversation of one mentee', async () => {
    const another = sampleConversation(2, { menteeId: asMenteeId('mentee-1') });
    const second = bed.database.transact(({ conversations }) => conversations.insert(another, NOON));
    await expect(second).rejects.toThrow(/unique/i);
    await bed.database.transact(async ({ conversations }) => {
      await conversations.advance(sampleConversation(1, { version: 2, status: 'ended' }), reply(2, 'x'));
      await conversations.insert(another, NOON);
    });
  });

  test('refuses a state of another shape when it is written', async () => {
    const broken = sampleConversation(1, { version: 2, variables: { deep: { no: 1 } as never } });
    const written = bed.database.transact(({ conversations }) => conversations.advance(broken, reply(2, 'x')));
    await expect(written).rejects.toThrow(/conversations\.sealed_state of row "conversation-1".*variables\.deep/);
  });
});
