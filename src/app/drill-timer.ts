// When the times of a drill are told: within the minute in which somebody takes or ends it, and after half an hour at the
// latest. It sets the timer; what is told is report-drill's.

import type { EscalationEvent } from '../core/safety/escalation.ts';
import { isDrill } from './drill-mark.ts';
import { HOUSE } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';

/** The timer (kind `program`, subject the case) at which the times of a drill are told. */
export const DRILL_TIMER = 'drill_report';
/** So long somebody may take to acknowledge a drill. */
export const DRILL_MS = 30 * 60_000;

const TOLD_AT: ReadonlySet<EscalationEvent['kind']> = new Set(['acknowledged', 'handed_off', 'resolved']);

/** Somebody has done what a drill waits for. What the house ended by itself was told when it did. */
export async function noteDrillStep(stores: Stores, escalation: Escalation, event: EscalationEvent): Promise<void> {
  if (!isDrill(escalation) || !TOLD_AT.has(event.kind) || ('by' in event && String(event.by) === HOUSE)) return;
  await stores.timers.set({ kind: 'program', subject: escalation.id, name: DRILL_TIMER, dueAt: event.at });
}
