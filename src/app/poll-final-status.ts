// Texts whose last word never came: after a day the vendor is asked once, and what it says is recorded like a receipt.
// A text is never sent again because its fate is unknown (platforms ST-04).

import type { Clock } from './ports/clock.ts';
import type { Database } from './ports/database.ts';
import type { Receipt, SmsSender } from './ports/senders.ts';

const WAIT_MS = 24 * 3_600_000;
/** Few at once: asking may hang, and the minute has other work. */
const AT_ONCE = 3;

export async function pollFinalStatus(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly sms: SmsSender;
  /** What is found out late is followed up like any receipt. */
  readonly recordReceipt: (receipt: Receipt) => Promise<void>;
}): Promise<void> {
  const now = deps.clock.now();
  const rows = await deps.database.read((stores) => stores.outbox.withoutFinalStatus(now - WAIT_MS, AT_ONCE));
  for (const row of rows) {
    if (row.providerId === null) continue;
    const said = await deps.sms.statusOf(row.providerId);
    if (said.kind === 'unreachable') return;
    const status = said.kind === 'found' ? said.status : 'unknown';
    const { id: outboundId, providerId } = row;
    await deps.recordReceipt({ outboundId, providerId, status, problem: null, code: null });
    await deps.database.transact((stores) => stores.outbox.markPolled(outboundId, now));
  }
}
