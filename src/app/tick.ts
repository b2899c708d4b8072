// The minute: everything that time brings, in the order of its gravity. Each part stands alone, so that one that fails
// does not keep the others from running.

import { localDateOf } from '../core/model/local-time.ts';
import type { ContentShelf } from './content.ts';
import { nameOf } from './error-name.ts';
import { pollFinalStatus } from './poll-final-status.ts';
import type { Clock } from './ports/clock.ts';
import type { Database } from './ports/database.ts';
import type { Log } from './ports/log.ts';
import type { SmsSender } from './ports/senders.ts';
import { followPublished } from './publish-content.ts';
import { raiseAlarm } from './raise-alarm.ts';
import type { Relay } from './relay-outbox.ts';

export interface TickDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly content: ContentShelf;
  readonly log: Log;
  readonly sms: SmsSender;
  readonly relay: Relay;
  readonly runDue: () => Promise<number>;
  readonly checkUnknown: () => Promise<number>;
}

/** Runs one minute's work. Resolves when it is done; the relay goes on by itself. Never rejects. */
export function createTick(deps: TickDeps): () => Promise<void> {
  const parts: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['run_due', deps.runDue],
    ['check_unknown', deps.checkUnknown],
    ['follow_published', () => followPublished(deps)],
    ['poll_final_status', () => pollFinalStatus(deps)],
    ['on_call', () => checkOnCall(deps)],
  ];
  return async () => {
    for (const [name, part] of parts) {
      await part().catch((error: unknown) =>
        deps.log.error('tick_part_failed', { reason: name, error: nameOf(error) }),
      );
    }
    deps.relay.wake();
  };
}

const NOBODY: { readonly kind: string; readonly subject: string } = { kind: 'nobody_on_call', subject: 'roster' };

/** An on-call list with nobody on it is said before it is needed, once a local day until somebody is on it. */
async function checkOnCall(deps: TickDeps): Promise<void> {
  const now = deps.clock.now();
  const reachable = await deps.database.read(async (stores) =>
    (await stores.people.onCall()).some((counselor) => counselor.phone !== null),
  );
  await deps.database.transact(async (stores) => {
    if (reachable) return void (await stores.house.clearAlarm(NOBODY.kind, NOBODY.subject, now));
    const today = localDateOf(now, deps.content.current().program.time_zone);
    if (!(await stores.house.takeSlot('on-call-check', today, now))) return;
    await stores.house.clearAlarm(NOBODY.kind, NOBODY.subject, now);
    const detail =
      'Nobody is on the on-call list with a phone: when Slack is silent, a crisis reaches nobody. Import counselors with an on_call place.';
    await raiseAlarm(deps.log, stores, { ...NOBODY, detail, now });
  });
}
