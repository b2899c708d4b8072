// Two mentees of one mentor who share a first name: what is written beside it, so that nobody is taken for the other.

import { toPlain } from '../core/language/plain-reply.ts';
import type { Mentee } from '../core/model/people.ts';
import type { Stores } from './ports/database.ts';

type Named = Pick<Mentee, 'id' | 'firstName' | 'lastName'>;

/** The first name; with the initial of the last one, or all of it, when another of these mentees has the same. */
export function nameAmong(mentee: Named, mentees: readonly Named[]): string {
  return `${mentee.firstName}${apartFrom(mentee, mentees)}`;
}

/** What follows the first name: "", " S." or " Soto". */
export function apartFrom(mentee: Named, mentees: readonly Named[]): string {
  const first = plain(mentee.firstName);
  const others = mentees.filter(({ id, firstName }) => id !== mentee.id && plain(firstName) === first);
  const last = mentee.lastName.trim();
  if (others.length === 0 || last === '') return '';
  const isShared = others.some(({ lastName }) => initialOf(plain(lastName)) === initialOf(plain(last)));
  return isShared ? ` ${last}` : ` ${initialOf(last)}.`;
}

/** As their mentor knows them: told apart from that mentor's other mentees. */
export async function nameForMentor(stores: Stores, mentee: Mentee): Promise<string> {
  const mentor = await stores.people.mentorOf(mentee.id);
  return mentor === null ? mentee.firstName : nameAmong(mentee, await stores.people.menteesOf(mentor.id));
}

function plain(name: string): string {
  return toPlain(name).trim();
}

function initialOf(name: string): string {
  return [...name][0] ?? '';
}
