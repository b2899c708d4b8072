import { beforeEach, expect, test } from 'vitest';
import type { Escalation } from '../../src/app/ports/database.ts';
import { asCounselorId, asEscalationId, asMenteeId } from '../../src/core/model/ids.ts';
import { escalate, openEscalation } from '../../src/core/safety/escalation.ts';
import { describeOnBoth } from './databases.ts';
import { hashOf, NOON, sampleMentee } from './samples.ts';

const by = asCounselorId('counselor-1');
const opened = { kind: 'opened', at: NOON, tier: 'crisis', onCall: [by] } as const;

const sampleCase = (n: number, changes: Partial<Escalation> = {}): Escalation => ({
  id: asEscalationId(`case-${n}`),
  caseCode: `K7Q${n}`,
  phoneHash: hashOf(1),
  menteeId: asMenteeId('mentee-1'),
  version: 1,
  state: openEscalation(opened).escalation,
  words: ['dont want to be alive'],
  answered: 'The locked reply with 988 was sent.',
  ...changes,
});

describeOnBoth('the escalation store', (bed) => {
  beforeEach(() =>
    bed.database.transact(async ({ people, escalations }) => {
      await people.saveMentee(sampleMentee(1), NOON);
      await escalations.insert(sampleCase(1), opened, NOON);
    }),
  );

  test('gives a case back as it was stored, by phone, id and code', async () => {
    const read = await bed.database.read(async ({ escalations }) => [
      await escalations.openOf(hashOf(1)),
      await escalations.byId(asEscalationId('case-1')),
      await escalations.byCaseCode('K7Q1'),
      ...(await escalations.unresolved()),
    ]);
    expect(read).toEqual([sampleCase(1), sampleCase(1), sampleCase(1), sampleCase(1)]);
  });

  test('advances by one version, for the first of two writers only', async () => {
    const event = { kind: 'acknowledged', at: NOON + 1, by } as const;
    const next = sampleCase(1, { version: 2, state: escalate(sampleCase(1).state, event).escalation });
    const other = await bed.open();
    const won = await Promise.all(
      [bed.database, other].map((database) =>
        database.transact(({ escalations }) => escalations.advance(next, event, NOON + 1)),
      ),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await bed.database.read(({ escalations }) => escalations.byId(next.id))).toEqual(next);
    expect(await bed.database.read(({ escalations }) => escalations.events(next.id))).toEqual([
      { version: 1, event: opened, at: NOON },
      { version: 2, event, at: NOON + 1 },
    ]);
  });

  test('allows one unresolved case of a phone, and a new one after a person resolved it', async () => {
    const insert = () => bed.database.transact(({ escalations }) => escalations.insert(sampleCase(2), opened, NOON));
    await expect(insert()).rejects.toThrow(/unique/i);
    const event = { kind: 'resolved', at: NOON + 1, by } as const;
    const state = { ...sampleCase(1).state, status: 'resolved' as const, resolvedBy: by, resolvedAt: NOON + 1 };
    await bed.database.transact(({ escalations }) =>
      escalations.advance(sampleCase(1, { version: 2, state }), event, NOON + 1),
    );
    expect(await bed.database.read(({ escalations }) => escalations.openOf(hashOf(1)))).toBeNull();
    await insert();
    const unresolved = await bed.database.read(({ escalations }) => escalations.unresolved());
    expect(unresolved.map(({ id }) => id)).toEqual(['case-2']);
  });

  test('keeps the case of somebody nobody knows', async () => {
    const stranger = sampleCase(3, { phoneHash: hashOf(9), menteeId: null });
    await bed.database.transact(({ escalations }) => escalations.insert(stranger, opened, NOON));
    expect(await bed.database.read(({ escalations }) => escalations.openOf(hashOf(9)))).toEqual(stranger);
  });
});
