// Conversations and the events they were advanced by. What a flow remembers and what a mentee replied is sealed.

import { sql } from 'kysely';
import { z } from 'zod';
import type { ConversationStore, RecordedEvent } from '../../app/ports/database.ts';
import type { Conversation } from '../../core/model/conversation.ts';
import {
  asConversationId,
  asMenteeId,
  asStructureHash,
  type ConversationId,
  type MenteeId,
} from '../../core/model/ids.ts';
import { eventColumn, stateColumn } from './conversation-columns.ts';
import type { SealedCodec } from './sealed.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const parseStatus = z.enum(['active', 'ended']);

const one = prepare<{ id: string }>()((db, p) => db.selectFrom('conversations').selectAll().where('id', '=', p.id));

const active = prepare<{ menteeId: string }>()((db, p) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where('mentee_id', '=', p.menteeId)
    .where('status', '=', sql.lit('active')),
);

/** Two that ended in the same moment are told apart by their ids, so that everybody gets the same one. */
const lastEnded = prepare<{ menteeId: string }>()((db, p) =>
  db
    .selectFrom('conversations')
    .selectAll()
    .where('mentee_id', '=', p.menteeId)
    .where('status', '=', sql.lit('ended'))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1),
);

const allActive = prepare()((db) =>
  db.selectFrom('conversations').selectAll().where('status', '=', sql.lit('active')).orderBy('mentee_id'),
);

const insert = prepare<{
  id: string;
  menteeId: string;
  flowId: string;
  structureHash: string;
  version: number;
  status: string;
  step: string;
  task: string | null;
  state: string;
  at: number;
}>()((db, p) =>
  db.insertInto('conversations').values({
    id: p.id,
    mentee_id: p.menteeId,
    flow_id: p.flowId,
    structure_hash: p.structureHash,
    version: p.version,
    status: p.status,
    step: p.step,
    task: p.task,
    sealed_state: p.state,
    created_at: p.at,
    updated_at: p.at,
  }),
);

const update = prepare<{
  id: string;
  structureHash: string;
  version: number;
  versionBefore: number;
  status: string;
  step: string;
  task: string | null;
  state: string;
  at: number;
}>()((db, p) =>
  db
    .updateTable('conversations')
    .set({
      structure_hash: p.structureHash,
      version: p.version,
      status: p.status,
      step: p.step,
      task: p.task,
      sealed_state: p.state,
      updated_at: p.at,
    })
    .where('id', '=', p.id)
    .where('version', '=', p.versionBefore),
);

const append = prepare<{ id: string; version: number; event: string; at: number }>()((db, p) =>
  db
    .insertInto('conversation_events')
    .values({ conversation_id: p.id, version: p.version, sealed_event: p.event, recorded_at: p.at }),
);

const eventsOf = prepare<{ id: string }>()((db, p) =>
  db.selectFrom('conversation_events').selectAll().where('conversation_id', '=', p.id).orderBy('version'),
);

interface ConversationRow {
  readonly id: string;
  readonly mentee_id: string;
  readonly flow_id: string;
  readonly structure_hash: string;
  readonly version: number;
  readonly status: string;
  readonly step: string;
  readonly task: string | null;
  readonly sealed_state: string;
}

export class SqlConversationStore implements ConversationStore {
  readonly #session: Session;
  readonly #codec: SealedCodec;

  constructor(session: Session, codec: SealedCodec) {
    this.#session = session;
    this.#codec = codec;
  }

  async byId(conversationId: ConversationId): Promise<Conversation | null> {
    const row = await one.first(this.#session, { id: conversationId });
    return row === undefined ? null : this.#parse(row);
  }

  async activeOf(menteeId: MenteeId): Promise<Conversation | null> {
    const row = await active.first(this.#session, { menteeId });
    return row === undefined ? null : this.#parse(row);
  }

  async lastEndedOf(menteeId: MenteeId): Promise<Conversation | null> {
    const row = await lastEnded.first(this.#session, { menteeId });
    return row === undefined ? null : this.#parse(row);
  }

  async running(): Promise<Conversation[]> {
    return (await allActive.all(this.#session, {})).map((row) => this.#parse(row));
  }

  async insert(conversation: Conversation, at: number): Promise<void> {
    const { id, menteeId, flowId } = conversation;
    await insert.run(this.#session, { menteeId, flowId, ...this.#columns(conversation), id, at });
  }

  async advance(conversation: Conversation, { version, event, facts, at }: RecordedEvent): Promise<boolean> {
    const columns = this.#columns(conversation);
    const changed = await update.run(this.#session, { ...columns, versionBefore: conversation.version - 1, at });
    if (changed === 0) return false;
    const sealed = eventColumn.seal(this.#codec, eventRowId(conversation.id, version), { event, facts });
    await append.run(this.#session, { id: conversation.id, version, event: sealed, at });
    return true;
  }

  async events(conversationId: ConversationId): Promise<RecordedEvent[]> {
    const rows = await eventsOf.all(this.#session, { id: conversationId });
    return rows.map((row) => {
      const { event, facts } = eventColumn.open(this.#codec, eventRowId(conversationId, row.version), row.sealed_event);
      return { version: row.version, event, facts, at: row.recorded_at };
    });
  }

  #columns({ id, structureHash, version, status, step, task, ...state }: Conversation) {
    const { waiting, unanswered, variables } = state;
    const sealed = stateColumn.seal(this.#codec, id, { waiting, unanswered, variables });
    return { id, structureHash, version, status, step, task, state: sealed };
  }

  #parse(row: ConversationRow): Conversation {
    const { waiting, unanswered, variables } = stateColumn.open(this.#codec, row.id, row.sealed_state);
    return {
      id: asConversationId(row.id),
      menteeId: asMenteeId(row.mentee_id),
      flowId: row.flow_id,
      structureHash: asStructureHash(row.structure_hash),
      version: row.version,
      status: parseStatus.parse(row.status),
      step: row.step,
      waiting,
      unanswered,
      task: row.task,
      variables,
    };
  }
}

const eventRowId = (conversationId: ConversationId, version: number): string => `${conversationId}:${version}`;
