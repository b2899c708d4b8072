// Mentees, their matches, whom to reach for them in a case, and what is known about numbers that texts cannot reach. Names and phone numbers are sealed.

import { z } from 'zod';
import type { PeopleStore } from '../../app/ports/database.ts';
import {
  asMenteeId,
  asPhone,
  asPhoneHash,
  type MenteeId,
  type MentorId,
  type PhoneHash,
} from '../../core/model/ids.ts';
import { LANGUAGES, type Mentee, type MenteeContacts, type Mentor } from '../../core/model/people.ts';
import { SealedColumn } from './json-column.ts';
import {
  clearProblem,
  closeOtherMatches,
  contactsOf,
  deceased,
  insertMentee,
  mentee,
  menteeByPhone,
  mentees,
  menteesOfMentor,
  problemOf,
  runningMatch,
  setContacts,
  setIntroduced,
  setProblem,
  startMatch,
  updateMentee,
} from './people-statements.ts';
import { SqlStaffStore } from './staff-store.ts';

const parseLanguage = z.enum(LANGUAGES);

const identityColumn = new SealedColumn(
  'mentees',
  'sealed_identity',
  z.object({ firstName: z.string(), lastName: z.string(), phone: z.string() }),
);

const phone = z.string().transform(asPhone).nullable();
const contactsColumn = new SealedColumn<MenteeContacts>(
  'mentee_contacts',
  'sealed_contacts',
  z.object({
    birthOn: z.string().nullable(),
    emergencyName: z.string().nullable(),
    emergencyPhone: phone,
    campusCounselingPhone: phone,
    campusPolicePhone: phone,
  }),
);

interface MenteeRow {
  readonly id: string;
  readonly phone_hash: string;
  readonly sealed_identity: string;
  readonly language: string;
  readonly time_zone: string;
  readonly college: string;
  readonly introduced_at: number | null;
}

export class SqlPeopleStore extends SqlStaffStore implements PeopleStore {
  async menteeByPhone(phoneHash: PhoneHash): Promise<Mentee | null> {
    const row = await menteeByPhone.first(this.session, { phoneHash });
    return row === undefined ? null : this.#parseMentee(row);
  }

  async mentee(menteeId: MenteeId): Promise<Mentee | null> {
    const row = await mentee.first(this.session, { id: menteeId });
    return row === undefined ? null : this.#parseMentee(row);
  }

  async mentees(): Promise<Mentee[]> {
    return (await mentees.all(this.session, {})).map((row) => this.#parseMentee(row));
  }

  async deceased(): Promise<Mentee[]> {
    return (await deceased.all(this.session, {})).map((row) => this.#parseMentee(row));
  }

  async mentorOf(menteeId: MenteeId): Promise<Mentor | null> {
    const match = await runningMatch.first(this.session, { menteeId });
    return match === undefined ? null : this.mentor(match.mentor_id);
  }

  async menteesOf(mentorId: MentorId): Promise<Mentee[]> {
    return (await menteesOfMentor.all(this.session, { mentorId })).map((row) => this.#parseMentee(row));
  }

  async saveMentee(mentee: Mentee, at: number): Promise<MenteeId> {
    const known = await menteeByPhone.first(this.session, { phoneHash: mentee.phoneHash });
    const id = asMenteeId(known?.id ?? mentee.id);
    const { firstName, lastName, phone, phoneHash, language, timeZone, college, introducedAt } = mentee;
    const identity = identityColumn.seal(this.codec, id, { firstName, lastName, phone });
    const columns = { id, identity, language, timeZone, college, at };
    if (known === undefined) await insertMentee.run(this.session, { ...columns, phoneHash, introducedAt });
    else await updateMentee.run(this.session, columns);
    return id;
  }

  async saveMatch(menteeId: MenteeId, mentorId: MentorId, on: string): Promise<void> {
    const running = await runningMatch.first(this.session, { menteeId });
    if (running?.mentor_id === mentorId) return;
    await closeOtherMatches.run(this.session, { menteeId, on });
    await startMatch.run(this.session, { menteeId, mentorId, on });
  }

  async markIntroduced(menteeId: MenteeId, at: number): Promise<void> {
    await setIntroduced.run(this.session, { id: menteeId, at });
  }

  async contacts(menteeId: MenteeId): Promise<MenteeContacts | null> {
    const row = await contactsOf.first(this.session, { menteeId });
    return row === undefined ? null : contactsColumn.open(this.codec, menteeId, row.sealed_contacts);
  }

  async saveContacts(menteeId: MenteeId, contacts: MenteeContacts, at: number): Promise<void> {
    const sealed = contactsColumn.seal(this.codec, menteeId, contacts);
    await setContacts.run(this.session, { menteeId, contacts: sealed, at });
  }

  async setPhoneProblem(phoneHash: PhoneHash, code: string | null, at: number): Promise<void> {
    if (code === null) await clearProblem.run(this.session, { phoneHash });
    else await setProblem.run(this.session, { phoneHash, code, at });
  }

  async phoneProblem(phoneHash: PhoneHash): Promise<string | null> {
    return (await problemOf.first(this.session, { phoneHash }))?.code ?? null;
  }

  #parseMentee(row: MenteeRow): Mentee {
    const { firstName, lastName, phone } = identityColumn.open(this.codec, row.id, row.sealed_identity);
    return {
      id: asMenteeId(row.id),
      firstName,
      lastName,
      phone: asPhone(phone),
      phoneHash: asPhoneHash(row.phone_hash),
      language: parseLanguage.parse(row.language),
      timeZone: row.time_zone,
      college: row.college,
      introducedAt: row.introduced_at,
    };
  }
}
