// A town by seed: mentees in several zones and two languages, mentors with and without Slack, counselors on call. Their
// roster goes through the real import. No two people share a name, and no name is part of an ordinary text.

import type { RosterRow } from '../../src/app/parse-roster.ts';
import { ROSTER_COLUMNS } from '../../src/app/parse-roster.ts';
import type { Language } from '../../src/core/model/people.ts';
import type { Random } from './random.ts';

export const HABITS = [
  'prompt',
  'slow',
  'silent',
  'chatty',
  'stuck',
  'later',
  'not_for_me',
  'out_and_in',
  'moody',
] as const;
export type Habit = (typeof HABITS)[number];

export interface TownMentee {
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly habit: Habit;
  readonly mentor: TownStaff | null;
  readonly hasConsent: boolean;
}

export interface TownStaff {
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string | null;
  readonly slackUserId: string | null;
}

export interface Town {
  readonly mentees: readonly TownMentee[];
  readonly mentors: readonly TownStaff[];
  readonly counselors: readonly TownStaff[];
  readonly strangers: readonly string[];
}

const ZONES = [
  'America/New_York',
  'America/Los_Angeles',
  'Pacific/Honolulu',
  'America/Phoenix',
  'America/Chicago',
  'America/Anchorage',
];
const FIRST = 'Ozlem Quetzali Wunmi Bexley Xochitl Zephyrine Jovanka Thandeka Ignatius Kwabena Fyodora Ysolde'.split(
  ' ',
);
const LAST = 'Vanterpool Okonkwo Brzezinski Quirindongo Haverstock Zubizarreta Mbeki Lindqvist Ferreira Tsosie'.split(
  ' ',
);
const STAFF = 'Ulrike Vasudha Grizelda Hyacinth Lazarus Pocahila Dagobert Nkechi'.split(' ');

export function buildTown(random: Random): Town {
  const phone = phoneBook();
  const staff = (index: number, hasPhone: boolean, hasSlack: boolean): TownStaff => ({
    firstName: STAFF[index] ?? `Staff${index}`,
    lastName: `Quillfeather${'abcdefgh'[index]}`,
    phone: hasPhone ? phone() : null,
    slackUserId: hasSlack ? `U0STAFF00${index}` : null,
  });
  const mentors = [staff(0, true, true), staff(1, false, true), staff(2, true, false)];
  const counselors = [staff(3, true, true), staff(4, true, random.chance(0.5)), staff(5, true, true)];
  const mentees = FIRST.slice(0, random.between(7, 11)).map(
    (firstName, index): TownMentee => ({
      firstName,
      lastName: LAST[index % LAST.length] ?? 'Nobody',
      phone: phone(),
      language: random.chance(0.35) ? 'es' : 'en',
      timeZone: ZONES[index % ZONES.length] ?? 'America/New_York',
      habit: HABITS[(index + random.between(0, HABITS.length - 1)) % HABITS.length] ?? 'prompt',
      mentor: random.chance(0.15) ? null : random.pick(mentors),
      hasConsent: index !== 5,
    }),
  );
  return { mentees, mentors, counselors, strangers: [phone(), phone()] };
}

/** Numbers of the range kept for fiction, one after the other. */
function phoneBook(): () => string {
  let taken = 0;
  return () => {
    taken += 1;
    return `+1213555${String(100 + taken).padStart(4, '0')}`;
  };
}

/** The roster as its CSV rows. */
export function toRoster(town: Town): { readonly header: readonly string[]; readonly rows: readonly RosterRow[] } {
  const staffCells = (role: string, person: TownStaff, onCall: string) => ({
    role,
    first_name: person.firstName,
    last_name: person.lastName,
    phone: person.phone ?? '',
    time_zone: 'America/Los_Angeles',
    slack_user_id: person.slackUserId ?? '',
    on_call: onCall,
  });
  const cells: Record<string, string>[] = [
    ...town.mentors.map((mentor) => staffCells('mentor', mentor, '')),
    ...town.counselors.map((counselor, index) => staffCells('counselor', counselor, String(index + 1))),
    ...town.mentees.map((mentee) => ({
      role: 'mentee',
      first_name: mentee.firstName,
      last_name: mentee.lastName,
      phone: mentee.phone,
      language: mentee.language,
      time_zone: mentee.timeZone,
      college: 'Lakeside College',
      mentor: mentee.mentor?.slackUserId ?? mentee.mentor?.phone ?? '',
      consent_basis: mentee.hasConsent ? 'web_form' : 'none',
      consent_on: mentee.hasConsent ? '2026-05-01' : '',
    })),
  ];
  const full = (row: Record<string, string>) =>
    Object.fromEntries(ROSTER_COLUMNS.map((name) => [name, row[name] ?? '']));
  return { header: ROSTER_COLUMNS, rows: cells.map((row, index) => ({ line: index + 2, cells: full(row) })) };
}
