// Being built.

import type { Doing } from './doing.ts';
import type { Modal, ModalAnswer, ModalAsk, ModalSubmission } from './ports/staff-room.ts';

export async function showWorried(_doing: Doing<Extract<ModalAsk, { kind: 'worried' }>>): Promise<Modal> {
  throw new Error('not built');
}

export async function saveWorry(_doing: Doing<Extract<ModalSubmission, { kind: 'worried' }>>): Promise<ModalAnswer> {
  throw new Error('not built');
}
