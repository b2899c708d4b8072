// The minute: everything that time brings, in the order of its gravity. Each part stands alone, so that one that fails
// does not keep the others from running.

import { localDateOf } from '../core/model/local-time.ts';
import { auditCases } from './audit-cases.ts';
import type { ContentShelf } from './content.ts';
import { nameOf } from './error-name.ts';
import { onCallNow } from './on-call.ts';
import { pollFinalStatus } from './poll-final-status.ts';
import type { Clock } from './ports/clock.ts';
import type { Database } from './ports/database.ts';
import type { Heartbeat } from './ports/heartbeat.ts';
import type { Log } from './ports/log.ts';
import type { Receipt, SmsSender } from './ports/senders.ts';
import { followPublished } from './published-content.ts';
import { raiseAlarm } from './raise-alarm.ts';
import type { Relay } from './relay-outbox.ts';
import type { StoreWatch } from './store-watch.ts';

export interface TickDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly content: ContentShelf;
  readonly log: Log;
  readonly sms: SmsSender;
  readonly recordReceipt: (receipt: Receipt) => Promise<void>;
  readonly relay: Relay;
  readonly runDue: () => Promise<number>;
  readonly checkUnknown: () => Promise<number>;
  /** Reads in Slack what its events may not have brought (SL-12). */
  readonly pollThreads: () => Promise<void>;
  /** Compares the roster with the workspace, once a day (SL-24). */
  readonly checkSlackPeople: () => Promise<void>;
  readonly storeWatch: StoreWatch;
  /** Tells the operator's own webhook; never rejects. Null when none is set. */
  readonly tellOperator: ((text: string) => Promise<void>) | null;
  /** Told each minute in which all is well (CR-07). Null when none is set. */
  readonly heartbeat: Heartbeat | null;
}

/** Runs one minute's work. Resolves when it is done; the relay goes on by itself. Never rejects. */
export function createTick(deps: TickDeps): () => Promise<void> {
  let isStart = true;
  let isWell = false;
  const parts: readonly (readonly [string, () => Promise<unknown>])[] = [
    // First, so that nothing that falls due speaks with words that were replaced.
    ['follow_published', () => followPublished(deps)],
    ['run_due', deps.runDue],
    // After what was due is done: what is late now has stalled.
    ['audit_cases', async () => (isWell = await auditCases(deps))],
    ['check_unknown', deps.checkUnknown],

    ['poll_final_status', () => pollFinalStatus(deps)],
    ['on_call', () => checkOnCall(deps, isStart)],
    ['tell_operator', () => tellOperator(deps)],
    // Last: it asks Slack about one person after the other.
    ['slack_people', deps.checkSlackPeople],
    // Last: a Slack that hangs may hold up nothing else.
    ['poll_threads', deps.pollThreads],
  ];
  return async () => {
    isWell = false;
    const isWritten = await proveStore(deps);
    let beating: Promise<void> | undefined;
    for (const [name, part] of parts) {
      await part().catch((error: unknown) =>
        deps.log.error('tick_part_failed', { reason: name, error: nameOf(error) }),
      );
      // At once: what comes last may wait long for Slack.
      if (name === 'audit_cases' && isWritten && isWell) beating = deps.heartbeat?.();
    }
    isStart = false;
    deps.relay.wake();
    await beating;
  };
}

/** A real commit each minute: a database that cannot be written is heard of by night, too, when nobody texts (DB-03). */
async function proveStore(deps: TickDeps): Promise<boolean> {
  const now = deps.clock.now();
  try {
    await deps.database.transact((stores) => stores.house.put('last_tick_at', String(now)));
    deps.storeWatch.succeeded();
    return true;
  } catch (error) {
    deps.log.error('store_not_written', { error: nameOf(error) });
    deps.storeWatch.failed();
    return false;
  }
}

/** Alarms that may never arrive in Slack, because Slack or the account is what is broken (SL-21). */
const FOR_THE_OPERATOR: ReadonlySet<string> = new Set([
  'slack_auth',
  'slack_channel',
  'twilio_account',
  'twilio_unregistered',
  'twilio_webhooks_missing',
  'twilio_list_failing',
  'nobody_on_call',
  'nobody_reachable',
  'nobody_acknowledged',
  'case_stalled',
  'drill_failed',
  'content_refused',
]);

async function tellOperator(deps: TickDeps): Promise<void> {
  const { tellOperator: tell } = deps;
  if (tell === null) return;
  const now = deps.clock.now();
  const fresh = await deps.database.transact(async (stores) => {
    const untold: string[] = [];
    for (const { kind, subject, detail, raisedAt } of await stores.house.alarms()) {
      if (!FOR_THE_OPERATOR.has(kind)) continue;
      const isFirst = await stores.house.takeSlot('operator-told', `${kind}:${subject}:${raisedAt}`, now);
      if (isFirst) untold.push(`Icehouse alarm ${kind}: ${detail}`);
    }
    return untold;
  });
  for (const text of fresh) await tell(text);
}

const NOBODY: { readonly kind: string; readonly subject: string } = { kind: 'nobody_on_call', subject: 'roster' };

const NO_RESORT: typeof NOBODY = { kind: 'last_resort_empty', subject: 'roster' };

/**
 * An on-call list with nobody on it is said before it is needed: at each start, and once a local day until somebody is on
 * it. When no webhook is set either, nothing is left that a silent Slack leaves standing, and that is said as well.
 */
async function checkOnCall(deps: TickDeps, isStart: boolean): Promise<void> {
  const now = deps.clock.now();
  const reachable = await deps.database.read(async (stores) =>
    (await onCallNow(stores, now)).some((counselor) => counselor.phone !== null),
  );
  await deps.database.transact(async (stores) => {
    const clearAlarm = async ({ kind, subject }: typeof NOBODY, at: number): Promise<void> => {
      await stores.house.clearAlarm(kind, subject, at);
    };
    if (reachable || deps.tellOperator !== null) await clearAlarm(NO_RESORT, now);
    if (reachable) return clearAlarm(NOBODY, now);
    const today = localDateOf(now, deps.content.current().program.time_zone);
    if (!(await stores.house.takeSlot('on-call-check', today, now)) && !isStart) return;
    await clearAlarm(NOBODY, now);
    const detail =
      'Nobody is on the on-call list with a phone: when Slack is silent, a crisis reaches nobody. Import counselors with an on_call place.';
    await raiseAlarm(deps.log, stores, { ...NOBODY, detail, now });
    if (deps.tellOperator !== null) return;
    await clearAlarm(NO_RESORT, now);
    const empty =
      'The last resort is empty: no phone is on the on-call list and OPERATOR_WEBHOOK_URL is not set. Mend both before the next crisis.';
    await raiseAlarm(deps.log, stores, { ...NO_RESORT, detail: empty, now });
  });
}
