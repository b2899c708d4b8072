// What the roster says of a mentee for the case of a case: age, whom to call, the campus numbers. All of it may be blank.

import { daysBetween, isLocalDate } from '../core/model/local-time.ts';
import type { MenteeContacts } from '../core/model/people.ts';
import type { RosterProblem, RowReader } from './roster-row.ts';

const NAME_LIMIT = 100;

/** The details that the row gives: a blank one is left out, one that says `none` is null. */
export function readContacts(row: RowReader): Partial<MenteeContacts> {
  const all = {
    birthOn: row.detail('birth_date', (value) => readBirthDate(row, value)),
    emergencyName: row.detail('emergency_name', (value) =>
      value.length <= NAME_LIMIT
        ? value
        : row.refuse('emergency_name', `has more than ${NAME_LIMIT} letters`, 'a name, and who they are to the mentee'),
    ),
    emergencyPhone: row.detail('emergency_phone', (value) => row.number('emergency_phone', value)),
    campusCounselingPhone: row.detail('campus_counseling_phone', (value) =>
      row.number('campus_counseling_phone', value),
    ),
    campusPolicePhone: row.detail('campus_police_phone', (value) => row.number('campus_police_phone', value)),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function readBirthDate(row: RowReader, value: string): string | null {
  return isLocalDate(value)
    ? value
    : row.refuse('birth_date', `"${value}" is not a date`, 'the day of birth, as 2009-04-30');
}

const YOUNGEST = 10;
const OLDEST = 100;
const DAYS_A_YEAR = 365.25;

/** A swapped century would show a counselor the wrong age band, so ages that no mentee has are refused. */
export function oddBirthDates(
  mentees: readonly { readonly line: number; readonly contacts: Partial<MenteeContacts> }[],
  today: string,
): RosterProblem[] {
  return mentees.flatMap(({ line, contacts: { birthOn } }) => {
    if (birthOn === undefined || birthOn === null) return [];
    const age = daysBetween(birthOn, today) / DAYS_A_YEAR;
    if (age >= YOUNGEST && age <= OLDEST) return [];
    const message = `"${birthOn}" cannot be the birth date of a mentee`;
    return [
      { line, column: 'birth_date', message, hint: `they are ${YOUNGEST} to ${OLDEST} years old: check the year` },
    ];
  });
}
