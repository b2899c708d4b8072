// What became of an attempt, as rows: sent, to be tried again, doubtful, or refused, and what follows from each. The
// lease token fences it: a relay that slept through its lease changes nothing (DB-07).

import { decideUnknown } from '../core/safety/unknown-outcome.ts';
import type { Claim } from './claim-due.ts';
import { isUrgentClass } from './class-traits.ts';
import { climb } from './climb-ladder.ts';
import type { CommitTurn } from './commit-turn.ts';
import { handleProblem } from './handle-problem.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Database, Stores } from './ports/database.ts';
import type { Outbound } from './ports/messages.ts';
import type { SendOutcome } from './ports/senders.ts';
import { noteAlone, STANDS_ALONE, wakeThread } from './post-place.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { showRelayState } from './show-relay-state.ts';
import { tellOfDelay, tellOfEnd } from './unsent-reply.ts';

export interface OutcomeDeps extends HouseDeps {
  readonly database: Database;
  /** Commits outcomes that come together; left out, each has a commit of its own. */
  readonly commit?: CommitTurn;
}

/** Status of an update whose post never left: no vendor was asked. */
export const SUPERSEDED = 'superseded';
const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 5 * 60_000;
const LONGEST_URGENT_BACKOFF_MS = 30_000;
/** After so many tries a text that is not urgent is parked for staff (DB-09). */
export const ATTEMPT_LIMIT = 25;
/** A doubtful post in Slack is looked for after this. */
const SLACK_LOOKUP_MS = 3_000;

export async function recordOutcome(deps: OutcomeDeps, claim: Claim, outcome: SendOutcome): Promise<void> {
  const commit: CommitTurn = deps.commit ?? ((work) => deps.database.transact(work));
  await commit(async (stores) => {
    if (!(await record(deps, stores, claim, outcome))) return;
    await follow(deps, stores, claim, outcome);
    await tellOfReply(stores, claim.row, outcome, deps.clock.now());
    if (outcome.kind === 'accepted') await wakeThread(stores, claim.row, deps.clock.now());
    await showRelayState(deps, stores, { text: claim.row, now: deps.clock.now() });
  });
}

async function record(deps: OutcomeDeps, stores: Stores, claim: Claim, outcome: SendOutcome): Promise<boolean> {
  const { row, leaseToken } = claim;
  const now = deps.clock.now();
  switch (outcome.kind) {
    case 'accepted':
      if (outcome.status === STANDS_ALONE) await noteAlone(stores, row, now);
      if (outcome.status !== SUPERSEDED) await clearVendorAlarms(stores, alarmsOf(row), now);
      return stores.outbox.finish(row.id, leaseToken, {
        kind: 'sent',
        providerId: outcome.providerId,
        status: outcome.status,
      });
    case 'not_sent':
      return retryOrPark(deps, stores, claim, outcome.code, outcome.afterMs);
    case 'unknown':
      return recordUnknown(stores, claim, outcome.code, now);
    case 'rejected':
      return handleProblem(deps, stores, { row, problem: outcome.problem, code: outcome.code, leaseToken, now });
  }
}

async function retryOrPark(
  deps: OutcomeDeps,
  stores: Stores,
  { row, leaseToken }: Claim,
  code: string,
  afterMs: number | null,
): Promise<boolean> {
  const now = deps.clock.now();
  const urgent = isUrgentClass(row.messageClass);
  if (!urgent && row.messageClass !== 'notice' && row.attempts >= ATTEMPT_LIMIT) {
    const detail = 'A message failed too often and is not tried any more. See docs/operations.md, "A parked message".';
    await raiseAlarm(deps.log, stores, { kind: 'message_parked', subject: row.id, detail, now });
    return stores.outbox.finish(row.id, leaseToken, { kind: 'parked', code });
  }
  const dueAt = now + Math.max(afterMs ?? 0, backoffMs(row.attempts, row.id, urgent));
  return stores.outbox.finish(row.id, leaseToken, { kind: 'retry', dueAt, code });
}

/** Doubles with each try up to a limit; half of it depends on the row, so that many do not come back together (TX-02). */
export function backoffMs(attempts: number, rowId: string, urgent: boolean): number {
  const longest = urgent ? LONGEST_URGENT_BACKOFF_MS : LONGEST_BACKOFF_MS;
  const whole = Math.min(longest, FIRST_BACKOFF_MS * 2 ** Math.min(attempts - 1, 20));
  let spread = 0;
  for (const letter of `${rowId}:${attempts}`) spread = (spread * 33 + (letter.codePointAt(0) ?? 0)) % 1_000;
  return Math.round(whole / 2 + (whole / 2) * (spread / 1_000));
}

async function recordUnknown(stores: Stores, { row, leaseToken }: Claim, code: string, now: number): Promise<boolean> {
  const inSlack = row.recipient.kind !== 'phone';
  const decision = decideUnknown(row.messageClass, { sinceMs: 0, seenAtProvider: null, attempts: row.attempts });
  if (decision.kind === 'wait' || inSlack || decision.kind === 'ask_person') {
    const forMs = decision.kind === 'wait' ? decision.forMs : SLACK_LOOKUP_MS;
    return stores.outbox.finish(row.id, leaseToken, { kind: 'unknown', checkAt: now + forMs });
  }
  const dueAt = now + backoffMs(row.attempts, row.id, true);
  return stores.outbox.finish(row.id, leaseToken, { kind: 'retry', dueAt, code });
}

/** An alert that did not get through, for whatever reason, climbs to the next rung at once (CR-03). */
async function follow(deps: OutcomeDeps, stores: Stores, { row }: Claim, outcome: SendOutcome): Promise<void> {
  if (outcome.kind === 'accepted' || row.messageClass !== 'alert' || row.body.kind === 'slack_update') return;
  await climb(deps, stores, row);
}

/** A safety reply that does not leave is no secret of the outbox: the case says so, and says when it has left. */
async function tellOfReply(stores: Stores, row: Outbound, outcome: SendOutcome, now: number): Promise<void> {
  if (outcome.kind === 'accepted') return tellOfEnd(stores, row, now);
  if (outcome.kind !== 'rejected') return tellOfDelay(stores, row, { code: outcome.code, now });
}

const SMS_ALARMS: readonly string[] = ['twilio_account', 'twilio_unregistered'];
const SLACK_ALARMS: readonly string[] = ['slack_auth'];
const CALL_ALARMS: readonly string[] = ['twilio_account', 'call_refused'];

function alarmsOf({ body }: Claim['row']): readonly string[] {
  if (body.kind === 'call') return CALL_ALARMS;
  return body.kind === 'sms' ? SMS_ALARMS : SLACK_ALARMS;
}

/** A vendor that takes messages again is well: its alarms end by themselves. */
async function clearVendorAlarms(stores: Stores, kinds: readonly string[], now: number): Promise<void> {
  for (const alarm of await stores.house.alarms()) {
    if (kinds.includes(alarm.kind)) await stores.house.clearAlarm(alarm.kind, alarm.subject, now);
  }
}
