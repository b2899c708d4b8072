// The prepared queries that end an attempt: by its own answer, by a receipt that was quicker, by a lease that ran out, or
// by what was found out later.

import { sql } from 'kysely';
import { prepare } from './statement.ts';

const PENDING = sql.lit('pending');
const CLAIMED = sql.lit('claimed');
const SENT = sql.lit('sent');
const UNKNOWN = sql.lit('unknown');

/** Ends the attempt that this token holds. */
export const finish = prepare<{
  id: string;
  token: string;
  status: string;
  providerId: string | null;
  dueAt: number | null;
  checkAt: number | null;
  reason: string | null;
}>()((db, p) =>
  db
    .updateTable('outbox')
    .set((row) => ({
      status: p.status,
      lease_token: null,
      lease_until_at: null,
      provider_id: row.fn.coalesce(sql<string | null>`cast(${p.providerId} as text)`, 'provider_id'),
      due_at: sql<number>`coalesce(cast(${p.dueAt} as bigint), ${row.ref('due_at')})`,
      check_at: p.checkAt,
      reason: p.reason,
    }))
    .where('id', '=', p.id)
    .where('status', '=', CLAIMED)
    .where('lease_token', '=', p.token),
);

/** What was found out about an unknown row. */
export const settle = prepare<{
  id: string;
  status: string;
  providerId: string | null;
  dueAt: number | null;
  checkAt: number | null;
}>()((db, p) =>
  db
    .updateTable('outbox')
    .set((row) => ({
      status: p.status,
      provider_id: row.fn.coalesce(sql<string | null>`cast(${p.providerId} as text)`, 'provider_id'),
      due_at: sql<number>`coalesce(cast(${p.dueAt} as bigint), ${row.ref('due_at')})`,
      check_at: p.checkAt,
    }))
    .where('id', '=', p.id)
    .where('status', '=', UNKNOWN),
);

/** An attempt without a clear answer, of which a receipt was quicker to say that the vendor has it. */
export const adoptFinished = prepare<{ id: string }>()((db, p) =>
  db
    .updateTable('outbox')
    .set({ status: SENT, check_at: null, reason: null })
    .where('id', '=', p.id)
    .where('status', 'in', [UNKNOWN, PENDING])
    .where('provider_id', 'is not', null),
);

/** A dead relay's row that a receipt has answered already was sent. */
export const adoptExpired = prepare<{ realNow: number; tooFar: number }>()((db, p) =>
  db
    .updateTable('outbox')
    .set({ status: SENT, lease_token: null, lease_until_at: null })
    .where('status', '=', CLAIMED)
    .where((row) => row.or([row('lease_until_at', '<=', p.realNow), row('lease_until_at', '>', p.tooFar)]))
    .where('provider_id', 'is not', null),
);

export const expireLeases = prepare<{ realNow: number; tooFar: number; checkAt: number }>()((db, p) =>
  db
    .updateTable('outbox')
    .set({ status: UNKNOWN, lease_token: null, lease_until_at: null, check_at: p.checkAt })
    .where('status', '=', CLAIMED)
    .where((row) => row.or([row('lease_until_at', '<=', p.realNow), row('lease_until_at', '>', p.tooFar)]))
    .returningAll(),
);

/** Urgent rows of a time that is still to come: the clock was set back since, and they are due now. */
export const bringBackPending = prepare<{ now: number; ahead: number }>()((db, p) =>
  db
    .updateTable('outbox')
    .set({ due_at: p.now })
    .where('status', '=', PENDING)
    .where('lane', '=', 0)
    .where('due_at', '>', p.ahead)
    .where((row) => row(row.fn.coalesce('attempted_at', 'created_at'), '>', p.ahead)),
);

/** What stands in a case's thread or changes a post of it, and waited for that post. */
export const bringForward = prepare<{ escalationId: string; reason: string; now: number }>()((db, p) =>
  db
    .updateTable('outbox')
    .set({ due_at: p.now })
    .where('escalation_id', '=', p.escalationId)
    .where('status', '=', PENDING)
    .where('reason', '=', p.reason)
    .where('due_at', '>', p.now),
);

export const bringBackUnknown = prepare<{ now: number; ahead: number }>()((db, p) =>
  db
    .updateTable('outbox')
    .set({ check_at: p.now })
    .where('status', '=', UNKNOWN)
    .where('check_at', '>', p.ahead)
    .where('attempted_at', '>', p.ahead),
);

export const unknownDue = prepare<{ now: number; limit: number }>()((db, p) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('status', '=', UNKNOWN)
    .where('check_at', '<=', p.now)
    .orderBy('lane')
    .orderBy('check_at')
    .orderBy('seq')
    .limit(p.limit),
);
