// The prepared queries that add, find, claim, hold and drop outbox rows. Statuses that a partial index rests on are written
// into the SQL (`sql.lit`), because a placeholder hides them from SQLite's planner.

import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';
import { prepare } from './statement.ts';

const all = (db: Kysely<Schema>) => db.selectFrom('outbox').selectAll();
const PENDING = sql.lit('pending');
const CLAIMED = sql.lit('claimed');

export const insert = prepare<{
  id: string;
  key: string;
  messageClass: string;
  lane: number;
  recipient: string;
  phoneHash: string | null;
  bodyKind: string;
  content: string;
  dueAt: number;
  escalationId: string | null;
  inReplyToId: string | null;
  inReplyToAt: number | null;
  isIntroduction: 0 | 1;
  task: string | null;
  conversationId: string | null;
  conversationVersion: number | null;
  deadlineOn: string | null;
  at: number;
}>()((db, p) =>
  db
    .insertInto('outbox')
    .values({
      id: p.id,
      key: p.key,
      message_class: p.messageClass,
      lane: p.lane,
      recipient: p.recipient,
      phone_hash: p.phoneHash,
      body_kind: p.bodyKind,
      sealed_content: p.content,
      due_at: p.dueAt,
      escalation_id: p.escalationId,
      in_reply_to_id: p.inReplyToId,
      in_reply_to_at: p.inReplyToAt,
      is_introduction: p.isIntroduction,
      task: p.task,
      conversation_id: p.conversationId,
      conversation_version: p.conversationVersion,
      deadline_on: p.deadlineOn,
      created_at: p.at,
    })
    .onConflict((conflict) => conflict.column('key').doNothing()),
);

export const byId = prepare<{ id: string }>()((db, p) => all(db).where('id', '=', p.id));

export const byKey = prepare<{ key: string }>()((db, p) => all(db).where('key', '=', p.key));

export const byProviderId = prepare<{ providerId: string }>()((db, p) =>
  all(db).where('provider_id', '=', p.providerId).orderBy('seq').limit(1),
);

/**
 * A row waits behind an older one of its recipient and lane that is due too, or whose next try comes within
 * `retrySoon`; and behind any that is claimed. A try that is further away holds nobody up (DB-09).
 */
export const claimable = prepare<{ now: number; retrySoon: number; limit: number; lane: number }>()((db, p) =>
  db
    .selectFrom('outbox as row')
    .selectAll('row')
    .where('row.status', '=', PENDING)
    .where('row.lane', '=', p.lane)
    .where('row.due_at', '<=', p.now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as other')
            .select('other.seq')
            .whereRef('other.recipient', '=', 'row.recipient')
            .whereRef('other.lane', '=', 'row.lane')
            .where('other.status', 'in', [PENDING, CLAIMED])
            .where((other) =>
              other.or([
                other('other.status', '=', CLAIMED),
                other.and([
                  other('other.seq', '<', other.ref('row.seq')),
                  other.or([
                    other('other.due_at', '<=', p.now),
                    other.and([other('other.attempts', '>', sql.lit(0)), other('other.due_at', '<=', p.retrySoon)]),
                  ]),
                ]),
              ]),
            ),
        ),
      ),
    )
    .orderBy('row.due_at')
    .orderBy('row.seq')
    .limit(p.limit),
);

/** Compare-and-set: of two relays one changes the row, and the token fences whatever the other does later (DB-07). */
export const claim = prepare<{ id: string; token: string; leaseUntil: number; at: number }>()((db, p) =>
  db
    .updateTable('outbox')
    .set((row) => ({
      status: CLAIMED,
      lease_token: p.token,
      lease_until_at: p.leaseUntil,
      attempted_at: p.at,
      attempts: row('attempts', '+', sql.lit(1)),
    }))
    .where('id', '=', p.id)
    .where('status', '=', PENDING)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as other')
            .select('other.seq')
            .whereRef('other.recipient', '=', 'outbox.recipient')
            .whereRef('other.lane', '=', 'outbox.lane')
            .where('other.status', '=', CLAIMED),
        ),
      ),
    ),
);

/** Lets go: no request was made, so the attempt is not counted. */
export const release = prepare<{ id: string; token: string; dueAt: number; reason: string }>()((db, p) =>
  db
    .updateTable('outbox')
    .set((row) => ({
      status: PENDING,
      lease_token: null,
      lease_until_at: null,
      attempts: row('attempts', '-', sql.lit(1)),
      attempted_at: row
        .case()
        .when('attempts', '>', sql.lit(1))
        .then(row.ref('attempted_at'))
        .else(sql<number | null>`null`)
        .end(),
      due_at: p.dueAt,
      reason: p.reason,
    }))
    .where('id', '=', p.id)
    .where('status', '=', CLAIMED)
    .where('lease_token', '=', p.token),
);

export const hold = prepare<{ id: string; dueAt: number; reason: string }>()((db, p) =>
  db
    .updateTable('outbox')
    .set({ due_at: p.dueAt, reason: p.reason })
    .where('id', '=', p.id)
    .where('status', '=', PENDING),
);

export const drop = prepare<{ id: string; reason: string }>()((db, p) =>
  db
    .updateTable('outbox')
    .set({ status: sql.lit('dropped'), reason: p.reason })
    .where('id', '=', p.id)
    .where('status', '=', PENDING),
);

export const dropPending = prepare<{ phoneHash: string; messageClass: string; reason: string }>()((db, p) =>
  db
    .updateTable('outbox')
    .set({ status: sql.lit('dropped'), reason: p.reason })
    .where('phone_hash', '=', p.phoneHash)
    .where('message_class', '=', p.messageClass)
    .where('status', '=', PENDING),
);
