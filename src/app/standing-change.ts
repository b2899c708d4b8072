// The noun between the steps of noting that somebody left Slack, became a guest or came back.

import type { HouseDeps } from './house-deps.ts';
import type { Person } from './person.ts';
import type { Stores } from './ports/database.ts';

/** One person whose standing changed, inside a running transaction. */
export interface Change {
  readonly deps: HouseDeps;
  readonly stores: Stores;
  readonly person: Person;
  readonly now: number;
}

/** How the keys of the to-dos begin that follow from it; they end by themselves when the person is back. */
export function leftKey(role: 'counselor' | 'mentor' | 'guest', id: string): string {
  return `${role}_left:${id}:`;
}
