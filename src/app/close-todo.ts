// Being built.

import type { Doing } from './doing.ts';
import type { ActResult, StaffAct } from './ports/staff-room.ts';

export async function closeTodo(_doing: Doing<Extract<StaffAct, { kind: 'close_todo' }>>): Promise<ActResult> {
  throw new Error('not built');
}
