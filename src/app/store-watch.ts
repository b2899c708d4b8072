// When the database cannot commit: webhooks are answered 503, and once a minute the operator and the people who were on
// call at start hear that texts are not stored (platforms DB-03). It needs no database for that, so it sends by itself.

import { asOutboundId, type Phone } from '../core/model/ids.ts';
import type { Clock, Ids } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { SmsSender } from './ports/senders.ts';

export interface StoreWatchDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly sms: SmsSender;
  /** Tells the operator's own webhook; never throws. Null when none is set. */
  readonly tellOperator: ((text: string) => Promise<void>) | null;
  /** Numbers of the on-call list, held since the last good read. */
  readonly onCallPhones: () => readonly Phone[];
  readonly programName: () => string;
  readonly programTimeZone: () => string;
}

export interface StoreWatch {
  /** A commit failed just now. */
  failed(): void;
  /** A commit went through: the trouble, if any, is over. */
  succeeded(): void;
  /** Once a minute: tells whoever must know, while it lasts. */
  tick(): Promise<void>;
}

export function createStoreWatch(deps: StoreWatchDeps): StoreWatch {
  let since: number | null = null;
  return {
    failed: () => {
      since ??= deps.clock.now();
    },
    succeeded: () => {
      if (since !== null) deps.log.info('store_recovered');
      since = null;
    },
    tick: async () => {
      if (since === null) return;
      deps.log.error('store_failing');
      const text = `${deps.programName()}: texts since ${clockTime(since, deps.programTimeZone())} are not stored. The database cannot be written: check the disk and the server now.`;
      const texts = deps
        .onCallPhones()
        .map((phone) =>
          deps.sms.send({ outboundId: asOutboundId(deps.ids.next()), to: phone, body: text, validitySeconds: null }),
        );
      await Promise.all([...texts, deps.tellOperator?.(text)]);
    },
  };
}

function clockTime(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  );
}
