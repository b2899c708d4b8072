// What people do in Slack: the team beside mentors and counselors, pauses, the audit, weekly prompts and updates, to-dos,
// who stands in on call, and texts that wait to be read. Forward only; every row of before stays as it was. SQLite cannot
// change a check, so the two tables whose checks grow are built anew there and their rows moved over.

import { type Kysely, PostgresAdapter, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const seq = isPostgres ? 'seq bigint generated always as identity primary key' : 'seq integer primary key';
  const statements = [
    ...(isPostgres ? widenChecksInPostgres() : [...rebuildTimers(), ...rebuildOutbox()]),
    ...lookUps(),
    WAKE_CASES,
    ...people(),
    ...audit(seq),
    ...(isPostgres ? refuseChangesInPostgres('audit_events') : refuseChangesInSqlite('audit_events')),
    ...prompts(seq),
    ...work(seq),
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const TIMER_KIND = `kind in ('conversation', 'escalation', 'plan', 'mentor', 'program')`;
const MESSAGE_CLASS = `message_class in
  ('nudge', 'answer', 'safety_reply', 'human_text', 'keyword_answer', 'alert', 'case_note', 'notice')`;

const widenChecksInPostgres = (): string[] => [
  `alter table timers drop constraint timers_kind_check, add constraint timers_kind_check check (${TIMER_KIND})`,
  `alter table outbox drop constraint outbox_message_class_check,
    add constraint outbox_message_class_check check (${MESSAGE_CLASS})`,
];

const rebuildTimers = (): string[] => [
  `create table timers_rebuilt (
    kind text not null check (${TIMER_KIND}),
    subject text not null,
    name text not null,
    due_at bigint not null,
    primary key (kind, subject, name)
  )`,
  ...moveRows('timers', 'kind, subject, name, due_at'),
  `create index timers_due on timers (due_at)`,
];

const OUTBOX_COLUMNS = `seq, id, key, message_class, lane, recipient, phone_hash, body_kind, sealed_content, due_at,
  escalation_id, in_reply_to_id, in_reply_to_at, is_introduction, task, conversation_id, conversation_version, deadline_on,
  status, attempts, provider_id, lease_token, lease_until_at, created_at, attempted_at, check_at, polled_at, reason,
  receipt_status, receipt_rank`;

const NO_FINAL_STATUS = `coalesce(receipt_status, '') not in ('delivered', 'undelivered', 'failed', 'canceled', 'read')`;

/** Word for word the table and the indexes of the first migration, but for the one check. */
const rebuildOutbox = (): string[] => [
  `create table outbox_rebuilt (
    seq integer primary key,
    id text not null unique,
    key text not null unique,
    message_class text not null check (${MESSAGE_CLASS}),
    lane integer not null check (lane in (0, 1)),
    recipient text not null,
    phone_hash text,
    body_kind text not null check (body_kind in ('sms', 'slack_post', 'slack_update')),
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
  ...moveRows('outbox', OUTBOX_COLUMNS),
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
];

/** The old table goes only after its rows have gone over; dropping it drops its indexes, so their names are free. */
function moveRows(table: string, columns: string): string[] {
  return [
    `insert into ${table}_rebuilt (${columns}) select ${columns} from ${table}`,
    `drop table ${table}`,
    `alter table ${table}_rebuilt rename to ${table}`,
  ];
}

/** What is newly asked of tables that were there. */
const lookUps = (): string[] => [
  `create index outbox_failed on outbox (created_at, seq) where status in ('failed', 'lost', 'parked')`,
  `create index escalations_of_phone on escalations (phone_hash, created_at)`,
  `create index matches_of_mentor on matches (mentor_id, seq) where ended_on is null`,
  `alter table inbox add column is_unread integer not null default 0 check (is_unread in (0, 1))`,
  `alter table inbox add column read_by text`,
  `alter table inbox add column read_at bigint`,
  `create index inbox_unread on inbox (seq) where is_unread = 1`,
];

/**
 * An acknowledged case had nothing due any more; now whoever has it is asked whether they still do. The wake-up lies in
 * the past, so that it rings at the first look.
 */
const WAKE_CASES = `insert into timers (kind, subject, name, due_at)
  select 'escalation', id, 'alert', updated_at from escalations
  where is_resolved = 0 and not exists
    (select 1 from timers where kind = 'escalation' and subject = escalations.id and name = 'alert')`;

const people = (): string[] => [
  `create table staff_members (
    id text not null primary key,
    phone_hash text unique,
    slack_user_id text unique,
    sealed_identity text not null,
    time_zone text not null,
    created_at bigint not null,
    updated_at bigint not null
  )`,
  `create table mentee_contacts (
    mentee_id text not null primary key references mentees (id),
    sealed_contacts text not null,
    updated_at bigint not null
  )`,
  `create table pauses (
    phone_hash text not null primary key,
    until_at bigint,
    reason text not null,
    set_by text not null,
    set_at bigint not null
  )`,
  `create table slack_people (
    slack_user_id text not null primary key,
    standing text not null check (standing in ('member', 'guest', 'deactivated')),
    changed_at bigint not null
  )`,
];

// Ids and snake_case words only, so nothing here is sealed, and no reference: what was done stays when its subject goes.
const audit = (seq: string): string[] => [
  `create table audit_events (
    ${seq},
    recorded_at bigint not null,
    actor text not null,
    action text not null,
    subject_kind text not null,
    subject text not null,
    detail text not null
  )`,
  `create index audit_events_of_subject on audit_events (subject, seq)`,
];

const prompts = (seq: string): string[] => [
  `create table mentor_prompts (
    id text not null primary key,
    mentor_id text not null references mentors (id),
    week_on text not null,
    summary_on text not null,
    channel text not null check (channel in ('slack', 'sms')),
    mentee_ids text not null,
    prompted_at bigint not null,
    stage text not null check (stage in ('prompted', 'reminded', 'last_called', 'summed_up')),
    status text not null check (status in ('open', 'partial', 'answered', 'missed', 'excused')),
    answered_at bigint,
    unique (mentor_id, week_on)
  )`,
  `create index mentor_prompts_of_summary on mentor_prompts (summary_on)`,
  `create index mentor_prompts_waiting on mentor_prompts (prompted_at, id)
    where status in ('open', 'partial') and stage <> 'summed_up'`,
  `create table mentor_updates (
    ${seq},
    id text not null unique,
    prompt_id text not null references mentor_prompts (id),
    mentee_id text not null references mentees (id),
    mentor_id text not null references mentors (id),
    week_on text not null,
    sealed_update text not null,
    recorded_at bigint not null
  )`,
  `create index mentor_updates_of_prompt on mentor_updates (prompt_id, mentee_id, seq)`,
  `create index mentor_updates_of_mentee on mentor_updates (mentee_id, seq)`,
  `create table mentor_settings (
    mentor_id text not null primary key references mentors (id),
    weekday integer not null check (weekday between 1 and 7),
    minute integer not null check (minute between 0 and 1439)
  )`,
  `create table mentor_absences (
    ${seq},
    mentor_id text not null references mentors (id),
    from_on text not null,
    until_on text not null
  )`,
  `create index mentor_absences_of_mentor on mentor_absences (mentor_id, until_on)`,
];

const work = (seq: string): string[] => [
  `create table todos (
    ${seq},
    key text not null unique,
    kind text not null,
    sealed_content text not null,
    created_at bigint not null,
    closed_at bigint,
    closed_by text
  )`,
  `create index todos_open on todos (seq) where closed_at is null`,
  // At most one row: only one person stands in at a time.
  `create table on_call_override (
    place integer not null primary key check (place = 1),
    counselor_id text not null references counselors (id),
    until_at bigint not null,
    set_by text not null,
    set_at bigint not null
  )`,
];

const refuseChangesInSqlite = (table: string): string[] =>
  ['update', 'delete'].map(
    (deed) => `create trigger ${table}_no_${deed} before ${deed} on ${table}
      begin select raise(abort, '${table} is only ever added to'); end`,
  );

const refuseChangesInPostgres = (table: string): string[] => [
  `create function ${table}_refuse_change() returns trigger language plpgsql as
    $$ begin raise exception '${table} is only ever added to'; end $$`,
  `create trigger ${table}_no_change before update or delete on ${table}
    for each row execute function ${table}_refuse_change()`,
  `create trigger ${table}_no_truncate before truncate on ${table}
    for each statement execute function ${table}_refuse_change()`,
];
