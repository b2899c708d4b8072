// What people do in Slack, as the adapter hands it over after the signature was checked, and what they are shown for it.
// Every id in it is opaque; who did it is Slack's signed word. No vendor's word stands here.

import type {
  CounselorId,
  EscalationId,
  InboundId,
  MenteeId,
  MentorPromptId,
  OutboundId,
} from '../../core/model/ids.ts';
import type { ChosenReason, PauseReason } from '../../core/model/pause.ts';
import type { MenteeUpdate, PromptSlot, Reached, Worry } from '../../core/model/weekly-update.ts';
import type { CaseOutcome, CaseVerdict, EscalationTier } from '../../core/safety/escalation.ts';
import type { ReportKind } from '../../core/safety/mandated-report.ts';
import type { Kind } from '../../core/safety/signal-schema.ts';

/** Who did something, and what makes it once: the same `actKey` again changes nothing (SL-03, SL-08, SL-09). */
export interface Actor {
  readonly slackUserId: string;
  readonly actKey: string;
}

/** A press that needs no modal. */
export type StaffAct =
  | {
      /** `resume_nudges`: nudges that waited for a person's word may come again. */
      readonly kind: 'acknowledge' | 'take_over' | 'release' | 'still_on_it' | 'reopen' | 'resume_nudges';
      readonly escalationId: EscalationId;
    }
  /** "I have reported it": of a mandated reporter, about a case of somebody under 18 (MR-01). */
  | { readonly kind: 'report_made'; readonly escalationId: EscalationId; readonly report: ReportKind }
  /** Log of a call, pressed in the call modal. */
  | {
      readonly kind: 'log_call';
      readonly escalationId: EscalationId;
      readonly reached: 'yes' | 'no_answer' | 'voicemail';
    }
  /** Send a text of a thread once more, though it may have arrived. */
  | { readonly kind: 'resend'; readonly outboundId: OutboundId }
  | { readonly kind: 'close_todo'; readonly todoKey: string }
  /** Whether the page was right, said in Details of a case that is over. */
  | { readonly kind: 'give_verdict'; readonly escalationId: EscalationId; readonly verdict: CaseVerdict }
  /** A person has read a text that the screen let pass, and says that it needed a page. */
  | { readonly kind: 'needed_page'; readonly inboundId: InboundId }
  | { readonly kind: 'mark_read'; readonly inboundId: InboundId }
  /** `inboundIds`: just these, as they were shown, so that a text nobody has seen stays unread; left out: all. */
  | { readonly kind: 'mark_all_read'; readonly inboundIds?: readonly InboundId[] }
  /** A choice in a row of the weekly update: saved at once, so that a closed modal loses nothing. */
  | {
      readonly kind: 'set_reached';
      readonly promptId: MentorPromptId;
      readonly menteeId: MenteeId;
      readonly reached: Reached;
    }
  | { readonly kind: 'same_for_all'; readonly promptId: MentorPromptId; readonly reached: Reached }
  /** The mentor says that they are back. */
  | { readonly kind: 'back' }
  | { readonly kind: 'clear_override' };

/**
 * What a press came to. `word` is shown to the one who pressed (somebody else was first, it is over); `modal` replaces
 * what the modal shows, when the press came from one; `homeChanged` asks for their App Home to be drawn anew.
 */
export interface ActResult {
  readonly word: string | null;
  readonly modal: Modal | null;
  readonly homeChanged: boolean;
}

/** A press that opens a modal. */
export type ModalAsk =
  | { readonly kind: 'case_details' | 'case_call' | 'resolve_case'; readonly escalationId: EscalationId }
  | { readonly kind: 'weekly_update'; readonly promptId: MentorPromptId }
  | { readonly kind: 'mentee_update'; readonly promptId: MentorPromptId; readonly menteeId: MenteeId }
  | { readonly kind: 'pause_mentee'; readonly menteeId: MenteeId }
  | { readonly kind: 'worried' }
  | { readonly kind: 'away' }
  | { readonly kind: 'slot' }
  | { readonly kind: 'on_call_override' }
  | { readonly kind: 'safety_example'; readonly source: ExampleSource }
  /** Of staff: what a publish of the folder would do; which revision to go back to. */
  | { readonly kind: 'flows_publish' }
  | { readonly kind: 'flows_roll_back' };

/** What an example for the screen is written after: a case, a text, or nothing but somebody's own words. */
export type ExampleSource =
  | { readonly kind: 'case'; readonly escalationId: EscalationId }
  | { readonly kind: 'text'; readonly inboundId: InboundId }
  | { readonly kind: 'own' };

/** A line under its label; `text` may be a person's words. */
export interface Line {
  readonly label: string;
  readonly text: string;
}

/** What a modal shows. */
export type Modal =
  /** A sentence in place of what was asked for: no right, gone, over. */
  | { readonly kind: 'word'; readonly title: string; readonly text: string }
  | {
      readonly kind: 'case_details';
      readonly escalationId: EscalationId;
      readonly caseCode: string;
      readonly firstName: string;
      /** Oldest first. `staff` is what a counselor wrote in the thread. */
      readonly messages: readonly {
        readonly from: 'mentee' | 'bot' | 'staff';
        readonly at: number;
        readonly text: string;
      }[];
      /** Zone, age band, emergency contact, campus numbers; null until the case is acknowledged. */
      readonly contacts: readonly Line[] | null;
      /** What was said of the page; `given` is null when nobody has said it. Null, or left out, while the case goes on. */
      readonly verdict?: { readonly given: CaseVerdict | null; readonly tier: EscalationTier } | null | undefined;
      readonly timeZone: string;
    }
  | {
      readonly kind: 'case_call';
      readonly escalationId: EscalationId;
      readonly caseCode: string;
      readonly firstName: string;
      /** Null for somebody who wrote in Slack, or whose number is not known. */
      readonly phone: string | null;
      /** "7:40 pm (Chicago)"; null when the zone is not known. */
      readonly theirTime: string | null;
      readonly contacts: readonly Line[] | null;
      /** Whether texts cannot reach them, in a sentence; null when they can. */
      readonly cannotText: string | null;
    }
  | {
      readonly kind: 'resolve_case';
      readonly escalationId: EscalationId;
      readonly caseCode: string;
      readonly firstName: string;
      /** What it was paged as. */
      readonly tier: EscalationTier;
      /** Hours until nudges resume unless chosen otherwise. */
      readonly resumeAfterHours: number;
      /** Whom texts can be paused for, for a reason of its own; null or left out for somebody who is no mentee. */
      readonly menteeId?: MenteeId | null | undefined;
      /** What was there to be read when it was opened; opaque, and submitted as it is. */
      readonly seen: string;
    }
  | {
      readonly kind: 'weekly_update';
      readonly promptId: MentorPromptId;
      readonly weekOn: string;
      readonly rows: readonly UpdateRow[];
      readonly isClosed: boolean;
      /** Grows with each change of rows by "same for all", so that Slack takes the new choices. */
      readonly revision: number;
    }
  | {
      readonly kind: 'mentee_update';
      readonly promptId: MentorPromptId;
      readonly menteeId: MenteeId;
      readonly firstName: string;
      /** What was saved for this week, or null. */
      readonly update: MenteeUpdate | null;
      /** How the mentor wrote with them last time, offered first. */
      readonly lastMode: MenteeUpdate['mode'];
      /** Tasks that are not finished, to be marked done or stuck. */
      readonly tasks: readonly { readonly key: string; readonly title: string; readonly isStuck: boolean }[];
    }
  /** Why and until when nothing unasked goes to a mentee. `current`: the pause that stands. */
  | {
      readonly kind: 'pause_mentee';
      readonly menteeId: MenteeId;
      readonly name: string;
      readonly current: {
        readonly reason: PauseReason;
        readonly until: number | null;
        readonly setBy: string;
        readonly at: number;
      } | null;
      readonly timeZone: string;
    }
  /** The second word of staff: it was a mistake that this mentee has died. */
  | { readonly kind: 'revive_mentee'; readonly menteeId: MenteeId; readonly name: string }
  | { readonly kind: 'worried'; readonly mentees: readonly { readonly menteeId: MenteeId; readonly name: string }[] }
  /** Local dates of an absence that is planned; null for a new one. */
  | { readonly kind: 'away'; readonly from: string | null; readonly until: string | null }
  | { readonly kind: 'slot'; readonly slot: PromptSlot; readonly timeZone: string }
  | {
      readonly kind: 'on_call_override';
      readonly counselors: readonly { readonly counselorId: CounselorId; readonly name: string }[];
      readonly current: { readonly name: string; readonly until: number } | null;
      readonly timeZone: string;
    }
  | {
      readonly kind: 'safety_example';
      readonly source: ExampleSource;
      /** A student's own words, shown above the empty field; empty when it is written after nothing. */
      readonly originals: readonly string[];
      /** What is offered first. */
      readonly was: 'missed' | 'false_page';
      readonly tier: ExampleTier;
    }
  /** What differs, who is inside and what is in the way. Nothing can be submitted while something is. */
  | { readonly kind: 'flows_publish'; readonly lines: readonly Line[]; readonly canPublish: boolean }
  /** Never empty, newest first. */
  | {
      readonly kind: 'flows_roll_back';
      readonly revisions: readonly { readonly revision: number; readonly words: string }[];
    };

/** What a text should have been read as. */
export type ExampleTier = 'crisis' | 'high' | 'moderate';

/** One mentee in the weekly update. `hint`: open tasks and last contact in a few words, from the ledger. */
export interface UpdateRow {
  readonly menteeId: MenteeId;
  readonly name: string;
  readonly hint: string;
  readonly reached: Reached | null;
  readonly worried: boolean;
}

/** What a modal was submitted with. */
export type ModalSubmission =
  | {
      readonly kind: 'resolve_case';
      readonly escalationId: EscalationId;
      readonly outcome: CaseOutcome;
      /** Whether the page was right; left out by a form of before. */
      readonly verdict?: CaseVerdict | undefined;
      /** Null: nudges wait for a person's word. */
      readonly resumeAfterHours: number | null;
      /** The mark of the form. When there is more to read by now, or a form of before has none, nothing is ended. */
      readonly seen?: string | undefined;
      readonly note: string;
    }
  /** The rows as they stand; a mentee that is left out was not answered for. Partial is fine. */
  | {
      readonly kind: 'weekly_update';
      readonly promptId: MentorPromptId;
      readonly rows: readonly { readonly menteeId: MenteeId; readonly reached: Reached }[];
    }
  | {
      readonly kind: 'mentee_update';
      readonly promptId: MentorPromptId;
      readonly menteeId: MenteeId;
      readonly update: MenteeUpdate;
      readonly tasksDone: readonly string[];
      readonly tasksStuck: readonly string[];
    }
  /** `end`: the pause that stands ends now. `untilOn`: a local date; null: until a person ends it. */
  | {
      readonly kind: 'pause_mentee';
      readonly menteeId: MenteeId;
      readonly reason: ChosenReason | 'end';
      readonly untilOn: string | null;
    }
  /** `typed`: the whole name, so that nobody does it by two presses. */
  | { readonly kind: 'revive_mentee'; readonly menteeId: MenteeId; readonly typed: string }
  /** `menteeId` null: about somebody who is not on the mentor's list, or about the mentor. */
  | { readonly kind: 'worried'; readonly menteeId: MenteeId | null; readonly worry: Worry }
  | { readonly kind: 'away'; readonly from: string; readonly until: string }
  | { readonly kind: 'slot'; readonly slot: PromptSlot }
  | {
      readonly kind: 'on_call_override';
      readonly counselorId: CounselorId;
      readonly hours: number;
    }
  | {
      readonly kind: 'safety_example';
      readonly source: ExampleSource;
      readonly words: string;
      readonly was: 'missed' | 'false_page';
      /** Of a missed one; a false page is moderate at the lowest. */
      readonly tier: ExampleTier;
      readonly about: Kind;
    }
  | { readonly kind: 'flows_publish'; readonly why: string }
  | { readonly kind: 'flows_roll_back'; readonly to: number; readonly why: string };

/** `field` is the name of a property of the submission ("until"), so that the adapter finds its input. */
export type ModalAnswer =
  | { readonly kind: 'close' }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }
  /** Shows something else in its place; for a pushed modal the one beneath is drawn anew with `beneath`. */
  | { readonly kind: 'show'; readonly modal: Modal }
  | { readonly kind: 'close_and_redraw'; readonly beneath: Modal }
  /** Shows `modal` at once; `work` takes longer than Slack waits, and tells what came of it by itself. */
  | { readonly kind: 'later'; readonly modal: Modal; readonly work: () => Promise<void> };

/** Somebody's App Home. Null parts are not theirs. */
export interface Home {
  readonly mentor: MentorHome | null;
  readonly counselor: CounselorHome | null;
  readonly staff: StaffHome | null;
  readonly drawnAt: number;
  /** IANA zone in which it shows times. */
  readonly timeZone: string;
}

export interface MentorHome {
  readonly firstName: string;
  /** This week's update; null when none was asked for yet. */
  readonly update: {
    readonly promptId: MentorPromptId;
    readonly weekOn: string;
    readonly answered: number;
    readonly total: number;
  } | null;
  readonly mentees: readonly MenteeCard[];
  readonly away: { readonly from: string; readonly until: string } | null;
  readonly slot: PromptSlot;
}

/** One mentee, for their mentor: never a word of a case. */
export interface MenteeCard {
  readonly menteeId: MenteeId;
  readonly name: string;
  readonly college: string;
  /** Open tasks with their deadline: "Housing form, by May 1". */
  readonly openTasks: readonly string[];
  /** Why they stand on the mentor's list today, in sentences; empty when they do not. */
  readonly callToday: readonly string[];
  readonly lastTextAt: number | null;
  readonly lastUpdate: { readonly on: string; readonly reached: Reached } | null;
  /** What a mentor must know before writing ("has opted out of texts"); null when nothing. */
  readonly note: string | null;
}

export interface CounselorHome {
  readonly cases: readonly {
    readonly escalationId: EscalationId;
    readonly caseCode: string;
    readonly firstName: string;
    readonly tier: 'crisis' | 'high';
    /** "open, nobody has acknowledged", "with Renee since 9:12 am". */
    readonly standing: string;
    readonly openedAt: number;
  }[];
  readonly onCallNow: string | null;
  readonly onCallNext: readonly string[];
  readonly override: { readonly name: string; readonly until: number } | null;
}

export interface StaffHome {
  readonly todos: readonly {
    readonly todoKey: string;
    readonly title: string;
    readonly detail: string;
    readonly at: number;
  }[];
  /** Mentors whose update of this week is not whole. */
  readonly unanswered: readonly {
    readonly name: string;
    readonly answered: number;
    readonly total: number;
    readonly missesInARow: number;
  }[];
  readonly failedSends: readonly {
    readonly to: string;
    readonly what: string;
    readonly why: string;
    readonly at: number;
  }[];
  readonly failedTotal: number;
  readonly unprocessed: readonly { readonly from: string; readonly text: string; readonly at: number }[];
  readonly unread: readonly {
    readonly inboundId: InboundId;
    readonly from: string;
    readonly text: string;
    readonly at: number;
  }[];
  readonly unreadTotal: number;
}

/** `/icehouse WORDS`, and what only the one who typed it sees. */
export interface SlashCommand {
  readonly slackUserId: string;
  readonly text: string;
  readonly actKey: string;
}
export interface CommandAnswer {
  readonly title: string;
  readonly lines: readonly Line[];
  /** A form that one press opens; left out when there is none. */
  readonly form?: { readonly label: string; readonly ask: ModalAsk } | undefined;
  /** Another one beside it, of a modal that is about nothing but itself. */
  readonly second?: { readonly label: string; readonly ask: ModalAsk } | undefined;
}

/** A message of a person in a channel's thread. Words as they are read: entities resolved, emoji as letters. */
export interface ThreadMessage {
  /** Slack's `channel:ts` of the message; unique for ever. */
  readonly externalId: string;
  /** Slack's `channel:ts` of the post whose thread it stands in. */
  readonly threadOf: string;
  readonly slackUserId: string;
  readonly text: string;
  readonly fileCount: number;
}

/** A message of a person was edited or deleted after it was posted. */
export interface ThreadChange {
  readonly externalId: string;
  readonly threadOf: string | null;
  readonly slackUserId: string;
  readonly kind: 'edited' | 'deleted';
  readonly actKey: string;
}
