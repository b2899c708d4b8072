// Who wrote: a mentee, a mentor, a counselor, one of staff, or a number nobody knows.

import type { PhoneHash } from '../core/model/ids.ts';
import type { Counselor, Mentee, Mentor, StaffMember } from '../core/model/people.ts';
import type { Stores } from './ports/database.ts';
import type { InboundMessage } from './ports/messages.ts';
import { slackActor } from './slack-actor.ts';

export type Sender = { readonly phoneHash: PhoneHash } & (
  | { readonly kind: 'mentee'; readonly mentee: Mentee }
  | { readonly kind: 'mentor'; readonly mentor: Mentor }
  | { readonly kind: 'counselor'; readonly counselor: Counselor }
  | { readonly kind: 'staff'; readonly staff: StaffMember }
  | { readonly kind: 'unknown' }
);

/** Looks the sender up by phone, or by Slack user for a direct message. Mentees first: they are why we listen. */
export async function findSender(stores: Stores, message: InboundMessage, phoneHash: PhoneHash): Promise<Sender> {
  return message.from.kind === 'slack'
    ? findInSlack(stores, message.from.slackUserId, phoneHash)
    : findByPhone(stores, phoneHash);
}

/** Whose number this is. */
export async function findByPhone(stores: Stores, phoneHash: PhoneHash): Promise<Sender> {
  const mentee = await stores.people.menteeByPhone(phoneHash);
  if (mentee !== null) return { kind: 'mentee', mentee, phoneHash };
  const counselor = await stores.people.counselorByPhone(phoneHash);
  if (counselor !== null) return { kind: 'counselor', counselor, phoneHash };
  const mentor = await stores.people.mentorByPhone(phoneHash);
  if (mentor !== null) return { kind: 'mentor', mentor, phoneHash };
  const staff = await stores.people.staffByPhone(phoneHash);
  return staff === null ? { kind: 'unknown', phoneHash } : { kind: 'staff', staff, phoneHash };
}

async function findInSlack(stores: Stores, slackUserId: string, phoneHash: PhoneHash): Promise<Sender> {
  const counselor = await stores.people.counselorBySlackUser(slackUserId);
  if (counselor !== null) return { kind: 'counselor', counselor, phoneHash };
  const mentor = await stores.people.mentorBySlackUser(slackUserId);
  if (mentor !== null) return { kind: 'mentor', mentor, phoneHash };
  const staff = await stores.people.staffBySlackUser(slackUserId);
  return staff === null ? { kind: 'unknown', phoneHash } : { kind: 'staff', staff, phoneHash };
}

/** The keyed hash of the database, of a number or of `slackActor(…)` for somebody who writes in Slack. */
export type HashAddress = (address: string) => PhoneHash;

/** Whose text a stored one is, by its hash alone: a number's, or that of somebody who wrote in Slack. */
export async function findByHash(stores: Stores, phoneHash: PhoneHash, hashOf: HashAddress): Promise<Sender> {
  const byPhone = await findByPhone(stores, phoneHash);
  if (byPhone.kind !== 'unknown') return byPhone;
  const { people } = stores;
  for (const { slackUserId } of [
    ...(await people.mentors()),
    ...(await people.counselors()),
    ...(await people.staff()),
  ]) {
    if (slackUserId !== null && hashOf(slackActor(slackUserId)) === phoneHash)
      return findInSlack(stores, slackUserId, phoneHash);
  }
  return byPhone;
}

/** The first name that a card or notice shows. */
export function firstNameOf(sender: Sender): string {
  switch (sender.kind) {
    case 'mentee':
      return sender.mentee.firstName;
    case 'mentor':
      return `${sender.mentor.firstName} (mentor)`;
    case 'counselor':
      return `${sender.counselor.firstName} (counselor)`;
    case 'staff':
      return `${sender.staff.firstName} (staff)`;
    case 'unknown':
      return 'A number that is not on the roster';
  }
}
