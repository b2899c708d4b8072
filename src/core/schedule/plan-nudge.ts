// Which task a mentee is nudged about next, and when. It plans one nudge at a time from facts handed in;
// whether the text may really leave is asked again by the gates when the relay takes it.

import { addDays, instantOf, isTimeZone, localDateOf } from '../model/local-time.ts';
import type { ConsentState } from '../model/people.ts';
import { isClosed, type TaskStatus } from '../model/task.ts';
import { nextAllowedAt } from './quiet-hours.ts';

/** One task of the mentee. Dates are local, instants epoch milliseconds. */
export interface PlannedTask {
  readonly key: string;
  readonly status: TaskStatus;
  /** The last local date on which it can be done. */
  readonly deadlineOn: string;
  /** Days before the deadline from which on it is asked about. */
  readonly leadDays: number;
  /** When it was asked about; a task is asked once, then its flow follows up. */
  readonly askedAt: number | null;
  /** The day on which the mentee asked to be asked again. */
  readonly againOn: string | null;
}

/** What the plan depends on. */
export interface NudgeFacts {
  readonly now: number;
  readonly timeZone: string | null;
  readonly consent: ConsentState;
  readonly hasActiveConversation: boolean;
  readonly escalationOpen: boolean;
  readonly tasks: readonly PlannedTask[];
  /** When unasked texts went out in the last seven days. */
  readonly unaskedSentAt: readonly number[];
  readonly weeklyCap: number;
}

export type NoNudge =
  | 'no_consent'
  | 'escalation_open'
  | 'conversation_active'
  | 'no_open_task'
  | 'not_yet'
  | 'weekly_cap';

/** The task and the moment; or why there is none, and when it is worth looking again (null: not before a fact changes). */
export type NudgePlan =
  | { readonly kind: 'nudge'; readonly task: string; readonly sendAt: number }
  | { readonly kind: 'nothing'; readonly reason: NoNudge; readonly lookAgainAt: number | null };

const WEEK = 7 * 24 * 3_600_000;
/** A mentee of unknown zone lives by this one for dates; for hours QH-02 rules. */
const FALLBACK_ZONE = 'America/New_York';

/** Plans the next nudge: the earliest open deadline first, inside its lead window, in allowed hours, under the cap. */
export function planNudge(facts: NudgeFacts): NudgePlan {
  if (facts.consent !== 'active') return nothing('no_consent', null);
  if (facts.escalationOpen) return nothing('escalation_open', null);
  if (facts.hasActiveConversation) return nothing('conversation_active', null);
  const zone = facts.timeZone !== null && isTimeZone(facts.timeZone) ? facts.timeZone : FALLBACK_ZONE;
  const freeAt = capFreeAt(facts);
  if (freeAt === null) return nothing('weekly_cap', null);
  const open = facts.tasks.filter((task) => isAskable(task, localDateOf(facts.now, zone)));
  if (open.length === 0) return nothing('no_open_task', null);
  return planOpen(open, Math.max(freeAt, facts.now), zone, facts);
}

function planOpen(open: readonly PlannedTask[], from: number, zone: string, facts: NudgeFacts): NudgePlan {
  if (from > facts.now) return nothing('weekly_cap', nextAllowedAt(from, facts.timeZone));
  const sendAt = nextAllowedAt(from, facts.timeZone);
  const sendOn = localDateOf(sendAt, zone);
  const due = open.filter((task) => opensOn(task) <= sendOn && task.deadlineOn >= sendOn);
  const first = due.toSorted(byDeadline)[0];
  if (first !== undefined) return { kind: 'nudge', task: first.key, sendAt };
  const later = open.map(opensOn).filter((on) => on > sendOn);
  const next = later.toSorted()[0];
  if (next === undefined) return nothing('no_open_task', null);
  return nothing('not_yet', nextAllowedAt(instantOf(next, 9, zone), facts.timeZone));
}

/** From which local date on a task is asked about: its lead window, or the day the mentee chose. */
function opensOn(task: PlannedTask): string {
  return task.againOn ?? addDays(task.deadlineOn, -task.leadDays);
}

/** Open, not past, and either never asked or to be asked again. A stuck task is with the mentor. */
function isAskable(task: PlannedTask, today: string): boolean {
  if (isClosed(task.status) || task.status === 'stuck' || task.deadlineOn < today) return false;
  return task.askedAt === null || task.againOn !== null;
}

function byDeadline(a: PlannedTask, b: PlannedTask): number {
  if (a.deadlineOn !== b.deadlineOn) return a.deadlineOn < b.deadlineOn ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}

/** When the cap lets the next text out: the moment the oldest of the last `weeklyCap` texts is a week old. */
function capFreeAt(facts: NudgeFacts): number | null {
  if (facts.weeklyCap <= 0) return null;
  const recent = facts.unaskedSentAt.filter((at) => at > facts.now - WEEK).toSorted((a, b) => b - a);
  const oldest = recent[facts.weeklyCap - 1];
  return oldest === undefined ? facts.now : oldest + WEEK;
}

function nothing(reason: NoNudge, lookAgainAt: number | null): NudgePlan {
  return { kind: 'nothing', reason, lookAgainAt };
}
