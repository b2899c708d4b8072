// What a person does to a case: acknowledge it, resolve it. First wins; every card shows how the case stands.

import { asCounselorId, type CounselorId, type EscalationId } from '../core/model/ids.ts';
import { type EscalationEvent, escalate } from '../core/safety/escalation.ts';
import { slackActor } from './alert-card.ts';
import { applyEscalationEffects } from './apply-escalation.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Database, Escalation, Stores } from './ports/database.ts';

export interface CaseDeps extends HouseDeps {
  readonly database: Database;
  readonly wake: () => void;
}

/** Another writer moved the case in the same moment. */
export class CaseMovedError extends Error {
  override readonly name = 'CaseMovedError';
}

/** A signed press of a button in Slack; `pressKey` is what makes it one press. */
export interface Press {
  readonly escalationId: EscalationId;
  readonly slackUserId: string;
  readonly pressKey: string;
}

/** Stops the paging (CR-06: a signed action of a person; the first one counts). */
export function createAcknowledgeEscalation(deps: CaseDeps): (press: Press) => Promise<void> {
  return (press) => onPress(deps, press, (at, by) => ({ kind: 'acknowledged', at, by }));
}

/** Ends the case: the bot may speak again, and the next nudge is planned. */
export function createResolveEscalation(deps: CaseDeps): (press: Press) => Promise<void> {
  return (press) => onPress(deps, press, (at, by) => ({ kind: 'resolved', at, by }));
}

async function onPress(
  deps: CaseDeps,
  press: Press,
  eventOf: (at: number, by: CounselorId) => EscalationEvent,
): Promise<void> {
  await deps.database.transact(async (stores) => {
    const now = deps.clock.now();
    if (!(await stores.house.takeSlot('slack-press', press.pressKey, now))) return;
    const escalation = await stores.escalations.byId(press.escalationId);
    if (escalation === null) return;
    const counselor = await stores.people.counselorBySlackUser(press.slackUserId);
    const by = counselor?.id ?? asCounselorId(slackActor(press.slackUserId));
    await changeCase(deps, stores, escalation, eventOf(now, by), now);
  });
  deps.wake();
}

/**
 * Moves a case on inside a running transaction. True when the event changed it.
 * @throws when another writer moved it in between, so that whatever asked for it is asked again.
 */
export async function changeCase(
  deps: HouseDeps,
  stores: Stores,
  escalation: Escalation,
  event: EscalationEvent,
  now: number,
): Promise<boolean> {
  await stores.lockPerson(escalation.phoneHash);
  // What was read before the lock may be old.
  const current = await stores.escalations.byId(escalation.id);
  if (current === null) return false;
  const step = escalate(current.state, event);
  if (step.escalation === current.state && step.effects.length === 0) return false;
  const next: Escalation = { ...current, version: current.version + 1, state: step.escalation };
  if (!(await stores.escalations.advance(next, event, now))) throw new CaseMovedError();
  deps.log.info('escalation_changed', { escalationId: escalation.id, status: next.state.status, reason: event.kind });
  await applyEscalationEffects(deps, stores, next, step.effects, now);
  if (next.state.status === 'resolved' && next.menteeId !== null) {
    await stores.timers.set({ kind: 'plan', subject: next.menteeId, name: 'next', dueAt: now });
  }
  return true;
}
