// The database as the app sees it: stores of values inside one transaction. No SQL, no vendor, no connection.
// Inside a transaction only store calls may be awaited; a handler that awaits anything else is refused.

import type { Conversation, ConversationFacts } from '../../core/model/conversation.ts';
import type { ConversationEvent } from '../../core/model/event.ts';
import type {
  ConversationId,
  CounselorId,
  EscalationId,
  InboundId,
  MenteeId,
  MentorId,
  OutboundId,
  Phone,
  PhoneHash,
  StructureHash,
} from '../../core/model/ids.ts';
import type { MessageClass, Tier } from '../../core/model/message.ts';
import type { ConsentState, Counselor, Mentee, MenteeContacts, Mentor, StaffMember } from '../../core/model/people.ts';
import type { TaskSource, TaskStatus } from '../../core/model/task.ts';
import type { CaseTopic } from '../../core/safety/case-about.ts';
import type { EscalationEvent, Escalation as EscalationState } from '../../core/safety/escalation.ts';
import type { InboundMessage, NewOutbound, Outbound, OutboundBody } from './messages.ts';
import type {
  AuditStore,
  CaseReportStore,
  PauseStore,
  PromptStore,
  SlackPeopleStore,
  TodoStore,
  UnreadText,
} from './staff-stores.ts';

export interface Database {
  /**
   * Runs `work` in one write transaction and commits. Rolls back and rethrows when it throws or awaits a stranger.
   * PostgreSQL runs it again after a conflict with another transaction, so `work` does nothing but store calls.
   */
  transact<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /**
   * Runs `work` for each item, each on its own savepoint, sharing one commit where the database allows (SQLite) and in
   * one transaction each where it does not (PostgreSQL). Resolves after the commit. An item whose work throws is
   * undone and rejected alone; when the commit fails, every item is rejected.
   */
  batch<Item, Result>(
    items: readonly Item[],
    work: (stores: Stores, item: Item) => Promise<Result>,
  ): Promise<PromiseSettledResult<Result>[]>;
  /** Runs `work` on committed rows, without a write lock. */
  read<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /**
   * Whether an error says that the database could not do its work just now (locked, full, gone, a conflict), and not
   * that the work itself was wrong: then the same work may be asked for again.
   */
  isTrouble(error: unknown): boolean;
  /** The keyed hash that rows of this number are found by. */
  hashPhone(phone: Phone | string): PhoneHash;
  close(): Promise<void>;
}

export interface Stores {
  /** Undoes what `work` wrote when it throws, and hands the error on; what was written before stays. */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
  /** Holds this person until the end of the transaction (TW-14); SQLite has one writer and needs nothing. */
  lockPerson(phoneHash: PhoneHash): Promise<void>;
  readonly people: PeopleStore;
  readonly consents: ConsentStore;
  readonly tasks: TaskStore;
  readonly conversations: ConversationStore;
  readonly timers: TimerStore;
  readonly inbox: InboxStore;
  readonly outbox: OutboxStore;
  readonly escalations: EscalationStore;
  readonly mentorList: MentorListStore;
  readonly content: ContentStore;
  readonly house: HouseStore;
  readonly pauses: PauseStore;
  readonly caseReports: CaseReportStore;
  readonly audit: AuditStore;
  readonly prompts: PromptStore;
  readonly todos: TodoStore;
  readonly slackPeople: SlackPeopleStore;
}

/** What one person is on the roster; each null when they are not. */
export interface SlackRoles {
  readonly counselor: Counselor | null;
  readonly mentor: Mentor | null;
  readonly staff: StaffMember | null;
}

export interface PeopleStore {
  menteeByPhone(phoneHash: PhoneHash): Promise<Mentee | null>;
  mentee(menteeId: MenteeId): Promise<Mentee | null>;
  /** Everybody but the deceased. */
  mentees(): Promise<Mentee[]>;
  /** The mentees of whom a person said that they are deceased. */
  deceased(): Promise<Mentee[]>;
  /** The mentor of the mentee's running match. */
  mentorOf(menteeId: MenteeId): Promise<Mentor | null>;
  mentorByPhone(phoneHash: PhoneHash): Promise<Mentor | null>;
  mentorBySlackUser(slackUserId: string): Promise<Mentor | null>;
  /** Everything that this person of Slack is, in one look. */
  bySlackUser(slackUserId: string): Promise<SlackRoles>;
  counselor(counselorId: CounselorId): Promise<Counselor | null>;
  counselorByPhone(phoneHash: PhoneHash): Promise<Counselor | null>;
  counselorBySlackUser(slackUserId: string): Promise<Counselor | null>;
  /** Counselors with an on-call place, first place first. App code asks `onCallNow`, which knows overrides and who left. */
  onCall(): Promise<Counselor[]>;
  counselors(): Promise<Counselor[]>;
  mentor(mentorId: MentorId): Promise<Mentor | null>;
  mentors(): Promise<Mentor[]>;
  /** The mentees of a mentor's running matches, in the order in which they were matched; the deceased are none of them. */
  menteesOf(mentorId: MentorId): Promise<Mentee[]>;
  staff(): Promise<StaffMember[]>;
  staffBySlackUser(slackUserId: string): Promise<StaffMember | null>;
  staffByPhone(phoneHash: PhoneHash): Promise<StaffMember | null>;
  saveStaff(staff: StaffMember, at: number): Promise<StaffMember['id']>;
  /** Null when the roster gave none. */
  contacts(menteeId: MenteeId): Promise<MenteeContacts | null>;
  saveContacts(menteeId: MenteeId, contacts: MenteeContacts, at: number): Promise<void>;
  /** Inserts, or updates the row with the same phone (mentees), phone or Slack id (staff); gives the id that stands. */
  saveMentee(mentee: Mentee, at: number): Promise<MenteeId>;
  saveMentor(mentor: Mentor, at: number): Promise<MentorId>;
  saveCounselor(counselor: Counselor, at: number): Promise<CounselorId>;
  /** Makes this the running match; a different running one is closed on `on` (local ISO date). */
  saveMatch(menteeId: MenteeId, mentorId: MentorId, on: string): Promise<void>;
  markIntroduced(menteeId: MenteeId, at: number): Promise<void>;
  /** Notes that texts to this number cannot arrive (`code` of the vendor); null clears it. */
  setPhoneProblem(phoneHash: PhoneHash, code: string | null, at: number): Promise<void>;
  phoneProblem(phoneHash: PhoneHash): Promise<string | null>;
}

/** One line of the consent ledger: appended, never changed. */
export interface ConsentEvent {
  readonly phoneHash: PhoneHash;
  readonly state: ConsentState;
  /** How it came about: `roster`, `text`, `carrier` … */
  readonly via: string;
  /** Evidence: the declared basis of a roster row, or the word that was texted as a category, never the text. */
  readonly basis: string;
  readonly at: number;
}

export interface ConsentStore {
  state(phoneHash: PhoneHash): Promise<ConsentState>;
  /** Appends to the ledger and sets the state, in one. */
  record(event: ConsentEvent): Promise<void>;
  events(phoneHash: PhoneHash): Promise<ConsentEvent[]>;
}

export interface TaskRecord {
  readonly task: string;
  readonly status: TaskStatus;
  /** When a nudge about it was last begun; null before the first. */
  readonly askedAt: number | null;
  /** Local date on which the mentee asked to be asked again; null when not. */
  readonly againOn: string | null;
  readonly changedAt: number;
  readonly changedBy: TaskSource;
}

export interface TaskStore {
  of(menteeId: MenteeId): Promise<TaskRecord[]>;
  /** Adds the task as `not_started` when the mentee has none of that key. */
  addMissing(menteeId: MenteeId, task: string, source: TaskSource, at: number): Promise<boolean>;
  /** Sets the status and appends to the history. */
  change(change: {
    readonly menteeId: MenteeId;
    readonly task: string;
    readonly status: TaskStatus;
    readonly againOn: string | null;
    readonly source: TaskSource;
    readonly at: number;
  }): Promise<void>;
  markAsked(menteeId: MenteeId, task: string, at: number): Promise<void>;
  /** What was asked is void (another deadline): it is asked anew. */
  forgetAsked(menteeId: MenteeId, task: string): Promise<void>;
  history(
    menteeId: MenteeId,
  ): Promise<
    { readonly task: string; readonly status: TaskStatus; readonly source: TaskSource; readonly at: number }[]
  >;
}

/** What an event was decided on, kept so that a replay decides the same. */
export interface RecordedEvent {
  readonly version: number;
  readonly event: ConversationEvent;
  readonly facts: ConversationFacts;
  readonly at: number;
}

export interface ConversationStore {
  byId(conversationId: ConversationId): Promise<Conversation | null>;
  /** The mentee's running conversation, or null. There is at most one. */
  activeOf(menteeId: MenteeId): Promise<Conversation | null>;
  /** The one that ended last, or null. */
  lastEndedOf(menteeId: MenteeId): Promise<Conversation | null>;
  /** Every running conversation. */
  running(): Promise<Conversation[]>;
  insert(conversation: Conversation, at: number): Promise<void>;
  /** Stores the new state and its event; false when another writer was first (`conversation.version - 1` not found). */
  advance(conversation: Conversation, recorded: RecordedEvent): Promise<boolean>;
  events(conversationId: ConversationId): Promise<RecordedEvent[]>;
}

/** A wake-up. One row for each (kind, subject, name). */
export interface Timer {
  readonly kind: 'conversation' | 'escalation' | 'plan' | 'mentor' | 'program';
  /** Id of the conversation, the escalation, the mentee or the mentor; `program` for the program's own. */
  readonly subject: string;
  readonly name: string;
  readonly dueAt: number;
}

export interface TimerStore {
  /** Sets or moves a timer. */
  set(timer: Timer): Promise<void>;
  clear(kind: Timer['kind'], subject: string, name: string): Promise<void>;
  /** Timers due at `now`, earliest first. */
  due(now: number, limit: number): Promise<Timer[]>;
  /** Removes exactly this timer; false when it was moved, cleared or taken meanwhile. */
  take(timer: Timer): Promise<boolean>;
  /** A timer as it stands, or null. */
  get(kind: Timer['kind'], subject: string, name: string): Promise<Timer | null>;
  /** When the first timer later than `after` falls due. */
  nextDueAt(after: number): Promise<number | null>;
}

export interface StoredInbound {
  readonly id: InboundId;
  readonly phoneHash: PhoneHash;
  readonly body: string;
  readonly receivedAt: number;
  /** When it was sent, for a text that was found by asking the vendor; null for one that a webhook brought. */
  readonly sentAt: number | null;
  readonly tier: Tier;
  readonly status: 'done' | 'unprocessed';
  /** When its words were removed after a case that was for counselors alone; null, or left out, while it has them. */
  readonly wordsRemovedAt?: number | null | undefined;
}

export interface InboxStore {
  /** Stores the message once for ever; null when (source, external id) was seen before. */
  insert(
    message: InboundMessage,
    row: { readonly id: InboundId; readonly phoneHash: PhoneHash; readonly receivedAt: number },
  ): Promise<InboundId | null>;
  setScreening(inboundId: InboundId, tier: Tier, signalIds: readonly string[]): Promise<void>;
  markUnprocessed(inboundId: InboundId, reason: string): Promise<void>;
  /** A person has answered an unprocessed text; false when it was not unprocessed. */
  markDone(inboundId: InboundId): Promise<boolean>;
  byId(inboundId: InboundId): Promise<StoredInbound | null>;
  /** The text with the vendor's own id, or null when it never came in. */
  byExternalId(source: InboundMessage['source'], externalId: string): Promise<StoredInbound | null>;
  /** When the last text of this source was taken in; null before the first. */
  newestAt(source: InboundMessage['source']): Promise<number | null>;
  /** Texts of this sender since `since`, oldest first, at most `limit` (the newest ones). */
  recent(phoneHash: PhoneHash, since: number, limit: number): Promise<StoredInbound[]>;
  countSince(phoneHash: PhoneHash, since: number): Promise<number>;
  /** The signals of each text of this sender since `since` that was read as `tier`, oldest first. */
  signalsSince(phoneHash: PhoneHash, tier: Tier, since: number): Promise<(readonly string[])[]>;
  unprocessed(limit: number): Promise<StoredInbound[]>;
  /** Asks for a person's eye: no intent and no signal matched it. */
  markUnread(inboundId: InboundId): Promise<void>;
  /** A person has read it; false when it was not waiting. */
  markRead(inboundId: InboundId, by: string, at: number): Promise<boolean>;
  /** What waits to be read, oldest first. */
  unread(limit: number): Promise<UnreadText[]>;
  countUnread(): Promise<number>;
  /** Takes the words, files and signals of this sender's texts received from `from` to `until` away; the rows stay. */
  removeWords(
    phoneHash: PhoneHash,
    span: { readonly from: number; readonly until: number },
    at: number,
  ): Promise<number>;
}

/** Urgent messages never wait behind the others. */
export type Lane = 'urgent' | 'normal';

/** An alert as it stands in the outbox, by what can be told without opening it. */
export interface AlertHead {
  readonly id: OutboundId;
  readonly key: string;
  readonly bodyKind: OutboundBody['kind'];
  /** It waits in the outbox and can still be dropped. */
  readonly isPending: boolean;
}

export interface OutboxStore {
  /** Adds a row; null when its key is there already. */
  add(row: NewOutbound, at: number): Promise<OutboundId | null>;
  byId(outboundId: OutboundId): Promise<Outbound | null>;
  byKey(key: string): Promise<Outbound | null>;
  byProviderId(providerId: string): Promise<Outbound | null>;
  /**
   * Rows of one lane that may be sent now: pending and due, by due time; of one recipient only the oldest, and none
   * while another row of this lane is claimed for that recipient. `urgent` holds alert, case_note, safety_reply, human_text.
   */
  claimable(now: number, limit: number, lane: Lane): Promise<Outbound[]>;
  /** Takes the row for this relay until `leaseUntil` (real time); false when another was first. */
  claim(outboundId: OutboundId, leaseToken: string, leaseUntil: number, at: number): Promise<boolean>;
  /** Lets go of a claimed row without a send: back to pending at `dueAt`. Fenced by the lease token. */
  release(outboundId: OutboundId, leaseToken: string, dueAt: number, reason: string): Promise<boolean>;
  /** Moves a pending row to a later time, with the gate's reason. */
  hold(outboundId: OutboundId, until: number, reason: string): Promise<void>;
  /** Ends a pending row without a send. */
  drop(outboundId: OutboundId, reason: string): Promise<void>;
  /** Records the end of an attempt; false (and no change) when the lease is not this one any more (DB-07). */
  finish(
    outboundId: OutboundId,
    leaseToken: string,
    result:
      | { readonly kind: 'sent'; readonly providerId: string; readonly status: string }
      | { readonly kind: 'unknown'; readonly checkAt: number }
      | { readonly kind: 'retry'; readonly dueAt: number; readonly code: string }
      | { readonly kind: 'failed'; readonly code: string }
      | { readonly kind: 'parked'; readonly code: string },
  ): Promise<boolean>;
  /** Claimed rows whose lease ran out before `realNow`: their process died; they become `unknown`, to check at `checkAt`. */
  expireLeases(realNow: number, checkAt: number): Promise<Outbound[]>;
  /**
   * After the clock was set back: urgent rows, and unknown ones, that were queued or tried at a time still to come are due
   * at `now` (CR-07).
   */
  bringBack(now: number): Promise<void>;
  /** Rows `unknown` whose next check is due. */
  unknownDue(now: number, limit: number): Promise<Outbound[]>;
  /** What was found out about an unknown row; false when it is not unknown any more. */
  settle(
    outboundId: OutboundId,
    result:
      | { readonly kind: 'sent'; readonly providerId: string; readonly status: string }
      | { readonly kind: 'check_again'; readonly at: number }
      | { readonly kind: 'resend'; readonly dueAt: number }
      | { readonly kind: 'lost' },
  ): Promise<boolean>;
  /** Provider ids already adopted by other rows for this phone, so that a look-up never adopts one twice. */
  knownProviderIds(phoneHash: PhoneHash, since: number): Promise<string[]>;
  /** Drops all pending rows of these classes for the phone (STOP). Returns how many. */
  dropPending(phoneHash: PhoneHash, classes: readonly MessageClass[], reason: string): Promise<number>;
  /** When unasked texts (class nudge, not introductions) were begun since `since`, oldest first. */
  unaskedSince(phoneHash: PhoneHash, since: number): Promise<number[]>;
  /** What a conversation said at this version, oldest first. */
  ofConversation(conversationId: ConversationId, version: number): Promise<Outbound[]>;
  /** How many of this class were made for the phone since `since`. */
  countSince(phoneHash: PhoneHash, messageClass: MessageClass, since: number): Promise<number>;
  /** The cards of an escalation in the channel that are in Slack, or on their way there, oldest first. */
  alertPosts(escalationId: EscalationId): Promise<Outbound[]>;
  /** Rows of this escalation that were let go for `reason` are due now: what they waited for is there. */
  bringForward(escalationId: EscalationId, reason: string, now: number): Promise<void>;
  /** The alerts of an escalation that left, may have left or will leave, oldest first, without what they say. */
  alerts(escalationId: EscalationId): Promise<AlertHead[]>;
  /** The alerts of an escalation, to any channel, that have not left yet. */
  pendingAlerts(escalationId: EscalationId): Promise<Outbound[]>;
  /**
   * Appends a receipt (also for a row not known yet) and raises the row's receipt status by rank (ST-02). It proves that
   * the vendor has the message: a row that is unknown, lost or waiting for another try becomes `sent`.
   */
  addReceipt(receipt: {
    readonly outboundId: OutboundId | null;
    readonly providerId: string;
    readonly status: string;
    readonly code: string | null;
    readonly at: number;
    readonly rank: number;
  }): Promise<{ readonly applied: boolean; readonly contradicts: boolean }>;
  /** Sent texts without a final status since before `before`, never polled for it. */
  withoutFinalStatus(before: number, limit: number): Promise<Outbound[]>;
  /** Notes that the vendor was asked for a final status: once is enough (ST-04). */
  markPolled(outboundId: OutboundId, at: number): Promise<void>;
  /** When the first send or check later than `after` falls due; what is due before waits behind another one. */
  nextDueAt(after: number): Promise<number | null>;
  /** Rows that were refused, parked or lost and made since `since`, newest first. */
  failedSince(since: number, limit: number): Promise<Outbound[]>;
  countFailedSince(since: number): Promise<number>;
  /** Every row of this phone, oldest first: for staff and tests, and until a mentee has been introduced. */
  ofPhone(phoneHash: PhoneHash): Promise<Outbound[]>;
  /** The newest text to this phone since `since` that has left, or may have; null when there is none. */
  lastTextTo(phoneHash: PhoneHash, since: number): Promise<Outbound | null>;
  /** Every row of this case, oldest first. */
  ofEscalation(escalationId: EscalationId): Promise<Outbound[]>;
  /** Replaces what a row says, and marks it; who it went to and what became of it stays. */
  removeWords(outboundId: OutboundId, body: OutboundBody, at: number): Promise<void>;
}

export interface Escalation {
  readonly id: EscalationId;
  readonly caseCode: string;
  readonly phoneHash: PhoneHash;
  readonly menteeId: MenteeId | null;
  readonly version: number;
  readonly state: EscalationState;
  /** The words that fired, of all texts of the case, in order. */
  readonly words: readonly string[];
  /** How the student was answered automatically (a sentence for the card). */
  readonly answered: string;
  /** Where a counselor's text goes; null when nobody knows, and in cases of before. */
  readonly contact:
    | { readonly kind: 'phone'; readonly phone: Phone }
    | { readonly kind: 'slack'; readonly slackUserId: string }
    | null;
  /** Who raised it first; left out: the screen did, or it is a case of before. A drill is no student's case. */
  readonly raisedBy?: CaseOrigin | undefined;
  /** Ids of the signals that fired, of all texts of the case; left out in cases of before. */
  readonly signals?: readonly string[] | undefined;
  /** Of what its texts spoke; left out in cases of before, and empty once its words were removed. */
  readonly topics?: readonly CaseTopic[] | undefined;
  /** Since when a mandated reporter of it has a duty, because the mentee is under 18; null or left out: none is known. */
  readonly dutySince?: number | null | undefined;
  /** When its words were removed; null or left out while it has them. */
  readonly wordsRemovedAt?: number | null | undefined;
}

/** `flow` its author asked for a person · `person` somebody pointed at a text · `worry` a mentor said so · `drill` a test. */
export type CaseOrigin = 'flow' | 'person' | 'worry' | 'drill';

export interface EscalationStore {
  /** The case of this phone that is not resolved, or null. There is at most one. */
  openOf(phoneHash: PhoneHash): Promise<Escalation | null>;
  byId(escalationId: EscalationId): Promise<Escalation | null>;
  /** The case with this code that is not resolved, the newest if there are two; or null. */
  byCaseCode(caseCode: string): Promise<Escalation | null>;
  unresolved(): Promise<Escalation[]>;
  /** Every case that was opened since `since`, drills among them, oldest first. */
  openedSince(since: number): Promise<Escalation[]>;
  /** The newest case of this phone, resolved or not; null when there was none. */
  latestOf(phoneHash: PhoneHash): Promise<Escalation | null>;
  insert(escalation: Escalation, event: EscalationEvent, at: number): Promise<void>;
  /** Stores the new state and its event; false when another writer was first. */
  advance(escalation: Escalation, event: EscalationEvent, at: number): Promise<boolean>;
  /** Takes its words, signals and topics away and marks it; its state and its story stay. */
  removeWords(escalation: Escalation, at: number): Promise<void>;
  events(
    escalationId: EscalationId,
  ): Promise<{ readonly version: number; readonly event: EscalationEvent; readonly at: number }[]>;
}

export interface MentorListItem {
  readonly menteeId: MenteeId;
  readonly mentorId: MentorId | null;
  readonly reason: string;
  readonly task: string | null;
  readonly at: number;
}

export interface MentorListStore {
  /** Puts an item on the list once per `key`; false when it is there. */
  add(key: string, item: MentorListItem): Promise<boolean>;
  open(mentorId: MentorId | null): Promise<MentorListItem[]>;
  openOfMentee(menteeId: MenteeId): Promise<MentorListItem[]>;
  /** Somebody reached the mentee: every open item of theirs that is older is done. Returns how many. */
  closeOfMentee(menteeId: MenteeId, at: number): Promise<number>;
}

/** Published content: the parsed files, by their path under `flows/`. */
export interface ContentRevision {
  readonly revision: number;
  readonly files: Readonly<Record<string, unknown>>;
  readonly publishedAt: number;
  readonly publishedBy: string;
  readonly why: string;
}

/** A revision by who, when and why. */
export type RevisionHead = Omit<ContentRevision, 'files'>;

export interface ContentStore {
  latest(): Promise<ContentRevision | null>;
  latestRevision(): Promise<number | null>;
  /** The newest one that is older than this. */
  before(revision: number): Promise<ContentRevision | null>;
  byRevision(revision: number): Promise<ContentRevision | null>;
  /** What was published, newest first, at most `limit`: without the files. */
  history(limit: number): Promise<RevisionHead[]>;
  publish(revision: Omit<ContentRevision, 'revision'>): Promise<number>;
  /** Keeps a flow's definition under its structure hash, for conversations that pin it. */
  saveStructure(structureHash: StructureHash, flowId: string, definition: unknown): Promise<void>;
  structure(structureHash: StructureHash): Promise<{ readonly flowId: string; readonly definition: unknown } | null>;
}

export interface HouseStore {
  /** True for the first caller of this (job, slot) only (DB-10). */
  takeSlot(job: string, slot: string, at: number): Promise<boolean>;
  /** Whether it was taken. */
  hasSlot(job: string, slot: string): Promise<boolean>;
  /** Notes something staff must look at; true when it was not open already. */
  raiseAlarm(kind: string, subject: string, detail: string, at: number): Promise<boolean>;
  clearAlarm(kind: string, subject: string, at: number): Promise<boolean>;
  alarms(): Promise<
    { readonly kind: string; readonly subject: string; readonly detail: string; readonly raisedAt: number }[]
  >;
  /** Small remembered values (Slack's own ids, the host that owns the file). */
  get(name: string): Promise<string | null>;
  put(name: string, value: string): Promise<void>;
}
