// Why a mentee is left in peace, and for how long. A fact of the person's texts, never of their health: the reason is one
// word of a short list, and nothing is written beside it.

/** `after_case` is set by the end of a case; every other one by a person. */
export const PAUSE_REASONS = [
  'after_case',
  'asked_by_mentee',
  'wrong_number',
  'bereavement',
  'medical',
  'other',
  'deceased',
] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** Has no end but a person's second confirmation, and takes the mentee out of every list. */
export const DECEASED = 'deceased' satisfies PauseReason;

/** A reason that a person can choose. */
export type ChosenReason = Exclude<PauseReason, 'after_case'>;
export const CHOSEN_REASONS: readonly ChosenReason[] = PAUSE_REASONS.filter((reason) => reason !== 'after_case');
