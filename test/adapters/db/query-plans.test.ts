// What is due is looked for each minute and after each commit: these queries must stay on their indexes, however many
// rows have gathered.

import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as attempts from '../../../src/adapters/db/attempt-statements.ts';
import * as audit from '../../../src/adapters/db/audit-store.ts';
import * as reports from '../../../src/adapters/db/case-report-store.ts';
import * as escalations from '../../../src/adapters/db/escalation-store.ts';
import * as inbox from '../../../src/adapters/db/inbox-statements.ts';
import { openDatabase } from '../../../src/adapters/db/open-database.ts';
import * as lookUps from '../../../src/adapters/db/outbox-look-ups.ts';
import * as outbox from '../../../src/adapters/db/outbox-statements.ts';
import * as pauses from '../../../src/adapters/db/pause-store.ts';
import * as people from '../../../src/adapters/db/people-statements.ts';
import * as prompts from '../../../src/adapters/db/prompt-statements.ts';
import type { CompiledStatement, Session, SqlValues } from '../../../src/adapters/db/session.ts';
import * as todos from '../../../src/adapters/db/todo-store.ts';
import { makeSqliteFile, TEST_DATA_KEY } from '../../support/sqlite.ts';

const file = makeSqliteFile();
let handle: BetterSqlite3.Database;
beforeAll(async () => {
  await (await openDatabase({ url: file.url, dataKey: TEST_DATA_KEY, purpose: 'server', migrate: {} })).close();
  handle = new BetterSqlite3(file.path);
});
afterAll(() => {
  handle.close();
  file.remove();
});

/** A session that explains instead of running. */
function explainer(plan: string[]): Session {
  const explain = async (statement: CompiledStatement, values: SqlValues) => {
    const rows = handle
      .prepare<unknown[], { detail: string }>(`explain query plan ${statement.sql}`)
      .all(...statement.bind(values));
    plan.push(...rows.map(({ detail }) => detail));
    return [];
  };
  return {
    dialect: 'sqlite',
    all: explain,
    first: explain,
    run: async (statement, values) => (await explain(statement, values)).length,
    savepoint: (work) => work(),
    lock: async () => {},
  };
}

test.each([
  [
    'claimable',
    (session: Session) => outbox.claimable.all(session, { now: 1, retrySoon: 2, limit: 9, lane: 0 }),
    ['outbox_due', 'outbox_waiting'],
  ],
  [
    'claim',
    (session: Session) => outbox.claim.run(session, { id: 'a', token: 't', leaseUntil: 1, at: 1 }),
    ['outbox_claimed'],
  ],
  [
    'expired leases',
    (session: Session) => attempts.expireLeases.all(session, { realNow: 1, tooFar: 3, checkAt: 2 }),
    ['outbox_claimed'],
  ],
  ['unknown', (session: Session) => attempts.unknownDue.all(session, { now: 1, limit: 9 }), ['outbox_unknown']],
  ['next due', (session: Session) => lookUps.nextDue.first(session, { after: 0, lane: 0 }), ['outbox_due']],
  ['next check', (session: Session) => lookUps.nextCheck.first(session, { after: 0 }), ['outbox_unknown']],
  [
    'without final status',
    (session: Session) => lookUps.withoutFinalStatus.all(session, { before: 1, limit: 9 }),
    ['outbox_without_final'],
  ],
  [
    'by provider',
    (session: Session) => outbox.byProviderId.first(session, { providerId: 'SM' }),
    ['outbox_of_provider'],
  ],
  [
    'alert posts',
    (session: Session) => lookUps.alertPosts.all(session, { escalationId: 'e' }),
    ['outbox_of_escalation'],
  ],
  [
    'unasked',
    (session: Session) => lookUps.unaskedSince.all(session, { phoneHash: 'h', since: 1 }),
    ['outbox_of_phone'],
  ],
  ['failed sends', (session: Session) => lookUps.failedSince.all(session, { since: 1, limit: 9 }), ['outbox_failed']],
  ['how many failed', (session: Session) => lookUps.countFailedSince.first(session, { since: 1 }), ['outbox_failed']],
  ['unread texts', (session: Session) => inbox.unread.all(session, { limit: 9 }), ['inbox_unread']],
  ['how many unread', (session: Session) => inbox.countUnread.first(session, {}), ['inbox_unread']],
  [
    'newest case',
    (session: Session) => escalations.newestOf.first(session, { phoneHash: 'h' }),
    ['escalations_of_phone'],
  ],
  [
    'mentees of a mentor',
    (session: Session) => people.menteesOfMentor.all(session, { mentorId: 'm' }),
    ['matches_of_mentor'],
  ],
  [
    'last text to a phone',
    (session: Session) => lookUps.lastTextTo.first(session, { phoneHash: 'h', since: 1 }),
    ['outbox_of_phone'],
  ],
  [
    'rows of a case',
    (session: Session) => lookUps.ofEscalation.all(session, { escalationId: 'e' }),
    ['outbox_of_escalation'],
  ],
  [
    'texts of a case',
    (session: Session) => inbox.between.all(session, { phoneHash: 'h', from: 1, until: 2 }),
    ['inbox_of_phone'],
  ],
  [
    'reports of a case',
    (session: Session) => reports.ofCase.all(session, { escalationId: 'e' }),
    ['autoindex_case_reports'],
  ],
  ['pause', (session: Session) => pauses.standing.first(session, { phoneHash: 'h', now: 1 }), ['autoindex_pauses']],
  ['waiting prompts', (session: Session) => prompts.waitingPrompts.all(session, {}), ['mentor_prompts_waiting']],
  [
    'prompts of a summary',
    (session: Session) => prompts.promptsOfSummary.all(session, { summaryOn: '2027-06-10' }),
    ['mentor_prompts_of_summary'],
  ],
  [
    'prompts of a mentor',
    (session: Session) => prompts.newestPrompts.all(session, { mentorId: 'm', limit: 1 }),
    ['autoindex_mentor_prompts'],
  ],
  [
    'updates of a prompt',
    (session: Session) => prompts.newestUpdates.all(session, { promptId: 'p' }),
    ['mentor_updates_of_prompt'],
  ],
  [
    'last update',
    (session: Session) => prompts.lastUpdate.first(session, { menteeId: 'm' }),
    ['mentor_updates_of_mentee'],
  ],
  [
    'absences',
    (session: Session) => prompts.absencesOf.all(session, { mentorId: 'm', on: '2027-06-10' }),
    ['mentor_absences_of_mentor'],
  ],
  ['open to-dos', (session: Session) => todos.open.all(session, { limit: 9 }), ['todos_open']],
  [
    'audit of a subject',
    (session: Session) => audit.newestOf.all(session, { subject: 's', since: 0, limit: 9 }),
    ['audit_events_of_subject'],
  ],
] as const)('%s uses its index', async (_, run, indexes) => {
  const plan: string[] = [];
  await run(explainer(plan));
  const text = plan.join('\n');
  for (const index of indexes) expect(text).toContain(index);
  expect(text).not.toMatch(/SCAN \w+\b(?!.*USING)/);
});

test('the newest of the audit are read backwards, without sorting what has gathered', async () => {
  const plan: string[] = [];
  await audit.newest.all(explainer(plan), { since: 0, limit: 9 });
  expect(plan.join('\n')).not.toContain('TEMP B-TREE');
});
