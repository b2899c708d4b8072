// The first tables of the house. Forward only. The same text runs on SQLite and on PostgreSQL; the three things they say
// differently (numbering, refusing a change, the order-keeping column) stand at the top. Instants are integer
// milliseconds, local dates and JSON are text, flags are 0 or 1, `sealed_…` is text of the sealed-column codec.

import { type Kysely, PostgresAdapter, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  // `seq` is the order in which rows were added. SQLite's rowid never goes back while the newest row stands.
  const seq = isPostgres ? 'seq bigint generated always as identity primary key' : 'seq integer primary key';
  const statements = [
    ...people(seq),
    ...consent(seq),
    ...tasks(seq),
    ...conversations(),
    ...inbox(seq),
    ...outbox(seq),
    ...escalations(),
    ...house(seq),
    ...(isPostgres ? refuseChangesInPostgres('consent_events') : refuseChangesInSqlite('consent_events')),
  ];
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const people = (seq: string): string[] => [
  `create table mentees (
    id text not null primary key,
    phone_hash text not null unique,
    sealed_identity text not null,
    language text not null check (language in ('en', 'es')),
    time_zone text not null,
    college text not null,
    introduced_at bigint,
    created_at bigint not null,
    updated_at bigint not null
  )`,
  `create table mentors (
    id text not null primary key,
    phone_hash text unique,
    slack_user_id text unique,
    sealed_identity text not null,
    time_zone text not null,
    created_at bigint not null,
    updated_at bigint not null
  )`,
  `create table counselors (
    id text not null primary key,
    phone_hash text unique,
    slack_user_id text unique,
    sealed_identity text not null,
    time_zone text not null,
    on_call_order integer check (on_call_order > 0),
    created_at bigint not null,
    updated_at bigint not null
  )`,
  `create table matches (
    ${seq},
    mentee_id text not null references mentees (id),
    mentor_id text not null references mentors (id),
    started_on text not null,
    ended_on text
  )`,
  `create unique index matches_running on matches (mentee_id) where ended_on is null`,
  `create table phone_problems (
    phone_hash text not null primary key,
    code text not null,
    noted_at bigint not null
  )`,
];

const consent = (seq: string): string[] => [
  `create table consents (
    phone_hash text not null primary key,
    state text not null check (state in ('none', 'pending', 'active', 'opted_out')),
    changed_at bigint not null
  )`,
  `create table consent_events (
    ${seq},
    phone_hash text not null,
    state text not null check (state in ('none', 'pending', 'active', 'opted_out')),
    via text not null,
    basis text not null,
    recorded_at bigint not null
  )`,
  `create index consent_events_of_phone on consent_events (phone_hash, seq)`,
];

const TASK_STATUS = `status in ('not_started', 'in_progress', 'done', 'stuck', 'not_applicable', 'unknown')`;

const tasks = (seq: string): string[] => [
  `create table tasks (
    mentee_id text not null references mentees (id),
    task text not null,
    status text not null check (${TASK_STATUS}),
    asked_at bigint,
    again_on text,
    changed_at bigint not null,
    changed_by text not null check (changed_by in ('mentee', 'mentor', 'staff', 'import', 'system')),
    primary key (mentee_id, task)
  )`,
  `create table task_history (
    ${seq},
    mentee_id text not null references mentees (id),
    task text not null,
    status text not null check (${TASK_STATUS}),
    source text not null check (source in ('mentee', 'mentor', 'staff', 'import', 'system')),
    changed_at bigint not null
  )`,
  `create index task_history_of_mentee on task_history (mentee_id, seq)`,
];

const conversations = (): string[] => [
  `create table conversations (
    id text not null primary key,
    mentee_id text not null references mentees (id),
    flow_id text not null,
    structure_hash text not null,
    version integer not null check (version >= 0),
    status text not null check (status in ('active', 'ended')),
    step text not null,
    task text,
    sealed_state text not null,
    created_at bigint not null,
    updated_at bigint not null
  )`,
  `create unique index conversations_active on conversations (mentee_id) where status = 'active'`,
  `create table conversation_events (
    conversation_id text not null references conversations (id),
    version integer not null,
    sealed_event text not null,
    recorded_at bigint not null,
    primary key (conversation_id, version)
  )`,
  `create table timers (
    kind text not null check (kind in ('conversation', 'escalation', 'plan')),
    subject text not null,
    name text not null,
    due_at bigint not null,
    primary key (kind, subject, name)
  )`,
  `create index timers_due on timers (due_at)`,
  `create table flow_structures (
    structure_hash text not null primary key,
    flow_id text not null,
    definition text not null
  )`,
];

// No reference from the inbox to people: a text from somebody unknown is kept like any other.
const inbox = (seq: string): string[] => [
  `create table inbox (
    ${seq},
    id text not null unique,
    source text not null check (source in ('twilio', 'slack')),
    external_id text not null,
    phone_hash text not null,
    sealed_content text not null,
    received_at bigint not null,
    tier text not null default 'none' check (tier in ('crisis', 'high', 'moderate', 'none')),
    signal_ids text not null default '[]',
    status text not null default 'done' check (status in ('done', 'unprocessed')),
    unprocessed_reason text,
    unique (source, external_id)
  )`,
  `create index inbox_of_phone on inbox (phone_hash, received_at)`,
  `create index inbox_unprocessed on inbox (seq) where status = 'unprocessed'`,
];

const NO_FINAL_STATUS = `coalesce(receipt_status, '') not in ('delivered', 'undelivered', 'failed', 'canceled', 'read')`;

const outbox = (seq: string): string[] => [
  `create table outbox (
    ${seq},
    id text not null unique,
    key text not null unique,
    message_class text not null check (message_class in
      ('nudge', 'answer', 'safety_reply', 'human_text', 'keyword_answer', 'alert', 'notice')),
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
  `create table receipts (
    ${seq},
    outbound_id text,
    provider_id text not null,
    status text not null,
    code text,
    rank integer not null,
    received_at bigint not null
  )`,
  `create index receipts_of_provider on receipts (provider_id)`,
];

const escalations = (): string[] => [
  `create table escalations (
    id text not null primary key,
    case_code text not null,
    phone_hash text not null,
    mentee_id text references mentees (id),
    version integer not null check (version >= 0),
    is_resolved integer not null check (is_resolved in (0, 1)),
    sealed_state text not null,
    created_at bigint not null,
    updated_at bigint not null
  )`,
  `create unique index escalations_open on escalations (phone_hash) where is_resolved = 0`,
  // Not unique: a code that is taken must never keep a case from being opened.
  `create index escalations_code on escalations (case_code) where is_resolved = 0`,
  `create table escalation_events (
    escalation_id text not null references escalations (id),
    version integer not null,
    sealed_event text not null,
    recorded_at bigint not null,
    primary key (escalation_id, version)
  )`,
];

const house = (seq: string): string[] => [
  `create table mentor_list_items (
    ${seq},
    key text not null unique,
    mentee_id text not null references mentees (id),
    mentor_id text references mentors (id),
    sealed_reason text not null,
    task text,
    created_at bigint not null,
    closed_at bigint
  )`,
  `create index mentor_list_items_open on mentor_list_items (mentor_id, seq) where closed_at is null`,
  `create index mentor_list_items_of_mentee on mentor_list_items (mentee_id, seq) where closed_at is null`,
  `create table content_revisions (
    revision integer not null primary key check (revision > 0),
    files text not null,
    published_at bigint not null,
    published_by text not null,
    why text not null
  )`,
  `create table slots (
    job text not null,
    slot text not null,
    taken_at bigint not null,
    primary key (job, slot)
  )`,
  `create table alarms (
    ${seq},
    kind text not null,
    subject text not null,
    detail text not null,
    raised_at bigint not null,
    cleared_at bigint
  )`,
  `create unique index alarms_open on alarms (kind, subject) where cleared_at is null`,
  `create table house_values (
    name text not null primary key,
    value text not null
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
