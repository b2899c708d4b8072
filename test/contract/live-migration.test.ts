import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/app/ports/database.ts';
import { asCounselorId, asInboundId, asMenteeId, asMentorId, type OutboundId } from '../../src/core/model/ids.ts';
import { describeOnBoth, type TestBed } from './databases.ts';
import {
  addClaimed,
  hashOf,
  NOON,
  sampleCase,
  sampleConversation,
  sampleCounselor,
  sampleMentee,
  sampleMentor,
  sampleOutbound,
  sampleText,
} from './samples.ts';

const FIRST = '0001-house.ts';
const opened = { kind: 'opened', at: NOON, tier: 'crisis', onCall: [asCounselorId('counselor-1')] } as const;
const alertTimer = { kind: 'escalation', subject: 'case-1', name: 'alert', dueAt: NOON + 300_000 } as const;

/** A program in the midst of its work: sends in every state, a conversation that waits, cases that are open. */
async function writeRowsMidFlow(database: Database): Promise<{ readonly claimed: OutboundId }> {
  return database.transact(async (stores) => {
    const { people, consents, tasks, conversations, inbox, timers, escalations, mentorList, outbox } = stores;
    for (const n of [1, 2]) await people.saveMentee(sampleMentee(n), NOON);
    await people.saveMentor(sampleMentor(1), NOON);
    await people.saveCounselor(sampleCounselor(1), NOON);
    await people.saveMatch(asMenteeId('mentee-1'), asMentorId('mentor-1'), '2027-06-01');
    await consents.record({ phoneHash: hashOf(1), state: 'active', via: 'roster', basis: 'form', at: NOON });
    await tasks.addMissing(asMenteeId('mentee-1'), 'housing-form', 'import', NOON);
    await conversations.insert(sampleConversation(1), NOON);
    await timers.set({ kind: 'conversation', subject: 'conversation-1', name: 'wait', dueAt: NOON + 60_000 });
    await inbox.insert(sampleText('SM1'), { id: asInboundId('in-1'), phoneHash: hashOf(1), receivedAt: NOON });
    await inbox.markUnprocessed(asInboundId('in-1'), 'flow failed');
    await escalations.insert(sampleCase(1), opened, NOON);
    await timers.set(alertTimer);
    await escalations.insert(sampleCase(2, { phoneHash: hashOf(2), menteeId: asMenteeId('mentee-2') }), opened, NOON);
    const item = { menteeId: asMenteeId('mentee-1'), mentorId: null, reason: 'quiet', task: null, at: NOON };
    await mentorList.add('k', item);
    await outbox.add(sampleOutbound('dropped'), NOON);
    await outbox.dropPending(hashOf(1), ['nudge'], 'stop');
    const sent = await addClaimed(stores, 'sent', 't1');
    await outbox.finish(sent, 't1', { kind: 'sent', providerId: 'SM9', status: 'queued' });
    const unknown = await addClaimed(stores, 'unknown', 't2');
    await outbox.finish(unknown, 't2', { kind: 'unknown', checkAt: NOON + 9 });
    const claimed = await addClaimed(stores, 'claimed', 't3');
    await outbox.add(sampleOutbound('pending'), NOON);
    return { claimed };
  });
}

async function tablesOf(bed: TestBed): Promise<string[]> {
  const rows = await bed.place.sql(
    bed.kind === 'sqlite'
      ? "select name from sqlite_master where type = 'table' order by name"
      : "select tablename as name from pg_tables where schemaname = 'public' order by tablename",
  );
  return rows.map(({ name }) => String(name)).filter((name) => name !== 'migrations');
}

/** Every row as text, without the columns that came later. */
async function readAll(bed: TestBed, tables: readonly string[]): Promise<Record<string, string[]>> {
  const read = async (table: string): Promise<[string, string[]]> => {
    const rows = await bed.place.sql(`select * from ${table}`);
    const texts = rows.map(({ is_unread: _is, read_by: _by, read_at: _at, words_removed_at: _removed, ...row }) =>
      JSON.stringify(row),
    );
    return [table, texts.sort()];
  };
  return Object.fromEntries(await Promise.all(tables.map(read)));
}

async function indexesOf(bed: TestBed): Promise<string[]> {
  const rows = await bed.place.sql(
    bed.kind === 'sqlite'
      ? "select sql as text from sqlite_master where type in ('index', 'trigger') and sql is not null"
      : "select indexdef as text from pg_indexes where schemaname = 'public'",
  );
  return rows.map(({ text }) => String(text));
}

/** A table's definition but for what later migrations may change: checks of columns, a quoted name, a column added. */
async function definitionsOf(bed: TestBed): Promise<string> {
  const rows = await bed.place.sql("select sql from sqlite_master where name in ('timers', 'outbox') order by name");
  const text = rows.map(({ sql }) => String(sql)).join('\n');
  return text
    .replaceAll(', words_removed_at bigint', '')
    .replaceAll(/"(timers|outbox)"/g, '$1')
    .replaceAll(/(kind|message_class) in\s*\([^)]*\)/g, '$1 in (…)');
}

describeOnBoth(
  'a database of the version before, in the midst of its work',
  (bed) => {
    let folder: URL;
    beforeEach(() => {
      // Inside the checkout, so that the migration in it finds Kysely.
      folder = pathToFileURL(`${mkdtempSync(join(import.meta.dirname, '.migrations-'))}/`);
      cpSync(new URL(`../../migrations/${FIRST}`, import.meta.url), new URL(FIRST, folder));
    });
    afterEach(() => rmSync(folder, { recursive: true }));
    const openBefore = () => bed.open({ migrate: { folder } });

    test('keeps every row as it was (DB-11)', async () => {
      await writeRowsMidFlow(await openBefore());
      const tables = await tablesOf(bed);
      const before = await readAll(bed, tables);
      expect(before['outbox']).toHaveLength(5);
      await bed.open();
      const { timers, ...after } = await readAll(bed, tables);
      const { timers: timersBefore, ...rest } = before;
      expect(after).toEqual(rest);
      expect(timers).toEqual(expect.arrayContaining(timersBefore ?? []));
    });

    test('keeps every index and trigger, and every other check', async () => {
      await openBefore();
      const before = await indexesOf(bed);
      const definitions = bed.kind === 'sqlite' ? await definitionsOf(bed) : '';
      await bed.open();
      const after = new Set(await indexesOf(bed));
      expect(before.length).toBeGreaterThan(15);
      expect(before.filter((text) => !after.has(text))).toEqual([]);
      if (bed.kind === 'sqlite') expect(await definitionsOf(bed)).toBe(definitions);
    });

    test('goes on where it was: leases, order, receipts, timers, cases', async () => {
      const { claimed } = await writeRowsMidFlow(await openBefore());
      const database = await bed.open();
      const claimable = () => database.read(({ outbox }) => outbox.claimable(NOON, 9, 'normal'));
      expect(await claimable()).toEqual([]);
      const finished = await database.transact(({ outbox }) =>
        outbox.finish(claimed, 't3', { kind: 'sent', providerId: 'SM10', status: 'queued' }),
      );
      expect(finished).toBe(true);
      expect((await claimable()).map(({ key }) => key)).toEqual(['pending']);
      const again = await database.transact(({ outbox }) => outbox.add(sampleOutbound('sent'), NOON));
      expect(again).toBeNull();
      await database.transact(({ outbox }) => outbox.add(sampleOutbound('new'), NOON));
      const keys = (await database.read(({ outbox }) => outbox.ofPhone(hashOf(1)))).map(({ key }) => key);
      expect(keys).toEqual(['dropped', 'sent', 'unknown', 'claimed', 'pending', 'new']);
      expect(await database.read(({ escalations }) => escalations.openOf(hashOf(1)))).toEqual(sampleCase(1));
      expect(await database.read(({ inbox }) => inbox.countUnread())).toBe(0);
    });

    test('wakes each open case that had nothing due, and leaves the others alone', async () => {
      await writeRowsMidFlow(await openBefore());
      const database = await bed.open();
      const get = (subject: string) => database.read(({ timers }) => timers.get('escalation', subject, 'alert'));
      expect(await get('case-1')).toEqual(alertTimer);
      expect(await get('case-2')).toEqual({ ...alertTimer, subject: 'case-2', dueAt: NOON });
    });

    test('takes the new kinds and still refuses what nobody knows', async () => {
      await openBefore();
      const database = await bed.open();
      await database.transact(async ({ outbox, timers }) => {
        await outbox.add(sampleOutbound('note', { messageClass: 'case_note' }), NOON);
        await timers.set({ kind: 'program', subject: 'program', name: 'summary', dueAt: NOON });
      });
      await expect(bed.place.sql("update timers set kind = 'odd'")).rejects.toThrow(/check/i);
      await expect(bed.place.sql("update outbox set message_class = 'odd'")).rejects.toThrow(/check/i);
      await expect(bed.place.sql("update outbox set status = 'claimed'")).rejects.toThrow(/check/i);
    });
  },
  { isMigrated: false },
);
