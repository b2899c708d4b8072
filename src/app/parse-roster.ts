// Roster rows → people, or every mistake by line and column. Pure; writes nothing. The format is docs/roster.md.

import { parsePhone } from '../core/language/phone.ts';
import type { Phone } from '../core/model/ids.ts';
import { isLocalDate } from '../core/model/local-time.ts';
import { LANGUAGES, type Language, type MenteeContacts } from '../core/model/people.ts';
import { readContacts } from './roster-contacts.ts';
import {
  ROSTER_COLUMNS,
  type RosterColumn,
  type RosterPerson,
  type RosterProblem,
  type RosterRow,
  RowReader,
} from './roster-row.ts';

export { ROSTER_COLUMNS, type RosterColumn, type RosterProblem, type RosterRow };

/** How somebody agreed to be texted (compliance TC-02, TC-03). With `none` they stay pending and are never texted. */
export const CONSENT_BASES = ['web_form', 'paper_form', 'sms_keyword', 'school', 'none'] as const;
export type ConsentBasis = (typeof CONSENT_BASES)[number];

export interface RosterMentee extends RosterPerson {
  readonly phone: Phone;
  readonly language: Language;
  readonly timeZone: string;
  readonly college: string;
  /** Phone or Slack id of the mentor; null when there is none yet. */
  readonly mentor: string | null;
  readonly consentBasis: ConsentBasis;
  readonly consentOn: string | null;
  /** What a counselor may need. A cell that is blank is left out and keeps what is stored; `none` is null and removes it. */
  readonly contacts: Partial<MenteeContacts>;
}

/** Somebody who is no mentee: with a phone, a Slack id or both. */
export interface RosterStaff extends RosterPerson {
  readonly phone: Phone | null;
  readonly slackUserId: string | null;
  readonly timeZone: string;
}

export interface RosterMentor extends RosterStaff {
  /** Null, a blank cell: what is known of their agreement stays. */
  readonly consentBasis: ConsentBasis | null;
  readonly consentOn: string | null;
}

export interface RosterCounselor extends RosterStaff {
  readonly onCall: number | null;
}

export interface Roster {
  readonly mentees: readonly RosterMentee[];
  readonly mentors: readonly RosterMentor[];
  readonly counselors: readonly RosterCounselor[];
  readonly staff: readonly RosterStaff[];
}

/** A roster while it is read. */
type Draft = { [Role in keyof Roster]: Roster[Role][number][] };

export type ParsedRoster =
  | { readonly ok: true; readonly roster: Roster }
  | { readonly ok: false; readonly problems: readonly RosterProblem[] };

/** Reads all rows; every mistake of every row is named. */
export function parseRoster(header: readonly string[], rows: readonly RosterRow[]): ParsedRoster {
  const problems: RosterProblem[] = checkHeader(header);
  const roster: Draft = { mentees: [], mentors: [], counselors: [], staff: [] };
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

function readRow(row: RowReader, roster: Draft): void {
  const role = row.oneOf('role', ['mentee', 'mentor', 'counselor', 'staff'] as const);
  if (role === 'mentee') readMentee(row, roster.mentees);
  if (role === 'mentor') roster.mentors.push(readMentorRow(row));
  if (role === 'counselor') roster.counselors.push({ ...readStaff(row), onCall: readOnCall(row) });
  if (role === 'staff') roster.staff.push(readStaff(row));
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
    contacts: readContacts(row),
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

/** A mentor's agreement counts only with a phone: it is what update prompts by text stand on. */
function readMentorRow(row: RowReader): RosterMentor {
  const person = readStaff(row);
  if (row.cell('consent_basis') === '') return { ...person, consentBasis: null, consentOn: null };
  const consentBasis = row.oneOf('consent_basis', CONSENT_BASES);
  if (row.cell('phone') === '')
    row.refuse('consent_basis', 'is an agreement to texts without a phone', 'give their phone, or leave it blank');
  return { ...person, consentBasis, consentOn: readConsentDate(row, consentBasis) };
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
  for (const person of [...roster.mentors, ...roster.counselors, ...roster.staff]) {
    once('phone', person.phone, person.line, 'phone', 'every person has a number of their own');
  }
  for (const mentor of roster.mentors)
    once('mentor-slack', mentor.slackUserId, mentor.line, 'slack_user_id', 'one row for each mentor');
  for (const member of roster.staff)
    once('staff-slack', member.slackUserId, member.line, 'slack_user_id', 'one row for each member of staff');
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
