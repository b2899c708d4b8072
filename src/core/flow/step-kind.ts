// What a step type is: the shape that each file in steps/ fills in, and what a step may answer to the interpreter.
// It knows no single step type.

import type { z } from 'zod';
import type { ReplyBook } from '../language/reply-book.ts';
import type { ConversationFacts, FlowValue, Waiting } from '../model/conversation.ts';
import type { Effect } from '../model/effect.ts';
import type { TimerName } from '../model/event.ts';
import type { MenteeId } from '../model/ids.ts';
import type { VariableType } from './facts.ts';
import type { LocalText } from './local-text.ts';
import type { Path, Problem } from './problem.ts';

/** A way out of a step. `sets` names the variables that have a value on this way. */
export interface Exit {
  readonly path: Path;
  readonly to: string;
  readonly sets?: readonly string[];
  /** True for a way that the step itself takes only so often in a row: a loop through it comes to an end. */
  readonly isLimited?: boolean;
}

/** A text of a step. `lines` follow it in the same message; a mentor's text is English and no SMS. */
export interface StepText {
  readonly path: Path;
  readonly text: LocalText;
  readonly lines?: readonly LocalText[];
  readonly reader: 'mentee' | 'mentor';
}

/** What a step may know of a flow that it calls. */
export interface CallableFlow {
  /** The variables that a caller must give. */
  readonly inputs: readonly string[];
  readonly variables: Readonly<Record<string, VariableType>>;
  /** For each result the variables that have a value at every end with it; null: ends without a result. */
  readonly results: ReadonlyMap<string | null, ReadonlySet<string>>;
  /** Whether every way through it stops and waits somewhere. */
  readonly pauses: boolean;
}

/** Every other flow by its id. Null: it exists, and has mistakes of its own that its own file answers for. */
export type CallableFlows = ReadonlyMap<string, CallableFlow | null>;

/** What a step's own check may know of the rest of its flow, and of the other flows. */
export interface FlowOutline {
  readonly stepNames: readonly string[];
  readonly variables: Readonly<Record<string, VariableType>>;
  readonly flows: CallableFlows;
}

/** What a step knows while it runs. Nothing in it can be changed. */
export interface StepContext {
  /** Epoch milliseconds. */
  readonly now: number;
  /** The name of this step in its own flow. */
  readonly stepName: string;
  readonly menteeId: MenteeId;
  readonly facts: ConversationFacts;
  readonly variables: Readonly<Record<string, FlowValue>>;
  /** The declared type of each variable of the flow. */
  readonly types: Readonly<Record<string, VariableType>>;
  /** The same of the flow that this step calls; absent for a step that calls none. */
  readonly calledTypes?: Readonly<Record<string, VariableType>> | undefined;
  /** What the conversation waited for when the event came; null on entering. */
  readonly waiting: Waiting | null;
  /** The words by which replies are read. */
  readonly replyBook: ReplyBook;
  /** A text for the mentee by its path in this step: newest wording, their language, values filled in. */
  readonly say: (...path: Path) => string;
  /** A text for mentor or counselor by its path in this step, in English. */
  readonly tell: (...path: Path) => string;
}

/**
 * What can happen to a waiting step. `resumed` comes only to a step that waits for a reply. A `sure_reply` counts only when
 * it is an answer beyond doubt: the step goes on with it or stays, and asks nothing back.
 */
export type Resumption =
  | { readonly kind: 'reply_received'; readonly text: string }
  | { readonly kind: 'sure_reply'; readonly text: string }
  | { readonly kind: 'timer_due'; readonly timer: TimerName }
  | { readonly kind: 'resumed' }
  /** The flow that this step called came to an end. `values` are what its variables hold, by their own names. */
  | {
      readonly kind: 'returned';
      readonly result: string | null;
      readonly values: Readonly<Record<string, FlowValue>>;
    };

interface Change {
  readonly effects?: readonly Effect[];
  readonly variables?: Readonly<Record<string, FlowValue>>;
  /** False when a reply could not be read as an answer. True when absent. */
  readonly understood?: boolean;
}

/**
 * A step's answer: go on, wait, begin the flow that it calls (with `inputs` by the names of that flow), end the flow it
 * stands in, or `stay`: the event was not for this step and changes nothing.
 */
export type Outcome =
  | ({ readonly kind: 'go'; readonly to: string } & Change)
  | ({ readonly kind: 'wait'; readonly waiting: Waiting } & Change)
  | ({ readonly kind: 'call'; readonly inputs: Readonly<Record<string, FlowValue>> } & Change)
  | ({ readonly kind: 'end'; readonly result?: string | null } & Change)
  | { readonly kind: 'stay' };

/** One step type: how it is written, how it is checked, and what it does. All members are pure. */
export interface StepKind<Step extends { readonly type: string }> {
  readonly type: Step['type'];
  /** Strict: an unknown key is a mistake. Descriptions are the hints that authors read. */
  readonly schema: z.ZodType<Step>;
  /** Every step that can come next, in the order written. Without `flows` a way through another flow sets nothing. */
  readonly exits: (step: Step, flows?: CallableFlows) => readonly Exit[];
  /** The id of the flow that it calls; absent for types that call none. */
  readonly calls?: (step: Step) => string;
  /** Every text; they are wording, and so no part of the structure. */
  readonly texts: (step: Step) => readonly StepText[];
  /** Whether a conversation that arrives here always stops and waits, so that a loop through it cannot run away. */
  readonly pauses: (step: Step, flows?: CallableFlows) => boolean;
  /** Whether it needs a conversation about a task. */
  readonly needsTask: (step: Step) => boolean;
  /** Variables that must have a value when the conversation arrives here. */
  readonly reads: (step: Step) => readonly { readonly path: Path; readonly variable: string }[];
  /** Mistakes that the schema cannot see. Targets, texts and loops are checked for all types in one place. */
  readonly check: (step: Step, outline: FlowOutline) => readonly Problem[];
  readonly enter: (step: Step, context: StepContext) => Outcome;
  readonly resume: (step: Step, event: Resumption, context: StepContext) => Outcome;
}
