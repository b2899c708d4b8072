// Every case that is not resolved has a next step, near and in time, whatever its state: it alerts while nobody has it or
// a text waits for too long, and asks whoever has it, until a person ends it.

import type { Escalation } from '../../../src/core/safety/escalation.ts';
import { type CaseRow, stateOf, tellCase } from './case-story.ts';
import { accuse, type Witness } from './witness.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** By so much a clock may be mended. */
const MEND_MS = MINUTE_MS;
/** A step may come with the minute after it, and its alert needs a moment on the wire. */
const LATE_MS = 6 * MINUTE_MS;
/** The page of the very last moment is still under way: a request takes up to six seconds, and the guard asks before it. */
const ON_THE_WIRE_MS = 30_000;
/** The longest night of staff, with the hour that comes twice. */
const NIGHT_MS = 11 * 60 * MINUTE_MS;

interface Step {
  readonly longestMs: number;
  /** Since when nobody has done what was asked for, and for how long that may be; null when nothing presses. */
  readonly pressing: { readonly since: number; readonly forMs: number } | null;
  readonly isPaging: boolean;
}

/** What each state owes, by the words of docs/safety.md and not by the house's own table. */
function owed(state: Escalation): Step {
  const { status, released, unansweredSince, lastActivityAt, heldAt, acknowledgedAt, step } = state;
  if (status === 'open') return { longestMs: pagedEvery(state), pressing: null, isPaging: true };
  if (released) return { longestMs: DAY_MS, pressing: null, isPaging: false };
  if (status === 'acknowledged') {
    const since = Math.max(lastActivityAt ?? 0, acknowledgedAt ?? 0);
    return { longestMs: 30 * MINUTE_MS, pressing: { since, forMs: 35 * MINUTE_MS }, isPaging: false };
  }
  if (unansweredSince !== null) {
    const isPaging = step > 0;
    // Whoever takes such a conversation over has ten minutes of their own.
    const since = Math.max(unansweredSince, heldAt ?? 0);
    const pressing = isPaging ? null : { since, forMs: 10 * MINUTE_MS };
    return { longestMs: Math.max(10 * MINUTE_MS, pagedEvery(state)), pressing, isPaging };
  }
  if (lastActivityAt !== null) return { longestMs: DAY_MS, pressing: null, isPaging: false };
  return { longestMs: 30 * MINUTE_MS, pressing: { since: heldAt ?? 0, forMs: 35 * MINUTE_MS }, isPaging: false };
}

/** Everybody was paged twice in vain: every 15 minutes. Four times: every 30, for ever. */
function pagedEvery({ round, step, chain }: Escalation): number {
  const rounds = chain.length > 0 && step >= chain.length ? round + 1 : round;
  if (rounds < 2) return 5 * MINUTE_MS;
  return (rounds < 4 ? 15 : 30) * MINUTE_MS;
}

export function checkCases(witness: Witness): void {
  const { observer } = witness.scene;
  const rows = observer.all<CaseRow>('select * from escalations where is_resolved = 0');
  for (const row of rows) checkCase(witness, row, stateOf(observer, row));
  for (const id of witness.pagingSince.keys()) {
    if (!rows.some((row) => row.id === id)) witness.pagingSince.delete(id);
  }
}

function checkCase(witness: Witness, { id }: CaseRow, state: Escalation): void {
  const { observer, now } = witness.scene;
  const timer = observer.first<{ dueAt: number }>(
    "select due_at as dueAt from timers where kind = 'escalation' and subject = ?",
    id,
  );
  if (timer === null) accuse(witness, 'case-timer', `case ${id} is ${state.status} and has no timer`);
  // A high case waits for the morning, unless somebody is expected to answer its texts.
  const isAtAnyHour = state.tier === 'crisis' || (state.status === 'handed_off' && state.unansweredSince !== null);
  const { longestMs, pressing, isPaging } = owed(state);
  if (timer !== null) {
    const most = isAtAnyHour ? longestMs : Math.max(longestMs, NIGHT_MS);
    checkTimer(witness, { id, dueAt: timer.dueAt, longestMs: most });
  }
  if (!isAtAnyHour) return;
  if (pressing !== null) checkPressing(witness, id, pressing);
  // Slow paging that is quick again owes its next page from that moment on.
  const pace = pagedEvery(state);
  const isQuicker = pace < (witness.paces.get(id) ?? pace);
  witness.paces.set(id, pace);
  if (isPaging && (isQuicker || !witness.pagingSince.has(id))) witness.pagingSince.set(id, now());
  if (!isPaging) witness.pagingSince.delete(id);
  // Somebody who looks at a text that waits gives it ten minutes more.
  const slowMs = pace - 5 * MINUTE_MS;
  if (isPaging) checkAlerts(witness, id, state.status === 'open' ? slowMs : slowMs + 10 * MINUTE_MS);
}

function checkTimer(
  witness: Witness,
  { id, dueAt, longestMs }: { readonly id: string; readonly dueAt: number; readonly longestMs: number },
): void {
  const now = witness.scene.now();
  const hasTickedSince = witness.tickedAt > witness.disturbedAt;
  if (hasTickedSince && dueAt > now + longestMs + MEND_MS)
    accuse(witness, 'case-timer', `case ${id} goes on in ${Math.round((dueAt - now) / MINUTE_MS)} min`);
  const lateFrom = Math.max(dueAt, witness.disturbedAt);
  if (now - lateFrom > LATE_MS)
    accuse(witness, 'case-timer', `case ${id} is ${Math.round((now - lateFrom) / MINUTE_MS)} min late`);
}

/** Whoever has it did nothing, and still nobody else is paged. */
function checkPressing(witness: Witness, id: string, { since, forMs }: NonNullable<Step['pressing']>): void {
  const forgotten = witness.scene.now() - Math.max(since + forMs, witness.disturbedAt + forMs);
  if (forgotten > LATE_MS)
    accuse(witness, 'case-forgotten', `whoever has case ${id} did nothing, and nobody was paged for it`);
}

function checkAlerts(witness: Witness, id: string, restMs: number): void {
  const heard = witness.alertedAt.get(id) ?? 0;
  const since = Math.max(heard, witness.pagingSince.get(id) ?? 0, witness.disturbedAt) + restMs;
  const silentMs = witness.scene.now() - since;
  if (silentMs > LATE_MS + ON_THE_WIRE_MS) {
    accuse(witness, 'case-silent', `nobody was alerted about case ${id} for ${Math.round(silentMs / MINUTE_MS)} min`);
  }
}

/** The events of each case, told again, give its stored state. `seen` remembers versions already told. */
export function replayCases(witness: Witness, seen: Map<string, number>): void {
  const { observer } = witness.scene;
  for (const row of observer.all<CaseRow>('select * from escalations')) {
    if (seen.get(row.id) === row.version) continue;
    seen.set(row.id, row.version);
    const told = tellCase(observer, row.id).at(-1)?.state ?? null;
    if (JSON.stringify(told) !== JSON.stringify(stateOf(observer, row)))
      accuse(witness, 'replay', `case ${row.id} is not what its events make it`);
  }
}
