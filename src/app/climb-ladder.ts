// A rung of the ladder refused: the next person is alerted at once, while the one that refused is kept trying.

import { staffNightEndsAt } from '../core/schedule/quiet-hours.ts';
import { ALERT_KEY } from './alert-row.ts';
import { changeCase } from './case-actions.ts';
import type { HouseDeps } from './house-deps.ts';
import { unreachableOf } from './on-call.ts';
import type { Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';

/** Once for a row: its later failures are repeats of the same rung, and the case's own timer goes on. */
export async function climb(deps: HouseDeps, stores: Stores, row: Outbound): Promise<void> {
  // A question to whoever has the case, or an answer to their text, is no rung.
  if (row.escalationId === null || !row.key.startsWith(ALERT_KEY)) return;
  const now = deps.clock.now();
  if (!(await stores.house.takeSlot('rung-failed', row.id, now))) return;
  const escalation = await stores.escalations.byId(row.escalationId);
  if (escalation === null) return;
  const nightEndsAt = staffNightEndsAt(now, deps.content.current().program.time_zone, escalation.state.policy.high);
  const unreachable = await unreachableOf(stores, escalation.state.chain);
  await changeCase(deps, stores, escalation, { kind: 'step_failed', at: now, nightEndsAt, unreachable }, now);
}
