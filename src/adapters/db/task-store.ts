// Where each mentee's tasks stand, and how they came to stand there.

import { sql } from 'kysely';
import { z } from 'zod';
import type { TaskRecord, TaskStore } from '../../app/ports/database.ts';
import type { MenteeId } from '../../core/model/ids.ts';
import { TASK_STATUSES, type TaskSource, type TaskStatus } from '../../core/model/task.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const parseStatus = z.enum(TASK_STATUSES);
const parseSource = z.enum(['mentee', 'mentor', 'staff', 'import', 'system']);

const tasksOf = prepare<{ menteeId: string }>()((db, p) =>
  db.selectFrom('tasks').selectAll().where('mentee_id', '=', p.menteeId).orderBy('task'),
);

const insert = prepare<{ menteeId: string; task: string; status: string; source: string; at: number }>()((db, p) =>
  db
    .insertInto('tasks')
    .values({ mentee_id: p.menteeId, task: p.task, status: p.status, changed_at: p.at, changed_by: p.source })
    .onConflict((conflict) => conflict.columns(['mentee_id', 'task']).doNothing()),
);

const upsert = prepare<{
  menteeId: string;
  task: string;
  status: string;
  againOn: string | null;
  source: string;
  at: number;
}>()((db, p) =>
  db
    .insertInto('tasks')
    .values({
      mentee_id: p.menteeId,
      task: p.task,
      status: p.status,
      again_on: p.againOn,
      changed_at: p.at,
      changed_by: p.source,
    })
    .onConflict((conflict) =>
      conflict.columns(['mentee_id', 'task']).doUpdateSet((row) => ({
        status: row.ref('excluded.status'),
        again_on: row.ref('excluded.again_on'),
        changed_at: row.ref('excluded.changed_at'),
        changed_by: row.ref('excluded.changed_by'),
      })),
    ),
);

const append = prepare<{ menteeId: string; task: string; status: string; source: string; at: number }>()((db, p) =>
  db
    .insertInto('task_history')
    .values({ mentee_id: p.menteeId, task: p.task, status: p.status, source: p.source, changed_at: p.at }),
);

const setAsked = prepare<{ menteeId: string; task: string; at: number }>()((db, p) =>
  db.updateTable('tasks').set({ asked_at: p.at }).where('mentee_id', '=', p.menteeId).where('task', '=', p.task),
);

const setNotAsked = prepare<{ menteeId: string; task: string }>()((db, p) =>
  db
    .updateTable('tasks')
    .set({ asked_at: sql<null>`null` })
    .where('mentee_id', '=', p.menteeId)
    .where('task', '=', p.task),
);

const historyOf = prepare<{ menteeId: string }>()((db, p) =>
  db
    .selectFrom('task_history')
    .select(['task', 'status', 'source', 'changed_at'])
    .where('mentee_id', '=', p.menteeId)
    .orderBy('seq'),
);

export class SqlTaskStore implements TaskStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async of(menteeId: MenteeId): Promise<TaskRecord[]> {
    const rows = await tasksOf.all(this.#session, { menteeId });
    return rows.map((row) => ({
      task: row.task,
      status: parseStatus.parse(row.status),
      askedAt: row.asked_at,
      againOn: row.again_on,
      changedAt: row.changed_at,
      changedBy: parseSource.parse(row.changed_by),
    }));
  }

  async addMissing(menteeId: MenteeId, task: string, source: TaskSource, at: number): Promise<boolean> {
    const row = { menteeId, task, status: 'not_started', source, at };
    if ((await insert.run(this.#session, row)) === 0) return false;
    await append.run(this.#session, row);
    return true;
  }

  async change({ menteeId, task, status, againOn, source, at }: Parameters<TaskStore['change']>[0]): Promise<void> {
    await upsert.run(this.#session, { menteeId, task, status, againOn, source, at });
    await append.run(this.#session, { menteeId, task, status, source, at });
  }

  async markAsked(menteeId: MenteeId, task: string, at: number): Promise<void> {
    await setAsked.run(this.#session, { menteeId, task, at });
  }

  async forgetAsked(menteeId: MenteeId, task: string): Promise<void> {
    await setNotAsked.run(this.#session, { menteeId, task });
  }

  async history(
    menteeId: MenteeId,
  ): Promise<
    { readonly task: string; readonly status: TaskStatus; readonly source: TaskSource; readonly at: number }[]
  > {
    const rows = await historyOf.all(this.#session, { menteeId });
    return rows.map((row) => ({
      task: row.task,
      status: parseStatus.parse(row.status),
      source: parseSource.parse(row.source),
      at: row.changed_at,
    }));
  }
}
