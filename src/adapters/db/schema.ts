// The tables as Kysely sees them. Instants are integer milliseconds, local dates and JSON are text, booleans are 0 or 1.
// Columns named `sealed_…` hold text of the sealed-column codec (sealed.ts) and nothing else.

import type { Generated } from 'kysely';
import type { StaffSchema } from './staff-schema.ts';

type Flag = 0 | 1;

interface PersonColumns {
  id: string;
  sealed_identity: string;
  time_zone: string;
  created_at: number;
  updated_at: number;
}

interface MenteesTable extends PersonColumns {
  phone_hash: string;
  language: string;
  college: string;
  introduced_at: number | null;
}

interface MentorsTable extends PersonColumns {
  phone_hash: string | null;
  slack_user_id: string | null;
}

interface CounselorsTable extends MentorsTable {
  on_call_order: number | null;
}

interface MatchesTable {
  seq: Generated<number>;
  mentee_id: string;
  mentor_id: string;
  started_on: string;
  ended_on: string | null;
}

interface PhoneProblemsTable {
  phone_hash: string;
  code: string;
  noted_at: number;
}

interface ConsentsTable {
  phone_hash: string;
  state: string;
  changed_at: number;
}

interface ConsentEventsTable {
  seq: Generated<number>;
  phone_hash: string;
  state: string;
  via: string;
  basis: string;
  recorded_at: number;
}

interface TasksTable {
  mentee_id: string;
  task: string;
  status: string;
  asked_at: number | null;
  again_on: string | null;
  changed_at: number;
  changed_by: string;
}

interface TaskHistoryTable {
  seq: Generated<number>;
  mentee_id: string;
  task: string;
  status: string;
  source: string;
  changed_at: number;
}

interface ConversationsTable {
  id: string;
  mentee_id: string;
  flow_id: string;
  structure_hash: string;
  version: number;
  status: string;
  step: string;
  task: string | null;
  sealed_state: string;
  created_at: number;
  updated_at: number;
}

interface ConversationEventsTable {
  conversation_id: string;
  version: number;
  sealed_event: string;
  recorded_at: number;
}

interface TimersTable {
  kind: string;
  subject: string;
  name: string;
  due_at: number;
}

interface InboxTable {
  seq: Generated<number>;
  id: string;
  source: string;
  external_id: string;
  phone_hash: string;
  sealed_content: string;
  received_at: number;
  tier: Generated<string>;
  signal_ids: Generated<string>;
  status: Generated<string>;
  unprocessed_reason: string | null;
  /** 1 while it waits for a person's eye. */
  is_unread: Generated<Flag>;
  read_by: string | null;
  read_at: number | null;
  /** When its words were removed. */
  words_removed_at: number | null;
}

interface OutboxTable {
  seq: Generated<number>;
  id: string;
  key: string;
  message_class: string;
  /** 0 urgent, 1 normal: sorted by, so that a crisis is claimed first. */
  lane: number;
  /** What order is kept by: a phone hash, a Slack channel role or a Slack user. */
  recipient: string;
  phone_hash: string | null;
  body_kind: string;
  sealed_content: string;
  due_at: number;
  escalation_id: string | null;
  in_reply_to_id: string | null;
  in_reply_to_at: number | null;
  is_introduction: Flag;
  task: string | null;
  conversation_id: string | null;
  conversation_version: number | null;
  deadline_on: string | null;
  status: Generated<string>;
  attempts: Generated<number>;
  provider_id: string | null;
  lease_token: string | null;
  lease_until_at: number | null;
  created_at: number;
  attempted_at: number | null;
  check_at: number | null;
  polled_at: number | null;
  reason: string | null;
  receipt_status: string | null;
  receipt_rank: number | null;
  words_removed_at: number | null;
}

interface ReceiptsTable {
  seq: Generated<number>;
  outbound_id: string | null;
  provider_id: string;
  status: string;
  code: string | null;
  rank: number;
  received_at: number;
}

interface EscalationsTable {
  id: string;
  case_code: string;
  phone_hash: string;
  mentee_id: string | null;
  version: number;
  is_resolved: Flag;
  sealed_state: string;
  created_at: number;
  updated_at: number;
}

interface EscalationEventsTable {
  escalation_id: string;
  version: number;
  sealed_event: string;
  recorded_at: number;
}

interface MentorListItemsTable {
  seq: Generated<number>;
  key: string;
  mentee_id: string;
  mentor_id: string | null;
  sealed_reason: string;
  task: string | null;
  created_at: number;
  closed_at: number | null;
}

interface ContentRevisionsTable {
  revision: number;
  files: string;
  published_at: number;
  published_by: string;
  why: string;
}

interface FlowStructuresTable {
  structure_hash: string;
  flow_id: string;
  definition: string;
}

interface SlotsTable {
  job: string;
  slot: string;
  taken_at: number;
}

interface AlarmsTable {
  seq: Generated<number>;
  kind: string;
  subject: string;
  detail: string;
  raised_at: number;
  cleared_at: number | null;
}

interface HouseValuesTable {
  name: string;
  value: string;
}

interface MigrationsTable {
  name: string;
  applied_at: number;
}

/** Every table of the house. `migrations/` is what makes them; the two must say the same. */
export interface Schema extends StaffSchema {
  mentees: MenteesTable;
  mentors: MentorsTable;
  counselors: CounselorsTable;
  matches: MatchesTable;
  phone_problems: PhoneProblemsTable;
  consents: ConsentsTable;
  consent_events: ConsentEventsTable;
  tasks: TasksTable;
  task_history: TaskHistoryTable;
  conversations: ConversationsTable;
  conversation_events: ConversationEventsTable;
  timers: TimersTable;
  inbox: InboxTable;
  outbox: OutboxTable;
  receipts: ReceiptsTable;
  escalations: EscalationsTable;
  escalation_events: EscalationEventsTable;
  mentor_list_items: MentorListItemsTable;
  content_revisions: ContentRevisionsTable;
  flow_structures: FlowStructuresTable;
  slots: SlotsTable;
  alarms: AlarmsTable;
  house_values: HouseValuesTable;
  migrations: MigrationsTable;
}
