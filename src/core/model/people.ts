// The people of a program. Facts only: what may be done with them is decided elsewhere.

import type { CounselorId, MenteeId, MentorId, Phone, PhoneHash, StaffId } from './ids.ts';

/** A language that mentees are texted in. */
export type Language = 'en' | 'es';
export const LANGUAGES: readonly Language[] = ['en', 'es'];

/** The student enrolled in the program. `timeZone` is an IANA name; it is declared, never guessed from the number. */
export interface Mentee {
  readonly id: MenteeId;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: Phone;
  readonly phoneHash: PhoneHash;
  readonly language: Language;
  readonly timeZone: string;
  readonly college: string;
  /** When the first text ever (program, mentor, automated, how to stop) was handed to the relay; null before. */
  readonly introducedAt: number | null;
}

/** The near-peer volunteer. */
export interface Mentor {
  readonly id: MentorId;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: Phone | null;
  readonly slackUserId: string | null;
  readonly timeZone: string;
}

/** Staff who answers escalations. `onCallOrder` 1 is alerted first; null is not on the on-call list. */
export interface Counselor {
  readonly id: CounselorId;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: Phone | null;
  readonly slackUserId: string | null;
  readonly timeZone: string;
  readonly onCallOrder: number | null;
}

/** Program staff who import, match, write flows and report. Never on the on-call list; sees no case. */
export interface StaffMember {
  readonly id: StaffId;
  readonly firstName: string;
  readonly lastName: string;
  readonly phone: Phone | null;
  readonly slackUserId: string | null;
  readonly timeZone: string;
}

/** What a counselor may need in a case, as the roster gave it; null where it did not. `birthOn` is a local date. */
export interface MenteeContacts {
  readonly birthOn: string | null;
  readonly emergencyName: string | null;
  readonly emergencyPhone: Phone | null;
  readonly campusCounselingPhone: Phone | null;
  readonly campusPolicePhone: Phone | null;
}

/** Of a mentee whose roster row gave none. */
export const NO_CONTACTS: MenteeContacts = {
  birthOn: null,
  emergencyName: null,
  emergencyPhone: null,
  campusCounselingPhone: null,
  campusPolicePhone: null,
};

/** How a person stands in the Slack workspace (SL-24). `guest` is one who is not a full member. */
export type SlackStanding = 'member' | 'guest' | 'deactivated';

/** The stored state of a phone number's consent. `none` is a number that never gave any; `pending` was asked once. */
export type ConsentState = 'none' | 'pending' | 'active' | 'opted_out';
