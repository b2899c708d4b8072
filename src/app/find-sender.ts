// Who wrote: a mentee, a mentor, a counselor, or a number nobody knows.

import type { PhoneHash } from '../core/model/ids.ts';
import type { Counselor, Mentee, Mentor } from '../core/model/people.ts';
import type { Stores } from './ports/database.ts';
import type { InboundMessage } from './ports/messages.ts';

export type Sender = { readonly phoneHash: PhoneHash } & (
  | { readonly kind: 'mentee'; readonly mentee: Mentee }
  | { readonly kind: 'mentor'; readonly mentor: Mentor }
  | { readonly kind: 'counselor'; readonly counselor: Counselor }
  | { readonly kind: 'unknown' }
);

/** Looks the sender up by phone, or by Slack user for a direct message. Mentees first: they are why we listen. */
export async function findSender(stores: Stores, message: InboundMessage, phoneHash: PhoneHash): Promise<Sender> {
  if (message.from.kind === 'slack') return findInSlack(stores, message.from.slackUserId, phoneHash);
  const mentee = await stores.people.menteeByPhone(phoneHash);
  if (mentee !== null) return { kind: 'mentee', mentee, phoneHash };
  const counselor = await stores.people.counselorByPhone(phoneHash);
  if (counselor !== null) return { kind: 'counselor', counselor, phoneHash };
  const mentor = await stores.people.mentorByPhone(phoneHash);
  return mentor === null ? { kind: 'unknown', phoneHash } : { kind: 'mentor', mentor, phoneHash };
}

async function findInSlack(stores: Stores, slackUserId: string, phoneHash: PhoneHash): Promise<Sender> {
  const counselor = await stores.people.counselorBySlackUser(slackUserId);
  if (counselor !== null) return { kind: 'counselor', counselor, phoneHash };
  const mentor = await stores.people.mentorBySlackUser(slackUserId);
  return mentor === null ? { kind: 'unknown', phoneHash } : { kind: 'mentor', mentor, phoneHash };
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
    case 'unknown':
      return 'A number that is not on the roster';
  }
}
