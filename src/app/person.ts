// Who does something in Slack: on the roster in one role or several, or known by their Slack id alone. And the way back:
// the name behind the id that the audit or a case keeps.

import { asCounselorId, asMentorId } from '../core/model/ids.ts';
import type { Counselor, Mentor, StaffMember } from '../core/model/people.ts';
import type { Stores } from './ports/database.ts';
import { slackActor, slackUserOf } from './slack-actor.ts';

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

/** What the audit keeps as the actor of what the house did by itself. */
export const HOUSE = 'house';

export async function findPerson(stores: Stores, slackUserId: string): Promise<Person> {
  const { counselor, staff, mentor } = await stores.people.bySlackUser(slackUserId);
  const known = counselor ?? staff ?? mentor;
  return {
    slackUserId,
    counselor,
    mentor,
    staff,
    actorId: known?.id ?? slackActor(slackUserId),
    name: known === null ? strangerName(slackUserId) : fullNameOf(known),
  };
}

/** First and last name, or the first alone. */
export function fullNameOf({ firstName, lastName }: { readonly firstName: string; readonly lastName: string }): string {
  return `${firstName} ${lastName}`.trim();
}

/** The name behind an id that `findPerson` gave as `actorId`; the id itself when nobody is known by it any more. */
export async function nameOfActor(stores: Stores, actorId: string): Promise<string> {
  if (actorId === HOUSE) return 'Icehouse';
  const inSlack = slackUserOf(actorId);
  if (inSlack !== null) return strangerName(inSlack);
  const known =
    (await stores.people.counselor(asCounselorId(actorId))) ??
    (await stores.people.mentor(asMentorId(actorId))) ??
    (await stores.people.staff()).find((member) => member.id === actorId);
  return known === undefined ? actorId : fullNameOf(known);
}

/**
 * Whether this person's account in Slack was deactivated (SL-24): they have left the organisation, so they are neither
 * paged nor told anything. A guest has not left. Nobody leaves who was never in Slack.
 */
export async function hasLeft(stores: Stores, person: { readonly slackUserId: string | null }): Promise<boolean> {
  if (person.slackUserId === null) return false;
  return (await stores.slackPeople.standing(person.slackUserId)) === 'deactivated';
}

function strangerName(slackUserId: string): string {
  return `somebody in Slack (${slackUserId})`;
}
