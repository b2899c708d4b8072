// Being built.

import type { Doing } from './doing.ts';
import type { ModalAnswer, ModalSubmission } from './ports/staff-room.ts';

export async function saveWeeklyUpdate(
  _doing: Doing<Extract<ModalSubmission, { kind: 'weekly_update' }>>,
): Promise<ModalAnswer> {
  throw new Error('not built');
}

export async function saveMenteeUpdate(
  _doing: Doing<Extract<ModalSubmission, { kind: 'mentee_update' }>>,
): Promise<ModalAnswer> {
  throw new Error('not built');
}
