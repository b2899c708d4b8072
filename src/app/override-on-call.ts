// Being built.

import type { Doing } from './doing.ts';
import type { ActResult, Modal, ModalAnswer, ModalAsk, ModalSubmission, StaffAct } from './ports/staff-room.ts';

export async function showOverride(_doing: Doing<Extract<ModalAsk, { kind: 'on_call_override' }>>): Promise<Modal> {
  throw new Error('not built');
}

export async function saveOverride(
  _doing: Doing<Extract<ModalSubmission, { kind: 'on_call_override' }>>,
): Promise<ModalAnswer> {
  throw new Error('not built');
}

export async function clearOverride(_doing: Doing<Extract<StaffAct, { kind: 'clear_override' }>>): Promise<ActResult> {
  throw new Error('not built');
}
