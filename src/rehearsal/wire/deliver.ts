// Posts one prepared request to the house and says what came of it. Never throws: a dead house is a result, too.

import type { HouseRequest } from './exchange.ts';

/** What became of a request to the house. */
export type Delivery =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Posts with a time limit in milliseconds (Twilio waits 15 s, Slack 3 s). */
export async function deliver(request: HouseRequest, timeoutMs: number): Promise<Delivery> {
  try {
    const response = await fetch(request.url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { kind: 'answered', status: response.status, body: await response.text() };
  } catch (error) {
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
}

/** Whether the house took the request. */
export function isTaken(delivery: Delivery): boolean {
  return delivery.kind === 'answered' && delivery.status >= 200 && delivery.status < 300;
}

/** One sentence for a person about a delivery that was not taken. */
export function describeDelivery(delivery: Delivery): string {
  if (delivery.kind === 'unreachable') return `The house could not be reached: ${delivery.reason}.`;
  return isTaken(delivery) ? 'The house took it.' : `The house answered ${delivery.status}.`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  if (error.name === 'TimeoutError') return 'it did not answer in time';
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
