import { beforeEach, expect, test } from 'vitest';
import { SealedCodec } from '../../src/adapters/db/sealed.ts';
import { asCounselorId, asEscalationId } from '../../src/core/model/ids.ts';
import { TEST_DATA_KEY } from '../support/sqlite.ts';
import { describeOnBoth, type TestBed } from './databases.ts';
import { hashOf, NOON, sampleCard, sampleCase, sampleConversation, sampleMentee, sampleOutbound } from './samples.ts';

const codec = new SealedCodec(TEST_DATA_KEY);
const by = asCounselorId('counselor-1');
const caseId = asEscalationId('case-1');
const opened = { kind: 'opened', at: NOON, tier: 'crisis', onCall: [by] } as const;

/** Puts in a sealed column what the version before wrote there. */
async function writeOld(
  bed: TestBed,
  place: { table: string; column: string; rowId: string; where: string },
  value: unknown,
) {
  const sealed = codec.seal(place, JSON.stringify(value));
  await bed.place.sql(`update ${place.table} set ${place.column} = '${sealed}' where ${place.where}`);
}

/** The state of a case as the version before kept it. */
const oldState = {
  status: 'open',
  tier: 'crisis',
  openedAt: NOON,
  round: 0,
  step: 0,
  chain: ['counselor-1'],
  nextAlertAt: NOON + 300_000,
  lastAlertAt: NOON,
  lastSignalAt: NOON,
  acknowledgedBy: null,
  acknowledgedAt: null,
  resolvedBy: null,
  resolvedAt: null,
};

describeOnBoth('a case of the version before', (bed) => {
  beforeEach(() =>
    bed.database.transact(async ({ people, escalations }) => {
      await people.saveMentee(sampleMentee(1), NOON);
      await escalations.insert(sampleCase(1), opened, NOON);
    }),
  );
  const readOld = async (changes: object) => {
    const { words, answered } = sampleCase(1);
    const place = { table: 'escalations', column: 'sealed_state', rowId: 'case-1', where: "id = 'case-1'" };
    await writeOld(bed, place, { state: { ...oldState, ...changes }, words, answered });
    return bed.database.read(({ escalations }) => escalations.byId(caseId));
  };

  test('is read as one in which nobody has taken over yet', async () => {
    expect(await readOld({})).toEqual(sampleCase(1, { contact: null }));
    expect((await bed.database.read(({ escalations }) => escalations.openOf(hashOf(1))))?.id).toBe('case-1');
  });

  test('that somebody has is overdue for the question whether they still do', async () => {
    const acknowledged = { status: 'acknowledged', nextAlertAt: null, acknowledgedBy: by, acknowledgedAt: NOON + 7 };
    const found = await readOld(acknowledged);
    expect(found?.state).toEqual({
      ...sampleCase(1).state,
      ...acknowledged,
      nextAlertAt: NOON + 7,
      lastActivityAt: NOON + 7,
    });
  });

  test('that was resolved stays so, with nothing due', async () => {
    const resolved = { status: 'resolved', nextAlertAt: null, resolvedBy: by, resolvedAt: NOON + 9 };
    expect((await readOld(resolved))?.state).toEqual({ ...sampleCase(1).state, ...resolved });
  });

  test('goes on, and is kept whole from then on', async () => {
    const found = await readOld({});
    if (found === null) throw new Error('the case is gone');
    const next = { ...found, version: 2, state: { ...found.state, released: true } };
    const released = { kind: 'released', at: NOON + 1, by } as const;
    expect(await bed.database.transact(({ escalations }) => escalations.advance(next, released, NOON + 1))).toBe(true);
    expect(await bed.database.read(({ escalations }) => escalations.byId(caseId))).toEqual(next);
  });

  test('was resolved without an outcome, and nudges came back with it', async () => {
    const place = {
      table: 'escalation_events',
      column: 'sealed_event',
      rowId: 'case-1:1',
      where: "escalation_id = 'case-1'",
    };
    await writeOld(bed, place, { kind: 'resolved', at: NOON + 9, by });
    expect(await bed.database.read(({ escalations }) => escalations.events(caseId))).toEqual([
      {
        version: 1,
        at: NOON,
        event: { kind: 'resolved', at: NOON + 9, by, outcome: 'other', nudgesResumeAt: NOON + 9 },
      },
    ]);
  });
});

describeOnBoth('an alert of the version before', (bed) => {
  test('is read with what it could not say left open', async () => {
    const card = sampleCard({ nextPaged: null, timeZone: 'America/Los_Angeles' });
    const { heldBy, released, unansweredSince, nextPaged, outcome, nudgesResumeAt, timeZone, ...oldCard } = card;
    expect([heldBy, released, unansweredSince, nextPaged, outcome, nudgesResumeAt, timeZone]).toHaveLength(7);
    const recipient = { kind: 'slack_channel', channel: 'counselors' } as const;
    const id = await bed.database.transact(({ outbox }) =>
      outbox.add(
        sampleOutbound('k', { recipient, messageClass: 'alert', body: { kind: 'slack_post', message: card } }),
        NOON,
      ),
    );
    if (id === null) throw new Error('not added');
    const place = { table: 'outbox', column: 'sealed_content', rowId: id, where: `id = '${id}'` };
    await writeOld(bed, place, { recipient, body: { kind: 'slack_post', message: oldCard } });
    const row = await bed.database.read(({ outbox }) => outbox.byId(id));
    expect(row?.body).toStrictEqual({ kind: 'slack_post', message: card });
  });
});

describeOnBoth('a conversation of the version before', (bed) => {
  test('is read as one that has left no question behind', async () => {
    const conversation = sampleConversation(1);
    const { id, waiting, variables } = conversation;
    await bed.database.transact(async ({ people, conversations }) => {
      await people.saveMentee(sampleMentee(1), NOON);
      await conversations.insert(conversation, NOON);
    });
    const place = { table: 'conversations', column: 'sealed_state', rowId: id, where: `id = '${id}'` };
    await writeOld(bed, place, { waiting, variables });
    expect(await bed.database.read(({ conversations }) => conversations.byId(id))).toEqual({
      ...conversation,
      unanswered: null,
    });
  });
});
