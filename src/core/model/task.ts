// A task: one thing a mentee has to finish before enrolment.

/** Where a task stands. `stuck` is on the mentor's list; `not_applicable` is the mentee's "not for me". */
export type TaskStatus = 'not_started' | 'in_progress' | 'done' | 'stuck' | 'not_applicable' | 'unknown';

export const TASK_STATUSES: readonly TaskStatus[] = [
  'not_started',
  'in_progress',
  'done',
  'stuck',
  'not_applicable',
  'unknown',
];

/** Who said that a task stands where it stands. */
export type TaskSource = 'mentee' | 'mentor' | 'staff' | 'import' | 'system';

/** Nothing is asked about a task in one of these. */
export function isClosed(status: TaskStatus): boolean {
  return status === 'done' || status === 'not_applicable';
}
