// One person's run through one flow: the whole of its state, as plain JSON.

import type { ConversationId, MenteeId, StructureHash } from './ids.ts';

/** A value that a flow remembers. Dates are ISO local dates (`2027-07-01`). */
export type FlowValue = string | number | boolean;

/** What a conversation waits for: a reply to an open question, or a point in time. */
export type Waiting =
  | {
      readonly kind: 'reply';
      /** When the question was asked last (epoch milliseconds). */
      readonly askedAt: number;
      /** Replies so far that could not be read as an answer. */
      readonly invalidReplies: number;
      /** The options as they were texted, so that an edit of the wording never changes what "B" meant. */
      readonly options: readonly AskedOption[];
      /** What the bot asked back for ("Did you mean …?"); absent when it did not. */
      readonly meant?: MeantAnswer | undefined;
      /** The last texts that were no answer, to be read together with the next; absent when there were none. */
      readonly heard?: HeardTexts | undefined;
    }
  | { readonly kind: 'time'; readonly dueAt: number };

/** An answer that was likely and is asked back: its way under `on`, its value, and what else was written. */
export interface MeantAnswer {
  readonly way: string | null;
  readonly value: FlowValue;
  readonly rest: string | null;
}

/** Texts that followed each other closely and were no answer so far, oldest first. `at` is when the last came (epoch ms). */
export interface HeardTexts {
  readonly texts: readonly string[];
  readonly at: number;
}

/** A question that was left because nobody replied, as it stood then. `leftAt` is when (epoch milliseconds). */
export interface UnansweredQuestion {
  readonly step: string;
  readonly waiting: Waiting & { readonly kind: 'reply' };
  readonly leftAt: number;
}

/** One option of a choice, as it was texted: its stable value and its label in the language it was asked in. */
export interface AskedOption {
  readonly value: string;
  readonly label: string;
}

/** Stored state. `version` counts the committed events; replaying them gives this state again. */
export interface Conversation {
  readonly id: ConversationId;
  readonly menteeId: MenteeId;
  readonly flowId: string;
  readonly structureHash: StructureHash;
  readonly version: number;
  readonly status: 'active' | 'ended';
  /** The step that waits; meaningless once ended. */
  readonly step: string;
  readonly waiting: Waiting | null;
  /** The question left last for want of a reply: a late answer still finds it, also after the end. */
  readonly unanswered: UnansweredQuestion | null;
  /** The task this run is about, or null. */
  readonly task: string | null;
  readonly variables: Readonly<Record<string, FlowValue>>;
}

/** The facts a flow may speak of, handed in with each event. */
export interface ConversationFacts {
  readonly program: { readonly name: string; readonly phone: string };
  readonly mentee: {
    readonly firstName: string;
    readonly language: 'en' | 'es';
    readonly timeZone: string;
    readonly college: string;
  };
  /** First name only; null when the mentee has no mentor, and then the program's name is spoken instead. */
  readonly mentor: { readonly firstName: string } | null;
  /** The task of this conversation, with its title in the mentee's language and its deadline as local date. */
  readonly task: {
    readonly key: string;
    readonly title: string;
    readonly status: string;
    readonly deadlineOn: string;
    readonly link: string;
  } | null;
}
