// Who does something in Slack: on the roster in one role or several, or known by their Slack id alone.

import type { Counselor, Mentor, StaffMember } from '../core/model/people.ts';
import { slackActor } from './alert-card.ts';
import type { Stores } from './ports/database.ts';

export interface Person {
  readonly slackUserId: string;
  readonly counselor: Counselor | null;
  readonly mentor: Mentor | null;
  readonly staff: StaffMember | null;
  /** What the audit and a case keep of them: their id on the roster, or `slack:U…`. */
  readonly actorId: string;
  /** First and last name; their Slack id when they are not on the roster. */
  readonly name: string;
}

export async function findPerson(stores: Stores, slackUserId: string): Promise<Person> {
  const counselor = await stores.people.counselorBySlackUser(slackUserId);
  const staff = await stores.people.staffBySlackUser(slackUserId);
  const mentor = await stores.people.mentorBySlackUser(slackUserId);
  const known = counselor ?? staff ?? mentor;
  return {
    slackUserId,
    counselor,
    mentor,
    staff,
    actorId: known?.id ?? slackActor(slackUserId),
    name: known === null ? `somebody in Slack (${slackUserId})` : `${known.firstName} ${known.lastName}`.trim(),
  };
}
