// Being built.

import type { Doing } from './doing.ts';
import type { ActResult, StaffAct } from './ports/staff-room.ts';

export async function markRead(_doing: Doing<Extract<StaffAct, { kind: 'mark_read' }>>): Promise<ActResult> {
  throw new Error('not built');
}

export async function markAllRead(_doing: Doing<Extract<StaffAct, { kind: 'mark_all_read' }>>): Promise<ActResult> {
  throw new Error('not built');
}
