// Delivery receipts: stored always, applied by rank (ST-02), and followed by what a refusal asks for.

import { isFinal, receiptRank } from '../core/model/receipt.ts';
import { climb } from './climb-ladder.ts';
import { handleProblem } from './handle-problem.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Database, Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';
import type { Problem, Receipt } from './ports/senders.ts';
import { showRelayState } from './show-relay-state.ts';

export interface ReceiptDeps extends HouseDeps {
  readonly database: Database;
  readonly wake: () => void;
}

/** Resolves after the commit. A receipt of an unknown text is parked until its row is known (ST-05). */
export function createRecordReceipt(deps: ReceiptDeps): (receipt: Receipt) => Promise<void> {
  return async (receipt) => {
    const isShown = await deps.database.transact((stores) => record(deps, stores, receipt));
    if (isShown || problemOf(receipt) !== null) deps.wake();
  };
}

/** A carrier may say that a text did not arrive without saying why: it has not arrived all the same. */
const NOT_ARRIVED: readonly string[] = ['undelivered', 'failed'];

function problemOf({ problem, status }: Receipt): Problem | null {
  return problem ?? (NOT_ARRIVED.includes(status) ? 'unreachable' : null);
}

/** True when it is a person's text, whose fate somebody is shown. */
async function record(deps: ReceiptDeps, stores: Stores, receipt: Receipt): Promise<boolean> {
  const now = deps.clock.now();
  const { outboundId, providerId, status, code } = receipt;
  const { applied, contradicts } = await stores.outbox.addReceipt({
    outboundId,
    providerId,
    status,
    code,
    at: now,
    rank: receiptRank(status),
  });
  if (contradicts) {
    deps.log.warn('receipt_contradicts', { ...(outboundId === null ? {} : { outboundId }), status });
  }
  const row = outboundId === null ? await stores.outbox.byProviderId(providerId) : await stores.outbox.byId(outboundId);
  if (row === null) return false;
  // The receipt proves that the vendor took it, also when the send's own answer was lost (platforms finding 3).
  if (row.status === 'unknown') await stores.outbox.settle(row.id, { kind: 'sent', providerId, status });
  if (applied && isFinal(status)) await followRefusal(deps, stores, row, receipt);
  await showRelayState(deps, stores, { text: row, now });
  return row.messageClass === 'human_text';
}

async function followRefusal(deps: ReceiptDeps, stores: Stores, row: Outbound, receipt: Receipt): Promise<void> {
  const problem = problemOf(receipt);
  if (problem === null) return;
  const now = deps.clock.now();
  const { status, code } = receipt;
  deps.log.warn('not_delivered', { outboundId: row.id, messageClass: row.messageClass, status, code: code ?? 'none' });
  await handleProblem(deps, stores, { row, problem, code: code ?? status, leaseToken: null, now });
  if (row.messageClass === 'alert') await climb(deps, stores, row);
}
