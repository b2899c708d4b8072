// Who did what, when: only ever added to, and the database itself refuses to change a line. Ids and snake_case words
// only; a name, a number or a student's words must never come here, because nothing in it is sealed.

import { z } from 'zod';
import type { AuditEvent, AuditStore } from '../../app/ports/staff-stores.ts';
import { JsonColumn } from './json-column.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const detailColumn = new JsonColumn(
  'audit_events',
  'detail',
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).readonly(),
);

const append = prepare<{
  at: number;
  actor: string;
  action: string;
  subjectKind: string;
  subject: string;
  detail: string;
}>()((db, p) =>
  db.insertInto('audit_events').values({
    recorded_at: p.at,
    actor: p.actor,
    action: p.action,
    subject_kind: p.subjectKind,
    subject: p.subject,
    detail: p.detail,
  }),
);

export const newest = prepare<{ since: number; limit: number }>()((db, p) =>
  db.selectFrom('audit_events').selectAll().where('recorded_at', '>=', p.since).orderBy('seq', 'desc').limit(p.limit),
);

export const newestOf = prepare<{ subject: string; since: number; limit: number }>()((db, p) =>
  db
    .selectFrom('audit_events')
    .selectAll()
    .where('subject', '=', p.subject)
    .where('recorded_at', '>=', p.since)
    .orderBy('seq', 'desc')
    .limit(p.limit),
);

export class SqlAuditStore implements AuditStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async add({ at, actor, action, subjectKind, subject, detail }: AuditEvent): Promise<void> {
    const text = detailColumn.write(action, detail);
    await append.run(this.#session, { at, actor, action, subjectKind, subject, detail: text });
  }

  async recent({ limit, since = 0, subject }: Parameters<AuditStore['recent']>[0]): Promise<AuditEvent[]> {
    const rows =
      subject === undefined
        ? await newest.all(this.#session, { since, limit })
        : await newestOf.all(this.#session, { subject, since, limit });
    return rows.map((row) => ({
      at: row.recorded_at,
      actor: row.actor,
      action: row.action,
      subjectKind: row.subject_kind,
      subject: row.subject,
      detail: detailColumn.read(String(row.seq), row.detail),
    }));
  }
}
