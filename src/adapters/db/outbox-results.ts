// What the end of an attempt, or a look-up, means for the columns of an outbox row.

import type { OutboxStore } from '../../app/ports/database.ts';
import type { OutboundStatus } from '../../app/ports/messages.ts';

interface ResultColumns {
  readonly status: OutboundStatus;
  readonly providerId: string | null;
  readonly dueAt: number | null;
  readonly checkAt: number | null;
}

const NOTHING = { providerId: null, dueAt: null, checkAt: null } as const;

export function finishColumns(
  result: Parameters<OutboxStore['finish']>[2],
): ResultColumns & { readonly reason: string | null } {
  switch (result.kind) {
    case 'sent':
      return { ...NOTHING, status: 'sent', providerId: result.providerId, reason: null };
    case 'unknown':
      return { ...NOTHING, status: 'unknown', checkAt: result.checkAt, reason: 'unknown' };
    case 'retry':
      return { ...NOTHING, status: 'pending', dueAt: result.dueAt, reason: result.code };
    case 'failed':
      return { ...NOTHING, status: 'failed', reason: result.code };
    case 'parked':
      return { ...NOTHING, status: 'parked', reason: result.code };
  }
}

export function settleColumns(result: Parameters<OutboxStore['settle']>[1]): ResultColumns {
  switch (result.kind) {
    case 'sent':
      return { ...NOTHING, status: 'sent', providerId: result.providerId };
    case 'check_again':
      return { ...NOTHING, status: 'unknown', checkAt: result.at };
    case 'resend':
      return { ...NOTHING, status: 'pending', dueAt: result.dueAt };
    case 'lost':
      return { ...NOTHING, status: 'lost' };
  }
}
