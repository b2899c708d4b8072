// What the minute brings: every timer whose time has come, taken once and done in a commit of its own batch. A tick may
// come late, twice or not at all: what is due is a row, so nothing is lost and nothing done twice.

import { asConversationId, asEscalationId, asMenteeId, type PhoneHash } from '../core/model/ids.ts';
import { unreachable } from '../core/model/invariant.ts';
import { isOutOfReach } from '../core/safety/escalation.ts';
import { staffNightEndsAt } from '../core/schedule/quiet-hours.ts';
import { ALERT_TIMER } from './apply-escalation.ts';
import { changeCase } from './case-actions.ts';
import { nameOf } from './error-name.ts';
import { FORGET_TIMER, forgetWords } from './forget-words.ts';
import { PAUSE_TIMER, RESUME_TIMER } from './give-back.ts';
import type { HouseDeps } from './house-deps.ts';
import { nextTurn } from './next-turn.ts';
import { tellOfReport } from './note-report.ts';
import { onCallNow, unreachableOf } from './on-call.ts';
import { planMentee } from './plan-mentee.ts';
import type { Database, Stores, Timer } from './ports/database.ts';
import { takeProgramTimer } from './program-timers.ts';
import { takeMentorTimer } from './prompt-mentors.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { reportOfTimer } from './report-duty.ts';
import { resumeMentee } from './resume-mentee.ts';
import { tellOfPause } from './resume-nudges.ts';
import { wakeConversation } from './wake-conversation.ts';

export interface RunDueDeps extends HouseDeps {
  readonly database: Database;
  readonly wake: () => void;
}

/** Timers taken in one commit; a run goes on until none is due, at most this many rounds. */
const TIMERS_AT_ONCE = 50;
const ROUND_LIMIT = 2_000;
/** A timer whose work fails is tried again after this; its failure is logged each time. */
const RETRY_MS = 5 * 60_000;

/** Does everything due at `clock.now()`. Resolves with how many timers were taken. */
export function createRunDue(deps: RunDueDeps): () => Promise<number> {
  return async () => {
    await bringBackAlerts(deps);
    let taken = 0;
    for (let round = 0; round < ROUND_LIMIT; round += 1) {
      const due = await deps.database.read((stores) => stores.timers.due(deps.clock.now(), TIMERS_AT_ONCE));
      if (due.length === 0) break;
      const results = await deps.database.batch(due, (stores, timer) => takeTimer(deps, stores, timer));
      const failed = due.filter((_, index) => results[index]?.status === 'rejected');
      for (const [index, result] of results.entries()) {
        if (result.status === 'rejected') noteFailure(deps, due[index], result.reason);
      }
      if (failed.length > 0) await postpone(deps, failed);
      taken += due.length;
      // A thousand nudges that fall due together may hold up no text that comes in meanwhile.
      await nextTurn();
    }
    if (taken > 0) deps.wake();
    return taken;
  };
}

/** After the clock was set back an alert would wait for the time it was set by: one out of reach is due now (CR-07). */
async function bringBackAlerts(deps: RunDueDeps): Promise<void> {
  const now = deps.clock.now();
  const unresolved = await deps.database.read((stores) => stores.escalations.unresolved());
  const lost = unresolved.filter(({ state }) => isOutOfReach(state, now));
  if (lost.length === 0) return;
  await deps.database.transact(async (stores) => {
    for (const { id } of lost)
      await stores.timers.set({ kind: 'escalation', subject: id, name: ALERT_TIMER, dueAt: now });
  });
}

function noteFailure(deps: RunDueDeps, timer: Timer | undefined, reason: unknown): void {
  deps.log.error('timer_failed', { reason: timer?.kind ?? 'unknown', error: nameOf(reason) });
}

/** A failing timer must not be the first in line for ever. Alerts try again in a minute: they may not wait. */
async function postpone(deps: RunDueDeps, timers: readonly Timer[]): Promise<void> {
  await deps.database.transact(async (stores) => {
    for (const timer of timers) {
      const dueAt = deps.clock.now() + (timer.kind === 'escalation' ? 60_000 : RETRY_MS);
      if (await stores.timers.take(timer)) await stores.timers.set({ ...timer, dueAt });
    }
    const kinds = [...new Set(timers.map((timer) => timer.kind))].join(', ');
    const detail = `Work that was due has failed and is tried again (${kinds}): somebody may not get a text or an alert. The log says where.`;
    await raiseAlarm(deps.log, stores, { kind: 'timer_failed', subject: kinds, detail, now: deps.clock.now() });
  });
}

/** The person first, then the rows: whoever takes in a text of theirs takes the same order, so that none waits in a ring. */
async function takeTimer(deps: RunDueDeps, stores: Stores, timer: Timer): Promise<void> {
  const phoneHash = await personOf(stores, timer);
  if (phoneHash !== null) await stores.lockPerson(phoneHash);
  if (!(await stores.timers.take(timer))) return;
  switch (timer.kind) {
    case 'conversation':
      return wakeConversation(deps, stores, timer);
    case 'escalation':
      return takeCaseTimer(deps, stores, timer);
    case 'plan':
      return takePlan(deps, stores, timer);
    case 'mentor':
      return takeMentorTimer(deps, stores, timer);
    case 'program':
      return takeProgramTimer(deps, stores, timer);
    default:
      return unreachable(timer.kind);
  }
}

function takeCaseTimer(deps: RunDueDeps, stores: Stores, timer: Timer): Promise<void> {
  if (timer.name === FORGET_TIMER) return forgetWords(deps, stores, timer);
  const report = reportOfTimer(timer);
  return report === null ? alertAgain(deps, stores, timer) : tellOfReport(deps, stores, timer, report);
}

function takePlan(deps: RunDueDeps, stores: Stores, { name, subject }: Timer): Promise<void> {
  const menteeId = asMenteeId(subject);
  if (name === RESUME_TIMER) return resumeMentee(deps, stores, menteeId);
  return name === PAUSE_TIMER ? tellOfPause(deps, stores, menteeId) : planMentee(deps, stores, menteeId);
}

async function personOf(stores: Stores, { kind, subject }: Timer): Promise<PhoneHash | null> {
  if (kind === 'escalation') return (await stores.escalations.byId(asEscalationId(subject)))?.phoneHash ?? null;
  if (kind === 'plan') return (await stores.people.mentee(asMenteeId(subject)))?.phoneHash ?? null;
  if (kind !== 'conversation') return null;
  const conversation = await stores.conversations.byId(asConversationId(subject));
  return conversation === null ? null : ((await stores.people.mentee(conversation.menteeId))?.phoneHash ?? null);
}

async function alertAgain(deps: RunDueDeps, stores: Stores, timer: Timer): Promise<void> {
  const now = deps.clock.now();
  const escalation = await stores.escalations.byId(asEscalationId(timer.subject));
  if (escalation === null) return;
  const onCall = (await onCallNow(stores, now)).map((counselor) => counselor.id);
  const nightEndsAt = staffNightEndsAt(now, deps.content.current().program.time_zone, escalation.state.policy.high);
  const unreachable = await unreachableOf(stores, [...escalation.state.chain, ...onCall]);
  await changeCase(deps, stores, escalation, { kind: 'due', at: now, onCall, nightEndsAt, unreachable }, now);
}
