// People let go of a mentee's conversation: it goes back to the bot now, at a moment they chose, or not before somebody
// says so. Sets the pause and the timer that ends it; what the flow then says is resume-mentee's.

import type { MenteeId } from '../core/model/ids.ts';
import type { HouseDeps } from './house-deps.ts';
import { HOUSE } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { Pause } from './ports/staff-stores.ts';

/** The timer of a mentee (kind `plan`) at which the flow goes back to its open question. */
export const RESUME_TIMER = 'resume';

/** The timer of a mentee (kind `plan`) at which staff are told of a pause without an end. */
export const PAUSE_TIMER = 'paused';
/** So long a pause may wait for a person's word before staff are told of it. */
export const PAUSE_TOLD_MS = 14 * 24 * 3_600_000;

/** `at`: when nudges may come again (epoch milliseconds), or null: not before a person says so. Only mentees have nudges. */
export async function giveBack(
  deps: HouseDeps,
  stores: Stores,
  { id, phoneHash, menteeId, state }: Escalation,
  at: number | null,
  now: number,
): Promise<void> {
  if (menteeId === null) return;
  deps.log.info('conversation_given_back', { escalationId: id, reason: at === null ? 'by_hand' : 'at_a_moment' });
  const standing = await stores.pauses.of(phoneHash, now);
  if (standing !== null && outlasts(standing, at)) return keepPause(stores, menteeId, standing);
  if (at !== null && at <= now) await stores.pauses.clear(phoneHash);
  else {
    const setBy = state.resolvedBy ?? HOUSE;
    await stores.pauses.set({ phoneHash, until: at, reason: 'after_case', setBy, setAt: now });
  }
  const timer = { kind: 'plan', subject: menteeId } as const;
  if (at === null) {
    await stores.timers.clear('plan', menteeId, RESUME_TIMER);
    await stores.timers.set({ ...timer, name: PAUSE_TIMER, dueAt: now + PAUSE_TOLD_MS });
    return;
  }
  await stores.timers.clear('plan', menteeId, PAUSE_TIMER);
  await stores.timers.set({ ...timer, name: RESUME_TIMER, dueAt: Math.max(at, now) });
}

/** Whether a pause that a person set for a reason of its own is the longer one: the end of a case does not end it. */
function outlasts({ reason, until }: Pause, at: number | null): boolean {
  if (reason === 'after_case') return false;
  return until === null || (at !== null && until >= at);
}

async function keepPause(stores: Stores, menteeId: MenteeId, { until }: Pause): Promise<void> {
  if (until === null) await stores.timers.clear('plan', menteeId, RESUME_TIMER);
  else await stores.timers.set({ kind: 'plan', subject: menteeId, name: RESUME_TIMER, dueAt: until });
}
