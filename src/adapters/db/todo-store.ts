// What staff have to do. A title may name a student, so the words are sealed.

import { sql } from 'kysely';
import { z } from 'zod';
import type { Todo, TodoStore } from '../../app/ports/staff-stores.ts';
import { SealedColumn } from './json-column.ts';
import type { SealedCodec } from './sealed.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const contentColumn = new SealedColumn('todos', 'sealed_content', z.object({ title: z.string(), detail: z.string() }));

const insert = prepare<{ key: string; kind: string; content: string; at: number }>()((db, p) =>
  db
    .insertInto('todos')
    .values({ key: p.key, kind: p.kind, sealed_content: p.content, created_at: p.at })
    .onConflict((conflict) => conflict.column('key').doNothing()),
);

const one = prepare<{ key: string }>()((db, p) => db.selectFrom('todos').selectAll().where('key', '=', p.key));

export const open = prepare<{ limit: number }>()((db, p) =>
  db.selectFrom('todos').selectAll().where('closed_at', 'is', sql.lit(null)).orderBy('seq').limit(p.limit),
);

const close = prepare<{ key: string; by: string; at: number }>()((db, p) =>
  db
    .updateTable('todos')
    .set({ closed_at: p.at, closed_by: p.by })
    .where('key', '=', p.key)
    .where('closed_at', 'is', null),
);

interface TodoRow {
  readonly key: string;
  readonly kind: string;
  readonly sealed_content: string;
  readonly created_at: number;
  readonly closed_at: number | null;
  readonly closed_by: string | null;
}

export class SqlTodoStore implements TodoStore {
  readonly #session: Session;
  readonly #codec: SealedCodec;

  constructor(session: Session, codec: SealedCodec) {
    this.#session = session;
    this.#codec = codec;
  }

  async add({ key, kind, title, detail, at }: Parameters<TodoStore['add']>[0]): Promise<boolean> {
    const content = contentColumn.seal(this.#codec, key, { title, detail });
    return (await insert.run(this.#session, { key, kind, content, at })) > 0;
  }

  async byKey(key: string): Promise<Todo | null> {
    const row = await one.first(this.#session, { key });
    return row === undefined ? null : this.#parse(row);
  }

  /** Oldest first: what has waited longest is done first. */
  async open(limit: number): Promise<Todo[]> {
    return (await open.all(this.#session, { limit })).map((row) => this.#parse(row));
  }

  async close(key: string, by: string, at: number): Promise<boolean> {
    return (await close.run(this.#session, { key, by, at })) > 0;
  }

  #parse(row: TodoRow): Todo {
    return {
      key: row.key,
      kind: row.kind,
      ...contentColumn.open(this.#codec, row.key, row.sealed_content),
      at: row.created_at,
      closedAt: row.closed_at,
      closedBy: row.closed_by,
    };
  }
}
