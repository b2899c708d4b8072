// Looks into sends whose answer was lost, by what the vendor itself says of them, and decides by class what follows.

import { decideUnknown } from '../core/safety/unknown-outcome.ts';
import { type AttemptDeps, slackTarget } from './attempt-send.ts';
import { isUrgentClass } from './class-traits.ts';
import { climb } from './climb-ladder.ts';
import type { Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';
import type { Lookup } from './ports/senders.ts';
import { findPlace, noteAlone, STANDS_ALONE, standsAlone, wakeThread } from './post-place.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { showRelayState } from './show-relay-state.ts';

/** Rows looked into by one call, urgent ones first: asking may hang, and the minute has other work. */
const AT_ONCE = 20;
/** A row whose relay died is looked into this long after its lease ran out; an urgent one at once. */
const AFTER_LEASE_MS = 5_000;

/** Frees the rows of dead relays, and checks doubtful ones whose time has come. Resolves with how many it looked into. */
export function createCheckUnknown(deps: AttemptDeps & { readonly wake: () => void }): () => Promise<number> {
  let running: Promise<number> | null = null;
  const look = async () => {
    await freeExpired(deps);
    const rows = await deps.database.read((stores) => stores.outbox.unknownDue(deps.clock.now(), AT_ONCE));
    await Promise.all(rows.map((row) => check(deps, row)));
    if (rows.length > 0) deps.wake();
    return rows.length;
  };
  return () => {
    running ??= look().finally(() => {
      running = null;
    });
    return running;
  };
}

async function freeExpired(deps: AttemptDeps): Promise<void> {
  const now = deps.clock.now();
  const realNow = deps.clock.realNow();
  await deps.database.transact(async (stores) => {
    await stores.outbox.bringBack(now);
    for (const row of await stores.outbox.expireLeases(realNow, now + AFTER_LEASE_MS)) {
      deps.log.warn('lease_expired', { outboundId: row.id, messageClass: row.messageClass });
      if (isUrgentClass(row.messageClass)) await stores.outbox.settle(row.id, { kind: 'check_again', at: now });
      if (row.messageClass === 'alert' && row.body.kind !== 'slack_update') await climb(deps, stores, row);
      await showRelayState(deps, stores, { text: row, now });
    }
  });
}

async function check(deps: AttemptDeps, row: Outbound): Promise<void> {
  const seen = await lookUp(deps, row);
  await deps.database.transact(async (stores) => {
    await settle(deps, stores, row, seen);
    await showRelayState(deps, stores, { text: row, now: deps.clock.now() });
  });
}

/** The vendor's list is searched from a little before the attempt: what others adopted since then is not ours. */
const KNOWN_BEFORE_MS = 10 * 60_000;

async function lookUp(deps: AttemptDeps, row: Outbound): Promise<Lookup> {
  const since = row.attemptedAt ?? row.createdAt;
  const { recipient, body } = row;
  if (body.kind === 'sms' && recipient.kind === 'phone') {
    const knownIds = await deps.database.read((stores) =>
      stores.outbox.knownProviderIds(recipient.phoneHash, row.createdAt - KNOWN_BEFORE_MS),
    );
    return deps.sms.find({ to: recipient.phone, body: body.text, since, knownIds });
  }
  const to = slackTarget(recipient);
  if (to === null || body.kind === 'slack_update') return { kind: 'absent' };
  const place = await deps.database.read((stores) => findPlace(stores, row));
  const threadTs = place.kind === 'here' ? (place.thread?.ts ?? null) : null;
  const seen = await deps.slack.find({ to, outboundId: row.id, threadTs });
  if (threadTs === null) return seen.kind === 'found' && standsAlone(row, place) ? alone(seen) : seen;
  if (seen.kind !== 'absent' || row.messageClass !== 'alert') return seen;
  // It may have left before the card in whose thread it belongs was there: then it stands beside it.
  const beside = await deps.slack.find({ to, outboundId: row.id, threadTs: null });
  return beside.kind === 'found' ? alone(beside) : beside;
}

function alone(seen: Extract<Lookup, { kind: 'found' }>): Lookup {
  return { ...seen, status: STANDS_ALONE };
}

async function settle(deps: AttemptDeps, stores: Stores, row: Outbound, seen: Lookup): Promise<void> {
  const now = deps.clock.now();
  if (seen.kind === 'found') {
    await stores.outbox.settle(row.id, { kind: 'sent', providerId: seen.providerId, status: seen.status });
    if (seen.status === STANDS_ALONE) await noteAlone(stores, row, now);
    await wakeThread(stores, row, now);
    return;
  }
  const decision = decideUnknown(row.messageClass, {
    // Tried at a time still to come, because the clock was set back: as if it had been tried just now.
    sinceMs: Math.max(0, now - (row.attemptedAt ?? row.createdAt)),
    seenAtProvider: seen.kind === 'absent' ? false : null,
    attempts: row.attempts,
  });
  deps.log.info('unknown_checked', { outboundId: row.id, status: seen.kind, reason: decision.kind });
  switch (decision.kind) {
    case 'adopt':
      return;
    case 'wait':
      await stores.outbox.settle(row.id, { kind: 'check_again', at: now + Math.max(decision.forMs, 1_000) });
      return;
    case 'resend':
    case 'resend_gated':
      await stores.outbox.settle(row.id, { kind: 'resend', dueAt: now });
      return;
    case 'lost':
    case 'ask_person':
      await stores.outbox.settle(row.id, { kind: 'lost' });
      await raiseAlarm(deps.log, stores, {
        kind: 'message_lost',
        subject: row.id,
        detail: `A ${row.messageClass} may not have arrived and is not sent again by itself. See docs/operations.md, "A lost message".`,
        now,
      });
      return;
  }
}
