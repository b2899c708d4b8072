// What a failed Slack call means to the relay (platforms SL-19, SL-21). Only codes travel on, never the error.

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import type { Problem, SendOutcome } from '../../app/ports/senders.ts';

const CHANNEL_DEAD = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'user_disabled',
  'user_not_found',
  'users_not_found',
  'cannot_dm_bot',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'channel_type_not_supported',
]);
const AUTH_DEAD = new Set([
  'account_inactive',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'team_access_not_granted',
  'org_login_required',
  'missing_scope',
  'no_permission',
  'access_denied',
]);
/** Slack says these before it does anything. */
const TRY_AGAIN = new Set(['ratelimited', 'rate_limited', 'service_unavailable', 'team_added_to_org']);
/** The request may have been carried out. */
const DOUBTFUL = new Set(['fatal_error', 'internal_error', 'request_timeout']);

function problemOf(error: string): Problem {
  if (CHANNEL_DEAD.has(error)) return 'channel_dead';
  if (AUTH_DEAD.has(error)) return 'auth_dead';
  if (error === 'msg_too_long' || error === 'msg_blocks_too_long' || error === 'invalid_blocks') return 'too_long';
  return 'unclassified';
}

/** The connection was never made, so nothing can have been posted. */
const NEVER_CONNECTED = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/;

export function outcomeOfFailure(error: unknown): SendOutcome {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'not_sent', afterMs: error.retryAfter * 1_000, code: 'ratelimited' };
  }
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    if (TRY_AGAIN.has(code)) return { kind: 'not_sent', afterMs: null, code };
    if (DOUBTFUL.has(code)) return { kind: 'unknown', code };
    return { kind: 'rejected', problem: problemOf(code), code };
  }
  if (error instanceof WebAPIHTTPError) return { kind: 'unknown', code: String(error.statusCode) };
  if (error instanceof WebAPIRequestError) return outcomeOfNetwork(error.original);
  return { kind: 'unknown', code: 'no_answer' };
}

function outcomeOfNetwork(error: Error): SendOutcome {
  const words = `${error.message} ${error.cause instanceof Error ? `${error.cause.message} ${codeOf(error.cause)}` : ''} ${codeOf(error)}`;
  const never = NEVER_CONNECTED.exec(words);
  return never === null ? { kind: 'unknown', code: 'no_answer' } : { kind: 'not_sent', afterMs: null, code: never[0] };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
