// Being built.

import type { Doing } from './doing.ts';
import type { ActResult, Modal, ModalAnswer, ModalAsk, ModalSubmission, StaffAct } from './ports/staff-room.ts';

export async function showAway(_doing: Doing<Extract<ModalAsk, { kind: 'away' }>>): Promise<Modal> {
  throw new Error('not built');
}

export async function saveAway(_doing: Doing<Extract<ModalSubmission, { kind: 'away' }>>): Promise<ModalAnswer> {
  throw new Error('not built');
}

export async function comeBack(_doing: Doing<Extract<StaffAct, { kind: 'back' }>>): Promise<ActResult> {
  throw new Error('not built');
}
