import { expect, test } from 'vitest';
import type { AuditEvent } from '../../src/app/ports/staff-stores.ts';
import { describeOnBoth } from './databases.ts';
import { NOON } from './samples.ts';

const deed = (n: number, changes: Partial<AuditEvent> = {}): AuditEvent => ({
  at: NOON + n,
  actor: 'counselor-1',
  action: 'case_details_read',
  subjectKind: 'case',
  subject: 'case-1',
  detail: { round: n, code: 'K7Q1', first: n === 0, note: null },
  ...changes,
});

describeOnBoth('the audit', (bed) => {
  const add = (...events: AuditEvent[]) =>
    bed.database.transact(async ({ audit }) => {
      for (const event of events) await audit.add(event);
    });
  const recent = (ask: { limit: number; since?: number; subject?: string }) =>
    bed.database.read(({ audit }) => audit.recent(ask));

  test('gives deeds back as they were, newest first', async () => {
    await add(deed(0), deed(1), deed(2));
    expect(await recent({ limit: 2 })).toEqual([deed(2), deed(1)]);
    expect(await recent({ limit: 9, since: NOON + 1 })).toEqual([deed(2), deed(1)]);
    expect(await recent({ limit: 0 })).toEqual([]);
  });

  test('keeps the order in which things were done, though they happened in one millisecond or the clock went back', async () => {
    await add(deed(5), deed(5, { action: 'case_acknowledged' }), deed(1, { action: 'case_resolved' }));
    const actions = (await recent({ limit: 9 })).map(({ action }) => action);
    expect(actions).toEqual(['case_resolved', 'case_acknowledged', 'case_details_read']);
  });

  test('tells what was done to one thing', async () => {
    await add(deed(0), deed(1, { subject: 'case-2' }), deed(2));
    expect(await recent({ limit: 9, subject: 'case-1' })).toEqual([deed(2), deed(0)]);
    expect(await recent({ limit: 1, subject: 'case-1' })).toEqual([deed(2)]);
    expect(await recent({ limit: 9, subject: 'case-1', since: NOON + 1 })).toEqual([deed(2)]);
    expect(await recent({ limit: 9, subject: 'case-3' })).toEqual([]);
  });

  test('is only ever added to: the database refuses to change or to take away', async () => {
    await add(deed(0));
    for (const change of ["update audit_events set actor = 'somebody'", 'delete from audit_events']) {
      await expect(bed.place.sql(change)).rejects.toThrow('audit_events is only ever added to');
    }
    if (bed.kind === 'postgres') {
      await expect(bed.place.sql('truncate audit_events')).rejects.toThrow('audit_events is only ever added to');
    }
    expect(await recent({ limit: 9 })).toEqual([deed(0)]);
  });

  test('goes with its transaction: a deed that was undone is in no audit', async () => {
    const failed = bed.database.transact(async ({ audit }) => {
      await audit.add(deed(0));
      throw new Error('the deed failed');
    });
    await expect(failed).rejects.toThrow('the deed failed');
    expect(await recent({ limit: 9 })).toEqual([]);
  });
});
