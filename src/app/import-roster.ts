// Writes a checked roster: all people or none, in one transaction. What was there is updated by phone or Slack id;
// nobody's opt-out is ever undone by a file.

import { asCounselorId, asMenteeId, asMentorId, type MentorId } from '../core/model/ids.ts';
import { instantOf, localDateOf } from '../core/model/local-time.ts';
import type { ConsentState, Mentee } from '../core/model/people.ts';
import type { ParsedRoster, Roster, RosterMentee, RosterProblem, RosterRow, RosterStaff } from './parse-roster.ts';
import { parseRoster } from './parse-roster.ts';
import { resumeConversation, silenceConversation } from './pause-conversation.ts';
import { wrongNumberSince } from './pause-mistaken.ts';
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
  /** Mentees whose number said that it is the wrong one, and whose row has no agreement of a later day. */
  readonly wrongNumber: number;
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
  await refuseJoined(deps, stores, roster);
  const mentors = await writeMentors(deps, stores, roster, now);
  for (const { line: _, onCall, ...counselor } of roster.counselors) {
    await stores.people.saveCounselor({ ...counselor, id: asCounselorId(deps.ids.next()), onCallOrder: onCall }, now);
  }
  await refuseClashes(stores, roster);
  const outcomes: ConsentOutcome[] = [];
  const strangers: RosterProblem[] = [];
  for (const mentee of roster.mentees) {
    const mentorId = mentee.mentor === null ? null : await findMentor(deps, stores, mentors, mentee.mentor);
    if (mentee.mentor !== null && mentorId === null) strangers.push(strangerProblem(mentee));
    outcomes.push(await writeMentee(deps, stores, mentee, mentorId, now));
  }
  if (strangers.length > 0) throw new Refused(strangers);
  return {
    mentees: roster.mentees.length,
    mentors: roster.mentors.length,
    counselors: roster.counselors.length,
    withoutConsent: roster.mentees.filter((mentee) => mentee.consentBasis === 'none').length,
    optedOut: outcomes.filter((outcome) => outcome === 'opted_out').length,
    wrongNumber: outcomes.filter((outcome) => outcome === 'wrong_number').length,
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

/** Rows with the phone of one stored person and the Slack id of another: which of the two is meant, nobody can say. */
async function refuseJoined(deps: ImportDeps, stores: Stores, roster: Roster): Promise<void> {
  const { people } = stores;
  const problems: RosterProblem[] = [];
  for (const row of roster.mentors) {
    const byPhone = row.phone === null ? null : await people.mentorByPhone(deps.database.hashPhone(row.phone));
    const bySlack = row.slackUserId === null ? null : await people.mentorBySlackUser(row.slackUserId);
    if (byPhone !== null && bySlack !== null && byPhone.id !== bySlack.id) problems.push(joinedProblem(row, 'mentor'));
  }
  for (const row of roster.counselors) {
    const byPhone = row.phone === null ? null : await people.counselorByPhone(deps.database.hashPhone(row.phone));
    const bySlack = row.slackUserId === null ? null : await people.counselorBySlackUser(row.slackUserId);
    if (byPhone !== null && bySlack !== null && byPhone.id !== bySlack.id)
      problems.push(joinedProblem(row, 'counselor'));
  }
  if (problems.length > 0) throw new Refused(problems);
}

function joinedProblem({ line }: RosterStaff, role: 'mentor' | 'counselor'): RosterProblem {
  return {
    line,
    column: 'slack_user_id',
    message: `belongs to another ${role} than this phone, by an earlier import`,
    hint: `give this ${role} the phone and the Slack member id of one and the same person`,
  };
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

/** What the row did to a mentee's consent: as it says, or not, because of what was texted from the number itself. */
type ConsentOutcome = 'as_declared' | 'opted_out' | 'wrong_number';

async function writeMentee(
  deps: ImportDeps,
  stores: Stores,
  row: RosterMentee,
  mentorId: MentorId | null,
  now: number,
): Promise<ConsentOutcome> {
  const phoneHash = deps.database.hashPhone(row.phone);
  // Before anything of theirs is read: a STOP of the same moment comes wholly before this row or wholly after it.
  await stores.lockPerson(phoneHash);
  const { firstName, lastName, phone, language, timeZone, college } = row;
  const id = asMenteeId(deps.ids.next());
  const mentee = { id, firstName, lastName, phone, phoneHash, language, timeZone, college, introducedAt: null };
  const menteeId = await stores.people.saveMentee(mentee, now);
  if (mentorId !== null) await stores.people.saveMatch(menteeId, mentorId, localDateOf(now, timeZone));
  for (const task of deps.tasks) await stores.tasks.addMissing(menteeId, task, 'import', now);
  return writeConsent(stores, row, { ...mentee, id: menteeId }, now);
}

async function writeConsent(stores: Stores, row: RosterMentee, mentee: Mentee, now: number): Promise<ConsentOutcome> {
  const { phoneHash } = mentee;
  const before = await stores.consents.state(phoneHash);
  if (before === 'opted_out') return 'opted_out';
  if (row.consentBasis === 'none') {
    await withdraw(stores, mentee, before, now);
    return 'as_declared';
  }
  if (before === 'active') {
    await stores.timers.set({ kind: 'plan', subject: mentee.id, name: 'next', dueAt: now });
    return 'as_declared';
  }
  // By days, as the file has no hours: an agreement of the same day may be the one that the wrong number was given with.
  const wrongSince = await wrongNumberSince(stores, phoneHash);
  const wrongOn = wrongSince === null ? null : localDateOf(wrongSince, mentee.timeZone);
  if (wrongOn !== null && (row.consentOn === null || row.consentOn <= wrongOn)) return 'wrong_number';
  const at = row.consentOn === null ? now : Math.min(now, instantOf(row.consentOn, 12, mentee.timeZone));
  await stores.consents.record({ phoneHash, state: 'active', via: 'roster', basis: row.consentBasis, at });
  await resumeConversation(stores, mentee, now);
  return 'as_declared';
}

/** Nobody holds an agreement of theirs: nothing unasked leaves any more, also not what waits. */
async function withdraw(stores: Stores, mentee: Mentee, before: ConsentState, now: number): Promise<void> {
  if (before === 'pending') return;
  const { phoneHash } = mentee;
  await stores.consents.record({ phoneHash, state: 'pending', via: 'roster', basis: 'none', at: now });
  if (before !== 'active') return;
  await stores.outbox.dropPending(phoneHash, ['nudge'], 'no_consent');
  await silenceConversation(stores, mentee);
}
