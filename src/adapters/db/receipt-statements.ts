// The prepared queries on delivery receipts. Every receipt is kept; the row's own status is raised by rank (ST-02).

import { sql } from 'kysely';
import { prepare } from './statement.ts';

export const append = prepare<{
  outboundId: string | null;
  providerId: string;
  status: string;
  code: string | null;
  rank: number;
  at: number;
}>()((db, p) =>
  db.insertInto('receipts').values({
    outbound_id: p.outboundId,
    provider_id: p.providerId,
    status: p.status,
    code: p.code,
    rank: p.rank,
    received_at: p.at,
  }),
);

/** Another last word of the same rank: delivered and failed cannot both be true. */
export const contradiction = prepare<{ providerId: string; status: string; rank: number }>()((db, p) =>
  db
    .selectFrom('receipts')
    .select('seq')
    .where('provider_id', '=', p.providerId)
    .where('rank', '=', p.rank)
    .where('status', '!=', p.status)
    .limit(1),
);

/** Receipts of this provider id, the word that counts first: highest rank, and of equals always the same one. */
export const ofProvider = prepare<{ providerId: string }>()((db, p) =>
  db
    .selectFrom('receipts')
    .select(['status', 'rank', 'code'])
    .where('provider_id', '=', p.providerId)
    .orderBy('rank', 'desc')
    .orderBy('status')
    .limit(1),
);

/** Raises the row to this word unless it stands as high already. Of two equals the one first in the alphabet stands. */
export const raise = prepare<{ id: string; status: string; rank: number }>()((db, p) =>
  db
    .updateTable('outbox')
    .set({ receipt_status: p.status, receipt_rank: p.rank })
    .where('id', '=', p.id)
    .where((row) =>
      row.or([
        row('receipt_rank', 'is', null),
        row('receipt_rank', '<', p.rank),
        row.and([row('receipt_rank', '=', p.rank), row('receipt_status', '>', p.status)]),
      ]),
    ),
);

/** A receipt proves that the vendor has the message: a row in doubt, or waiting for another try, was sent. */
export const adopt = prepare<{ id: string; providerId: string }>()((db, p) =>
  db
    .updateTable('outbox')
    .set((row) => ({
      provider_id: row.fn.coalesce('provider_id', sql<string>`cast(${p.providerId} as text)`),
      status: sql<string>`case
        when ${row.ref('status')} in ('unknown', 'lost') then 'sent'
        when ${row.ref('status')} = 'pending' and ${row.ref('attempts')} > 0 then 'sent'
        else ${row.ref('status')} end`,
      check_at: null,
    }))
    .where('id', '=', p.id),
);
