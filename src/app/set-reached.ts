// Being built.

import type { Doing } from './doing.ts';
import type { ActResult, StaffAct } from './ports/staff-room.ts';

export async function setReached(_doing: Doing<Extract<StaffAct, { kind: 'set_reached' }>>): Promise<ActResult> {
  throw new Error('not built');
}

export async function sameForAll(_doing: Doing<Extract<StaffAct, { kind: 'same_for_all' }>>): Promise<ActResult> {
  throw new Error('not built');
}
