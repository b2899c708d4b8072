// The tables of what people do in Slack, as Kysely sees them: the second half of schema.ts, with its conventions.

import type { Generated } from 'kysely';

interface StaffMembersTable {
  id: string;
  phone_hash: string | null;
  slack_user_id: string | null;
  sealed_identity: string;
  time_zone: string;
  created_at: number;
  updated_at: number;
}

interface MenteeContactsTable {
  mentee_id: string;
  sealed_contacts: string;
  updated_at: number;
}

interface PausesTable {
  phone_hash: string;
  until_at: number | null;
  reason: string;
  set_by: string;
  set_at: number;
}

interface CaseReportsTable {
  escalation_id: string;
  report: string;
  reported_by: string;
  reported_at: number;
}

interface AuditEventsTable {
  seq: Generated<number>;
  recorded_at: number;
  actor: string;
  action: string;
  subject_kind: string;
  subject: string;
  detail: string;
}

interface MentorPromptsTable {
  id: string;
  mentor_id: string;
  week_on: string;
  summary_on: string;
  channel: string;
  mentee_ids: string;
  prompted_at: number;
  stage: string;
  status: string;
  answered_at: number | null;
}

interface MentorUpdatesTable {
  seq: Generated<number>;
  id: string;
  prompt_id: string;
  mentee_id: string;
  mentor_id: string;
  week_on: string;
  sealed_update: string;
  recorded_at: number;
}

interface MentorSettingsTable {
  mentor_id: string;
  weekday: number;
  minute: number;
}

interface MentorAbsencesTable {
  seq: Generated<number>;
  mentor_id: string;
  from_on: string;
  until_on: string;
}

interface TodosTable {
  seq: Generated<number>;
  key: string;
  kind: string;
  sealed_content: string;
  created_at: number;
  closed_at: number | null;
  closed_by: string | null;
}

interface SlackPeopleTable {
  slack_user_id: string;
  standing: string;
  changed_at: number;
}

interface OnCallOverrideTable {
  /** Always 1: there is one row at most. */
  place: number;
  counselor_id: string;
  until_at: number;
  set_by: string;
  set_at: number;
}

/** `migrations/0002-people-in-slack.ts` and those after it are what makes them; they must say the same. */
export interface StaffSchema {
  staff_members: StaffMembersTable;
  mentee_contacts: MenteeContactsTable;
  pauses: PausesTable;
  case_reports: CaseReportsTable;
  audit_events: AuditEventsTable;
  mentor_prompts: MentorPromptsTable;
  mentor_updates: MentorUpdatesTable;
  mentor_settings: MentorSettingsTable;
  mentor_absences: MentorAbsencesTable;
  todos: TodosTable;
  slack_people: SlackPeopleTable;
  on_call_override: OnCallOverrideTable;
}
