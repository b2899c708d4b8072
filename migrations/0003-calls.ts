// A page may be a call: one more kind of body in the outbox. Forward only; every row of before stays as it was. SQLite
// cannot change a check, so the table is built anew there and its rows moved over.

import { type Kysely, PostgresAdapter, sql } from 'kysely';

const BODY_KIND = `body_kind in ('sms', 'call', 'slack_post', 'slack_update')`;
const NO_FINAL_STATUS = `coalesce(receipt_status, '') not in ('delivered', 'undelivered', 'failed', 'canceled', 'read')`;
const COLUMNS = `seq, id, key, message_class, lane, recipient, phone_hash, body_kind, sealed_content, due_at,
  escalation_id, in_reply_to_id, in_reply_to_at, is_introduction, task, conversation_id, conversation_version, deadline_on,
  status, attempts, provider_id, lease_token, lease_until_at, created_at, attempted_at, check_at, polled_at, reason,
  receipt_status, receipt_rank`;

export async function up(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  for (const statement of isPostgres ? widenCheck() : rebuildOutbox()) await sql.raw(statement).execute(db);
}

const widenCheck = (): string[] => [
  `alter table outbox drop constraint outbox_body_kind_check,
    add constraint outbox_body_kind_check check (${BODY_KIND})`,
];

/** Word for word the table and the indexes of the migration before, but for the one check. */
const rebuildOutbox = (): string[] => [
  `create table outbox_rebuilt (
    seq integer primary key,
    id text not null unique,
    key text not null unique,
    message_class text not null check (message_class in
      ('nudge', 'answer', 'safety_reply', 'human_text', 'keyword_answer', 'alert', 'case_note', 'notice')),
    lane integer not null check (lane in (0, 1)),
    recipient text not null,
    phone_hash text,
    body_kind text not null check (${BODY_KIND}),
    sealed_content text not null,
    due_at bigint not null,
    escalation_id text,
    in_reply_to_id text,
    in_reply_to_at bigint,
    is_introduction integer not null check (is_introduction in (0, 1)),
    task text,
    conversation_id text,
    conversation_version integer,
    deadline_on text,
    status text not null default 'pending' check (status in
      ('pending', 'claimed', 'sent', 'unknown', 'failed', 'dropped', 'lost', 'parked')),
    attempts integer not null default 0 check (attempts >= 0),
    provider_id text,
    lease_token text,
    lease_until_at bigint,
    created_at bigint not null,
    attempted_at bigint,
    check_at bigint,
    polled_at bigint,
    reason text,
    receipt_status text,
    receipt_rank integer,
    check ((status = 'claimed') = (lease_token is not null)),
    check ((status = 'unknown') = (check_at is not null))
  )`,
  `insert into outbox_rebuilt (${COLUMNS}) select ${COLUMNS} from outbox`,
  `drop table outbox`,
  `alter table outbox_rebuilt rename to outbox`,
  `create index outbox_due on outbox (lane, due_at, seq) where status = 'pending'`,
  `create index outbox_waiting on outbox (recipient, lane, seq) where status in ('pending', 'claimed')`,
  `create index outbox_claimed on outbox (lease_until_at) where status = 'claimed'`,
  `create index outbox_unknown on outbox (check_at) where status = 'unknown'`,
  `create index outbox_of_phone on outbox (phone_hash, created_at)`,
  `create index outbox_of_provider on outbox (provider_id) where provider_id is not null`,
  `create index outbox_without_final on outbox (attempted_at) where status = 'sent' and body_kind = 'sms'
    and polled_at is null and ${NO_FINAL_STATUS}`,
  `create index outbox_of_conversation on outbox (conversation_id) where conversation_id is not null`,
  `create index outbox_of_escalation on outbox (escalation_id) where escalation_id is not null`,
  `create index outbox_failed on outbox (created_at, seq) where status in ('failed', 'lost', 'parked')`,
];
