// Wake-ups, as rows: what is due is found by its time, whoever looks.

import { z } from 'zod';
import type { Timer, TimerStore } from '../../app/ports/database.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const parseKind = z.enum(['conversation', 'escalation', 'plan', 'mentor', 'program']);

const upsert = prepare<{ kind: string; subject: string; name: string; dueAt: number }>()((db, p) =>
  db
    .insertInto('timers')
    .values({ kind: p.kind, subject: p.subject, name: p.name, due_at: p.dueAt })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'subject', 'name']).doUpdateSet((row) => ({ due_at: row.ref('excluded.due_at') })),
    ),
);

const remove = prepare<{ kind: string; subject: string; name: string }>()((db, p) =>
  db.deleteFrom('timers').where('kind', '=', p.kind).where('subject', '=', p.subject).where('name', '=', p.name),
);

const removeExactly = prepare<{ kind: string; subject: string; name: string; dueAt: number }>()((db, p) =>
  db
    .deleteFrom('timers')
    .where('kind', '=', p.kind)
    .where('subject', '=', p.subject)
    .where('name', '=', p.name)
    .where('due_at', '=', p.dueAt),
);

const dueBy = prepare<{ now: number; limit: number }>()((db, p) =>
  db
    .selectFrom('timers')
    .selectAll()
    .where('due_at', '<=', p.now)
    .orderBy('due_at')
    .orderBy('kind')
    .orderBy('subject')
    .orderBy('name')
    .limit(p.limit),
);

const one = prepare<{ kind: string; subject: string; name: string }>()((db, p) =>
  db
    .selectFrom('timers')
    .select('due_at')
    .where('kind', '=', p.kind)
    .where('subject', '=', p.subject)
    .where('name', '=', p.name),
);

const earliest = prepare<{ after: number }>()((db, p) =>
  db.selectFrom('timers').select('due_at').where('due_at', '>', p.after).orderBy('due_at').limit(1),
);

export class SqlTimerStore implements TimerStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async set({ kind, subject, name, dueAt }: Timer): Promise<void> {
    await upsert.run(this.#session, { kind, subject, name, dueAt });
  }

  async clear(kind: Timer['kind'], subject: string, name: string): Promise<void> {
    await remove.run(this.#session, { kind, subject, name });
  }

  async due(now: number, limit: number): Promise<Timer[]> {
    const rows = await dueBy.all(this.#session, { now, limit });
    return rows.map((row) => ({
      kind: parseKind.parse(row.kind),
      subject: row.subject,
      name: row.name,
      dueAt: row.due_at,
    }));
  }

  async take({ kind, subject, name, dueAt }: Timer): Promise<boolean> {
    return (await removeExactly.run(this.#session, { kind, subject, name, dueAt })) > 0;
  }

  async get(kind: Timer['kind'], subject: string, name: string): Promise<Timer | null> {
    const row = await one.first(this.#session, { kind, subject, name });
    return row === undefined ? null : { kind, subject, name, dueAt: row.due_at };
  }

  async nextDueAt(after: number): Promise<number | null> {
    return (await earliest.first(this.#session, { after }))?.due_at ?? null;
  }
}
