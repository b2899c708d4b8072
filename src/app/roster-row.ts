// One row of the roster, read cell by cell: what a cell may hold, and what is wrong with it by line and column. Pure.

import { parsePhone } from '../core/language/phone.ts';
import type { Phone } from '../core/model/ids.ts';
import { isTimeZone } from '../core/model/local-time.ts';

/** One row as the file has it: `line` counts from 1, the header included; `cells` by column name, blanks trimmed. */
export interface RosterRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** What is wrong with one cell, and what would be right. */
export interface RosterProblem {
  readonly line: number;
  readonly column: string;
  readonly message: string;
  readonly hint: string;
}

export const ROSTER_COLUMNS = [
  'role',
  'first_name',
  'last_name',
  'phone',
  'language',
  'time_zone',
  'college',
  'mentor',
  'consent_basis',
  'consent_on',
  'slack_user_id',
  'on_call',
  'birth_date',
  'emergency_name',
  'emergency_phone',
  'campus_counseling_phone',
  'campus_police_phone',
] as const;
export type RosterColumn = (typeof ROSTER_COLUMNS)[number];

/** What every row says. */
export interface RosterPerson {
  readonly line: number;
  readonly firstName: string;
  readonly lastName: string;
}

/** What removes a detail that is stored; a blank cell keeps it. */
const REMOVED = 'none';

/** Reads the cells of one row and notes what is wrong with each. */
export class RowReader {
  readonly line: number;
  readonly #cells: Readonly<Record<string, string>>;
  readonly #problems: RosterProblem[];

  constructor(row: RosterRow, problems: RosterProblem[]) {
    this.line = row.line;
    this.#cells = row.cells;
    this.#problems = problems;
  }

  cell(column: RosterColumn): string {
    return (this.#cells[column] ?? '').trim();
  }

  refuse(column: RosterColumn, message: string, hint: string): null {
    this.#problems.push({ line: this.line, column, message, hint });
    return null;
  }

  needed(column: RosterColumn, hint: string): string {
    const value = this.cell(column);
    if (value === '') this.refuse(column, 'is empty', hint);
    return value;
  }

  oneOf<Value extends string>(column: RosterColumn, values: readonly Value[]): Value | null {
    const value = this.cell(column).toLowerCase();
    const found = values.find((one) => one === value);
    return (
      found ??
      this.refuse(column, value === '' ? 'is empty' : `"${value}" is not known`, `one of: ${values.join(', ')}`)
    );
  }

  phone(required: boolean): Phone | null {
    const value = this.cell('phone');
    if (value === '')
      return required ? this.refuse('phone', 'is empty', 'a mobile number such as (213) 555-0123') : null;
    return this.number('phone', value);
  }

  number(column: RosterColumn, value: string): Phone | null {
    const parsed = parsePhone(value);
    const kind = column === 'phone' ? 'a mobile number' : 'a number';
    return parsed.ok
      ? parsed.phone
      : this.refuse(column, parsed.reason, `${kind} such as (213) 555-0123 or +12135550123`);
  }

  /** A detail that may stay blank (undefined) or be taken away (null). */
  detail<Value>(column: RosterColumn, read: (value: string) => Value | null): Value | null | undefined {
    const value = this.cell(column);
    if (value === '') return undefined;
    return value.toLowerCase() === REMOVED ? null : read(value);
  }

  timeZone(): string {
    const value = this.cell('time_zone');
    if (!isTimeZone(value)) {
      const message = value === '' ? 'is empty' : `"${value}" is not a time zone`;
      this.refuse(
        'time_zone',
        message,
        'a name such as America/Los_Angeles, America/Denver, America/Chicago or America/New_York',
      );
    }
    return value;
  }

  slackUserId(): string | null {
    const value = this.cell('slack_user_id');
    if (value === '') return null;
    return /^[UW][A-Z0-9]{2,}$/.test(value)
      ? value
      : this.refuse(
          'slack_user_id',
          `"${value}" is not a Slack member id`,
          'in Slack: the person, three dots, Copy member ID (U0123456789)',
        );
  }

  person(): RosterPerson {
    return {
      line: this.line,
      firstName: this.needed('first_name', 'the name they are called by'),
      lastName: this.cell('last_name'),
    };
  }
}
