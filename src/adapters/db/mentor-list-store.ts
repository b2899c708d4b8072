// What waits on a mentor's list. A reason may quote a student, so it is sealed.

import { z } from 'zod';
import type { MentorListItem, MentorListStore } from '../../app/ports/database.ts';
import { asMenteeId, asMentorId, type MenteeId, type MentorId } from '../../core/model/ids.ts';
import { SealedColumn } from './json-column.ts';
import type { SealedCodec } from './sealed.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const reasonColumn = new SealedColumn('mentor_list_items', 'sealed_reason', z.string());

const insert = prepare<{
  key: string;
  menteeId: string;
  mentorId: string | null;
  reason: string;
  task: string | null;
  at: number;
}>()((db, p) =>
  db
    .insertInto('mentor_list_items')
    .values({
      key: p.key,
      mentee_id: p.menteeId,
      mentor_id: p.mentorId,
      sealed_reason: p.reason,
      task: p.task,
      created_at: p.at,
    })
    .onConflict((conflict) => conflict.column('key').doNothing()),
);

const openOfMentor = prepare<{ mentorId: string }>()((db, p) =>
  db
    .selectFrom('mentor_list_items')
    .selectAll()
    .where('mentor_id', '=', p.mentorId)
    .where('closed_at', 'is', null)
    .orderBy('seq'),
);

const openOfNobody = prepare()((db) =>
  db
    .selectFrom('mentor_list_items')
    .selectAll()
    .where('mentor_id', 'is', null)
    .where('closed_at', 'is', null)
    .orderBy('seq'),
);

const openOfMentee = prepare<{ menteeId: string }>()((db, p) =>
  db
    .selectFrom('mentor_list_items')
    .selectAll()
    .where('mentee_id', '=', p.menteeId)
    .where('closed_at', 'is', null)
    .orderBy('seq'),
);

const closeOlder = prepare<{ menteeId: string; at: number }>()((db, p) =>
  db
    .updateTable('mentor_list_items')
    .set({ closed_at: p.at })
    .where('mentee_id', '=', p.menteeId)
    .where('created_at', '<=', p.at)
    .where('closed_at', 'is', null),
);

interface ItemRow {
  readonly key: string;
  readonly mentee_id: string;
  readonly mentor_id: string | null;
  readonly sealed_reason: string;
  readonly task: string | null;
  readonly created_at: number;
}

export class SqlMentorListStore implements MentorListStore {
  readonly #session: Session;
  readonly #codec: SealedCodec;

  constructor(session: Session, codec: SealedCodec) {
    this.#session = session;
    this.#codec = codec;
  }

  async add(key: string, { menteeId, mentorId, reason, task, at }: MentorListItem): Promise<boolean> {
    const sealed = reasonColumn.seal(this.#codec, key, reason);
    return (await insert.run(this.#session, { key, menteeId, mentorId, reason: sealed, task, at })) > 0;
  }

  async open(mentorId: MentorId | null): Promise<MentorListItem[]> {
    const rows =
      mentorId === null
        ? await openOfNobody.all(this.#session, {})
        : await openOfMentor.all(this.#session, { mentorId });
    return rows.map((row) => this.#parse(row));
  }

  async openOfMentee(menteeId: MenteeId): Promise<MentorListItem[]> {
    return (await openOfMentee.all(this.#session, { menteeId })).map((row) => this.#parse(row));
  }

  closeOfMentee(menteeId: MenteeId, at: number): Promise<number> {
    return closeOlder.run(this.#session, { menteeId, at });
  }

  #parse(row: ItemRow): MentorListItem {
    return {
      menteeId: asMenteeId(row.mentee_id),
      mentorId: row.mentor_id === null ? null : asMentorId(row.mentor_id),
      reason: reasonColumn.open(this.#codec, row.key, row.sealed_reason),
      task: row.task,
      at: row.created_at,
    };
  }
}
