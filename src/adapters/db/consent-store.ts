// Consent of a phone number: the state that gates ask for, and the ledger it came from, which is only ever added to.

import { z } from 'zod';
import type { ConsentEvent, ConsentStore } from '../../app/ports/database.ts';
import { asPhoneHash, type PhoneHash } from '../../core/model/ids.ts';
import type { ConsentState } from '../../core/model/people.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const parseState = z.enum(['none', 'pending', 'active', 'opted_out']);

const stateOf = prepare<{ phoneHash: string }>()((db, p) =>
  db.selectFrom('consents').select('state').where('phone_hash', '=', p.phoneHash),
);

const setState = prepare<{ phoneHash: string; state: string; at: number }>()((db, p) =>
  db
    .insertInto('consents')
    .values({ phone_hash: p.phoneHash, state: p.state, changed_at: p.at })
    .onConflict((conflict) =>
      conflict.column('phone_hash').doUpdateSet((row) => ({
        state: row.ref('excluded.state'),
        changed_at: row.ref('excluded.changed_at'),
      })),
    ),
);

const append = prepare<{ phoneHash: string; state: string; via: string; basis: string; at: number }>()((db, p) =>
  db
    .insertInto('consent_events')
    .values({ phone_hash: p.phoneHash, state: p.state, via: p.via, basis: p.basis, recorded_at: p.at }),
);

const eventsOf = prepare<{ phoneHash: string }>()((db, p) =>
  db
    .selectFrom('consent_events')
    .select(['phone_hash', 'state', 'via', 'basis', 'recorded_at'])
    .where('phone_hash', '=', p.phoneHash)
    .orderBy('seq'),
);

export class SqlConsentStore implements ConsentStore {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  async state(phoneHash: PhoneHash): Promise<ConsentState> {
    const row = await stateOf.first(this.#session, { phoneHash });
    return row === undefined ? 'none' : parseState.parse(row.state);
  }

  async record({ phoneHash, state, via, basis, at }: ConsentEvent): Promise<void> {
    await append.run(this.#session, { phoneHash, state, via, basis, at });
    await setState.run(this.#session, { phoneHash, state, at });
  }

  async events(phoneHash: PhoneHash): Promise<ConsentEvent[]> {
    const rows = await eventsOf.all(this.#session, { phoneHash });
    return rows.map((row) => ({
      phoneHash: asPhoneHash(row.phone_hash),
      state: parseState.parse(row.state),
      via: row.via,
      basis: row.basis,
      at: row.recorded_at,
    }));
  }
}
