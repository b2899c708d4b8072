// When what happened to a case: opened, in Slack, the first text to staff handed over, acknowledged, resolved. Read off
// its events and its rows in the outbox; nothing is measured a second time.

import type { EscalationEvent } from '../core/safety/escalation.ts';
import { ALERT_KEY } from './alert-row.ts';
import { HOUSE } from './person.ts';
import type { Escalation, Stores } from './ports/database.ts';

/** Epoch milliseconds; null: it did not happen, or has not yet. */
export interface CaseTimes {
  readonly openedAt: number;
  readonly postedAt: number | null;
  readonly textedAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly resolvedAt: number | null;
  /** How often it was opened again after its end. */
  readonly reopened: number;
}

/** By these somebody says that they have it; whoever resolves a case at once has it as well. */
const TAKEN: ReadonlySet<EscalationEvent['kind']> = new Set(['acknowledged', 'handed_off', 'resolved']);

export async function timesOfCase(stores: Stores, { id, state }: Escalation): Promise<CaseTimes> {
  const events = await stores.escalations.events(id);
  return {
    openedAt: state.openedAt,
    postedAt: sentAt(await stores.outbox.alertPosts(id)),
    textedAt: await firstTextAt(stores, id),
    acknowledgedAt: events.find(({ event }) => isTaking(event))?.event.at ?? null,
    resolvedAt: state.resolvedAt,
    reopened: events.filter(({ event }) => event.kind === 'reopened').length,
  };
}

/** The house ends a drill that nobody took: that acknowledges nothing. */
function isTaking(event: EscalationEvent): boolean {
  return TAKEN.has(event.kind) && !('by' in event && String(event.by) === HOUSE);
}

async function firstTextAt(stores: Stores, id: Escalation['id']): Promise<number | null> {
  const texts = [];
  for (const head of await stores.outbox.alerts(id)) {
    if (head.bodyKind !== 'sms' || head.isPending || !head.key.startsWith(ALERT_KEY)) continue;
    const row = await stores.outbox.byId(head.id);
    if (row !== null) texts.push(row);
  }
  return sentAt(texts);
}

/** When the first of them that the vendor took was handed over. */
function sentAt(rows: readonly { readonly status: string; readonly attemptedAt: number | null }[]): number | null {
  const times = rows.flatMap(({ status, attemptedAt }) =>
    status === 'sent' && attemptedAt !== null ? [attemptedAt] : [],
  );
  return times.length === 0 ? null : Math.min(...times);
}
