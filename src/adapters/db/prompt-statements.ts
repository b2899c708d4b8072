// The prepared queries on weekly prompts, what mentors answered, and when a mentor is asked.

import { sql } from 'kysely';
import { prepare } from './statement.ts';

export const insertPrompt = prepare<{
  id: string;
  mentorId: string;
  weekOn: string;
  summaryOn: string;
  channel: string;
  menteeIds: string;
  promptedAt: number;
  stage: string;
  status: string;
  answeredAt: number | null;
}>()((db, p) =>
  db
    .insertInto('mentor_prompts')
    .values({
      id: p.id,
      mentor_id: p.mentorId,
      week_on: p.weekOn,
      summary_on: p.summaryOn,
      channel: p.channel,
      mentee_ids: p.menteeIds,
      prompted_at: p.promptedAt,
      stage: p.stage,
      status: p.status,
      answered_at: p.answeredAt,
    })
    .onConflict((conflict) => conflict.columns(['mentor_id', 'week_on']).doNothing()),
);

export const prompt = prepare<{ id: string }>()((db, p) =>
  db.selectFrom('mentor_prompts').selectAll().where('id', '=', p.id),
);

export const newestPrompts = prepare<{ mentorId: string; limit: number }>()((db, p) =>
  db
    .selectFrom('mentor_prompts')
    .selectAll()
    .where('mentor_id', '=', p.mentorId)
    .orderBy('week_on', 'desc')
    .limit(p.limit),
);

export const promptsOfSummary = prepare<{ summaryOn: string }>()((db, p) =>
  db
    .selectFrom('mentor_prompts')
    .selectAll()
    .where('summary_on', '=', p.summaryOn)
    .orderBy('prompted_at')
    .orderBy('id'),
);

/** Word for word the condition of index mentor_prompts_waiting. */
export const waitingPrompts = prepare()((db) =>
  db
    .selectFrom('mentor_prompts')
    .selectAll()
    .where('status', 'in', [sql.lit('open'), sql.lit('partial')])
    .where('stage', '<>', sql.lit('summed_up'))
    .orderBy('prompted_at')
    .orderBy('id'),
);

export const setStage = prepare<{ id: string; stage: string }>()((db, p) =>
  db.updateTable('mentor_prompts').set({ stage: p.stage }).where('id', '=', p.id),
);

export const setStatus = prepare<{ id: string; status: string; answeredAt: number | null }>()((db, p) =>
  db.updateTable('mentor_prompts').set({ status: p.status, answered_at: p.answeredAt }).where('id', '=', p.id),
);

export const appendUpdate = prepare<{
  id: string;
  promptId: string;
  menteeId: string;
  mentorId: string;
  weekOn: string;
  update: string;
  at: number;
}>()((db, p) =>
  db.insertInto('mentor_updates').values({
    id: p.id,
    prompt_id: p.promptId,
    mentee_id: p.menteeId,
    mentor_id: p.mentorId,
    week_on: p.weekOn,
    sealed_update: p.update,
    recorded_at: p.at,
  }),
);

/** Of each mentee the one that no newer one follows. */
export const newestUpdates = prepare<{ promptId: string }>()((db, p) =>
  db
    .selectFrom('mentor_updates as row')
    .selectAll('row')
    .where('row.prompt_id', '=', p.promptId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('mentor_updates as newer')
            .select('newer.seq')
            .whereRef('newer.prompt_id', '=', 'row.prompt_id')
            .whereRef('newer.mentee_id', '=', 'row.mentee_id')
            .whereRef('newer.seq', '>', 'row.seq'),
        ),
      ),
    )
    .orderBy('row.seq'),
);

export const lastUpdate = prepare<{ menteeId: string }>()((db, p) =>
  db.selectFrom('mentor_updates').selectAll().where('mentee_id', '=', p.menteeId).orderBy('seq', 'desc').limit(1),
);

export const slotOf = prepare<{ mentorId: string }>()((db, p) =>
  db.selectFrom('mentor_settings').select(['weekday', 'minute']).where('mentor_id', '=', p.mentorId),
);

export const setSlot = prepare<{ mentorId: string; weekday: number; minute: number }>()((db, p) =>
  db
    .insertInto('mentor_settings')
    .values({ mentor_id: p.mentorId, weekday: p.weekday, minute: p.minute })
    .onConflict((conflict) =>
      conflict
        .column('mentor_id')
        .doUpdateSet((row) => ({ weekday: row.ref('excluded.weekday'), minute: row.ref('excluded.minute') })),
    ),
);

export const absencesOf = prepare<{ mentorId: string; on: string }>()((db, p) =>
  db
    .selectFrom('mentor_absences')
    .select(['from_on as from', 'until_on as until'])
    .where('mentor_id', '=', p.mentorId)
    .where('until_on', '>=', p.on)
    .orderBy('from_on')
    .orderBy('seq'),
);

export const removeAbsences = prepare<{ mentorId: string; on: string }>()((db, p) =>
  db.deleteFrom('mentor_absences').where('mentor_id', '=', p.mentorId).where('until_on', '>=', p.on),
);

export const insertAbsence = prepare<{ mentorId: string; from: string; until: string }>()((db, p) =>
  db.insertInto('mentor_absences').values({ mentor_id: p.mentorId, from_on: p.from, until_on: p.until }),
);
