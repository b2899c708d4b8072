// What the house remembers about itself: slots taken, alarms raised, small named values.

import { sql } from 'kysely';
import type { HouseStore } from '../../app/ports/database.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const take = prepare<{ job: string; slot: string; at: number }>()((db, p) =>
  db
    .insertInto('slots')
    .values({ job: p.job, slot: p.slot, taken_at: p.at })
    .onConflict((conflict) => conflict.columns(['job', 'slot']).doNothing()),
);

const taken = prepare<{ job: string; slot: string }>()((db, p) =>
  db.selectFrom('slots').select('taken_at').where('job', '=', p.job).where('slot', '=', p.slot),
);

const raise = prepare<{ kind: string; subject: string; detail: string; at: number }>()((db, p) =>
  db
    .insertInto('alarms')
    .values({ kind: p.kind, subject: p.subject, detail: p.detail, raised_at: p.at })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'subject']).where('cleared_at', 'is', sql.lit(null)).doNothing(),
    ),
);

const clear = prepare<{ kind: string; subject: string; at: number }>()((db, p) =>
  db
    .updateTable('alarms')
    .set({ cleared_at: p.at })
    .where('kind', '=', p.kind)
    .where('subject', '=', p.subject)
    .where('cleared_at', 'is', null),
);

const openAlarms = prepare()((db) =>
  db
    .selectFrom('alarms')
    .select(['kind', 'subject', 'detail', 'raised_at as raisedAt'])
    .where('cleared_at', 'is', null)
    .orderBy('seq'),
);

const namedValue = prepare<{ name: string }>()((db, p) =>
  db.selectFrom('house_values').select('value').where('name', '=', p.name),
);

const setValue = prepare<{ name: string; value: string }>()((db, p) =>
  db
    .insertInto('house_values')
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((row) => ({ value: row.ref('excluded.value') }))),
);

export class SqlHouseStore implements HouseStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async takeSlot(job: string, slot: string, at: number): Promise<boolean> {
    return (await take.run(this.#session, { job, slot, at })) > 0;
  }

  async hasSlot(job: string, slot: string): Promise<boolean> {
    return (await taken.first(this.#session, { job, slot })) !== undefined;
  }

  async raiseAlarm(kind: string, subject: string, detail: string, at: number): Promise<boolean> {
    return (await raise.run(this.#session, { kind, subject, detail, at })) > 0;
  }

  async clearAlarm(kind: string, subject: string, at: number): Promise<boolean> {
    return (await clear.run(this.#session, { kind, subject, at })) > 0;
  }

  alarms(): ReturnType<HouseStore['alarms']> {
    return openAlarms.all(this.#session, {});
  }

  async get(name: string): Promise<string | null> {
    return (await namedValue.first(this.#session, { name }))?.value ?? null;
  }

  async put(name: string, value: string): Promise<void> {
    await setValue.run(this.#session, { name, value });
  }
}
