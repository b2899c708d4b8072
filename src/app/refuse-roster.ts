// Why a roster whose rows are right by themselves cannot be imported beside what is stored: each reason by line and
// column. Writes nothing.

import type { PhoneHash } from '../core/model/ids.ts';
import type { Roster, RosterMentee, RosterStaff } from './parse-roster.ts';
import type { Stores } from './ports/database.ts';
import type { RosterProblem } from './roster-row.ts';

/** Refuses the whole roster, undoing what was written of it. */
export class RosterRefused extends Error {
  readonly problems: readonly RosterProblem[];
  constructor(problems: readonly RosterProblem[]) {
    super('roster refused');
    this.problems = problems;
  }
}

/** Rows with the phone of one stored person and the Slack id of another: which of the two is meant, nobody can say. */
export async function refuseJoined(
  hashPhone: (phone: string) => PhoneHash,
  stores: Stores,
  roster: Roster,
): Promise<void> {
  const { people } = stores;
  const problems = [
    ...(await joinedRows('mentor', roster.mentors, {
      byPhone: (phone) => people.mentorByPhone(hashPhone(phone)),
      bySlack: (slackUserId) => people.mentorBySlackUser(slackUserId),
    })),
    ...(await joinedRows('counselor', roster.counselors, {
      byPhone: (phone) => people.counselorByPhone(hashPhone(phone)),
      bySlack: (slackUserId) => people.counselorBySlackUser(slackUserId),
    })),
    ...(await joinedRows('member of staff', roster.staff, {
      byPhone: (phone) => people.staffByPhone(hashPhone(phone)),
      bySlack: (slackUserId) => people.staffBySlackUser(slackUserId),
    })),
  ];
  if (problems.length > 0) throw new RosterRefused(problems);
}

type JoinedRole = 'mentor' | 'counselor' | 'member of staff';
type Find = (key: string) => Promise<{ readonly id: string } | null>;

async function joinedRows(
  role: JoinedRole,
  rows: readonly RosterStaff[],
  { byPhone, bySlack }: { readonly byPhone: Find; readonly bySlack: Find },
): Promise<RosterProblem[]> {
  const problems: RosterProblem[] = [];
  for (const row of rows) {
    const one = row.phone === null ? null : await byPhone(row.phone);
    const other = row.slackUserId === null ? null : await bySlack(row.slackUserId);
    if (one !== null && other !== null && one.id !== other.id) problems.push(joinedProblem(row, role));
  }
  return problems;
}

function joinedProblem({ line }: RosterStaff, role: JoinedRole): RosterProblem {
  return {
    line,
    column: 'slack_user_id',
    message: `belongs to another ${role} than this phone, by an earlier import`,
    hint: `give this ${role} the phone and the Slack member id of one and the same person`,
  };
}

/** Two people on call at one place, one of them imported earlier. */
export async function refuseClashes(stores: Stores, roster: Roster): Promise<void> {
  const onCall = await stores.people.onCall();
  const problems = roster.counselors.flatMap((counselor): RosterProblem[] => {
    const same = onCall.filter((other) => counselor.onCall !== null && other.onCallOrder === counselor.onCall);
    if (same.length < 2) return [];
    const hint = 'list everybody who is on call in one file, each with a place of their own';
    return [{ line: counselor.line, column: 'on_call', message: `place ${counselor.onCall} is taken already`, hint }];
  });
  if (problems.length > 0) throw new RosterRefused(problems);
}

/** A mentee's mentor whom neither the file nor an earlier import has. */
export function strangerProblem(mentee: RosterMentee): RosterProblem {
  return {
    line: mentee.line,
    column: 'mentor',
    message: 'names a mentor who is not in this file and was not imported before',
    hint: "put the mentor's own row into the file, with this phone or Slack member id",
  };
}
