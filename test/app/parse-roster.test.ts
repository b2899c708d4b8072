// The roster: what a file must say of each person, and how each mistake is named by line and column.

import { describe, expect, it } from 'vitest';
import { parseRoster, ROSTER_COLUMNS, type RosterColumn, type RosterProblem } from '../../src/app/parse-roster.ts';

type Cells = Partial<Record<RosterColumn, string>>;

const MENTEE: Cells = {
  role: 'mentee',
  first_name: 'Maya',
  last_name: 'Robinson',
  phone: '(213) 555-0121',
  language: 'en',
  time_zone: 'America/Los_Angeles',
  college: 'Cal State LA',
  mentor: '(213) 555-0110',
  consent_basis: 'web_form',
  consent_on: '2027-05-03',
};
const MENTOR: Cells = {
  role: 'mentor',
  first_name: 'Dani',
  phone: '(213) 555-0110',
  time_zone: 'America/Los_Angeles',
  slack_user_id: 'U0DANI',
};
const COUNSELOR: Cells = {
  ...MENTOR,
  role: 'counselor',
  first_name: 'Renee',
  phone: '(213) 555-0101',
  slack_user_id: 'U0RENEE',
  on_call: '1',
};

const parse = (...people: Cells[]) =>
  parseRoster(
    ROSTER_COLUMNS,
    people.map((cells, index) => ({ line: index + 2, cells })),
  );

function problemsOf(...people: Cells[]): readonly RosterProblem[] {
  const parsed = parse(...people);
  return parsed.ok ? [] : parsed.problems;
}

describe('a roster', () => {
  it('becomes people, with phones in one form', () => {
    expect(parse(COUNSELOR, MENTOR, MENTEE)).toEqual({
      ok: true,
      roster: {
        counselors: [
          {
            line: 2,
            firstName: 'Renee',
            lastName: '',
            phone: '+12135550101',
            slackUserId: 'U0RENEE',
            timeZone: 'America/Los_Angeles',
            onCall: 1,
          },
        ],
        mentors: [
          {
            line: 3,
            firstName: 'Dani',
            lastName: '',
            phone: '+12135550110',
            slackUserId: 'U0DANI',
            timeZone: 'America/Los_Angeles',
            consentBasis: null,
            consentOn: null,
          },
        ],
        staff: [],
        mentees: [
          {
            line: 4,
            firstName: 'Maya',
            lastName: 'Robinson',
            phone: '+12135550121',
            language: 'en',
            timeZone: 'America/Los_Angeles',
            college: 'Cal State LA',
            mentor: '+12135550110',
            consentBasis: 'web_form',
            consentOn: '2027-05-03',
            contacts: {},
          },
        ],
      },
    });
  });

  it.each([
    '(213) 555-0121',
    '213-555-0121',
    '213.555.0121',
    '2135550121',
    '1 213 555 0121',
    '+1 (213) 555-0121',
    '+12135550121',
  ])('takes a phone as %s', (phone) => {
    expect(parse({ ...MENTEE, phone })).toMatchObject({ roster: { mentees: [{ phone: '+12135550121' }] } });
  });

  it('takes capitals and blanks where people put them', () => {
    const parsed = parse({ ...MENTEE, role: ' Mentee ', language: 'ES', consent_basis: 'Web_Form' });
    expect(parsed).toMatchObject({ roster: { mentees: [{ language: 'es', consentBasis: 'web_form' }] } });
  });

  it('takes a mentee without a mentor, and one without consent and its date', () => {
    const parsed = parse({ ...MENTEE, mentor: '', consent_basis: 'none', consent_on: '' });
    expect(parsed).toMatchObject({ roster: { mentees: [{ mentor: null, consentBasis: 'none', consentOn: null }] } });
  });

  it('takes staff with a phone or a Slack id, or both', () => {
    expect(parse({ ...MENTOR, phone: '' })).toMatchObject({ roster: { mentors: [{ phone: null }] } });
    expect(parse({ ...MENTOR, slack_user_id: '' })).toMatchObject({ roster: { mentors: [{ slackUserId: null }] } });
  });

  it('takes program staff like mentors, and a mentor with an agreement to texts', () => {
    expect(parse({ ...MENTOR, role: 'staff' })).toMatchObject({
      roster: { mentors: [], staff: [{ firstName: 'Dani', phone: '+12135550110', slackUserId: 'U0DANI' }] },
    });
    expect(parse({ ...MENTOR, consent_basis: 'paper_form', consent_on: '2027-05-02' })).toMatchObject({
      roster: { mentors: [{ consentBasis: 'paper_form', consentOn: '2027-05-02' }] },
    });
  });

  it('takes what a counselor may need, keeps blanks apart from what is to be removed', () => {
    const parsed = parse({
      ...MENTEE,
      birth_date: '2009-03-14',
      emergency_name: 'Alma (mother)',
      emergency_phone: '213-555-0151',
      campus_counseling_phone: 'None',
    });
    expect(parsed.ok && parsed.roster.mentees[0]?.contacts).toEqual({
      birthOn: '2009-03-14',
      emergencyName: 'Alma (mother)',
      emergencyPhone: '+12135550151',
      campusCounselingPhone: null,
    });
  });

  it('takes one person as a mentor and a counselor of one Slack id, not of one phone', () => {
    expect(parse(MENTOR, { ...COUNSELOR, slack_user_id: 'U0DANI' }).ok).toBe(true);
    expect(problemsOf(MENTOR, { ...COUNSELOR, phone: '213-555-0110' })).toMatchObject([{ line: 3, column: 'phone' }]);
  });

  it.each<[what: string, row: Cells, change: Cells, column: RosterColumn, message: string]>([
    ['no role', MENTEE, { role: '' }, 'role', 'is empty'],
    ['an unknown role', MENTEE, { role: 'student' }, 'role', '"student" is not known'],
    ['no first name', MENTEE, { first_name: ' ' }, 'first_name', 'is empty'],
    ['no phone', MENTEE, { phone: '' }, 'phone', 'is empty'],
    ['a phone with too few digits', MENTEE, { phone: '555-0121' }, 'phone', ''],
    ['a phone that is words', MENTEE, { phone: 'ask mom' }, 'phone', ''],
    ['no language', MENTEE, { language: '' }, 'language', 'is empty'],
    ['a language that is not spoken here', MENTEE, { language: 'fr' }, 'language', '"fr" is not known'],
    ['no time zone', MENTEE, { time_zone: '' }, 'time_zone', 'is empty'],
    ['a short name of a time zone', MENTEE, { time_zone: 'Pacific' }, 'time_zone', '"Pacific" is not a time zone'],
    ['no college', MENTEE, { college: '' }, 'college', 'is empty'],
    ['a mentor by name', MENTEE, { mentor: 'Dani' }, 'mentor', '"Dani" names no mentor'],
    ['no basis of consent', MENTEE, { consent_basis: '' }, 'consent_basis', 'is empty'],
    ['a basis that is none', MENTEE, { consent_basis: 'yes' }, 'consent_basis', '"yes" is not known'],
    ['no day of consent', MENTEE, { consent_on: '' }, 'consent_on', 'is empty'],
    ['a day in another form', MENTEE, { consent_on: '5/3/2027' }, 'consent_on', '"5/3/2027" is not a date'],
    ['a day that does not exist', MENTEE, { consent_on: '2027-02-30' }, 'consent_on', '"2027-02-30" is not a date'],
    [
      'neither phone nor Slack id',
      MENTOR,
      { phone: '', slack_user_id: '' },
      'phone',
      'is empty, and so is slack_user_id',
    ],
    ['a Slack name for an id', MENTOR, { slack_user_id: '@dani' }, 'slack_user_id', '"@dani" is not a Slack member id'],
    ['a mentor without a time zone', MENTOR, { time_zone: '' }, 'time_zone', 'is empty'],
    ['a place on call that is no place', COUNSELOR, { on_call: 'first' }, 'on_call', '"first" is not a place'],
    ['place zero', COUNSELOR, { on_call: '0' }, 'on_call', '"0" is not a place'],
    ['a birth date that is none', MENTEE, { birth_date: '3/14/2009' }, 'birth_date', '"3/14/2009" is not a date'],
    ['a day that does not exist', MENTEE, { birth_date: '2009-02-30' }, 'birth_date', 'is not a date'],
    ['an emergency number that is none', MENTEE, { emergency_phone: '555' }, 'emergency_phone', 'digits'],
    ['a campus number that is none', MENTEE, { campus_police_phone: 'call 911' }, 'campus_police_phone', 'phone'],
    ['a name as long as a story', MENTEE, { emergency_name: 'x'.repeat(101) }, 'emergency_name', '100 letters'],
    ['an agreement of a mentor without its day', MENTOR, { consent_basis: 'web_form' }, 'consent_on', 'is empty'],
    ['an unknown agreement of a mentor', MENTOR, { consent_basis: 'yes' }, 'consent_basis', '"yes" is not known'],
    [
      'an agreement to texts of a mentor without a phone',
      MENTOR,
      { phone: '', consent_basis: 'none' },
      'consent_basis',
      'without a phone',
    ],
    ['a place on call without a phone', COUNSELOR, { phone: '' }, 'on_call', 'is on call without a phone'],
  ])('refuses %s, naming line and column, and says what would be right', (_, row, change, column, message) => {
    const problems = problemsOf({ ...row, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line: 2, column });
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.hint).not.toBe('');
  });

  it.each<[what: string, first: Cells, second: Cells, column: RosterColumn]>([
    ['two mentees of one phone', MENTEE, { ...MENTEE, phone: '+1 213 555 0121' }, 'phone'],
    ['a mentee and a mentor of one phone', { ...MENTEE, phone: '(213) 555-0110' }, MENTOR, 'phone'],
    ['a mentor and one of staff of one phone', MENTOR, { ...MENTOR, role: 'staff', slack_user_id: '' }, 'phone'],
    [
      'two of staff of one Slack id',
      { ...MENTOR, role: 'staff' },
      { ...MENTOR, role: 'staff', phone: '' },
      'slack_user_id',
    ],
    ['two mentors of one Slack id', MENTOR, { ...MENTOR, phone: '' }, 'slack_user_id'],
    [
      'two counselors at one place',
      COUNSELOR,
      { ...COUNSELOR, phone: '(213) 555-0102', slack_user_id: 'U0TOMAS' },
      'on_call',
    ],
  ])('refuses %s, and names the line of the first', (_, first, second, column) => {
    const problems = problemsOf(first, second);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line: 3, column, message: 'the same as on line 2' });
  });

  it('names every mistake of every row, in the order of the lines', () => {
    const problems = problemsOf(
      { ...MENTEE, phone: '', language: 'fr' },
      MENTOR,
      { ...MENTEE, role: 'boss' },
      { ...MENTEE, college: '', consent_on: 'May' },
    );
    expect(problems.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '2 phone',
      '2 language',
      '4 role',
      '5 consent_on',
      '5 college',
    ]);
  });

  it('refuses columns that are missing or unknown, and looks no further', () => {
    const parsed = parseRoster(['role', 'first_name', 'mobile'], [{ line: 2, cells: { role: 'boss' } }]);
    expect(parsed).toMatchObject({
      ok: false,
      problems: [
        { line: 1, column: 'phone', message: 'this column is missing' },
        { line: 1, column: 'mobile', message: 'this column is not known' },
      ],
    });
  });

  it('refuses a file without rows', () => {
    expect(problemsOf()).toMatchObject([{ line: 2, message: 'the file has no rows' }]);
  });
});
