// Being built.

import type { Doing } from './doing.ts';
import type { ActResult, StaffAct } from './ports/staff-room.ts';

export async function resendText(_doing: Doing<Extract<StaffAct, { kind: 'resend' }>>): Promise<ActResult> {
  throw new Error('not built');
}
