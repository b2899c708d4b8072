// Writes a checked roster: all people or none, in one transaction. What was there is updated by phone or Slack id;
// nobody's opt-out is ever undone by a file.

import {
  asCounselorId,
  asMenteeId,
  asMentorId,
  asStaffId,
  type MenteeId,
  type MentorId,
  type Phone,
} from '../core/model/ids.ts';
import { localDateOf } from '../core/model/local-time.ts';
import { type MenteeContacts, NO_CONTACTS } from '../core/model/people.ts';
import { findKnown, keepBlank } from './keep-blank.ts';
import { parseRoster, type Roster, type RosterMentee } from './parse-roster.ts';
import type { Clock, Ids } from './ports/clock.ts';
import type { Database, Stores } from './ports/database.ts';
import { armMentors } from './prompt-mentors.ts';
import { RosterRefused, refuseClashes, refuseJoined, strangerProblem } from './refuse-roster.ts';
import { oddBirthDates } from './roster-contacts.ts';
import type { RosterProblem, RosterRow } from './roster-row.ts';
import { type ConsentOutcome, writeMenteeConsent, writeMentorConsent } from './write-roster-consent.ts';

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
  readonly staff: number;
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

/** Imports, or with `dryRun` does everything and keeps nothing. */
export async function importRoster(
  deps: ImportDeps,
  file: { readonly header: readonly string[]; readonly rows: readonly RosterRow[] },
  dryRun: boolean,
): Promise<ImportResult> {
  const parsed = parseRoster(file.header, file.rows);
  if (!parsed.ok) return parsed;
  const odd = oddBirthDates(parsed.roster.mentees, localDateOf(deps.clock.now(), 'UTC'));
  if (odd.length > 0) return { ok: false, problems: odd };
  try {
    const counts = await deps.database.transact(async (stores) => {
      const written = await write(deps, stores, parsed.roster, file.header.includes('on_call'));
      if (dryRun) throw new DryRun(written);
      return written;
    });
    return { ok: true, counts };
  } catch (error) {
    if (error instanceof DryRun) return { ok: true, counts: error.counts };
    if (error instanceof RosterRefused) return { ok: false, problems: error.problems };
    throw error;
  }
}

/** `hasOnCall`: the file has that column; without it nobody leaves the on-call list. */
async function write(deps: ImportDeps, stores: Stores, roster: Roster, hasOnCall: boolean): Promise<ImportCounts> {
  const now = deps.clock.now();
  await refuseJoined((phone) => deps.database.hashPhone(phone), stores, roster);
  const mentors = await writeMentors(deps, stores, roster, now);
  await writeStaff(deps, stores, roster, hasOnCall, now);
  await refuseClashes(stores, roster);
  const outcomes: ConsentOutcome[] = [];
  const strangers: RosterProblem[] = [];
  for (const mentee of roster.mentees) {
    const mentorId = mentee.mentor === null ? null : await findMentor(deps, stores, mentors, mentee.mentor);
    if (mentee.mentor !== null && mentorId === null) strangers.push(strangerProblem(mentee));
    outcomes.push(await writeMentee(deps, stores, mentee, mentorId, now));
  }
  if (strangers.length > 0) throw new RosterRefused(strangers);
  // At once, and not with the night's look: a mentor imported on a Sunday is asked the same evening.
  await armMentors(deps, stores);
  return {
    mentees: roster.mentees.length,
    mentors: roster.mentors.length,
    counselors: roster.counselors.length,
    staff: roster.staff.length,
    withoutConsent: roster.mentees.filter((mentee) => mentee.consentBasis === 'none').length,
    optedOut: outcomes.filter((outcome) => outcome === 'opted_out').length,
    wrongNumber: outcomes.filter((outcome) => outcome === 'wrong_number').length,
  };
}

async function writeStaff(
  deps: ImportDeps,
  stores: Stores,
  { counselors, staff }: Roster,
  hasOnCall: boolean,
  now: number,
): Promise<void> {
  const { people } = stores;
  const hashPhone = (phone: Phone) => deps.database.hashPhone(phone);
  for (const { line: _, onCall, ...row } of counselors) {
    const known = await findKnown(row, {
      hashPhone,
      byPhone: (hash) => people.counselorByPhone(hash),
      bySlackUser: (id) => people.counselorBySlackUser(id),
    });
    const onCallOrder = hasOnCall ? onCall : (known?.onCallOrder ?? null);
    await people.saveCounselor({ ...keepBlank(row, known), id: asCounselorId(deps.ids.next()), onCallOrder }, now);
  }
  for (const { line: _, ...row } of staff) {
    const known = await findKnown(row, {
      hashPhone,
      byPhone: (hash) => people.staffByPhone(hash),
      bySlackUser: (id) => people.staffBySlackUser(id),
    });
    await people.saveStaff({ ...keepBlank(row, known), id: asStaffId(deps.ids.next()) }, now);
  }
}

async function writeMentors(
  deps: ImportDeps,
  stores: Stores,
  roster: Roster,
  now: number,
): Promise<Map<string, MentorId>> {
  const mentors = new Map<string, MentorId>();
  const hashPhone = (phone: Phone) => deps.database.hashPhone(phone);
  for (const { line: _, consentBasis, consentOn, ...row } of roster.mentors) {
    const known = await findKnown(row, {
      hashPhone,
      byPhone: (hash) => stores.people.mentorByPhone(hash),
      bySlackUser: (id) => stores.people.mentorBySlackUser(id),
    });
    const mentor = keepBlank(row, known);
    const { phone, slackUserId, timeZone } = mentor;
    const phoneHash = phone === null ? null : hashPhone(phone);
    // A STOP of the same moment comes wholly before this row or wholly after it.
    if (phoneHash !== null) await stores.lockPerson(phoneHash);
    const id = await stores.people.saveMentor({ ...mentor, id: asMentorId(deps.ids.next()) }, now);
    if (phone !== null) mentors.set(phone, id);
    if (slackUserId !== null) mentors.set(slackUserId, id);
    if (phoneHash !== null) await writeMentorConsent(stores, { consentBasis, consentOn }, { phoneHash, timeZone }, now);
  }
  return mentors;
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
  await writeContacts(stores, menteeId, row.contacts, now);
  return writeMenteeConsent(stores, row, { ...mentee, id: menteeId }, now);
}

/** In a case an old number is better than none: what the file leaves blank stays as it was. */
async function writeContacts(
  stores: Stores,
  menteeId: MenteeId,
  given: Partial<MenteeContacts>,
  now: number,
): Promise<void> {
  if (Object.keys(given).length === 0) return;
  const before = (await stores.people.contacts(menteeId)) ?? NO_CONTACTS;
  await stores.people.saveContacts(menteeId, { ...before, ...given }, now);
}
