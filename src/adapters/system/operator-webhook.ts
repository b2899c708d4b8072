// Tells the operator's own monitoring, when one is set: a POST of {"text": "..."}, which most chats take.

import type { Log } from '../../app/ports/log.ts';

const TIMEOUT_MS = 10_000;

/** Null without an address. The call never rejects; a failure is logged. */
export function createOperatorWebhook(url: string | null, log: Log): ((text: string) => Promise<void>) | null {
  if (url === null) return null;
  return async (text) => {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!answer.ok) log.error('operator_webhook_failed', { status: String(answer.status) });
    } catch {
      log.error('operator_webhook_failed', { status: 'no_answer' });
    }
  };
}
