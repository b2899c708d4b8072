// The stores of what people do: pauses of a person, the audit, weekly prompts and updates, to-dos of staff, and how
// people stand in Slack. Part of the transaction like every store.

import type {
  CounselorId,
  EscalationId,
  InboundId,
  MenteeId,
  MentorId,
  MentorPromptId,
  PhoneHash,
} from '../../core/model/ids.ts';
import type { PauseReason } from '../../core/model/pause.ts';
import type { SlackStanding } from '../../core/model/people.ts';
import type {
  MenteeUpdate,
  MentorPrompt,
  PromptSlot,
  PromptStage,
  PromptStatus,
} from '../../core/model/weekly-update.ts';
import type { ReportKind } from '../../core/safety/mandated-report.ts';

/** Nothing unasked goes to this person before `until` (epoch milliseconds); null: not before a person ends the pause. */
export interface Pause {
  readonly phoneHash: PhoneHash;
  readonly until: number | null;
  readonly reason: PauseReason;
  readonly setBy: string;
  readonly setAt: number;
}

export interface PauseStore {
  /** The pause that stands at `now`, or null. One that ran out is none. */
  of(phoneHash: PhoneHash, now: number): Promise<Pause | null>;
  /** Sets it, in place of an earlier one. That somebody is deceased is replaced by nothing but `revive`: false then. */
  set(pause: Pause): Promise<boolean>;
  /** Ends it; false when there was none, and when it is that of somebody deceased. */
  clear(phoneHash: PhoneHash): Promise<boolean>;
  /** It was a mistake that this person is deceased. False when nobody had said so. */
  revive(phoneHash: PhoneHash): Promise<boolean>;
}

/** A report of a mandated reporter that was made (MR-01). `by`: who made it; nobody approves one. */
export interface CaseReport {
  readonly escalationId: EscalationId;
  readonly report: ReportKind;
  readonly by: string;
  readonly at: number;
}

export interface CaseReportStore {
  /** False when this person has noted this report of the case before. */
  add(report: CaseReport): Promise<boolean>;
  /** The reports of a case, the first one first. */
  of(escalationId: EscalationId): Promise<CaseReport[]>;
}

/** One deed of a person. Never a name, a number or a student's words: ids and short snake_case words only. */
export interface AuditEvent {
  readonly at: number;
  /** Counselor, mentor or staff id, or `slack:U…` of somebody who is not on the roster, or `house` for the house itself. */
  readonly actor: string;
  /** Snake_case: `case_acknowledged`, `case_details_read`, `on_call_override_set` … */
  readonly action: string;
  readonly subjectKind: string;
  readonly subject: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

export interface AuditStore {
  add(event: AuditEvent): Promise<void>;
  /** Newest first; of one subject when it is given. */
  recent(ask: { readonly limit: number; readonly since?: number; readonly subject?: string }): Promise<AuditEvent[]>;
}

export interface MentorUpdate {
  readonly promptId: MentorPromptId;
  readonly menteeId: MenteeId;
  readonly mentorId: MentorId;
  readonly weekOn: string;
  readonly update: MenteeUpdate;
  readonly at: number;
}

/** Local dates, both included. */
export interface Absence {
  readonly from: string;
  readonly until: string;
}

export interface PromptStore {
  /** False when there is one of this mentor and `weekOn` already: then nothing is changed. */
  insert(prompt: MentorPrompt): Promise<boolean>;
  byId(promptId: MentorPromptId): Promise<MentorPrompt | null>;
  /** The newest prompt of a mentor, excused ones included. */
  latestOf(mentorId: MentorId): Promise<MentorPrompt | null>;
  /** A mentor's prompts, newest first. */
  of(mentorId: MentorId, limit: number): Promise<MentorPrompt[]>;
  /** All prompts that this Thursday's summary counts. */
  ofSummary(summaryOn: string): Promise<MentorPrompt[]>;
  /** Prompts that are open or partial and not summed up yet. */
  waiting(): Promise<MentorPrompt[]>;
  setStage(promptId: MentorPromptId, stage: PromptStage): Promise<void>;
  setStatus(promptId: MentorPromptId, status: PromptStatus, answeredAt: number | null): Promise<void>;
  /** Appends what was said of one mentee; the newest of a prompt and mentee counts. Nothing is overwritten. */
  saveUpdate(update: MentorUpdate): Promise<void>;
  /** The newest update of each mentee of a prompt. */
  updatesOf(promptId: MentorPromptId): Promise<MentorUpdate[]>;
  /** The newest update of a mentee in any week. */
  lastOf(menteeId: MenteeId): Promise<MentorUpdate | null>;
  /** Null: Sunday 17:00. */
  slotOf(mentorId: MentorId): Promise<PromptSlot | null>;
  setSlot(mentorId: MentorId, slot: PromptSlot): Promise<void>;
  /** Absences that end on or after `on`. */
  absencesOf(mentorId: MentorId, on: string): Promise<Absence[]>;
  /** Replaces every absence that ends on or after `on` by this one; null: back. */
  setAbsence(mentorId: MentorId, absence: Absence | null, on: string): Promise<void>;
}

export interface Todo {
  /** Unique for ever: the same thing to do is one row. */
  readonly key: string;
  /** Snake_case: `mentor_missed_two`, `mentor_review`, `mentor_left` … */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly at: number;
  readonly closedAt: number | null;
  readonly closedBy: string | null;
}

export interface TodoStore {
  /** False when the key is there. */
  add(todo: Pick<Todo, 'key' | 'kind' | 'title' | 'detail' | 'at'>): Promise<boolean>;
  byKey(key: string): Promise<Todo | null>;
  open(limit: number): Promise<Todo[]>;
  /** False when it is closed already, or not there. */
  close(key: string, by: string, at: number): Promise<boolean>;
}

/** Somebody stands in for the on-call list until a moment: they are alerted first. */
export interface OnCallOverride {
  readonly counselorId: CounselorId;
  readonly until: number;
  readonly setBy: string;
  readonly setAt: number;
}

export interface SlackPeopleStore {
  /** `member` when nothing else is known. */
  standing(slackUserId: string): Promise<SlackStanding>;
  /** True when it changed. */
  setStanding(slackUserId: string, standing: SlackStanding, at: number): Promise<boolean>;
  /** The override that stands at `now`, or null. */
  override(now: number): Promise<OnCallOverride | null>;
  setOverride(override: OnCallOverride): Promise<void>;
  clearOverride(): Promise<boolean>;
}

/** A text that no intent and no signal matched, to be read by a person the same day. */
export interface UnreadText {
  readonly id: InboundId;
  readonly phoneHash: PhoneHash;
  readonly body: string;
  readonly receivedAt: number;
}
