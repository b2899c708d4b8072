// A case alerts until somebody has it, and asks whoever has it until a person ends it: its timer is armed, near, and rings.

import { caseColumn, caseEventColumn } from '../../../src/adapters/db/escalation-columns.ts';
import { escalate, openEscalation } from '../../../src/core/safety/escalate.ts';
import { accuse, type Witness } from './witness.ts';

const MINUTE_MS = 60_000;
/** By so much a clock may be mended. */
const MEND_MS = MINUTE_MS;
/** An open crisis alerts every five minutes; whoever has one is asked after thirty; a quiet one asks once a day. */
const LONGEST_MS = { open: 5 * MINUTE_MS, acknowledged: 30 * MINUTE_MS, quiet: 24 * 60 * MINUTE_MS };
const LATE_MS = 6 * 60_000;

interface CaseRow {
  readonly id: string;
  readonly version: number;
  readonly is_resolved: number;
  readonly sealed_state: string;
  readonly created_at: number;
}

export function checkCases(witness: Witness): void {
  const { observer, now } = witness.scene;
  for (const row of observer.all<CaseRow>('select * from escalations where is_resolved = 0')) {
    const { state } = caseColumn.open(observer.codec, row.id, row.sealed_state);
    const timer = observer.first<{ dueAt: number }>(
      "select due_at as dueAt from timers where kind = 'escalation' and subject = ?",
      row.id,
    );
    if (timer === null) {
      accuse(witness, 'case-timer', `case ${row.id} is ${state.status} and has no timer`);
    } else if (state.tier === 'crisis') {
      const isQuiet = state.status === 'handed_off' || state.released;
      const longestMs = isQuiet ? LONGEST_MS.quiet : LONGEST_MS[state.status === 'open' ? 'open' : 'acknowledged'];
      checkTimer(witness, { id: row.id, dueAt: timer.dueAt, longestMs }, now());
    }
    if (state.tier === 'crisis' && state.status === 'open') checkAlerts(witness, row, now());
  }
}

function checkTimer(
  witness: Witness,
  { id, dueAt, longestMs }: { readonly id: string; readonly dueAt: number; readonly longestMs: number },
  now: number,
): void {
  const hasTickedSince = witness.tickedAt > witness.disturbedAt;
  if (hasTickedSince && dueAt > now + longestMs + MEND_MS)
    accuse(witness, 'case-timer', `case ${id} next alerts in ${Math.round((dueAt - now) / 60_000)} min`);
  const lateFrom = Math.max(dueAt, witness.disturbedAt);
  if (now - lateFrom > LATE_MS)
    accuse(witness, 'case-timer', `case ${id} is ${Math.round((now - lateFrom) / 60_000)} min late`);
}

function checkAlerts(witness: Witness, row: CaseRow, now: number): void {
  const since = Math.max(row.created_at, witness.alertedAt.get(row.id) ?? 0, witness.disturbedAt);
  if (now - since > LATE_MS) {
    accuse(
      witness,
      'case-silent',
      `nobody was alerted about case ${row.id} for ${Math.round((now - since) / 60_000)} min`,
    );
  }
}

/** The events of each case, told again, give its stored state. `seen` remembers versions already told. */
export function replayCases(witness: Witness, seen: Map<string, number>): void {
  const { observer } = witness.scene;
  for (const row of observer.all<CaseRow>('select * from escalations')) {
    if (seen.get(row.id) === row.version) continue;
    seen.set(row.id, row.version);
    const told = tellAgain(witness, row.id);
    const { state } = caseColumn.open(observer.codec, row.id, row.sealed_state);
    if (JSON.stringify(told) !== JSON.stringify(state))
      accuse(witness, 'replay', `case ${row.id} is not what its events make it`);
  }
}

function tellAgain({ scene: { observer } }: Witness, id: string) {
  const rows = observer.all<{ version: number; sealed_event: string }>(
    'select version, sealed_event from escalation_events where escalation_id = ? order by version',
    id,
  );
  const events = rows.map((row) => caseEventColumn.open(observer.codec, `${id}:${row.version}`, row.sealed_event));
  const [first, ...rest] = events;
  if (first?.kind !== 'opened') return null;
  return rest.reduce((state, event) => escalate(state, event).escalation, openEscalation(first).escalation);
}
