// Mentors, counselors and program staff. All are found by phone or by Slack id; names and phone numbers are sealed.

import { z } from 'zod';
import type { SlackRoles } from '../../app/ports/database.ts';
import {
  asCounselorId,
  asMentorId,
  asPhone,
  asStaffId,
  type CounselorId,
  type MentorId,
  type PhoneHash,
  type StaffId,
} from '../../core/model/ids.ts';
import type { Counselor, Mentor, StaffMember } from '../../core/model/people.ts';
import { RememberedColumn } from './json-column.ts';
import type { SealedCodec } from './sealed.ts';
import type { Session } from './session.ts';
import * as statements from './staff-statements.ts';

const identity = z.object({ firstName: z.string(), lastName: z.string(), phone: z.string().nullable() });
const mentorIdentity = new RememberedColumn('mentors', 'sealed_identity', identity);
const counselorIdentity = new RememberedColumn('counselors', 'sealed_identity', identity);
const staffIdentity = new RememberedColumn('staff_members', 'sealed_identity', identity);

interface StaffRow {
  readonly id: string;
  readonly slack_user_id: string | null;
  readonly sealed_identity: string;
  readonly time_zone: string;
}

/** The half of the people store that is about staff. */
export class SqlStaffStore {
  protected readonly session: Session;
  protected readonly codec: SealedCodec;

  constructor(session: Session, codec: SealedCodec) {
    this.session = session;
    this.codec = codec;
  }

  async bySlackUser(slackUserId: string): Promise<SlackRoles> {
    const rows = await statements.bySlackUser.all(this.session, { slackUserId });
    const as = (role: (typeof rows)[number]['role']) => rows.find((row) => row.role === role);
    const staff = as('staff');
    return {
      counselor: this.#parseCounselor(as('counselor')),
      mentor: this.#parseMentor(as('mentor')),
      staff: staff === undefined ? null : this.#toStaff(staff),
    };
  }

  async mentor(mentorId: string): Promise<Mentor | null> {
    return this.#parseMentor(await statements.mentor.first(this.session, { id: mentorId }));
  }

  async mentorByPhone(phoneHash: PhoneHash): Promise<Mentor | null> {
    return this.#parseMentor(await statements.mentorByPhone.first(this.session, { phoneHash }));
  }

  async mentorBySlackUser(slackUserId: string): Promise<Mentor | null> {
    return this.#parseMentor(await statements.mentorBySlackUser.first(this.session, { slackUserId }));
  }

  async counselor(counselorId: CounselorId): Promise<Counselor | null> {
    return this.#parseCounselor(await statements.counselor.first(this.session, { id: counselorId }));
  }

  async counselorByPhone(phoneHash: PhoneHash): Promise<Counselor | null> {
    return this.#parseCounselor(await statements.counselorByPhone.first(this.session, { phoneHash }));
  }

  async counselorBySlackUser(slackUserId: string): Promise<Counselor | null> {
    return this.#parseCounselor(await statements.counselorBySlackUser.first(this.session, { slackUserId }));
  }

  async onCall(): Promise<Counselor[]> {
    const rows = await statements.onCall.all(this.session, {});
    return rows.map((row) => this.#toCounselor(row));
  }

  async counselors(): Promise<Counselor[]> {
    const rows = await statements.counselors.all(this.session, {});
    return rows.map((row) => this.#toCounselor(row));
  }

  async mentors(): Promise<Mentor[]> {
    const rows = await statements.mentors.all(this.session, {});
    return rows.map((row) => this.#toMentor(row));
  }

  async staff(): Promise<StaffMember[]> {
    const rows = await statements.staff.all(this.session, {});
    return rows.map((row) => this.#toStaff(row));
  }

  async staffBySlackUser(slackUserId: string): Promise<StaffMember | null> {
    const row = await statements.staffBySlackUser.first(this.session, { slackUserId });
    return row === undefined ? null : this.#toStaff(row);
  }

  async staffByPhone(phoneHash: PhoneHash): Promise<StaffMember | null> {
    const row = await statements.staffByPhone.first(this.session, { phoneHash });
    return row === undefined ? null : this.#toStaff(row);
  }

  async saveMentor(mentor: Mentor, at: number): Promise<MentorId> {
    const { slackUserId, timeZone } = mentor;
    const phoneHash = this.#hash(mentor.phone);
    const known = await statements.knownMentor.first(this.session, { phoneHash, slackUserId });
    const id = asMentorId(known?.id ?? mentor.id);
    const sealed = mentorIdentity.seal(this.codec, id, nameAndPhone(mentor));
    const columns = { id, phoneHash, slackUserId, identity: sealed, timeZone, at };
    if (known === undefined) await statements.insertMentor.run(this.session, columns);
    else await statements.updateMentor.run(this.session, columns);
    return id;
  }

  async saveCounselor(counselor: Counselor, at: number): Promise<CounselorId> {
    const { slackUserId, timeZone, onCallOrder } = counselor;
    const phoneHash = this.#hash(counselor.phone);
    const known = await statements.knownCounselor.first(this.session, { phoneHash, slackUserId });
    const id = asCounselorId(known?.id ?? counselor.id);
    const sealed = counselorIdentity.seal(this.codec, id, nameAndPhone(counselor));
    const columns = { id, phoneHash, slackUserId, identity: sealed, timeZone, onCallOrder, at };
    if (known === undefined) await statements.insertCounselor.run(this.session, columns);
    else await statements.updateCounselor.run(this.session, columns);
    return id;
  }

  async saveStaff(staff: StaffMember, at: number): Promise<StaffId> {
    const { slackUserId, timeZone } = staff;
    const phoneHash = this.#hash(staff.phone);
    const known = await statements.knownStaff.first(this.session, { phoneHash, slackUserId });
    const id = asStaffId(known?.id ?? staff.id);
    const sealed = staffIdentity.seal(this.codec, id, nameAndPhone(staff));
    const columns = { id, phoneHash, slackUserId, identity: sealed, timeZone, at };
    if (known === undefined) await statements.insertStaff.run(this.session, columns);
    else await statements.updateStaff.run(this.session, columns);
    return id;
  }

  #hash(phone: string | null): PhoneHash | null {
    return phone === null ? null : this.codec.hashPhone(phone);
  }

  #parseMentor(row: StaffRow | undefined): Mentor | null {
    return row === undefined ? null : this.#toMentor(row);
  }

  #toMentor(row: StaffRow): Mentor {
    return { id: asMentorId(row.id), ...staffFacts(row, mentorIdentity.open(this.codec, row.id, row.sealed_identity)) };
  }

  #toStaff(row: StaffRow): StaffMember {
    return { id: asStaffId(row.id), ...staffFacts(row, staffIdentity.open(this.codec, row.id, row.sealed_identity)) };
  }

  #parseCounselor(row: (StaffRow & { readonly on_call_order: number | null }) | undefined): Counselor | null {
    return row === undefined ? null : this.#toCounselor(row);
  }

  #toCounselor(row: StaffRow & { readonly on_call_order: number | null }): Counselor {
    const opened = counselorIdentity.open(this.codec, row.id, row.sealed_identity);
    return { id: asCounselorId(row.id), ...staffFacts(row, opened), onCallOrder: row.on_call_order };
  }
}

function nameAndPhone({ firstName, lastName, phone }: Mentor | Counselor | StaffMember): z.infer<typeof identity> {
  return { firstName, lastName, phone };
}

function staffFacts(row: StaffRow, { firstName, lastName, phone }: z.infer<typeof identity>): Omit<Mentor, 'id'> {
  return {
    firstName,
    lastName,
    phone: phone === null ? null : asPhone(phone),
    slackUserId: row.slack_user_id,
    timeZone: row.time_zone,
  };
}
