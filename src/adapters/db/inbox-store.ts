// Every text that ever came in, once for ever: the same (source, external id) is refused however late it comes again.

import { sql } from 'kysely';
import { z } from 'zod';
import type { InboxStore, StoredInbound } from '../../app/ports/database.ts';
import type { InboundMessage } from '../../app/ports/messages.ts';
import { asInboundId, asPhoneHash, type InboundId, type PhoneHash } from '../../core/model/ids.ts';
import type { Tier } from '../../core/model/message.ts';
import { JsonColumn, SealedColumn } from './json-column.ts';
import type { SealedCodec } from './sealed.ts';
import type { Session } from './session.ts';
import { prepare } from './statement.ts';

const parseTier = z.enum(['crisis', 'high', 'moderate', 'none']);
const parseStatus = z.enum(['done', 'unprocessed']);

const contentColumn = new SealedColumn(
  'inbox',
  'sealed_content',
  z.object({
    from: z.string(),
    body: z.string(),
    media: z.array(z.object({ url: z.string(), contentType: z.string() })).readonly(),
    vendorKeyword: z.enum(['STOP', 'START', 'HELP']).nullable(),
  }),
);
const signalIdsColumn = new JsonColumn('inbox', 'signal_ids', z.array(z.string()).readonly());

const insert = prepare<{
  id: string;
  source: string;
  externalId: string;
  phoneHash: string;
  content: string;
  receivedAt: number;
}>()((db, p) =>
  db
    .insertInto('inbox')
    .values({
      id: p.id,
      source: p.source,
      external_id: p.externalId,
      phone_hash: p.phoneHash,
      sealed_content: p.content,
      received_at: p.receivedAt,
    })
    .onConflict((conflict) => conflict.columns(['source', 'external_id']).doNothing()),
);

const screening = prepare<{ id: string; tier: string; signalIds: string }>()((db, p) =>
  db.updateTable('inbox').set({ tier: p.tier, signal_ids: p.signalIds }).where('id', '=', p.id),
);

const setUnprocessed = prepare<{ id: string; reason: string }>()((db, p) =>
  db.updateTable('inbox').set({ status: 'unprocessed', unprocessed_reason: p.reason }).where('id', '=', p.id),
);

const setDone = prepare<{ id: string }>()((db, p) =>
  db.updateTable('inbox').set({ status: 'done' }).where('id', '=', p.id).where('status', '=', sql.lit('unprocessed')),
);

const one = prepare<{ id: string }>()((db, p) => db.selectFrom('inbox').selectAll().where('id', '=', p.id));

const newestOf = prepare<{ phoneHash: string; since: number; limit: number }>()((db, p) =>
  db
    .selectFrom('inbox')
    .selectAll()
    .where('phone_hash', '=', p.phoneHash)
    .where('received_at', '>=', p.since)
    .orderBy('received_at', 'desc')
    .orderBy('seq', 'desc')
    .limit(p.limit),
);

const count = prepare<{ phoneHash: string; since: number }>()((db, p) =>
  db
    .selectFrom('inbox')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('phone_hash', '=', p.phoneHash)
    .where('received_at', '>=', p.since),
);

const unprocessed = prepare<{ limit: number }>()((db, p) =>
  db.selectFrom('inbox').selectAll().where('status', '=', sql.lit('unprocessed')).orderBy('seq').limit(p.limit),
);

interface InboxRow {
  readonly id: string;
  readonly phone_hash: string;
  readonly sealed_content: string;
  readonly received_at: number;
  readonly tier: string;
  readonly status: string;
}

export class SqlInboxStore implements InboxStore {
  readonly #session: Session;
  readonly #codec: SealedCodec;

  constructor(session: Session, codec: SealedCodec) {
    this.#session = session;
    this.#codec = codec;
  }

  async insert(
    { source, externalId, from, body, media, vendorKeyword }: InboundMessage,
    {
      id,
      phoneHash,
      receivedAt,
    }: { readonly id: InboundId; readonly phoneHash: PhoneHash; readonly receivedAt: number },
  ): Promise<InboundId | null> {
    const address = from.kind === 'phone' ? from.address : from.slackUserId;
    const content = contentColumn.seal(this.#codec, id, { from: address, body, media, vendorKeyword });
    const added = await insert.run(this.#session, { id, source, externalId, phoneHash, content, receivedAt });
    return added > 0 ? id : null;
  }

  async setScreening(inboundId: InboundId, tier: Tier, signalIds: readonly string[]): Promise<void> {
    const text = signalIdsColumn.write(inboundId, signalIds);
    await screening.run(this.#session, { id: inboundId, tier, signalIds: text });
  }

  async markUnprocessed(inboundId: InboundId, reason: string): Promise<void> {
    await setUnprocessed.run(this.#session, { id: inboundId, reason });
  }

  async markDone(inboundId: InboundId): Promise<boolean> {
    return (await setDone.run(this.#session, { id: inboundId })) > 0;
  }

  async byId(inboundId: InboundId): Promise<StoredInbound | null> {
    const row = await one.first(this.#session, { id: inboundId });
    return row === undefined ? null : this.#parse(row);
  }

  async recent(phoneHash: PhoneHash, since: number, limit: number): Promise<StoredInbound[]> {
    const rows = await newestOf.all(this.#session, { phoneHash, since, limit });
    return rows.reverse().map((row) => this.#parse(row));
  }

  async countSince(phoneHash: PhoneHash, since: number): Promise<number> {
    return (await count.first(this.#session, { phoneHash, since }))?.count ?? 0;
  }

  async unprocessed(limit: number): Promise<StoredInbound[]> {
    return (await unprocessed.all(this.#session, { limit })).map((row) => this.#parse(row));
  }

  #parse(row: InboxRow): StoredInbound {
    return {
      id: asInboundId(row.id),
      phoneHash: asPhoneHash(row.phone_hash),
      body: contentColumn.open(this.#codec, row.id, row.sealed_content).body,
      receivedAt: row.received_at,
      tier: parseTier.parse(row.tier),
      status: parseStatus.parse(row.status),
    };
  }
}
