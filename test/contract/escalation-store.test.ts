import { beforeEach, expect, test } from 'vitest';
import type { Escalation } from '../../src/app/ports/database.ts';
import { asCounselorId, asEscalationId } from '../../src/core/model/ids.ts';
import type { EscalationEvent } from '../../src/core/safety/escalation.ts';
import { describeOnBoth } from './databases.ts';
import { hashOf, NOON, sampleCase, sampleMentee } from './samples.ts';

const by = asCounselorId('counselor-1');
const opened = { kind: 'opened', at: NOON, tier: 'crisis', onCall: [by] } as const;

const resolve = (escalation: Escalation, at: number): Escalation => ({
  ...escalation,
  version: escalation.version + 1,
  state: {
    ...escalation.state,
    status: 'resolved',
    nextAlertAt: null,
    resolvedBy: by,
    resolvedAt: at,
    outcome: 'safe',
  },
});
const resolved = { kind: 'resolved', at: NOON + 1, by, outcome: 'safe', nudgesResumeAt: null } as const;

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
    const state = {
      ...sampleCase(1).state,
      status: 'acknowledged' as const,
      acknowledgedBy: by,
      acknowledgedAt: NOON + 1,
      lastActivityAt: NOON + 1,
    };
    const next = sampleCase(1, { version: 2, state });
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
    await bed.database.transact(({ escalations }) =>
      escalations.advance(resolve(sampleCase(1), NOON + 1), resolved, NOON + 1),
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

  test('keeps the case of somebody who wrote in Slack, and of somebody whose address nobody knows', async () => {
    const inSlack = sampleCase(3, { phoneHash: hashOf(8), contact: { kind: 'slack', slackUserId: 'U0GUEST' } });
    const nowhere = sampleCase(4, { phoneHash: hashOf(9), contact: null });
    await bed.database.transact(async ({ escalations }) => {
      await escalations.insert(inSlack, opened, NOON);
      await escalations.insert(nowhere, opened, NOON);
    });
    const read = await bed.database.read(async ({ escalations }) => [
      await escalations.openOf(hashOf(8)),
      await escalations.openOf(hashOf(9)),
    ]);
    expect(read).toEqual([inSlack, nowhere]);
  });

  test('gives the newest case of a phone, resolved or not', async () => {
    const latest = () => bed.database.read(({ escalations }) => escalations.latestOf(hashOf(1)));
    expect(await bed.database.read(({ escalations }) => escalations.latestOf(hashOf(2)))).toBeNull();
    const first = resolve(sampleCase(1), NOON + 1);
    await bed.database.transact(({ escalations }) => escalations.advance(first, resolved, NOON + 1));
    expect(await latest()).toEqual(first);
    await bed.database.transact(({ escalations }) => escalations.insert(sampleCase(2), opened, NOON + 2));
    expect(await latest()).toEqual(sampleCase(2));
    const second = resolve(sampleCase(2), NOON + 3);
    await bed.database.transact(({ escalations }) => escalations.advance(second, resolved, NOON + 3));
    expect(await latest()).toEqual(second);
  });

  test('takes the open one of two cases of one millisecond for the newer', async () => {
    await bed.database.transact(async ({ escalations }) => {
      await escalations.advance(resolve(sampleCase(1), NOON), resolved, NOON);
      await escalations.insert(sampleCase(0), opened, NOON);
    });
    expect((await bed.database.read(({ escalations }) => escalations.latestOf(hashOf(1))))?.id).toBe('case-0');
  });

  test('opens a resolved case again, and finds it open', async () => {
    const first = resolve(sampleCase(1), NOON + 1);
    const again = { ...sampleCase(1), version: 3 };
    const reopened = { kind: 'reopened', at: NOON + 2, by } as const;
    await bed.database.transact(async ({ escalations }) => {
      await escalations.advance(first, resolved, NOON + 1);
      await escalations.advance(again, reopened, NOON + 2);
    });
    expect(await bed.database.read(({ escalations }) => escalations.openOf(hashOf(1)))).toEqual(again);
  });

  test('keeps every kind of event as it was', async () => {
    const events: EscalationEvent[] = [
      { kind: 'new_text', at: NOON, tier: 'none' },
      { kind: 'due', at: NOON, onCall: [by], nightEndsAt: NOON + 9 },
      { kind: 'step_failed', at: NOON, nightEndsAt: null },
      { kind: 'acknowledged', at: NOON, by },
      { kind: 'handed_off', at: NOON, by },
      { kind: 'released', at: NOON, by },
      { kind: 'activity', at: NOON, by, answersMentee: true },
      { kind: 'holder_gone', at: NOON, who: by },
      { kind: 'holder_gone', at: NOON, who: by, onCall: [by] },
      { kind: 'resolved', at: NOON, by, outcome: 'not_reached', nudgesResumeAt: NOON + 9 },
      { kind: 'resolved', at: NOON, by, outcome: 'connected', nudgesResumeAt: null },
      { kind: 'reopened', at: NOON, by },
      { kind: 'nudges_resumed', at: NOON, by },
    ];
    await bed.database.transact(async ({ escalations }) => {
      for (const [index, event] of events.entries())
        await escalations.advance(sampleCase(1, { version: index + 2 }), event, NOON);
    });
    const stored = await bed.database.read(({ escalations }) => escalations.events(asEscalationId('case-1')));
    expect(stored.slice(1).map(({ event }) => event)).toEqual(events);
  });

  test('keeps who raised a case, its signals and what was said of the page, and lists it since its opening', async () => {
    const verdict = { kind: 'wrong_tier', tier: 'high' } as const;
    const given = { kind: 'verdict_given', at: NOON + 2, by, verdict } as const;
    const raised = { raisedBy: 'drill', signals: ['want-to-die', 'ex-1'] } as const;
    const over = resolve({ ...sampleCase(1), ...raised }, NOON + 1);
    const judged = { ...over, version: 3, state: { ...over.state, verdict } };
    await bed.database.transact(async ({ escalations }) => {
      await escalations.advance(over, { ...resolved, verdict: { kind: 'real' } }, NOON + 1);
      await escalations.advance(judged, given, NOON + 2);
      await escalations.insert(sampleCase(2), opened, NOON + 5);
    });
    const read = await bed.database.read(async ({ escalations }) => ({
      since: await escalations.openedSince(NOON),
      later: await escalations.openedSince(NOON + 1),
      events: await escalations.events(judged.id),
    }));
    expect(read.since).toEqual([judged, sampleCase(2)]);
    expect(read.later).toEqual([sampleCase(2)]);
    expect(read.events.map(({ event }) => event)).toEqual([opened, { ...resolved, verdict: { kind: 'real' } }, given]);
  });
});
