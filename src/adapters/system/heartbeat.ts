// Tells a monitor outside that all is well: a GET of its address. What is not well is said by keeping silent.

import type { Heartbeat } from '../../app/ports/heartbeat.ts';
import type { Log } from '../../app/ports/log.ts';

const TIMEOUT_MS = 10_000;

/** Null without an address. */
export function createHeartbeat(url: string | null, log: Log): Heartbeat | null {
  if (url === null) return null;
  return async () => {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!answer.ok) log.warn('heartbeat_failed', { status: String(answer.status) });
    } catch {
      log.warn('heartbeat_failed', { status: 'no_answer' });
    }
  };
}
