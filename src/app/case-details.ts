// Being built.

import type { EscalationId } from '../core/model/ids.ts';
import type { Doing } from './doing.ts';
import type { Modal } from './ports/staff-room.ts';

export async function showCaseDetails(
  _doing: Doing<{ readonly kind: 'case_details' | 'case_call' | 'resolve_case'; readonly escalationId: EscalationId }>,
): Promise<Modal> {
  throw new Error('not built');
}

export async function showCaseCall(
  _doing: Doing<{ readonly kind: 'case_details' | 'case_call' | 'resolve_case'; readonly escalationId: EscalationId }>,
): Promise<Modal> {
  throw new Error('not built');
}

export async function showResolveCase(
  _doing: Doing<{ readonly kind: 'case_details' | 'case_call' | 'resolve_case'; readonly escalationId: EscalationId }>,
): Promise<Modal> {
  throw new Error('not built');
}
