// The prepared queries on mentees, matches and phone problems.

import { sql } from 'kysely';
import { DECEASED } from '../../core/model/pause.ts';
import { prepare } from './statement.ts';

/** A person said so. Word for word a look by the primary key of the pauses. */
const isDeceased = sql<boolean>`exists (select 1 from pauses
  where pauses.phone_hash = mentees.phone_hash and pauses.reason = ${sql.lit(DECEASED)})`;
const isLiving = sql<boolean>`not ${isDeceased}`;

export const mentee = prepare<{ id: string }>()((db, p) => db.selectFrom('mentees').selectAll().where('id', '=', p.id));

export const menteeByPhone = prepare<{ phoneHash: string }>()((db, p) =>
  db.selectFrom('mentees').selectAll().where('phone_hash', '=', p.phoneHash),
);

export const mentees = prepare()((db) =>
  db.selectFrom('mentees').selectAll().where(isLiving).orderBy('created_at').orderBy('id'),
);

export const deceased = prepare()((db) =>
  db.selectFrom('mentees').selectAll().where(isDeceased).orderBy('created_at').orderBy('id'),
);

export const insertMentee = prepare<{
  id: string;
  phoneHash: string;
  identity: string;
  language: string;
  timeZone: string;
  college: string;
  introducedAt: number | null;
  at: number;
}>()((db, p) =>
  db.insertInto('mentees').values({
    id: p.id,
    phone_hash: p.phoneHash,
    sealed_identity: p.identity,
    language: p.language,
    time_zone: p.timeZone,
    college: p.college,
    introduced_at: p.introducedAt,
    created_at: p.at,
    updated_at: p.at,
  }),
);

/** Leaves `introduced_at` alone: that the first text was sent is not the roster's to say. */
export const updateMentee = prepare<{
  id: string;
  identity: string;
  language: string;
  timeZone: string;
  college: string;
  at: number;
}>()((db, p) =>
  db
    .updateTable('mentees')
    .set({
      sealed_identity: p.identity,
      language: p.language,
      time_zone: p.timeZone,
      college: p.college,
      updated_at: p.at,
    })
    .where('id', '=', p.id),
);

export const setIntroduced = prepare<{ id: string; at: number }>()((db, p) =>
  db.updateTable('mentees').set({ introduced_at: p.at }).where('id', '=', p.id).where('introduced_at', 'is', null),
);

export const runningMatch = prepare<{ menteeId: string }>()((db, p) =>
  db
    .selectFrom('matches')
    .select('mentor_id')
    .where('mentee_id', '=', p.menteeId)
    .where('ended_on', 'is', sql.lit(null)),
);

/** In the order in which they were matched. */
export const menteesOfMentor = prepare<{ mentorId: string }>()((db, p) =>
  db
    .selectFrom('matches')
    .innerJoin('mentees', 'mentees.id', 'matches.mentee_id')
    .selectAll('mentees')
    .where('matches.mentor_id', '=', p.mentorId)
    .where('matches.ended_on', 'is', sql.lit(null))
    .where(isLiving)
    .orderBy('matches.seq'),
);

export const closeOtherMatches = prepare<{ menteeId: string; on: string }>()((db, p) =>
  db
    .updateTable('matches')
    .set({ ended_on: p.on })
    .where('mentee_id', '=', p.menteeId)
    .where('ended_on', 'is', sql.lit(null)),
);

export const startMatch = prepare<{ menteeId: string; mentorId: string; on: string }>()((db, p) =>
  db.insertInto('matches').values({ mentee_id: p.menteeId, mentor_id: p.mentorId, started_on: p.on }),
);

export const contactsOf = prepare<{ menteeId: string }>()((db, p) =>
  db.selectFrom('mentee_contacts').select('sealed_contacts').where('mentee_id', '=', p.menteeId),
);

export const setContacts = prepare<{ menteeId: string; contacts: string; at: number }>()((db, p) =>
  db
    .insertInto('mentee_contacts')
    .values({ mentee_id: p.menteeId, sealed_contacts: p.contacts, updated_at: p.at })
    .onConflict((conflict) =>
      conflict.column('mentee_id').doUpdateSet((row) => ({
        sealed_contacts: row.ref('excluded.sealed_contacts'),
        updated_at: row.ref('excluded.updated_at'),
      })),
    ),
);

export const setProblem = prepare<{ phoneHash: string; code: string; at: number }>()((db, p) =>
  db
    .insertInto('phone_problems')
    .values({ phone_hash: p.phoneHash, code: p.code, noted_at: p.at })
    .onConflict((conflict) =>
      conflict
        .column('phone_hash')
        .doUpdateSet((row) => ({ code: row.ref('excluded.code'), noted_at: row.ref('excluded.noted_at') })),
    ),
);

export const clearProblem = prepare<{ phoneHash: string }>()((db, p) =>
  db.deleteFrom('phone_problems').where('phone_hash', '=', p.phoneHash),
);

export const problemOf = prepare<{ phoneHash: string }>()((db, p) =>
  db.selectFrom('phone_problems').select('code').where('phone_hash', '=', p.phoneHash),
);
