// How people stand in the Slack workspace (SL-24), and who stands in on call. Who has no row is a member.

import { z } from 'zod';
import type { OnCallOverride, SlackPeopleStore } from '../../app/ports/staff-stores.ts';
import { asCounselorId } from '../../core/model/ids.ts';
import type { SlackStanding } from '../../core/model/people.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const parseStanding = z.enum(['member', 'guest', 'deactivated']);

const standingOf = prepare<{ slackUserId: string }>()((db, p) =>
  db.selectFrom('slack_people').select('standing').where('slack_user_id', '=', p.slackUserId),
);

/** Changes nothing when the row says so already, so that two who say it at once are told apart. */
const upsert = prepare<{ slackUserId: string; standing: string; at: number }>()((db, p) =>
  db
    .insertInto('slack_people')
    .values({ slack_user_id: p.slackUserId, standing: p.standing, changed_at: p.at })
    .onConflict((conflict) =>
      conflict
        .column('slack_user_id')
        .doUpdateSet((row) => ({
          standing: row.ref('excluded.standing'),
          changed_at: row.ref('excluded.changed_at'),
        }))
        .whereRef('slack_people.standing', '<>', 'excluded.standing'),
    ),
);

const setMember = prepare<{ slackUserId: string; at: number }>()((db, p) =>
  db
    .updateTable('slack_people')
    .set({ standing: 'member', changed_at: p.at })
    .where('slack_user_id', '=', p.slackUserId)
    .where('standing', '<>', 'member'),
);

const overrideAt = prepare<{ now: number }>()((db, p) =>
  db.selectFrom('on_call_override').selectAll().where('place', '=', 1).where('until_at', '>', p.now),
);

const replaceOverride = prepare<{ counselorId: string; until: number; setBy: string; setAt: number }>()((db, p) =>
  db
    .insertInto('on_call_override')
    .values({ place: 1, counselor_id: p.counselorId, until_at: p.until, set_by: p.setBy, set_at: p.setAt })
    .onConflict((conflict) =>
      conflict.column('place').doUpdateSet((row) => ({
        counselor_id: row.ref('excluded.counselor_id'),
        until_at: row.ref('excluded.until_at'),
        set_by: row.ref('excluded.set_by'),
        set_at: row.ref('excluded.set_at'),
      })),
    ),
);

const removeOverride = prepare()((db) => db.deleteFrom('on_call_override').where('place', '=', 1));

export class SqlSlackPeopleStore implements SlackPeopleStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async standing(slackUserId: string): Promise<SlackStanding> {
    const row = await standingOf.first(this.#session, { slackUserId });
    return row === undefined ? 'member' : parseStanding.parse(row.standing);
  }

  async setStanding(slackUserId: string, standing: SlackStanding, at: number): Promise<boolean> {
    const changed =
      standing === 'member'
        ? await setMember.run(this.#session, { slackUserId, at })
        : await upsert.run(this.#session, { slackUserId, standing, at });
    return changed > 0;
  }

  async override(now: number): Promise<OnCallOverride | null> {
    const row = await overrideAt.first(this.#session, { now });
    if (row === undefined) return null;
    return {
      counselorId: asCounselorId(row.counselor_id),
      until: row.until_at,
      setBy: row.set_by,
      setAt: row.set_at,
    };
  }

  async setOverride({ counselorId, until, setBy, setAt }: OnCallOverride): Promise<void> {
    await replaceOverride.run(this.#session, { counselorId, until, setBy, setAt });
  }

  async clearOverride(): Promise<boolean> {
    return (await removeOverride.run(this.#session, {})) > 0;
  }
}
