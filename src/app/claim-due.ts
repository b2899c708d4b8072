// Claims rows for one lane of the relay. The gates are asked inside the claiming transaction; what may not leave is
// held or dropped there and never claimed.

import { decideSend, type GateDecision } from '../core/safety/message-gates.ts';
import type { ContentShelf } from './content.ts';
import { gateRequest } from './gate-request.ts';
import { introductionKey } from './introduce.ts';
import type { Clock, Ids } from './ports/clock.ts';
import type { Database, Lane, Stores } from './ports/database.ts';
import type { Log } from './ports/log.ts';
import type { Outbound } from './ports/messages.ts';

export interface ClaimDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly content: ContentShelf;
  readonly log: Log;
}

/** How long a relay may hold a row (real time); a dead one's rows are looked into after that (DB-08). */
export const LEASE_MS = 30_000;

export interface Claim {
  readonly row: Outbound;
  readonly leaseToken: string;
  readonly validitySeconds: number | null;
}

/** `decided` counts rows that were held or dropped: more may stand behind them. */
export interface Claimed {
  readonly claims: readonly Claim[];
  readonly decided: number;
}

const NOTHING: Claimed = { claims: [], decided: 0 };

export async function claimDue(deps: ClaimDeps, lane: Lane, limit: number): Promise<Claimed> {
  if (limit <= 0) return NOTHING;
  const now = deps.clock.now();
  const due = await deps.database.read((stores) => stores.outbox.claimable(now, 1, lane));
  if (due.length === 0) return NOTHING;
  return deps.database.transact(async (stores) => {
    const claims: Claim[] = [];
    let decided = 0;
    for (const row of await stores.outbox.claimable(now, limit, lane)) {
      if (await waitsForIntroduction(stores, row)) {
        await stores.outbox.hold(row.id, now + INTRODUCTION_WAIT_MS, 'introduction_first');
        decided += 1;
        continue;
      }
      const decision = decideSend(await gateRequest(stores, deps.content.current(), row, now));
      const claim = await settle(deps, stores, row, decision, now);
      if (claim === null) decided += 1;
      else claims.push(claim);
    }
    return { claims, decided };
  });
}

/** Looked at again after this, while the first text ever is still on its way. */
const INTRODUCTION_WAIT_MS = 60_000;
const ON_ITS_WAY: ReadonlySet<Outbound['status']> = new Set(['pending', 'claimed', 'unknown', 'parked']);

/** Nobody is asked anything before they were told who texts them, also when Twilio stumbles over just that text (CA-02). */
async function waitsForIntroduction(stores: Stores, row: Outbound): Promise<boolean> {
  if (row.messageClass !== 'nudge' || row.isIntroduction || row.recipient.kind !== 'phone') return false;
  if (row.recipient.menteeId === null) return false;
  const introduction = await stores.outbox.byKey(introductionKey(row.recipient.menteeId));
  return introduction !== null && ON_ITS_WAY.has(introduction.status);
}

async function settle(
  deps: ClaimDeps,
  stores: Stores,
  row: Outbound,
  decision: GateDecision,
  now: number,
): Promise<Claim | null> {
  if (decision.kind === 'hold') {
    await stores.outbox.hold(row.id, decision.until, decision.reason);
    deps.log.info('send_held', { outboundId: row.id, messageClass: row.messageClass, reason: decision.reason });
    return null;
  }
  if (decision.kind === 'drop') {
    await stores.outbox.drop(row.id, decision.reason);
    deps.log.info('send_dropped', { outboundId: row.id, messageClass: row.messageClass, reason: decision.reason });
    return null;
  }
  const leaseToken = deps.ids.next();
  const mine = await stores.outbox.claim(row.id, leaseToken, deps.clock.realNow() + LEASE_MS, now);
  if (!mine) return null;
  const claimed: Outbound = { ...row, status: 'claimed', attempts: row.attempts + 1, leaseToken, attemptedAt: now };
  return { row: claimed, leaseToken, validitySeconds: decision.validitySeconds };
}
