// Until when nothing unasked goes to a person. One row for each number, in place of an earlier one; that somebody is
// deceased is overwritten by nothing but a person's word that it was a mistake.

import { z } from 'zod';
import type { Pause, PauseStore } from '../../app/ports/staff-stores.ts';
import { asPhoneHash, type PhoneHash } from '../../core/model/ids.ts';
import { DECEASED, PAUSE_REASONS } from '../../core/model/pause.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

export const standing = prepare<{ phoneHash: string; now: number }>()((db, p) =>
  db
    .selectFrom('pauses')
    .selectAll()
    .where('phone_hash', '=', p.phoneHash)
    .where((row) => row.or([row('until_at', 'is', null), row('until_at', '>', p.now)])),
);

const upsert = prepare<{ phoneHash: string; until: number | null; reason: string; setBy: string; setAt: number }>()(
  (db, p) =>
    db
      .insertInto('pauses')
      .values({ phone_hash: p.phoneHash, until_at: p.until, reason: p.reason, set_by: p.setBy, set_at: p.setAt })
      .onConflict((conflict) =>
        conflict
          .column('phone_hash')
          .doUpdateSet((row) => ({
            until_at: row.ref('excluded.until_at'),
            reason: row.ref('excluded.reason'),
            set_by: row.ref('excluded.set_by'),
            set_at: row.ref('excluded.set_at'),
          }))
          .where('pauses.reason', '<>', DECEASED),
      ),
);

const remove = prepare<{ phoneHash: string }>()((db, p) =>
  db.deleteFrom('pauses').where('phone_hash', '=', p.phoneHash).where('reason', '<>', DECEASED),
);

const removeDeath = prepare<{ phoneHash: string }>()((db, p) =>
  db.deleteFrom('pauses').where('phone_hash', '=', p.phoneHash).where('reason', '=', DECEASED),
);

/** A word of another version is "other": the pause counts all the same. */
const reasonColumn = z.enum(PAUSE_REASONS).catch('other');

export class SqlPauseStore implements PauseStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async of(phoneHash: PhoneHash, now: number): Promise<Pause | null> {
    const row = await standing.first(this.#session, { phoneHash, now });
    if (row === undefined) return null;
    return {
      phoneHash: asPhoneHash(row.phone_hash),
      until: row.until_at,
      reason: reasonColumn.parse(row.reason),
      setBy: row.set_by,
      setAt: row.set_at,
    };
  }

  async set({ phoneHash, until, reason, setBy, setAt }: Pause): Promise<boolean> {
    return (await upsert.run(this.#session, { phoneHash, until, reason, setBy, setAt })) > 0;
  }

  async clear(phoneHash: PhoneHash): Promise<boolean> {
    return (await remove.run(this.#session, { phoneHash })) > 0;
  }

  async revive(phoneHash: PhoneHash): Promise<boolean> {
    return (await removeDeath.run(this.#session, { phoneHash })) > 0;
  }
}
