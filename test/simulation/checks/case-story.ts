// The story of a case as its recorded events tell it: how it stood after each of them.

import { caseColumn, caseEventColumn } from '../../../src/adapters/db/escalation-columns.ts';
import { escalate, openEscalation } from '../../../src/core/safety/escalate.ts';
import type { Escalation, EscalationEvent } from '../../../src/core/safety/escalation.ts';
import type { Observer } from '../observer.ts';

/** How a case stood, and the event that made it so. */
export interface Chapter {
  readonly event: EscalationEvent;
  readonly state: Escalation;
}

export interface CaseRow {
  readonly id: string;
  readonly version: number;
  readonly phone_hash: string;
  readonly is_resolved: number;
  readonly sealed_state: string;
  readonly created_at: number;
}

export function stateOf(observer: Observer, row: CaseRow): Escalation {
  return caseColumn.open(observer.codec, row.id, row.sealed_state).state;
}

/** Empty when its first event does not open it. */
export function tellCase(observer: Observer, id: string): readonly Chapter[] {
  const rows = observer.all<{ version: number; sealed_event: string }>(
    'select version, sealed_event from escalation_events where escalation_id = ? order by version',
    id,
  );
  const chapters: Chapter[] = [];
  for (const row of rows) {
    const event = caseEventColumn.open(observer.codec, `${id}:${row.version}`, row.sealed_event);
    const before = chapters.at(-1);
    if (event.kind === 'opened') {
      if (before === undefined) chapters.push({ event, state: openEscalation(event).escalation });
    } else if (before !== undefined) chapters.push({ event, state: escalate(before.state, event).escalation });
  }
  return chapters;
}

/** Whether the case stood so at some time at `at`; the clock may have gone back between two chapters. */
export function stoodSo(chapters: readonly Chapter[], at: number, isSo: (state: Escalation) => boolean): boolean {
  return chapters.some(({ event, state }, index) => {
    if (!isSo(state)) return false;
    const until = chapters[index + 1]?.event.at ?? Number.POSITIVE_INFINITY;
    return until < event.at ? at >= event.at || at <= until : at >= event.at && at <= until;
  });
}
