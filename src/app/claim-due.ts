// Claims rows for one lane of the relay. The gates are asked inside the claiming transaction; what may not leave is
// held or dropped there and never claimed.

import { decideSend, type GateDecision } from '../core/safety/message-gates.ts';
import { callOff } from './call-off.ts';
import type { Content } from './content.ts';
import { gateRequest } from './gate-request.ts';
import type { HouseDeps } from './house-deps.ts';
import { introduce, introductionState } from './introduce.ts';
import type { Database, Lane, Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';
import { findPlace, looksAgainAt, POST_PENDING } from './post-place.ts';
import { showRelayState } from './show-relay-state.ts';

export interface ClaimDeps extends HouseDeps {
  readonly database: Database;
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
      const content = deps.content.current();
      // Held here, in the commit of the others: claimed and let go it would take two flushes, and a place on the wire.
      if ((await findPlace(stores, row)).kind === 'not_yet') {
        await stores.outbox.hold(row.id, looksAgainAt(now), POST_PENDING);
        decided += 1;
        continue;
      }
      const decision = decideSend(await gateRequest(stores, content, row, now));
      const until = decision.kind === 'send' ? await introductionFirst(stores, content, row, now) : null;
      if (until !== null) {
        await stores.outbox.hold(row.id, until, 'introduction_first');
        decided += 1;
        continue;
      }
      const claim = await settle(deps, stores, row, decision, now);
      if (claim === null) decided += 1;
      else claims.push(claim);
    }
    return { claims, decided };
  });
}

/** Looked at again after this, while the first text ever is still on its way; and when it waits for a person. */
const INTRODUCTION_WAIT_MS = 60_000;
const PARKED_WAIT_MS = 12 * 3_600_000;

/**
 * Nobody is asked anything before they were told who texts them, also when Twilio stumbles over just that text (CA-02).
 * An introduction that came to nothing is queued again. Null when the nudge may go, or when it is to be looked at again.
 */
async function introductionFirst(stores: Stores, content: Content, row: Outbound, now: number): Promise<number | null> {
  if (row.messageClass !== 'nudge' || row.isIntroduction || row.recipient.kind !== 'phone') return null;
  const mentee = row.recipient.menteeId === null ? null : await stores.people.mentee(row.recipient.menteeId);
  if (mentee === null) return null;
  const state = await introductionState(stores, mentee);
  if (state.kind === 'said') return null;
  if (state.kind === 'on_its_way') return now + (state.isParked ? PARKED_WAIT_MS : INTRODUCTION_WAIT_MS);
  await introduce(stores, content, mentee, now, null);
  return Math.max(state.from, now + INTRODUCTION_WAIT_MS);
}

/** It named a deadline that is another one now, and nobody called it off: the mentee is asked with the right one. */
async function askAnew(stores: Stores, content: Content, { saidBy, task, recipient }: Outbound, now: number) {
  if (saidBy === null || task === null || recipient.kind !== 'phone' || recipient.menteeId === null) return;
  const conversation = await stores.conversations.byId(saidBy.conversationId);
  const mentee = await stores.people.mentee(recipient.menteeId);
  if (conversation?.version !== saidBy.version || conversation.status === 'ended' || mentee === null) return;
  await callOff(stores, content, { conversation, mentee, why: 'deadline_changed', now });
  await stores.tasks.forgetAsked(mentee.id, task);
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
    await showRelayState(deps, stores, { text: row, now });
    if (decision.reason === 'overtaken') await askAnew(stores, deps.content.current(), row, now);
    return null;
  }
  const leaseToken = deps.ids.next();
  const mine = await stores.outbox.claim(row.id, leaseToken, deps.clock.realNow() + LEASE_MS, now);
  if (!mine) return null;
  const claimed: Outbound = { ...row, status: 'claimed', attempts: row.attempts + 1, leaseToken, attemptedAt: now };
  return { row: claimed, leaseToken, validitySeconds: decision.validitySeconds };
}
