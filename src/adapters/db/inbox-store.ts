// Every text that ever came in, once for ever: the same (source, external id) is refused however late it comes again.

import { z } from 'zod';
import type { InboxStore, StoredInbound } from '../../app/ports/database.ts';
import type { InboundMessage } from '../../app/ports/messages.ts';
import type { UnreadText } from '../../app/ports/staff-stores.ts';
import { asInboundId, asPhoneHash, type InboundId, type PhoneHash } from '../../core/model/ids.ts';
import type { Tier } from '../../core/model/message.ts';
import * as statements from './inbox-statements.ts';
import { JsonColumn, nullBefore, SealedColumn } from './json-column.ts';
import type { SealedCodec } from './sealed.ts';
import type { Session } from './session.ts';

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
    sentAt: nullBefore(z.number()),
  }),
);
const signalIdsColumn = new JsonColumn('inbox', 'signal_ids', z.array(z.string()).readonly());

interface InboxRow {
  readonly id: string;
  readonly phone_hash: string;
  readonly sealed_content: string;
  readonly received_at: number;
  readonly tier: string;
  readonly status: string;
  readonly words_removed_at: number | null;
}

export class SqlInboxStore implements InboxStore {
  readonly #session: Session;
  readonly #codec: SealedCodec;

  constructor(session: Session, codec: SealedCodec) {
    this.#session = session;
    this.#codec = codec;
  }

  async insert(
    { source, externalId, from, body, media, vendorKeyword, sentAt }: InboundMessage,
    {
      id,
      phoneHash,
      receivedAt,
    }: { readonly id: InboundId; readonly phoneHash: PhoneHash; readonly receivedAt: number },
  ): Promise<InboundId | null> {
    const address = from.kind === 'phone' ? from.address : from.slackUserId;
    const content = contentColumn.seal(this.#codec, id, {
      from: address,
      body,
      media,
      vendorKeyword,
      sentAt: sentAt ?? null,
    });
    const added = await statements.insert.run(this.#session, {
      id,
      source,
      externalId,
      phoneHash,
      content,
      receivedAt,
    });
    return added > 0 ? id : null;
  }

  async setScreening(inboundId: InboundId, tier: Tier, signalIds: readonly string[]): Promise<void> {
    const text = signalIdsColumn.write(inboundId, signalIds);
    await statements.screening.run(this.#session, { id: inboundId, tier, signalIds: text });
  }

  async markUnprocessed(inboundId: InboundId, reason: string): Promise<void> {
    await statements.setUnprocessed.run(this.#session, { id: inboundId, reason });
  }

  async markDone(inboundId: InboundId): Promise<boolean> {
    return (await statements.setDone.run(this.#session, { id: inboundId })) > 0;
  }

  async byId(inboundId: InboundId): Promise<StoredInbound | null> {
    const row = await statements.one.first(this.#session, { id: inboundId });
    return row === undefined ? null : this.#parse(row);
  }

  async byExternalId(source: InboundMessage['source'], externalId: string): Promise<StoredInbound | null> {
    const row = await statements.byExternal.first(this.#session, { source, externalId });
    return row === undefined ? null : this.#parse(row);
  }

  async newestAt(source: InboundMessage['source']): Promise<number | null> {
    return (await statements.newest.first(this.#session, { source }))?.received_at ?? null;
  }

  async recent(phoneHash: PhoneHash, since: number, limit: number): Promise<StoredInbound[]> {
    const rows = await statements.newestOf.all(this.#session, { phoneHash, since, limit });
    return rows.reverse().map((row) => this.#parse(row));
  }

  async countSince(phoneHash: PhoneHash, since: number): Promise<number> {
    return (await statements.count.first(this.#session, { phoneHash, since }))?.count ?? 0;
  }

  async signalsSince(phoneHash: PhoneHash, tier: Tier, since: number): Promise<(readonly string[])[]> {
    const rows = await statements.signals.all(this.#session, { phoneHash, tier, since });
    return rows.map(({ id, signal_ids }) => signalIdsColumn.read(id, signal_ids));
  }

  async unprocessed(limit: number): Promise<StoredInbound[]> {
    return (await statements.unprocessed.all(this.#session, { limit })).map((row) => this.#parse(row));
  }

  async markUnread(inboundId: InboundId): Promise<void> {
    await statements.setUnread.run(this.#session, { id: inboundId });
  }

  async markRead(inboundId: InboundId, by: string, at: number): Promise<boolean> {
    return (await statements.setRead.run(this.#session, { id: inboundId, by, at })) > 0;
  }

  async unread(limit: number): Promise<UnreadText[]> {
    const rows = await statements.unread.all(this.#session, { limit });
    return rows.map((row) => {
      const { id, phoneHash, body, receivedAt } = this.#parse(row);
      return { id, phoneHash, body, receivedAt };
    });
  }

  async countUnread(): Promise<number> {
    return (await statements.countUnread.first(this.#session, {}))?.count ?? 0;
  }

  async removeWords(
    phoneHash: PhoneHash,
    span: { readonly from: number; readonly until: number },
    at: number,
  ): Promise<number> {
    const rows = await statements.between.all(this.#session, { phoneHash, ...span });
    for (const { id, sealed_content } of rows) {
      const { from, vendorKeyword, sentAt } = contentColumn.open(this.#codec, id, sealed_content);
      const blank = { from, vendorKeyword, sentAt, body: '', media: [] };
      await statements.blank.run(this.#session, { id, content: contentColumn.seal(this.#codec, id, blank), at });
    }
    return rows.length;
  }

  #parse(row: InboxRow): StoredInbound {
    const { body, sentAt } = contentColumn.open(this.#codec, row.id, row.sealed_content);
    return {
      id: asInboundId(row.id),
      phoneHash: asPhoneHash(row.phone_hash),
      body,
      receivedAt: row.received_at,
      sentAt,
      tier: parseTier.parse(row.tier),
      status: parseStatus.parse(row.status),
      wordsRemovedAt: row.words_removed_at,
    };
  }
}
