// Who lives in the town: mentees of different habits in shares that are written down here, and the mentors, counselors
// and staff around them. Every name and number is made up; numbers are of the range kept for fiction.

import type { Language } from '../../core/model/people.ts';
import type { Random } from './random.ts';

export type Habit =
  | 'prompt'
  | 'slow'
  | 'silent'
  | 'chatty'
  | 'spanish'
  | 'leaves'
  | 'leaves_and_returns'
  | 'new_number'
  | 'in_distress';

/** How many of a hundred mentees have a habit, and what it is. `docs/rehearsal.md` repeats it. */
export const HABITS: readonly { readonly habit: Habit; readonly share: number; readonly about: string }[] = [
  { habit: 'prompt', share: 28, about: 'Answers within two hours, mostly in one word.' },
  { habit: 'slow', share: 20, about: 'Answers after eight hours to four days, or not at all.' },
  { habit: 'silent', share: 13, about: 'Answers about one question of twenty.' },
  {
    habit: 'chatty',
    share: 12,
    about: 'Answers with a question of their own, in two texts, or in a way nobody can read.',
  },
  { habit: 'spanish', share: 12, about: 'Texts in Spanish, without accents, now and then mixed with English.' },
  { habit: 'leaves', share: 4, about: 'Opts out some day, in a word or a sentence, and stays away.' },
  { habit: 'leaves_and_returns', share: 4, about: 'Opts out and comes back one to six weeks later.' },
  { habit: 'new_number', share: 4, about: 'Loses the number, and texts from a new one.' },
  { habit: 'in_distress', share: 3, about: 'Says once or twice a year that they are not safe.' },
];

/** Of a hundred mentees of any other habit so many are texted in Spanish as well. */
export const SPANISH_SHARE = 20;

export interface TownMentee {
  readonly index: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly college: string;
  readonly habit: Habit;
  readonly mentor: TownStaff;
}

export interface TownStaff {
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: string;
  /** Null for a mentor who is asked by SMS. */
  readonly slackUserId: string | null;
}

export interface Town {
  readonly mentees: readonly TownMentee[];
  readonly mentors: readonly TownStaff[];
  readonly counselors: readonly TownStaff[];
  readonly staff: readonly TownStaff[];
  /** A number that nobody has yet. */
  readonly freshPhone: () => string;
}

const FIRST_NAMES =
  'Alma Andre Bianca Bryan Camila Carlos Celia Dante Daniela Diego Elena Eli Emilio Fatima Gael Grace Hugo Imani Ines Isaac Jada Javier Jocelyn Kai Karina Kevin Lena Leo Lucia Luis Malia Marco Maya Mei Nadia Nico Noor Oscar Paola Priya Quinn Rafael Rosa Sami Selena Tariq Tessa Uriel Valeria Wendy Ximena Yara Zoe'.split(
    ' ',
  );
const LAST_NAMES =
  'Abara Aguirre Bautista Brooks Castillo Chen Cruz Dominguez Espino Flores Garza Hale Herrera Ibarra Johnson Kim Lam Lozano Marin Medina Nguyen Ochoa Okeke Park Perez Quiroz Reyes Rios Salas Soto Tran Urbina Vega Walker Ybarra Zepeda'.split(
    ' ',
  );
const COLLEGES = [
  'Cal State LA',
  'Cal State Long Beach',
  'Cal State Northridge',
  'UC Irvine',
  'Long Beach City College',
];
/** A zone, and how many of a hundred mentees live in it. */
const ZONES: readonly (readonly [string, number])[] = [
  ['America/Los_Angeles', 86],
  ['America/Phoenix', 4],
  ['America/Chicago', 4],
  ['America/New_York', 4],
  ['Pacific/Honolulu', 2],
];
const AREA_CODES =
  '213 310 323 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 747 760 805 818 831 858 909 916 925 949 951 602 480 520 312 773 212 646 808 512'.split(
    ' ',
  );
const NUMBERS_OF_A_CODE = 100;
const MENTEES_OF_A_MENTOR = 8;
/** One mentor of so many is not in Slack. */
const SMS_MENTOR_EVERY = 6;

/** How many mentees there are numbers for, beside staff and new numbers. */
export const MOST_MENTEES = 3_000;

export function buildTown(size: number, random: Random): Town {
  const phone = phoneBook();
  const person = (role: string, index: number, isInSlack: boolean): TownStaff => ({
    firstName: FIRST_NAMES[(index * 7 + role.length) % FIRST_NAMES.length] ?? role,
    lastName: `${LAST_NAMES[(index * 5) % LAST_NAMES.length]}-${role}${index + 1}`,
    phone: phone(),
    slackUserId: isInSlack ? `U0${role.toUpperCase()}${String(index + 1).padStart(4, '0')}` : null,
  });
  const counselors = [0, 1, 2].map((index) => person('counselor', index, true));
  const staff = [person('staff', 0, true)];
  const mentors = Array.from({ length: Math.max(1, Math.ceil(size / MENTEES_OF_A_MENTOR)) }, (_, index) =>
    person('mentor', index, index % SMS_MENTOR_EVERY !== SMS_MENTOR_EVERY - 1),
  );
  const mentees = habitsFor(size, random).map((habit, index): TownMentee => {
    const isSpanish = habit === 'spanish' || random.chance(SPANISH_SHARE / 100);
    return {
      index,
      firstName: random.pick(FIRST_NAMES),
      lastName: random.pick(LAST_NAMES),
      phone: phone(),
      language: isSpanish ? 'es' : 'en',
      timeZone: zoneOf(random),
      college: random.pick(COLLEGES),
      habit,
      mentor: mentors[index % mentors.length] ?? person('mentor', index, true),
    };
  });
  return { mentees, mentors, counselors, staff, freshPhone: phone };
}

/** Each habit as often as its share says, the commonest first where a town is too small for all; then shuffled. */
function habitsFor(size: number, random: Random): Habit[] {
  const whole = HABITS.map(({ habit, share }) => ({ habit, exact: (share * size) / 100 }));
  const list = whole.flatMap(({ habit, exact }) => Array.from({ length: Math.floor(exact) }, () => habit));
  const rest = whole.toSorted((a, b) => (b.exact % 1) - (a.exact % 1));
  for (let next = 0; list.length < size; next += 1) list.push(rest[next % rest.length]?.habit ?? 'prompt');
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    const [a, b] = [list[last], list[other]];
    if (a === undefined || b === undefined) continue;
    list[last] = b;
    list[other] = a;
  }
  return list;
}

function zoneOf(random: Random): string {
  let left = random.between(1, 100);
  for (const [zone, share] of ZONES) {
    left -= share;
    if (left <= 0) return zone;
  }
  return 'America/Los_Angeles';
}

/** Numbers from 555-0100 to 555-0199 of one area code after the other. */
function phoneBook(): () => string {
  let taken = 0;
  return () => {
    const code = AREA_CODES[Math.floor(taken / NUMBERS_OF_A_CODE)];
    if (code === undefined) throw new Error(`there are numbers for ${MOST_MENTEES} mentees, not for more`);
    const last = 100 + (taken % NUMBERS_OF_A_CODE);
    taken += 1;
    return `+1${code}5550${last}`;
  };
}

/** The town as the cells of a roster's rows; `consentOn` is a local date. */
export function toRosterCells(town: Town, consentOn: string): readonly Readonly<Record<string, string>>[] {
  const staffCells = (role: string, { firstName, lastName, phone, slackUserId }: TownStaff, onCall = '') => ({
    role,
    first_name: firstName,
    last_name: lastName,
    phone,
    time_zone: 'America/Los_Angeles',
    slack_user_id: slackUserId ?? '',
    on_call: onCall,
    ...(role === 'mentor' ? { consent_basis: 'web_form', consent_on: consentOn } : {}),
  });
  return [
    ...town.staff.map((person) => staffCells('staff', person)),
    ...town.mentors.map((person) => staffCells('mentor', person)),
    ...town.counselors.map((person, index) => staffCells('counselor', person, String(index + 1))),
    ...town.mentees.map((mentee) => ({
      role: 'mentee',
      first_name: mentee.firstName,
      last_name: mentee.lastName,
      phone: mentee.phone,
      language: mentee.language,
      time_zone: mentee.timeZone,
      college: mentee.college,
      mentor: mentee.mentor.slackUserId ?? mentee.mentor.phone,
      consent_basis: 'web_form',
      consent_on: consentOn,
    })),
  ];
}
