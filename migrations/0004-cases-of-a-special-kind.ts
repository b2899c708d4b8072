// Reports that mandated reporters have made about a case, and the mark of a text whose words were removed. Forward only;
// every row of before stays as it was.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...reports, ...marks]) await sql.raw(statement).execute(db);
}

/** The duty is each reporter's own, so several may report the same case; whoever did so twice did it once. */
const reports = [
  `create table case_reports (
    escalation_id text not null references escalations (id),
    report text not null check (report in ('phone', 'written')),
    reported_by text not null,
    reported_at bigint not null,
    primary key (escalation_id, report, reported_by)
  )`,
];

const marks = [
  `alter table inbox add column words_removed_at bigint`,
  `alter table outbox add column words_removed_at bigint`,
];
