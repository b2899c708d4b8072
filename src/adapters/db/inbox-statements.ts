// The prepared queries on texts that came in. What a partial index rests on is written into the SQL (`sql.lit`).

import { sql } from 'kysely';
import { prepare } from './statement.ts';

export const insert = prepare<{
  id: string;
  source: string;
  externalId: string;
  phoneHash: string;
  content: string;
  receivedAt: number;
}>()((db, p) =>
  db
    .insertInto('inbox')
    .values({
      id: p.id,
      source: p.source,
      external_id: p.externalId,
      phone_hash: p.phoneHash,
      sealed_content: p.content,
      received_at: p.receivedAt,
    })
    .onConflict((conflict) => conflict.columns(['source', 'external_id']).doNothing()),
);

export const screening = prepare<{ id: string; tier: string; signalIds: string }>()((db, p) =>
  db.updateTable('inbox').set({ tier: p.tier, signal_ids: p.signalIds }).where('id', '=', p.id),
);

export const setUnprocessed = prepare<{ id: string; reason: string }>()((db, p) =>
  db.updateTable('inbox').set({ status: 'unprocessed', unprocessed_reason: p.reason }).where('id', '=', p.id),
);

export const setDone = prepare<{ id: string }>()((db, p) =>
  db.updateTable('inbox').set({ status: 'done' }).where('id', '=', p.id).where('status', '=', sql.lit('unprocessed')),
);

export const one = prepare<{ id: string }>()((db, p) => db.selectFrom('inbox').selectAll().where('id', '=', p.id));

export const byExternal = prepare<{ source: string; externalId: string }>()((db, p) =>
  db.selectFrom('inbox').selectAll().where('source', '=', p.source).where('external_id', '=', p.externalId),
);

export const newest = prepare<{ source: string }>()((db, p) =>
  db.selectFrom('inbox').select('received_at').where('source', '=', p.source).orderBy('seq', 'desc').limit(sql.lit(1)),
);

export const newestOf = prepare<{ phoneHash: string; since: number; limit: number }>()((db, p) =>
  db
    .selectFrom('inbox')
    .selectAll()
    .where('phone_hash', '=', p.phoneHash)
    .where('received_at', '>=', p.since)
    .orderBy('received_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(p.limit),
);

export const count = prepare<{ phoneHash: string; since: number }>()((db, p) =>
  db
    .selectFrom('inbox')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('phone_hash', '=', p.phoneHash)
    .where('received_at', '>=', p.since),
);

export const unprocessed = prepare<{ limit: number }>()((db, p) =>
  db.selectFrom('inbox').selectAll().where('status', '=', sql.lit('unprocessed')).orderBy('seq').limit(p.limit),
);

/** What a person has read stays read, however often it is asked for. */
export const setUnread = prepare<{ id: string }>()((db, p) =>
  db.updateTable('inbox').set({ is_unread: 1 }).where('id', '=', p.id).where('read_at', 'is', null),
);

export const setRead = prepare<{ id: string; by: string; at: number }>()((db, p) =>
  db
    .updateTable('inbox')
    .set({ is_unread: 0, read_by: p.by, read_at: p.at })
    .where('id', '=', p.id)
    .where('is_unread', '=', sql.lit<1>(1)),
);

export const unread = prepare<{ limit: number }>()((db, p) =>
  db.selectFrom('inbox').selectAll().where('is_unread', '=', sql.lit<1>(1)).orderBy('seq').limit(p.limit),
);

export const countUnread = prepare()((db) =>
  db
    .selectFrom('inbox')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('is_unread', '=', sql.lit<1>(1)),
);

/** What a sender wrote between two instants, both included. */
export const between = prepare<{ phoneHash: string; from: number; until: number }>()((db, p) =>
  db
    .selectFrom('inbox')
    .selectAll()
    .where('phone_hash', '=', p.phoneHash)
    .where('received_at', '>=', p.from)
    .where('received_at', '<=', p.until)
    .orderBy('seq'),
);

/** Nothing is left in it to be read by a person or by the screen. */
export const blank = prepare<{ id: string; content: string; at: number }>()((db, p) =>
  db
    .updateTable('inbox')
    .set({ sealed_content: p.content, signal_ids: '[]', is_unread: 0, status: 'done', words_removed_at: p.at })
    .where('id', '=', p.id),
);

export const signals = prepare<{ phoneHash: string; tier: string; since: number }>()((db, p) =>
  db
    .selectFrom('inbox')
    .select(['id', 'signal_ids'])
    .where('phone_hash', '=', p.phoneHash)
    .where('received_at', '>=', p.since)
    .where('tier', '=', p.tier)
    .orderBy('seq'),
);
