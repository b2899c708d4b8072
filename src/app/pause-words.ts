// The reasons of a pause in words for staff and counselors.

import type { PauseReason } from '../core/model/pause.ts';

/** As they stand in lists and forms. */
export const PAUSE_WORDS: Readonly<Record<PauseReason, string>> = {
  after_case: 'after a case',
  asked_by_mentee: 'the student asked for it',
  wrong_number: 'wrong number',
  bereavement: 'a death in the family',
  medical: 'illness',
  other: 'another reason',
  deceased: 'the student has died',
};
