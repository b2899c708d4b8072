// A counselor's part of App Home: the cases that no person has ended yet, and who is paged now and next.

import { unreachable } from '../core/model/invariant.ts';
import { isPagedAgain } from '../core/safety/escalation.ts';
import { firstNameOfCase } from './alert-card.ts';
import { onCallNames, standInNow } from './on-call.ts';
import { nameOfActor } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { CounselorHome } from './ports/staff-room.ts';
import { momentWords } from './time-words.ts';

/** What a moment is shown with: now, and the zone of the program. */
export interface Moment {
  readonly now: number;
  readonly timeZone: string;
}

export async function counselorHome(stores: Stores, moment: Moment): Promise<CounselorHome> {
  const cases: CounselorHome['cases'][number][] = [];
  for (const escalation of (await stores.escalations.unresolved()).toSorted(byGravity)) {
    const { id: escalationId, caseCode, state } = escalation;
    const firstName = await firstNameOfCase(stores, escalation);
    const standing = await standingWords(stores, escalation, moment);
    cases.push({ escalationId, caseCode, firstName, tier: state.tier, standing, openedAt: state.openedAt });
  }
  const [first, ...next] = await onCallNames(stores, moment.now);
  return { cases, onCallNow: first ?? null, onCallNext: next, override: await standInNow(stores, moment.now) };
}

/** Crisis first, then the oldest. */
function byGravity({ state: a }: Escalation, { state: b }: Escalation): number {
  if (a.tier !== b.tier) return a.tier === 'crisis' ? -1 : 1;
  return a.openedAt - b.openedAt;
}

/** Who has it and since when, and whether the mentee waits for an answer. */
async function standingWords(stores: Stores, { state }: Escalation, { now, timeZone }: Moment): Promise<string> {
  const since = (at: number | null) => (at === null ? '' : ` since ${momentWords(at, now, timeZone)}`);
  const who = async (id: string | null) => (id === null ? 'somebody' : nameOfActor(stores, id));
  const waits = state.unansweredSince === null ? '' : `, a text waits${since(state.unansweredSince)}`;
  const again = isPagedAgain(state) ? ', the team is paged again' : '';
  const released = state.released ? ', the bot may speak' : '';
  switch (state.status) {
    case 'open':
      return 'open, nobody has acknowledged';
    case 'acknowledged':
      return `with ${await who(state.acknowledgedBy)}${since(state.acknowledgedAt)}${released}`;
    case 'handed_off':
      return `${await who(state.heldBy)} writes with them${since(state.heldAt)}${released}${waits}${again}`;
    case 'resolved':
      return 'resolved';
    default:
      return unreachable(state.status);
  }
}
