// What the local Slack holds for a while beside messages: open views, triggers, answering addresses, words that one
// person sees, and tokens. Shapes only.

/** A JSON object as it came over the wire: known fields are read where they are needed. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The state of inputs as Slack tells it: block id → action id → what is entered. */
export type InputValues = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

/** A modal or a home tab. `view` is what the app sent, with an id for every block. */
export interface SlackView {
  readonly id: string;
  readonly hash: string;
  readonly userId: string;
  readonly type: 'modal' | 'home';
  readonly rootId: string;
  readonly previousId: string | null;
  readonly view: JsonObject;
  /** What the person entered; an input that is not here stands as the app set it. */
  readonly entered: InputValues;
  /** What the app said about inputs at the last submission, by block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** What Slack says above the buttons when a submission came to nothing. */
  readonly trouble: string | null;
}

/** A permission to open one modal, for three real seconds. */
export interface SlackTrigger {
  readonly id: string;
  readonly userId: string;
  readonly issuedAt: number;
}

/** Where an action's `response_url` leads: five times, for thirty real minutes. */
export interface SlackResponsePath {
  readonly path: string;
  readonly channel: string;
  readonly ts: string | null;
  readonly threadTs: string | null;
  readonly userId: string;
  readonly issuedAt: number;
  readonly uses: number;
  /** The words that an earlier post to this address left for the person, which the next may replace. */
  readonly ephemeralId: string | null;
}

/** Words in a channel that one person sees. */
export interface SlackEphemeral {
  readonly id: string;
  readonly userId: string;
  readonly channel: string;
  readonly threadTs: string | null;
  readonly text: string;
  readonly blocks: readonly JsonObject[];
  /** Milliseconds of program time. */
  readonly at: number;
  /** What it answers: a slash command, a button, or nothing (the app posted it). */
  readonly from: 'command' | 'button' | 'app';
}

/** A token of the app. `expiresAt` in milliseconds of real time, null for one that lives for ever. */
export interface SlackToken {
  readonly token: string;
  readonly expiresAt: number | null;
}
