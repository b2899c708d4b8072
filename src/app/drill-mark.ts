// What stands before everything that a drill makes anybody read or hear, so that nobody takes it for a student.

import type { Escalation } from './ports/database.ts';

const DRILL = 'DRILL, no student is in danger. ';
/** In place of a first name on cards and in threads. */
export const DRILL_NAME = 'Nobody: this is a drill';

/** Empty for a student's case. */
export function drillMark(escalation: Pick<Escalation, 'raisedBy'>): string {
  return isDrill(escalation) ? DRILL : '';
}

export function isDrill({ raisedBy }: Pick<Escalation, 'raisedBy'>): boolean {
  return raisedBy === 'drill';
}
