// What a person does to a case: acknowledge it, resolve it. First wins; every card shows how the case stands.

import type { EscalationId } from '../core/model/ids.ts';
import { type EscalationEvent, escalate } from '../core/safety/escalation.ts';
import { applyEscalationEffects } from './apply-escalation.ts';
import type { Doing } from './doing.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Escalation, Stores } from './ports/database.ts';
import type { ActResult, ModalAnswer, ModalSubmission, StaffAct } from './ports/staff-room.ts';

/** Another writer moved the case in the same moment. */
export class CaseMovedError extends Error {
  override readonly name = 'CaseMovedError';
}

export type CasePress = Extract<StaffAct, { escalationId: EscalationId }>;

export async function acknowledgeCase(_doing: Doing<CasePress>): Promise<ActResult> {
  throw new Error('not built');
}

export async function takeOverCase(_doing: Doing<CasePress>): Promise<ActResult> {
  throw new Error('not built');
}

export async function releaseCase(_doing: Doing<CasePress>): Promise<ActResult> {
  throw new Error('not built');
}

export async function keepCase(_doing: Doing<CasePress>): Promise<ActResult> {
  throw new Error('not built');
}

export async function reopenCase(_doing: Doing<CasePress>): Promise<ActResult> {
  throw new Error('not built');
}

export async function logCall(_doing: Doing<Extract<StaffAct, { kind: 'log_call' }>>): Promise<ActResult> {
  throw new Error('not built');
}

export async function resolveCase(
  _doing: Doing<Extract<ModalSubmission, { kind: 'resolve_case' }>>,
): Promise<ModalAnswer> {
  throw new Error('not built');
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
