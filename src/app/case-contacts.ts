// What a counselor may need to reach somebody in danger: the roster's optional columns as lines, once somebody has the
// case. For counselors of the roster alone (docs/safety.md).

import { isTimeZone, localDateOf } from '../core/model/local-time.ts';
import type { Mentee, MenteeContacts } from '../core/model/people.ts';
import { isUnder18 } from '../core/safety/mandated-report.ts';
import type { Person } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { Line } from './ports/staff-room.ts';
import { clockWords } from './time-words.ts';

const NOT_ON_ROSTER = 'not on the roster';
const NO_CONTACTS: MenteeContacts = {
  birthOn: null,
  emergencyName: null,
  emergencyPhone: null,
  campusCounselingPhone: null,
  campusPolicePhone: null,
};

/** Null until somebody has acknowledged the case; a line that says why to whoever is no counselor of the roster. */
export async function contactLines(
  stores: Stores,
  { menteeId, state }: Escalation,
  { counselor }: Person,
  now: number,
): Promise<Line[] | null> {
  if (state.status === 'open') return null;
  if (counselor === null) {
    return [{ label: 'Contacts', text: 'Shown to counselors of the roster only. Ask one of them, or be put on it.' }];
  }
  const mentee = menteeId === null ? null : await stores.people.mentee(menteeId);
  const contacts = menteeId === null ? null : await stores.people.contacts(menteeId);
  const { birthOn, emergencyName, emergencyPhone, ...campus } = contacts ?? NO_CONTACTS;
  const emergency = [emergencyName, emergencyPhone].filter((part) => part !== null).join(', ');
  return [
    { label: 'Their time and zone', text: theirTime(mentee, now) ?? NOT_ON_ROSTER },
    { label: 'Age', text: ageBand(birthOn, mentee, now) },
    { label: 'Emergency contact', text: emergency === '' ? NOT_ON_ROSTER : emergency },
    { label: 'Campus counseling', text: campus.campusCounselingPhone ?? NOT_ON_ROSTER },
    { label: 'Campus police', text: campus.campusPolicePhone ?? NOT_ON_ROSTER },
  ];
}

/** "7:40 pm (Chicago)"; null when the zone is not known. */
export function theirTime(mentee: Mentee | null, now: number): string | null {
  if (mentee === null || !isTimeZone(mentee.timeZone)) return null;
  const place = mentee.timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? mentee.timeZone;
  return `${clockWords(now, mentee.timeZone)} (${place})`;
}

/** A band and no birthday: more than that nobody needs to decide whom they may call. */
function ageBand(birthOn: string | null, mentee: Mentee | null, now: number): string {
  if (birthOn === null || mentee === null || !isTimeZone(mentee.timeZone)) return NOT_ON_ROSTER;
  return isUnder18(birthOn, localDateOf(now, mentee.timeZone)) === true ? 'under 18' : '18 or over';
}
