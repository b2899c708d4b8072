// What the minute brings: every timer whose time has come, taken once and done in a commit of its own batch. A tick may
// come late, twice or not at all: what is due is a row, so nothing is lost and nothing done twice.

import type { Conversation } from '../core/model/conversation.ts';
import { asConversationId, asEscalationId, asMenteeId, type PhoneHash } from '../core/model/ids.ts';
import { unreachable } from '../core/model/invariant.ts';
import { isOutOfReach } from '../core/safety/escalation.ts';
import { staffNightEndsAt } from '../core/schedule/quiet-hours.ts';
import { advanceUnasked, FlowFailure } from './advance-conversation.ts';
import { ALERT_TIMER } from './apply-escalation.ts';
import { callOff, hasLostItsTask } from './call-off.ts';
import { changeCase } from './case-actions.ts';
import { nameOf } from './error-name.ts';
import { isDeadlinePassed } from './gate-request.ts';
import type { HouseDeps } from './house-deps.ts';
import { planMentee } from './plan-mentee.ts';
import type { Database, Stores, Timer } from './ports/database.ts';
import type { OutboundStatus } from './ports/messages.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { tellStaff } from './tell-staff.ts';

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
      return alertAgain(deps, stores, timer);
    case 'plan':
      return planMentee(deps, stores, asMenteeId(timer.subject));
    default:
      return unreachable(timer.kind);
  }
}

async function personOf(stores: Stores, { kind, subject }: Timer): Promise<PhoneHash | null> {
  if (kind === 'escalation') return (await stores.escalations.byId(asEscalationId(subject)))?.phoneHash ?? null;
  if (kind === 'plan') return (await stores.people.mentee(asMenteeId(subject)))?.phoneHash ?? null;
  const conversation = await stores.conversations.byId(asConversationId(subject));
  return conversation === null ? null : ((await stores.people.mentee(conversation.menteeId))?.phoneHash ?? null);
}

/** A wait is over, or nobody answered. While a case is open the bot is silent, so the timer waits with it. */
async function wakeConversation(deps: RunDueDeps, stores: Stores, timer: Timer): Promise<void> {
  const now = deps.clock.now();
  const conversation = await stores.conversations.byId(asConversationId(timer.subject));
  if (conversation === null || conversation.status === 'ended') return;
  const mentee = await stores.people.mentee(conversation.menteeId);
  if (mentee === null) return;
  await stores.lockPerson(mentee.phoneHash);
  if ((await stores.consents.state(mentee.phoneHash)) !== 'active') return;
  if ((await stores.escalations.openOf(mentee.phoneHash)) !== null) {
    await stores.timers.set({ ...timer, dueAt: now + CASE_RECHECK_MS });
    return;
  }
  const content = deps.content.current();
  if (hasLostItsTask(content, conversation)) {
    return callOff(stores, content, { conversation, mentee, why: 'task_removed', now });
  }
  if (isDeadlinePassed(content, conversation.task, mentee, now)) {
    return callOff(stores, content, { conversation, mentee, why: 'deadline_passed', now });
  }
  const asked = await asTexted(stores, conversation);
  if (asked === null) return stores.timers.set({ ...timer, dueAt: now + UNSENT_RECHECK_MS });
  const event = { kind: 'timer_due', timer: timer.name === 'wait' ? 'wait' : 'no_reply' } as const;
  try {
    const happening = { conversation: asked, mentee, event, now };
    const changed = await stores.savepoint(() => advanceUnasked(deps, stores, happening));
    if (!changed) await rest(stores, asked, now);
  } catch (error) {
    if (!(error instanceof FlowFailure)) throw error;
    deps.log.error('flow_failed', {
      conversationId: conversation.id,
      flowId: error.flowId,
      step: error.step,
      reason: error.message,
    });
    await tellStaff(stores, {
      key: `flow-failed:${conversation.id}:${conversation.version}`,
      title: 'A flow failed: this mentee gets no further text from it until it is mended',
      lines: [
        { label: 'Mentee', text: mentee.firstName },
        { label: 'Flow and step', text: `${error.flowId}, ${error.step}` },
        { label: 'Why', text: error.message },
      ],
      now,
    });
    await stores.timers.set({ ...timer, dueAt: now + FLOW_RETRY_MS });
  }
}

const NOT_SENT_YET: ReadonlySet<OutboundStatus> = new Set(['pending', 'claimed', 'unknown']);

/**
 * The conversation with its question as old as the text itself: what the gates held for days was not met with silence
 * for days. Null while the text has not left yet.
 */
async function asTexted(stores: Stores, conversation: Conversation): Promise<Conversation | null> {
  const { waiting, id, version } = conversation;
  if (waiting?.kind !== 'reply') return conversation;
  const said = await stores.outbox.ofConversation(id, version);
  if (said.some((row) => NOT_SENT_YET.has(row.status))) return null;
  const askedAt = Math.max(waiting.askedAt, ...said.map((row) => row.attemptedAt ?? 0));
  return { ...conversation, waiting: { ...waiting, askedAt } };
}

/** It was too early, and the timer is taken: without another one the conversation would wait for ever. */
async function rest(stores: Stores, { id, waiting }: Conversation, now: number): Promise<void> {
  if (waiting === null) return;
  const set = (name: 'wait' | 'no_reply', dueAt: number) =>
    stores.timers.set({ kind: 'conversation', subject: id, name, dueAt });
  if (waiting.kind === 'time') await set('wait', Math.max(waiting.dueAt, now + SHORTEST_REST_MS));
  else await set('no_reply', now + UNSENT_RECHECK_MS);
}

const SHORTEST_REST_MS = 60_000;
/** A question that has not left, or left late, is looked at again after this. */
const UNSENT_RECHECK_MS = 6 * 3_600_000;
const CASE_RECHECK_MS = 3_600_000;
const FLOW_RETRY_MS = 6 * 3_600_000;

async function alertAgain(deps: RunDueDeps, stores: Stores, timer: Timer): Promise<void> {
  const now = deps.clock.now();
  const escalation = await stores.escalations.byId(asEscalationId(timer.subject));
  if (escalation === null) return;
  const onCall = (await stores.people.onCall()).map((counselor) => counselor.id);
  const nightEndsAt = staffNightEndsAt(now, deps.content.current().program.time_zone);
  await changeCase(deps, stores, escalation, { kind: 'due', at: now, onCall, nightEndsAt }, now);
}
