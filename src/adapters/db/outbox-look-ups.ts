// The prepared queries that gates, cases and staff ask of the outbox. They change nothing.

import { sql } from 'kysely';
import { prepare } from './statement.ts';

/** None of the vendor's words after which no other comes. Word for word the condition of index outbox_without_final. */
const NO_FINAL_STATUS = sql<boolean>`coalesce(receipt_status, '') not in ('delivered', 'undelivered', 'failed', 'canceled', 'read')`;

export const knownProviderIds = prepare<{ phoneHash: string; since: number }>()((db, p) =>
  db
    .selectFrom('outbox')
    .select('provider_id')
    .where('phone_hash', '=', p.phoneHash)
    .where('provider_id', 'is not', null)
    .where('attempted_at', '>=', p.since)
    .orderBy('seq'),
);

export const unaskedSince = prepare<{ phoneHash: string; since: number }>()((db, p) =>
  db
    .selectFrom('outbox')
    .select('attempted_at')
    .where('phone_hash', '=', p.phoneHash)
    .where('message_class', '=', 'nudge')
    .where('is_introduction', '=', 0)
    .where('status', 'in', ['claimed', 'sent', 'unknown', 'lost'])
    .where('attempted_at', '>=', p.since)
    .orderBy('attempted_at'),
);

export const ofConversation = prepare<{ conversationId: string; version: number }>()((db, p) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('conversation_id', '=', p.conversationId)
    .where('conversation_version', '=', p.version)
    .orderBy('seq'),
);

export const countSince = prepare<{ phoneHash: string; messageClass: string; since: number }>()((db, p) =>
  db
    .selectFrom('outbox')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('phone_hash', '=', p.phoneHash)
    .where('message_class', '=', p.messageClass)
    .where('created_at', '>=', p.since),
);

export const alertPosts = prepare<{ escalationId: string }>()((db, p) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('escalation_id', '=', p.escalationId)
    .where('message_class', '=', 'alert')
    .where('body_kind', '=', 'slack_post')
    .where('status', 'in', ['pending', 'claimed', 'sent', 'unknown'])
    .orderBy('seq'),
);

/** What the vendor has or may have, and what is on its way. The sealed content stays where it is. */
export const alerts = prepare<{ escalationId: string }>()((db, p) =>
  db
    .selectFrom('outbox')
    .select(['id', 'key', 'body_kind', 'status'])
    .where('escalation_id', '=', p.escalationId)
    .where('message_class', '=', 'alert')
    .where('status', 'in', ['pending', 'claimed', 'sent', 'unknown'])
    .orderBy('seq'),
);

export const pendingAlerts = prepare<{ escalationId: string }>()((db, p) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('escalation_id', '=', p.escalationId)
    .where('message_class', '=', 'alert')
    .where('status', '=', 'pending')
    .orderBy('seq'),
);

export const withoutFinalStatus = prepare<{ before: number; limit: number }>()((db, p) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('status', '=', sql.lit('sent'))
    .where('body_kind', '=', sql.lit('sms'))
    .where('polled_at', 'is', null)
    .where(NO_FINAL_STATUS)
    .where('attempted_at', '<=', p.before)
    .orderBy('attempted_at')
    .orderBy('seq')
    .limit(p.limit),
);

export const setPolled = prepare<{ id: string; at: number }>()((db, p) =>
  db.updateTable('outbox').set({ polled_at: p.at }).where('id', '=', p.id),
);

/** When the next row of a lane falls due. Asked of each lane, so that one index serves this and the claiming. */
export const nextDue = prepare<{ lane: number; after: number }>()((db, p) =>
  db
    .selectFrom('outbox')
    .select('due_at as at')
    .where('status', '=', sql.lit('pending'))
    .where('lane', '=', p.lane)
    .where('due_at', '>', p.after)
    .orderBy('due_at')
    .limit(1),
);

/** When the next unknown row is to be asked for. */
export const nextCheck = prepare<{ after: number }>()((db, p) =>
  db
    .selectFrom('outbox')
    .select('check_at as at')
    .where('status', '=', sql.lit('unknown'))
    .where('check_at', '>', p.after)
    .orderBy('check_at')
    .limit(1),
);

export const ofPhone = prepare<{ phoneHash: string }>()((db, p) =>
  db.selectFrom('outbox').selectAll().where('phone_hash', '=', p.phoneHash).orderBy('seq'),
);

/** The newest text that the vendor has or may have. */
export const lastTextTo = prepare<{ phoneHash: string; since: number }>()((db, p) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('phone_hash', '=', p.phoneHash)
    .where('created_at', '>=', p.since)
    .where('body_kind', '=', 'sms')
    .where('status', 'in', ['claimed', 'sent', 'unknown'])
    .orderBy('created_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(1),
);

export const ofEscalation = prepare<{ escalationId: string }>()((db, p) =>
  db.selectFrom('outbox').selectAll().where('escalation_id', '=', p.escalationId).orderBy('seq'),
);

/** Another content in the same place: what was said is gone, to whom and what became of it stays. */
export const blank = prepare<{ id: string; content: string; at: number }>()((db, p) =>
  db.updateTable('outbox').set({ sealed_content: p.content, words_removed_at: p.at }).where('id', '=', p.id),
);

/** Word for word the condition of index outbox_failed. */
const FAILED = [sql.lit('failed'), sql.lit('lost'), sql.lit('parked')];

export const failedSince = prepare<{ since: number; limit: number }>()((db, p) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('status', 'in', FAILED)
    .where('created_at', '>=', p.since)
    .orderBy('created_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(p.limit),
);

export const countFailedSince = prepare<{ since: number }>()((db, p) =>
  db
    .selectFrom('outbox')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('status', 'in', FAILED)
    .where('created_at', '>=', p.since),
);
