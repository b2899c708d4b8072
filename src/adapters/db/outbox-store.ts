// The outbox: what shall be sent, by whom it is being sent, and what became of it. Rows move only by compare-and-set,
// and whoever holds a lease is told `false` as soon as it is not theirs any more.

import type { Ids } from '../../app/ports/clock.ts';
import type { AlertHead, Lane, OutboxStore } from '../../app/ports/database.ts';
import type { NewOutbound, Outbound, OutboundBody } from '../../app/ports/messages.ts';
import {
  asOutboundId,
  type ConversationId,
  type EscalationId,
  type OutboundId,
  type PhoneHash,
} from '../../core/model/ids.ts';
import type { MessageClass } from '../../core/model/message.ts';
import * as attempts from './attempt-statements.ts';
import {
  bodyKind,
  contentColumn,
  LANE_NUMBERS,
  laneOf,
  type OutboxRow,
  parseOutbound,
  recipientKey,
} from './outbox-columns.ts';
import * as lookUps from './outbox-look-ups.ts';
import { finishColumns, settleColumns } from './outbox-results.ts';
import * as statements from './outbox-statements.ts';
import { addReceipt, recordFirstWord } from './receipts.ts';
import type { SealedCodec } from './sealed.ts';
import type { Session } from './session.ts';

/** How near the next try of an older message must be to hold back the one behind it. */
const RETRY_SOON_MS = 60_000;

/** No lease is as long as this: one that ends later was written before the machine's clock was set back. */
const LONGEST_LEASE_MS = 5 * 60_000;
/** By less than this a clock may be set back, as time servers do, and nothing follows from it. */
const CLOCK_MEND_MS = 60_000;

export class SqlOutboxStore implements OutboxStore {
  readonly #session: Session;
  readonly #codec: SealedCodec;
  readonly #ids: Ids;

  constructor(session: Session, codec: SealedCodec, ids: Ids) {
    this.#session = session;
    this.#codec = codec;
    this.#ids = ids;
  }

  async add(row: NewOutbound, at: number): Promise<OutboundId | null> {
    const { key, messageClass, recipient, body, dueAt, escalationId, inReplyTo, isIntroduction, task, saidBy } = row;
    const id = asOutboundId(this.#ids.next());
    const added = await statements.insert.run(this.#session, {
      id,
      key,
      messageClass,
      lane: LANE_NUMBERS[laneOf(messageClass)],
      recipient: recipientKey(row),
      phoneHash: recipient.kind === 'phone' ? recipient.phoneHash : null,
      bodyKind: body.kind,
      content: contentColumn.seal(this.#codec, id, { recipient, body }),
      dueAt,
      escalationId,
      inReplyToId: inReplyTo?.inboundId ?? null,
      inReplyToAt: inReplyTo?.at ?? null,
      isIntroduction: isIntroduction ? 1 : 0,
      task,
      conversationId: saidBy?.conversationId ?? null,
      conversationVersion: saidBy?.version ?? null,
      deadlineOn: saidBy?.deadlineOn ?? null,
      at,
    });
    return added > 0 ? id : null;
  }

  async byId(outboundId: OutboundId): Promise<Outbound | null> {
    return this.#parse(await statements.byId.first(this.#session, { id: outboundId }));
  }

  async byKey(key: string): Promise<Outbound | null> {
    return this.#parse(await statements.byKey.first(this.#session, { key }));
  }

  async byProviderId(providerId: string): Promise<Outbound | null> {
    return this.#parse(await statements.byProviderId.first(this.#session, { providerId }));
  }

  async claimable(now: number, limit: number, lane: Lane): Promise<Outbound[]> {
    const retrySoon = now + RETRY_SOON_MS;
    const run = { now, retrySoon, limit, lane: LANE_NUMBERS[lane] };
    return this.#parseAll(await statements.claimable.all(this.#session, run));
  }

  async claim(outboundId: OutboundId, leaseToken: string, leaseUntil: number, at: number): Promise<boolean> {
    const run = { id: outboundId, token: leaseToken, leaseUntil, at };
    return (await statements.claim.run(this.#session, run)) > 0;
  }

  async release(outboundId: OutboundId, leaseToken: string, dueAt: number, reason: string): Promise<boolean> {
    return (await statements.release.run(this.#session, { id: outboundId, token: leaseToken, dueAt, reason })) > 0;
  }

  async hold(outboundId: OutboundId, until: number, reason: string): Promise<void> {
    await statements.hold.run(this.#session, { id: outboundId, dueAt: until, reason });
  }

  async drop(outboundId: OutboundId, reason: string): Promise<void> {
    await statements.drop.run(this.#session, { id: outboundId, reason });
  }

  async finish(...[outboundId, leaseToken, result]: Parameters<OutboxStore['finish']>): Promise<boolean> {
    const run = { id: outboundId, token: leaseToken, ...finishColumns(result) };
    if ((await attempts.finish.run(this.#session, run)) === 0) return false;
    if (result.kind === 'sent') await recordFirstWord(this.#session, outboundId, result);
    else await attempts.adoptFinished.run(this.#session, { id: outboundId });
    return true;
  }

  async expireLeases(realNow: number, checkAt: number): Promise<Outbound[]> {
    const tooFar = realNow + LONGEST_LEASE_MS;
    await attempts.adoptExpired.run(this.#session, { realNow, tooFar });
    return this.#parseAll(await attempts.expireLeases.all(this.#session, { realNow, tooFar, checkAt }));
  }

  async bringBack(now: number): Promise<void> {
    const run = { now, ahead: now + CLOCK_MEND_MS };
    await attempts.bringBackPending.run(this.#session, run);
    await attempts.bringBackUnknown.run(this.#session, run);
  }

  async unknownDue(now: number, limit: number): Promise<Outbound[]> {
    return this.#parseAll(await attempts.unknownDue.all(this.#session, { now, limit }));
  }

  async settle(...[outboundId, result]: Parameters<OutboxStore['settle']>): Promise<boolean> {
    const run = { id: outboundId, ...settleColumns(result) };
    if ((await attempts.settle.run(this.#session, run)) === 0) return false;
    if (result.kind === 'sent') await recordFirstWord(this.#session, outboundId, result);
    return true;
  }

  async knownProviderIds(phoneHash: PhoneHash, since: number): Promise<string[]> {
    const rows = await lookUps.knownProviderIds.all(this.#session, { phoneHash, since });
    return rows.flatMap((row) => (row.provider_id === null ? [] : [row.provider_id]));
  }

  async dropPending(phoneHash: PhoneHash, classes: readonly MessageClass[], reason: string): Promise<number> {
    let dropped = 0;
    for (const messageClass of classes) {
      dropped += await statements.dropPending.run(this.#session, { phoneHash, messageClass, reason });
    }
    return dropped;
  }

  async unaskedSince(phoneHash: PhoneHash, since: number): Promise<number[]> {
    const rows = await lookUps.unaskedSince.all(this.#session, { phoneHash, since });
    return rows.flatMap((row) => (row.attempted_at === null ? [] : [row.attempted_at]));
  }

  async ofConversation(conversationId: ConversationId, version: number): Promise<Outbound[]> {
    return this.#parseAll(await lookUps.ofConversation.all(this.#session, { conversationId, version }));
  }

  async countSince(phoneHash: PhoneHash, messageClass: MessageClass, since: number): Promise<number> {
    return (await lookUps.countSince.first(this.#session, { phoneHash, messageClass, since }))?.count ?? 0;
  }

  async bringForward(escalationId: EscalationId, reason: string, now: number): Promise<void> {
    await attempts.bringForward.run(this.#session, { escalationId, reason, now });
  }

  async alerts(escalationId: EscalationId): Promise<AlertHead[]> {
    const rows = await lookUps.alerts.all(this.#session, { escalationId });
    return rows.map((row) => ({
      id: asOutboundId(row.id),
      key: row.key,
      bodyKind: bodyKind.parse(row.body_kind),
      isPending: row.status === 'pending',
    }));
  }

  async pendingAlerts(escalationId: EscalationId): Promise<Outbound[]> {
    return this.#parseAll(await lookUps.pendingAlerts.all(this.#session, { escalationId }));
  }

  async alertPosts(escalationId: EscalationId): Promise<Outbound[]> {
    const posts = this.#parseAll(await lookUps.alertPosts.all(this.#session, { escalationId }));
    return posts.filter(({ body }) => body.kind === 'slack_post' && body.message.kind === 'alert');
  }

  addReceipt(receipt: Parameters<OutboxStore['addReceipt']>[0]): ReturnType<OutboxStore['addReceipt']> {
    return addReceipt(this.#session, receipt);
  }

  async withoutFinalStatus(before: number, limit: number): Promise<Outbound[]> {
    return this.#parseAll(await lookUps.withoutFinalStatus.all(this.#session, { before, limit }));
  }

  async markPolled(outboundId: OutboundId, at: number): Promise<void> {
    await lookUps.setPolled.run(this.#session, { id: outboundId, at });
  }

  async nextDueAt(after: number): Promise<number | null> {
    const next = [
      await lookUps.nextDue.first(this.#session, { lane: LANE_NUMBERS.urgent, after }),
      await lookUps.nextDue.first(this.#session, { lane: LANE_NUMBERS.normal, after }),
      await lookUps.nextCheck.first(this.#session, { after }),
    ].flatMap((row) => row?.at ?? []);
    return next.length === 0 ? null : Math.min(...next);
  }

  async failedSince(since: number, limit: number): Promise<Outbound[]> {
    return this.#parseAll(await lookUps.failedSince.all(this.#session, { since, limit }));
  }

  async countFailedSince(since: number): Promise<number> {
    return (await lookUps.countFailedSince.first(this.#session, { since }))?.count ?? 0;
  }

  async ofPhone(phoneHash: PhoneHash): Promise<Outbound[]> {
    return this.#parseAll(await lookUps.ofPhone.all(this.#session, { phoneHash }));
  }

  async lastTextTo(phoneHash: PhoneHash, since: number): Promise<Outbound | null> {
    return this.#parse(await lookUps.lastTextTo.first(this.#session, { phoneHash, since }));
  }

  async ofEscalation(escalationId: EscalationId): Promise<Outbound[]> {
    return this.#parseAll(await lookUps.ofEscalation.all(this.#session, { escalationId }));
  }

  async removeWords(outboundId: OutboundId, body: OutboundBody, at: number): Promise<void> {
    const row = await this.byId(outboundId);
    if (row === null) return;
    const content = contentColumn.seal(this.#codec, outboundId, { recipient: row.recipient, body });
    await lookUps.blank.run(this.#session, { id: outboundId, content, at });
  }

  #parse(row: OutboxRow | undefined): Outbound | null {
    return row === undefined ? null : parseOutbound(this.#codec, row);
  }

  #parseAll(rows: readonly OutboxRow[]): Outbound[] {
    return rows.map((row) => parseOutbound(this.#codec, row));
  }
}
