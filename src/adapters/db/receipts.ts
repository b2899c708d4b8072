// Delivery receipts meet outbox rows: in any order, doubled, before the send itself was recorded, or for nobody we know.

import type { OutboxStore } from '../../app/ports/database.ts';
import type { OutboundId } from '../../core/model/ids.ts';
import { receiptRank } from '../../core/model/receipt.ts';
import * as outbox from './outbox-statements.ts';
import * as receipts from './receipt-statements.ts';
import type { Session } from './session.ts';

/** Keeps the receipt, and raises the row it belongs to. A row that is not known yet finds it by its provider id later. */
export async function addReceipt(
  session: Session,
  { outboundId, providerId, status, code, at, rank }: Parameters<OutboxStore['addReceipt']>[0],
): ReturnType<OutboxStore['addReceipt']> {
  const contradicts = (await receipts.contradiction.first(session, { providerId, status, rank })) !== undefined;
  await receipts.append.run(session, { outboundId, providerId, status, code, rank, at });
  const row =
    outboundId === null
      ? await outbox.byProviderId.first(session, { providerId })
      : await outbox.byId.first(session, { id: outboundId });
  if (row === undefined) return { applied: false, contradicts };
  await receipts.adopt.run(session, { id: row.id, providerId });
  const raised = await receipts.raise.run(session, { id: row.id, status, rank });
  return { applied: raised > 0, contradicts };
}

/** Records the vendor's own answer to a send, and what was heard of this provider id before we knew whose it is. */
export async function recordFirstWord(
  session: Session,
  outboundId: OutboundId,
  { providerId, status }: { readonly providerId: string; readonly status: string },
): Promise<void> {
  await receipts.raise.run(session, { id: outboundId, status, rank: receiptRank(status) });
  const best = await receipts.ofProvider.first(session, { providerId });
  if (best !== undefined) await receipts.raise.run(session, { id: outboundId, status: best.status, rank: best.rank });
}
