// How a case stands and how it ended, in sentences for the team: what somebody is told whose deed came too late.

import { unreachable } from '../core/model/invariant.ts';
import { type CaseOutcome, holderOf, isLookedAt } from '../core/safety/escalation.ts';
import type { HouseDeps } from './house-deps.ts';
import { nameOfActor } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';
import { momentWords } from './time-words.ts';

/** Outcomes as they are read by people. */
export const OUTCOME_WORDS: Record<CaseOutcome, string> = {
  safe: 'the student is safe',
  connected: 'the student is connected with help',
  emergency: 'emergency services have taken over',
  not_reached: 'the student was not reached',
  false_alarm: 'false alarm',
  other: 'other',
};

export const CASE_GONE = 'This case is not there any more.';

/** Why the deed of this person changed nothing: who has the case, or how it ended and by whom. */
export async function standingWords(
  deps: HouseDeps,
  stores: Stores,
  { state }: Escalation,
  seen: { readonly by: string; readonly now: number },
): Promise<string> {
  const { time_zone } = deps.content.current().program;
  const name = async (id: string | null) => (id === null ? 'somebody' : nameOfActor(stores, id));
  switch (state.status) {
    case 'resolved': {
      const when = state.resolvedAt === null ? '' : ` at ${momentWords(state.resolvedAt, seen.now, time_zone)}`;
      const how = state.outcome === null ? '' : `: ${OUTCOME_WORDS[state.outcome]}`;
      return `${await name(state.resolvedBy)} resolved this case${when}${how}.`;
    }
    case 'open':
      return 'Nobody has this case yet: acknowledge it or take it over first.';
    case 'acknowledged':
    case 'handed_off': {
      if (isLookedAt(state) && state.acknowledgedBy !== seen.by)
        return `${await name(state.acknowledgedBy)} already looks at it.`;
      const holder = holderOf(state);
      if (holder === seen.by) return 'You already have this case.';
      return `${await name(holder)} already has this case.`;
    }
    default:
      return unreachable(state.status);
  }
}
