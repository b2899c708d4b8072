// People let go of a mentee's conversation: it goes back to the bot now, at a moment they chose, or not before somebody
// says so. Sets the pause and the timer that ends it; what the flow then says is resume-mentee's.

import type { HouseDeps } from './house-deps.ts';
import { HOUSE } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';

/** The timer of a mentee (kind `plan`) at which the flow goes back to its open question. */
export const RESUME_TIMER = 'resume';

/** The timer of a mentee (kind `plan`) at which staff are told of a pause without an end. */
export const PAUSE_TIMER = 'paused';
/** So long a pause may wait for a person's word before staff are told of it. */
const PAUSE_TOLD_MS = 14 * 24 * 3_600_000;

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
