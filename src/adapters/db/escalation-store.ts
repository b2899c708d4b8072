// Cases and what happened to them. At most one case of a phone is unresolved; the database itself sees to that.

import { sql } from 'kysely';
import type { Escalation, EscalationStore } from '../../app/ports/database.ts';
import { asEscalationId, asMenteeId, asPhoneHash, type EscalationId, type PhoneHash } from '../../core/model/ids.ts';
import type { EscalationEvent } from '../../core/safety/escalation.ts';
import { caseColumn, caseEventColumn, type SealedCase } from './escalation-columns.ts';
import type { SealedCodec } from './sealed.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const unresolvedOf = prepare<{ phoneHash: string }>()((db, p) =>
  db
    .selectFrom('escalations')
    .selectAll()
    .where('phone_hash', '=', p.phoneHash)
    .where('is_resolved', '=', sql.lit<0>(0)),
);

const one = prepare<{ id: string }>()((db, p) => db.selectFrom('escalations').selectAll().where('id', '=', p.id));

const withCode = prepare<{ caseCode: string }>()((db, p) =>
  db
    .selectFrom('escalations')
    .selectAll()
    .where('case_code', '=', p.caseCode)
    .where('is_resolved', '=', sql.lit<0>(0))
    .orderBy('created_at', 'desc')
    .limit(1),
);

const unresolved = prepare()((db) =>
  db.selectFrom('escalations').selectAll().where('is_resolved', '=', sql.lit<0>(0)).orderBy('created_at').orderBy('id'),
);

export const openedSince = prepare<{ since: number }>()((db, p) =>
  db.selectFrom('escalations').selectAll().where('created_at', '>=', p.since).orderBy('created_at').orderBy('id'),
);

/** Of two cases of one millisecond the one that is still open is the newer. */
export const newestOf = prepare<{ phoneHash: string }>()((db, p) =>
  db
    .selectFrom('escalations')
    .selectAll()
    .where('phone_hash', '=', p.phoneHash)
    .orderBy('created_at', 'desc')
    .orderBy('is_resolved')
    .orderBy('id', 'desc')
    .limit(1),
);

const insert = prepare<{
  id: string;
  caseCode: string;
  phoneHash: string;
  menteeId: string | null;
  version: number;
  isResolved: 0 | 1;
  state: string;
  at: number;
}>()((db, p) =>
  db.insertInto('escalations').values({
    id: p.id,
    case_code: p.caseCode,
    phone_hash: p.phoneHash,
    mentee_id: p.menteeId,
    version: p.version,
    is_resolved: p.isResolved,
    sealed_state: p.state,
    created_at: p.at,
    updated_at: p.at,
  }),
);

const update = prepare<{
  id: string;
  version: number;
  versionBefore: number;
  isResolved: 0 | 1;
  state: string;
  at: number;
}>()((db, p) =>
  db
    .updateTable('escalations')
    .set({ version: p.version, is_resolved: p.isResolved, sealed_state: p.state, updated_at: p.at })
    .where('id', '=', p.id)
    .where('version', '=', p.versionBefore),
);

const append = prepare<{ id: string; version: number; event: string; at: number }>()((db, p) =>
  db
    .insertInto('escalation_events')
    .values({ escalation_id: p.id, version: p.version, sealed_event: p.event, recorded_at: p.at }),
);

const eventsOf = prepare<{ id: string }>()((db, p) =>
  db.selectFrom('escalation_events').selectAll().where('escalation_id', '=', p.id).orderBy('version'),
);

/** What is left of what was said in a case, once its words were removed. */
const NO_WORDS = { words: [], answered: '', signals: [], topics: [] } as const;

interface EscalationRow {
  readonly id: string;
  readonly case_code: string;
  readonly phone_hash: string;
  readonly mentee_id: string | null;
  readonly version: number;
  readonly sealed_state: string;
}

export class SqlEscalationStore implements EscalationStore {
  readonly #session: Session;
  readonly #codec: SealedCodec;
  /** The case that was opened last. A handler reads its case again once it has the lock, mostly the same. */
  #lastOpened: { readonly sealed: string; readonly id: string; readonly value: SealedCase } | null = null;

  constructor(session: Session, codec: SealedCodec) {
    this.#session = session;
    this.#codec = codec;
  }

  async openOf(phoneHash: PhoneHash): Promise<Escalation | null> {
    return this.#parse(await unresolvedOf.first(this.#session, { phoneHash }));
  }

  async byId(escalationId: EscalationId): Promise<Escalation | null> {
    return this.#parse(await one.first(this.#session, { id: escalationId }));
  }

  async byCaseCode(caseCode: string): Promise<Escalation | null> {
    return this.#parse(await withCode.first(this.#session, { caseCode }));
  }

  async unresolved(): Promise<Escalation[]> {
    return (await unresolved.all(this.#session, {})).map((row) => this.#toEscalation(row));
  }

  async openedSince(since: number): Promise<Escalation[]> {
    return (await openedSince.all(this.#session, { since })).map((row) => this.#toEscalation(row));
  }

  async latestOf(phoneHash: PhoneHash): Promise<Escalation | null> {
    return this.#parse(await newestOf.first(this.#session, { phoneHash }));
  }

  async insert(escalation: Escalation, event: EscalationEvent, at: number): Promise<void> {
    const { caseCode, phoneHash, menteeId } = escalation;
    await insert.run(this.#session, { ...this.#columns(escalation), caseCode, phoneHash, menteeId, at });
    await this.#append(escalation, event, at);
  }

  async advance(escalation: Escalation, event: EscalationEvent, at: number): Promise<boolean> {
    const columns = this.#columns(escalation);
    const changed = await update.run(this.#session, { ...columns, versionBefore: escalation.version - 1, at });
    if (changed === 0) return false;
    await this.#append(escalation, event, at);
    return true;
  }

  async events(escalationId: EscalationId): ReturnType<EscalationStore['events']> {
    const rows = await eventsOf.all(this.#session, { id: escalationId });
    return rows.map((row) => ({
      version: row.version,
      event: caseEventColumn.open(this.#codec, `${escalationId}:${row.version}`, row.sealed_event),
      at: row.recorded_at,
    }));
  }

  async #append({ id, version }: Escalation, event: EscalationEvent, at: number): Promise<void> {
    const sealed = caseEventColumn.seal(this.#codec, `${id}:${version}`, event);
    await append.run(this.#session, { id, version, event: sealed, at });
  }

  async removeWords(escalation: Escalation, at: number): Promise<void> {
    const { version } = escalation;
    const columns = this.#columns({ ...escalation, ...NO_WORDS, wordsRemovedAt: at });
    await update.run(this.#session, { ...columns, versionBefore: version, at });
  }

  #columns({ id, version, state, ...said }: Escalation) {
    const isResolved: 0 | 1 = state.status === 'resolved' ? 1 : 0;
    const { words, answered, contact, raisedBy, signals, topics, dutySince, wordsRemovedAt } = said;
    const value = { state, words, answered, contact, raisedBy, signals, topics, dutySince, wordsRemovedAt };
    return { id, version, isResolved, state: caseColumn.seal(this.#codec, id, value) };
  }

  #parse(row: EscalationRow | undefined): Escalation | null {
    return row === undefined ? null : this.#toEscalation(row);
  }

  #toEscalation(row: EscalationRow): Escalation {
    return {
      id: asEscalationId(row.id),
      caseCode: row.case_code,
      phoneHash: asPhoneHash(row.phone_hash),
      menteeId: row.mentee_id === null ? null : asMenteeId(row.mentee_id),
      version: row.version,
      ...this.#open(row),
    };
  }

  /** Each value is sealed with a nonce of its own: the same text in the same row is the same value. */
  #open({ id, sealed_state: sealed }: EscalationRow): SealedCase {
    const last = this.#lastOpened;
    if (last !== null && last.id === id && last.sealed === sealed) return last.value;
    const value = caseColumn.open(this.#codec, id, sealed);
    this.#lastOpened = { id, sealed, value };
    return value;
  }
}
