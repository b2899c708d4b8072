// The prepared queries on mentors, counselors and program staff.

import { sql } from 'kysely';
import { prepare } from './statement.ts';

type StaffKeys = { phoneHash: string | null; slackUserId: string | null };
type StaffColumns = StaffKeys & { id: string; identity: string; timeZone: string; at: number };

export const mentor = prepare<{ id: string }>()((db, p) => db.selectFrom('mentors').selectAll().where('id', '=', p.id));

export const mentorByPhone = prepare<{ phoneHash: string }>()((db, p) =>
  db.selectFrom('mentors').selectAll().where('phone_hash', '=', p.phoneHash),
);

export const mentorBySlackUser = prepare<{ slackUserId: string }>()((db, p) =>
  db.selectFrom('mentors').selectAll().where('slack_user_id', '=', p.slackUserId),
);

/** Whatever this person of Slack is, in one look: asked at every press. */
export const bySlackUser = prepare<{ slackUserId: string }>()((db, p) =>
  db
    .selectFrom('counselors')
    .select([sql<'counselor' | 'mentor' | 'staff'>`'counselor'`.as('role'), 'id', 'slack_user_id', 'sealed_identity'])
    .select(['time_zone', 'on_call_order'])
    .where('slack_user_id', '=', p.slackUserId)
    .unionAll(
      db
        .selectFrom('mentors')
        .select([sql<'counselor' | 'mentor' | 'staff'>`'mentor'`.as('role'), 'id', 'slack_user_id', 'sealed_identity'])
        .select(['time_zone', sql<number | null>`null`.as('on_call_order')])
        .where('slack_user_id', '=', p.slackUserId),
    )
    .unionAll(
      db
        .selectFrom('staff_members')
        .select([sql<'counselor' | 'mentor' | 'staff'>`'staff'`.as('role'), 'id', 'slack_user_id', 'sealed_identity'])
        .select(['time_zone', sql<number | null>`null`.as('on_call_order')])
        .where('slack_user_id', '=', p.slackUserId),
    ),
);

/** The row that has this phone or this Slack id; the phone counts first. */
export const knownMentor = prepare<StaffKeys>()((db, p) =>
  db
    .selectFrom('mentors')
    .select('id')
    .where((row) => row.or([row('phone_hash', '=', p.phoneHash), row('slack_user_id', '=', p.slackUserId)]))
    .orderBy((row) => row.case().when('phone_hash', '=', p.phoneHash).then(row.lit(0)).else(row.lit(1)).end())
    .limit(1),
);

export const mentors = prepare()((db) => db.selectFrom('mentors').selectAll().orderBy('created_at').orderBy('id'));

export const insertMentor = prepare<StaffColumns>()((db, p) =>
  db.insertInto('mentors').values({
    id: p.id,
    phone_hash: p.phoneHash,
    slack_user_id: p.slackUserId,
    sealed_identity: p.identity,
    time_zone: p.timeZone,
    created_at: p.at,
    updated_at: p.at,
  }),
);

export const updateMentor = prepare<StaffColumns>()((db, p) =>
  db
    .updateTable('mentors')
    .set({
      phone_hash: p.phoneHash,
      slack_user_id: p.slackUserId,
      sealed_identity: p.identity,
      time_zone: p.timeZone,
      updated_at: p.at,
    })
    .where('id', '=', p.id),
);

export const counselor = prepare<{ id: string }>()((db, p) =>
  db.selectFrom('counselors').selectAll().where('id', '=', p.id),
);

export const counselorByPhone = prepare<{ phoneHash: string }>()((db, p) =>
  db.selectFrom('counselors').selectAll().where('phone_hash', '=', p.phoneHash),
);

export const counselorBySlackUser = prepare<{ slackUserId: string }>()((db, p) =>
  db.selectFrom('counselors').selectAll().where('slack_user_id', '=', p.slackUserId),
);

/** The row that has this phone or this Slack id; the phone counts first. */
export const knownCounselor = prepare<StaffKeys>()((db, p) =>
  db
    .selectFrom('counselors')
    .select('id')
    .where((row) => row.or([row('phone_hash', '=', p.phoneHash), row('slack_user_id', '=', p.slackUserId)]))
    .orderBy((row) => row.case().when('phone_hash', '=', p.phoneHash).then(row.lit(0)).else(row.lit(1)).end())
    .limit(1),
);

export const counselors = prepare()((db) =>
  db.selectFrom('counselors').selectAll().orderBy('created_at').orderBy('id'),
);

export const insertCounselor = prepare<StaffColumns & { onCallOrder: number | null }>()((db, p) =>
  db.insertInto('counselors').values({
    id: p.id,
    phone_hash: p.phoneHash,
    slack_user_id: p.slackUserId,
    sealed_identity: p.identity,
    time_zone: p.timeZone,
    on_call_order: p.onCallOrder,
    created_at: p.at,
    updated_at: p.at,
  }),
);

export const updateCounselor = prepare<StaffColumns & { onCallOrder: number | null }>()((db, p) =>
  db
    .updateTable('counselors')
    .set({
      phone_hash: p.phoneHash,
      slack_user_id: p.slackUserId,
      sealed_identity: p.identity,
      time_zone: p.timeZone,
      on_call_order: p.onCallOrder,
      updated_at: p.at,
    })
    .where('id', '=', p.id),
);

export const onCall = prepare()((db) =>
  db
    .selectFrom('counselors')
    .selectAll()
    .where('on_call_order', 'is not', null)
    .orderBy('on_call_order')
    .orderBy('created_at')
    .orderBy('id'),
);

export const staff = prepare()((db) => db.selectFrom('staff_members').selectAll().orderBy('created_at').orderBy('id'));

export const staffByPhone = prepare<{ phoneHash: string }>()((db, p) =>
  db.selectFrom('staff_members').selectAll().where('phone_hash', '=', p.phoneHash),
);

export const staffBySlackUser = prepare<{ slackUserId: string }>()((db, p) =>
  db.selectFrom('staff_members').selectAll().where('slack_user_id', '=', p.slackUserId),
);

/** The row that has this phone or this Slack id; the phone counts first. */
export const knownStaff = prepare<StaffKeys>()((db, p) =>
  db
    .selectFrom('staff_members')
    .select('id')
    .where((row) => row.or([row('phone_hash', '=', p.phoneHash), row('slack_user_id', '=', p.slackUserId)]))
    .orderBy((row) => row.case().when('phone_hash', '=', p.phoneHash).then(row.lit(0)).else(row.lit(1)).end())
    .limit(1),
);

export const insertStaff = prepare<StaffColumns>()((db, p) =>
  db.insertInto('staff_members').values({
    id: p.id,
    phone_hash: p.phoneHash,
    slack_user_id: p.slackUserId,
    sealed_identity: p.identity,
    time_zone: p.timeZone,
    created_at: p.at,
    updated_at: p.at,
  }),
);

export const updateStaff = prepare<StaffColumns>()((db, p) =>
  db
    .updateTable('staff_members')
    .set({
      phone_hash: p.phoneHash,
      slack_user_id: p.slackUserId,
      sealed_identity: p.identity,
      time_zone: p.timeZone,
      updated_at: p.at,
    })
    .where('id', '=', p.id),
);
