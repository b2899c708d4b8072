// Being built.

import type { Doing } from './doing.ts';
import type { Modal, ModalAnswer, ModalAsk, ModalSubmission } from './ports/staff-room.ts';

export async function showSlot(_doing: Doing<Extract<ModalAsk, { kind: 'slot' }>>): Promise<Modal> {
  throw new Error('not built');
}

export async function saveSlot(_doing: Doing<Extract<ModalSubmission, { kind: 'slot' }>>): Promise<ModalAnswer> {
  throw new Error('not built');
}
