// Being built.

import type { Doing } from './doing.ts';
import type { Modal, ModalAsk } from './ports/staff-room.ts';

export async function showWeeklyUpdate(_doing: Doing<Extract<ModalAsk, { kind: 'weekly_update' }>>): Promise<Modal> {
  throw new Error('not built');
}

export async function showMenteeUpdate(_doing: Doing<Extract<ModalAsk, { kind: 'mentee_update' }>>): Promise<Modal> {
  throw new Error('not built');
}
