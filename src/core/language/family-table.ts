// The shape of the word tables that replies are read by. Tables are data: phrases in small letters, without accents and
// apostrophes ("dont", "manana"), each in one list only.

/** What a reply can mean. */
export type Family = 'yes' | 'no' | 'done' | 'not_yet' | 'later' | 'stuck' | 'not_for_me' | 'talk';

/** What a phrase can be besides: see the fields of `FamilyTable`. */
export type Role = Family | 'weakDone' | 'when' | 'filler' | 'hedge' | 'block';

/** The phrases of one language. */
export interface FamilyTable {
  /** Phrases that mean the family wherever they stand. */
  readonly families: Readonly<Record<Family, readonly string[]>>;
  /** Means done when nothing else says otherwise ("ya", "already"). */
  readonly weakDone: readonly string[];
  /** A day or an hour to come; alone it means later. */
  readonly when: readonly string[];
  /** Words that change nothing: greetings, small words, names of forms. */
  readonly filler: readonly string[];
  /** Words that take the certainty away ("maybe"). */
  readonly hedge: readonly string[];
  /** Words after which nobody should guess ("not", "if", "who is this"). */
  readonly block: readonly string[];
  /** Stuck and talk phrases that hold whatever follows ("need help with my mom's signature"). */
  readonly open: readonly string[];
  /** Only as the whole reply ("y", "i dont"). */
  readonly whole: Readonly<Record<string, Family>>;
}
