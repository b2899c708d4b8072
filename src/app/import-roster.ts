// Writes a checked roster: all people or none, in one transaction. What was there is updated by phone or Slack id;
// nobody's opt-out is ever undone by a file.

import { asCounselorId, asMenteeId, asMentorId, type MentorId } from '../core/model/ids.ts';
import { instantOf, localDateOf } from '../core/model/local-time.ts';
import type { ParsedRoster, Roster, RosterMentee, RosterProblem, RosterRow } from './parse-roster.ts';
import { parseRoster } from './parse-roster.ts';
import type { Clock, Ids } from './ports/clock.ts';
import type { Database, Stores } from './ports/database.ts';

export interface ImportDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Keys of the tasks that every mentee has. */
  readonly tasks: readonly string[];
}

export interface ImportCounts {
  readonly mentees: number;
  readonly mentors: number;
  readonly counselors: number;
  /** Mentees who stay untexted because no consent is declared. */
  readonly withoutConsent: number;
  /** Mentees who had opted out before and stay so. */
  readonly optedOut: number;
}

export type ImportResult =
  | { readonly ok: true; readonly counts: ImportCounts }
  | { readonly ok: false; readonly problems: readonly RosterProblem[] };

/** Undoes a dry run's transaction. */
class DryRun extends Error {
  readonly counts: ImportCounts;
  constructor(counts: ImportCounts) {
    super('dry run');
    this.counts = counts;
  }
}

/** Refuses the whole roster, undoing what was written of it. */
class Refused extends Error {
  readonly problems: readonly RosterProblem[];
  constructor(problems: readonly RosterProblem[]) {
    super('roster refused');
    this.problems = problems;
  }
}

/** Imports, or with `dryRun` does everything and keeps nothing. */
export async function importRoster(
  deps: ImportDeps,
  file: { readonly header: readonly string[]; readonly rows: readonly RosterRow[] },
  dryRun: boolean,
): Promise<ImportResult> {
  const parsed: ParsedRoster = parseRoster(file.header, file.rows);
  if (!parsed.ok) return parsed;
  try {
    const counts = await deps.database.transact(async (stores) => {
      const written = await write(deps, stores, parsed.roster);
      if (dryRun) throw new DryRun(written);
      return written;
    });
    return { ok: true, counts };
  } catch (error) {
    if (error instanceof DryRun) return { ok: true, counts: error.counts };
    if (error instanceof Refused) return { ok: false, problems: error.problems };
    throw error;
  }
}

async function write(deps: ImportDeps, stores: Stores, roster: Roster): Promise<ImportCounts> {
  const now = deps.clock.now();
  const mentors = await writeMentors(deps, stores, roster, now);
  for (const { line: _, onCall, ...counselor } of roster.counselors) {
    await stores.people.saveCounselor({ ...counselor, id: asCounselorId(deps.ids.next()), onCallOrder: onCall }, now);
  }
  await refuseClashes(stores, roster);
  let optedOut = 0;
  const strangers: RosterProblem[] = [];
  for (const mentee of roster.mentees) {
    const mentorId = mentee.mentor === null ? null : await findMentor(deps, stores, mentors, mentee.mentor);
    if (mentee.mentor !== null && mentorId === null) strangers.push(strangerProblem(mentee));
    if (await writeMentee(deps, stores, mentee, mentorId, now)) optedOut += 1;
  }
  if (strangers.length > 0) throw new Refused(strangers);
  return {
    mentees: roster.mentees.length,
    mentors: roster.mentors.length,
    counselors: roster.counselors.length,
    withoutConsent: roster.mentees.filter((mentee) => mentee.consentBasis === 'none').length,
    optedOut,
  };
}

async function writeMentors(
  deps: ImportDeps,
  stores: Stores,
  roster: Roster,
  now: number,
): Promise<Map<string, MentorId>> {
  const mentors = new Map<string, MentorId>();
  for (const { line: _, ...mentor } of roster.mentors) {
    const id = await stores.people.saveMentor({ ...mentor, id: asMentorId(deps.ids.next()) }, now);
    if (mentor.phone !== null) mentors.set(mentor.phone, id);
    if (mentor.slackUserId !== null) mentors.set(mentor.slackUserId, id);
  }
  return mentors;
}

/** Two people on call at one place, one of them imported earlier. */
async function refuseClashes(stores: Stores, roster: Roster): Promise<void> {
  const onCall = await stores.people.onCall();
  const problems = roster.counselors.flatMap((counselor): RosterProblem[] => {
    const same = onCall.filter((other) => counselor.onCall !== null && other.onCallOrder === counselor.onCall);
    if (same.length < 2) return [];
    const hint = 'list everybody who is on call in one file, each with a place of their own';
    return [{ line: counselor.line, column: 'on_call', message: `place ${counselor.onCall} is taken already`, hint }];
  });
  if (problems.length > 0) throw new Refused(problems);
}

async function findMentor(
  deps: ImportDeps,
  stores: Stores,
  mentors: ReadonlyMap<string, MentorId>,
  named: string,
): Promise<MentorId | null> {
  const imported = mentors.get(named);
  if (imported !== undefined) return imported;
  const known = named.startsWith('+')
    ? await stores.people.mentorByPhone(deps.database.hashPhone(named))
    : await stores.people.mentorBySlackUser(named);
  return known?.id ?? null;
}

function strangerProblem(mentee: RosterMentee): RosterProblem {
  return {
    line: mentee.line,
    column: 'mentor',
    message: 'names a mentor who is not in this file and was not imported before',
    hint: "put the mentor's own row into the file, with this phone or Slack member id",
  };
}

/** True when this mentee had opted out before, and so stays opted out. */
async function writeMentee(
  deps: ImportDeps,
  stores: Stores,
  row: RosterMentee,
  mentorId: MentorId | null,
  now: number,
): Promise<boolean> {
  const phoneHash = deps.database.hashPhone(row.phone);
  const { firstName, lastName, phone, language, timeZone, college } = row;
  const id = asMenteeId(deps.ids.next());
  const mentee = { id, firstName, lastName, phone, phoneHash, language, timeZone, college, introducedAt: null };
  const menteeId = await stores.people.saveMentee(mentee, now);
  if (mentorId !== null) await stores.people.saveMatch(menteeId, mentorId, localDateOf(now, timeZone));
  for (const task of deps.tasks) await stores.tasks.addMissing(menteeId, task, 'import', now);
  const before = await stores.consents.state(phoneHash);
  if (before === 'opted_out') return true;
  const state = row.consentBasis === 'none' ? 'pending' : 'active';
  if (before !== 'active' && before !== state) {
    const at = row.consentOn === null ? now : Math.min(now, instantOf(row.consentOn, 12, timeZone));
    await stores.consents.record({ phoneHash, state, via: 'roster', basis: row.consentBasis, at });
  }
  if (state === 'active') await stores.timers.set({ kind: 'plan', subject: menteeId, name: 'next', dueAt: now });
  return false;
}
