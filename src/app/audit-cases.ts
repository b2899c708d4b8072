// The auditor (CR-07): looks each minute whether every unresolved case goes on and every alert leaves. It re-arms what has
// stalled and says so; it moves no case itself.

import { ALERT_TIMER } from './apply-escalation.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Database, Escalation, Stores } from './ports/database.ts';
import { raiseAlarm } from './raise-alarm.ts';

export type AuditDeps = Pick<HouseDeps, 'clock' | 'log'> & { readonly database: Database };

/** A step or an alert that is later than this has stalled. */
const LATE_MS = 5 * 60_000;
const STALLED = 'case_stalled';

/** True when every case has its next step and no alert is overdue. Cases without one get it now, with an alarm. */
export async function auditCases(deps: AuditDeps): Promise<boolean> {
  const now = deps.clock.now();
  const found = await deps.database.read(async (stores) => ({
    stalled: await stalledCases(stores, now),
    isAlertLate: await isAlertLate(stores, now),
    isAlarmed: (await stores.house.alarms()).some(({ kind }) => kind === STALLED),
  }));
  if (found.isAlertLate) deps.log.warn('alert_overdue');
  if (found.stalled.length > 0 || found.isAlarmed) await deps.database.transact((stores) => rearm(deps, stores, now));
  return found.stalled.length === 0 && !found.isAlertLate;
}

/** Looked at anew: the case may have gone on since. */
async function rearm(deps: AuditDeps, stores: Stores, now: number): Promise<void> {
  const stalled = await stalledCases(stores, now);
  for (const { id, caseCode } of stalled) {
    await stores.timers.set({ kind: 'escalation', subject: id, name: ALERT_TIMER, dueAt: now });
    const detail = `The next step of case ${caseCode} did not come, and was set again. Look into the counselors' channel now; the log says why.`;
    await raiseAlarm(deps.log, stores, { kind: STALLED, subject: id, detail, now });
  }
  for (const { kind, subject } of await stores.house.alarms()) {
    const isOver = kind === STALLED && stalled.every(({ id }) => id !== subject);
    if (isOver) await stores.house.clearAlarm(kind, subject, now);
  }
}

async function stalledCases(stores: Stores, now: number): Promise<Escalation[]> {
  const stalled: Escalation[] = [];
  for (const escalation of await stores.escalations.unresolved()) {
    const timer = await stores.timers.get('escalation', escalation.id, ALERT_TIMER);
    const { nextAlertAt } = escalation.state;
    const isLate = (at: number | null | undefined) => at == null || at < now - LATE_MS;
    if (isLate(timer?.dueAt) || isLate(nextAlertAt)) stalled.push(escalation);
  }
  return stalled;
}

/** Something urgent that may leave and was not taken, so the relay is stuck; or an alert that is refused for too long. */
async function isAlertLate(stores: Stores, now: number): Promise<boolean> {
  if ((await stores.outbox.claimable(now - LATE_MS, 1, 'urgent')).length > 0) return true;
  for (const { id } of await stores.escalations.unresolved()) {
    const pending = await stores.outbox.pendingAlerts(id);
    if (pending.some(({ createdAt }) => createdAt < now - LATE_MS)) return true;
  }
  return false;
}
