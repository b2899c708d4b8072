// Roster rows → people, or every mistake by line and column. Pure; writes nothing. The format is docs/roster.md.

import { parsePhone } from '../core/language/phone.ts';
import type { Phone } from '../core/model/ids.ts';
import { isLocalDate, isTimeZone } from '../core/model/local-time.ts';
import { LANGUAGES, type Language } from '../core/model/people.ts';

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
] as const;
export type RosterColumn = (typeof ROSTER_COLUMNS)[number];

/** How a mentee agreed to be texted (compliance TC-02, TC-03). With `none` they stay pending and are never texted. */
export const CONSENT_BASES = ['web_form', 'paper_form', 'sms_keyword', 'school', 'none'] as const;
export type ConsentBasis = (typeof CONSENT_BASES)[number];

interface Person {
  readonly line: number;
  readonly firstName: string;
  readonly lastName: string;
}

export interface RosterMentee extends Person {
  readonly phone: Phone;
  readonly language: Language;
  readonly timeZone: string;
  readonly college: string;
  /** Phone or Slack id of the mentor; null when there is none yet. */
  readonly mentor: string | null;
  readonly consentBasis: ConsentBasis;
  readonly consentOn: string | null;
}

export interface RosterStaff extends Person {
  readonly phone: Phone | null;
  readonly slackUserId: string | null;
  readonly timeZone: string;
}

export interface RosterCounselor extends RosterStaff {
  readonly onCall: number | null;
}

export interface Roster {
  readonly mentees: readonly RosterMentee[];
  readonly mentors: readonly RosterStaff[];
  readonly counselors: readonly RosterCounselor[];
}

export type ParsedRoster =
  | { readonly ok: true; readonly roster: Roster }
  | { readonly ok: false; readonly problems: readonly RosterProblem[] };

/** Reads all rows; every mistake of every row is named. */
export function parseRoster(header: readonly string[], rows: readonly RosterRow[]): ParsedRoster {
  const problems: RosterProblem[] = checkHeader(header);
  const roster = { mentees: [] as RosterMentee[], mentors: [] as RosterStaff[], counselors: [] as RosterCounselor[] };
  if (problems.length === 0) {
    if (rows.length === 0)
      problems.push({ line: 2, column: 'role', message: 'the file has no rows', hint: 'put one person on each line' });
    for (const row of rows) readRow(new RowReader(row, problems), roster);
    problems.push(...checkDoubles(roster));
  }
  return problems.length > 0
    ? { ok: false, problems: problems.toSorted((a, b) => a.line - b.line) }
    : { ok: true, roster };
}

function checkHeader(header: readonly string[]): RosterProblem[] {
  const known: readonly string[] = ROSTER_COLUMNS;
  const missing = ['role', 'first_name', 'phone'].filter((column) => !header.includes(column));
  const unknown = header.filter((column) => !known.includes(column));
  return [
    ...missing.map((column) => ({
      line: 1,
      column,
      message: 'this column is missing',
      hint: `the first line names the columns: ${known.join(',')}`,
    })),
    ...unknown.map((column) => ({
      line: 1,
      column,
      message: 'this column is not known',
      hint: `use only: ${known.join(', ')}`,
    })),
  ];
}

/** Reads the cells of one row and notes what is wrong with each. */
class RowReader {
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
    const parsed = parsePhone(value);
    return parsed.ok
      ? parsed.phone
      : this.refuse('phone', parsed.reason, 'a mobile number such as (213) 555-0123 or +12135550123');
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

  person(): Person {
    return {
      line: this.line,
      firstName: this.needed('first_name', 'the name they are called by'),
      lastName: this.cell('last_name'),
    };
  }
}

function readRow(
  row: RowReader,
  roster: { mentees: RosterMentee[]; mentors: RosterStaff[]; counselors: RosterCounselor[] },
): void {
  const role = row.oneOf('role', ['mentee', 'mentor', 'counselor'] as const);
  if (role === 'mentee') readMentee(row, roster.mentees);
  if (role === 'mentor') roster.mentors.push(readStaff(row));
  if (role === 'counselor') roster.counselors.push({ ...readStaff(row), onCall: readOnCall(row) });
}

function readMentee(row: RowReader, mentees: RosterMentee[]): void {
  const phone = row.phone(true);
  const language = row.oneOf('language', LANGUAGES);
  const consentBasis = row.oneOf('consent_basis', CONSENT_BASES);
  const consentOn = readConsentDate(row, consentBasis);
  const rest = {
    ...row.person(),
    timeZone: row.timeZone(),
    college: row.needed('college', 'the college as the mentee calls it, such as Cal State LA'),
    mentor: readMentor(row),
  };
  if (phone !== null && language !== null && consentBasis !== null)
    mentees.push({ ...rest, phone, language, consentBasis, consentOn });
}

function readConsentDate(row: RowReader, basis: ConsentBasis | null): string | null {
  const value = row.cell('consent_on');
  if (basis === null || basis === 'none') return null;
  if (isLocalDate(value)) return value;
  return row.refuse(
    'consent_on',
    value === '' ? 'is empty' : `"${value}" is not a date`,
    'the day they agreed, as 2027-04-30',
  );
}

function readMentor(row: RowReader): string | null {
  const value = row.cell('mentor');
  if (value === '' || /^[UW][A-Z0-9]{2,}$/.test(value)) return value === '' ? null : value;
  const parsed = parsePhone(value);
  return parsed.ok
    ? parsed.phone
    : row.refuse('mentor', `"${value}" names no mentor`, "the mentor's phone or Slack member id");
}

function readStaff(row: RowReader): RosterStaff {
  const phone = row.phone(false);
  const slackUserId = row.slackUserId();
  if (phone === null && slackUserId === null && row.cell('phone') === '' && row.cell('slack_user_id') === '') {
    row.refuse('phone', 'is empty, and so is slack_user_id', 'staff and mentors need at least one of the two');
  }
  return { ...row.person(), phone, slackUserId, timeZone: row.timeZone() };
}

function readOnCall(row: RowReader): number | null {
  const value = row.cell('on_call');
  if (value === '') return null;
  if (!/^[1-9]\d?$/.test(value))
    return row.refuse(
      'on_call',
      `"${value}" is not a place`,
      '1 for who is alerted first, 2 for the next, blank for not on call',
    );
  if (row.cell('phone') === '')
    return row.refuse(
      'on_call',
      'is on call without a phone',
      'give their phone: alerts go there when Slack is silent',
    );
  return Number(value);
}

function checkDoubles(roster: Roster): RosterProblem[] {
  const problems: RosterProblem[] = [];
  const seen = new Map<string, number>();
  const once = (kind: string, value: string | null, line: number, column: RosterColumn, hint: string) => {
    if (value === null) return;
    const first = seen.get(`${kind}:${value}`);
    if (first === undefined) seen.set(`${kind}:${value}`, line);
    else problems.push({ line, column, message: `the same as on line ${first}`, hint });
  };
  for (const mentee of roster.mentees)
    once('phone', mentee.phone, mentee.line, 'phone', 'every mentee has a number of their own');
  for (const person of [...roster.mentors, ...roster.counselors]) {
    once('phone', person.phone, person.line, 'phone', 'every person has a number of their own');
  }
  for (const mentor of roster.mentors)
    once('mentor-slack', mentor.slackUserId, mentor.line, 'slack_user_id', 'one row for each mentor');
  for (const counselor of roster.counselors) {
    once('counselor-slack', counselor.slackUserId, counselor.line, 'slack_user_id', 'one row for each counselor');
    once(
      'on-call',
      counselor.onCall === null ? null : String(counselor.onCall),
      counselor.line,
      'on_call',
      'every place is taken once',
    );
  }
  return problems;
}
