// Turns whatever the Twilio client throws into an outcome without the error itself: its object holds the
// credentials, the number and the text (platforms finding 9), so nothing of it but a code may travel on.

import { z } from 'zod';
import type { SendOutcome } from '../../app/ports/senders.ts';
import { problemOf } from './error-codes.ts';

const apiError = z.object({ status: z.number(), code: z.number().optional() });
const networkError = z.object({ code: z.string() });

/** The connection was never made, so nothing can have been accepted. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** What a failed create means (platforms TX-02, TX-03, TX-06). */
export function outcomeOfFailure(error: unknown): SendOutcome {
  const api = apiError.safeParse(error);
  if (api.success) return outcomeOfStatus(api.data.status, api.data.code);
  const network = networkError.safeParse(error);
  if (network.success && NEVER_CONNECTED.has(network.data.code)) {
    return { kind: 'not_sent', afterMs: null, code: network.data.code };
  }
  return { kind: 'unknown', code: network.success ? network.data.code : 'no_answer' };
}

function outcomeOfStatus(status: number, code: number | undefined): SendOutcome {
  if (status === 429) return { kind: 'not_sent', afterMs: null, code: String(code ?? 429) };
  if (status >= 500 || code === undefined) return { kind: 'unknown', code: String(status) };
  const problem = problemOf(code);
  if (problem === 'rate') return { kind: 'not_sent', afterMs: null, code: String(code) };
  return { kind: 'rejected', problem, code: String(code) };
}

/** A short code for a log line. */
export function codeOfFailure(error: unknown): string {
  const outcome = outcomeOfFailure(error);
  return outcome.kind === 'accepted' ? 'none' : outcome.code;
}
