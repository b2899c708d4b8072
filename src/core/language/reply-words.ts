// The shape of flows/replies/<language>.yaml: the words that replies are read by, owned by the authors of flows.
// Types only; the file is checked in core/flow/replies-schema.ts and made ready in reply-book.ts.

/** What a reply can mean. */
export const FAMILIES = ['yes', 'no', 'done', 'not_yet', 'later', 'stuck', 'not_for_me', 'talk', 'question'] as const;
export type Family = (typeof FAMILIES)[number];

/** Words that are no answer by themselves and change how one is read. */
export const WORD_KINDS = [
  'already',
  'when',
  'ahead',
  'excuse',
  'small',
  'polite',
  'hedge',
  'leans_yes',
  'leans_no',
  'negation',
  'turn',
  'doubt',
  'question',
  'goodwill',
  'aftermath',
  'aside',
] as const;
export type WordKind = (typeof WORD_KINDS)[number];

/** One family in one language. Lines are patterns: `<SLOT>`, `(a|b)`, `word?`. */
export interface FamilyWords {
  /** Mean the family wherever they stand. */
  readonly words: readonly string[];
  /** Of these the ones that hold whatever follows ("need help with my mom's signature"). */
  readonly open: readonly string[];
  /** Of these the ones that mean it only among known words ("going to"). */
  readonly weak: readonly string[];
  /** Mean it only as the whole reply ("y"). */
  readonly alone: readonly string[];
  /** Mean it only where a yes or a no was asked ("i will"). */
  readonly asked: readonly string[];
  /** How the bot says it when it asks back: "Did you mean …?" */
  readonly means: string;
  readonly examples: readonly string[];
  readonly counterexamples: readonly string[];
}

/** One language's file. */
export interface ReplyWords {
  readonly language: 'en' | 'es';
  readonly slots: Readonly<Record<string, readonly string[]>>;
  readonly families: Readonly<Record<Family, FamilyWords>>;
  /** `goodwill` ("no problem") leans to a yes where one was asked; `aftermath` ("no email came") is no trouble once it is done;
   *  an `aside` ("who is this", "yeah right") answers nothing when it is the whole reply. */
  readonly words: Readonly<Record<WordKind, readonly string[]>>;
  /** Words for the same place, way or school in the options of a question; a name is shared by both languages. */
  readonly alike?: Readonly<Record<string, readonly string[]>>;
  /** The text of asking back; `{answer}` becomes the answer. */
  readonly ask_back: string;
}
