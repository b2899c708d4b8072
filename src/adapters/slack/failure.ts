// What a failed Slack call means to the relay (platforms SL-19, SL-21). Only codes travel on, never the error.

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import type { Problem, SendOutcome } from '../../app/ports/senders.ts';

/** This channel or person takes nothing; another way must be found. */
const CHANNEL_DEAD = new Set([
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'not_in_channel',
  'channel_is_limited_access',
  'channel_type_not_supported',
  'method_not_supported_for_channel_type',
  'messages_tab_disabled',
  'user_disabled',
  'user_not_found',
  'users_not_found',
  'user_not_visible',
  'cannot_dm_bot',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
]);
/** The whole of Slack takes nothing from us. */
const AUTH_DEAD = new Set([
  'account_inactive',
  'token_revoked',
  'token_expired',
  'invalid_auth',
  'not_authed',
  'not_allowed_token_type',
  'team_access_not_granted',
  'team_not_found',
  'enterprise_is_restricted',
  'ekm_access_denied',
  'org_login_required',
  'missing_scope',
  'no_permission',
  'access_denied',
  'accesslimited',
  'two_factor_setup_required',
]);
const TOO_LONG = new Set(['msg_too_long', 'msg_blocks_too_long', 'invalid_blocks', 'invalid_blocks_format']);
/** Slack says these before it does anything. */
const TRY_AGAIN = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'service_unavailable',
  'team_added_to_org',
]);
/** The request may have been carried out. */
const DOUBTFUL = new Set(['fatal_error', 'internal_error', 'request_timeout']);

function problemOf(error: string): Problem {
  if (CHANNEL_DEAD.has(error)) return 'channel_dead';
  if (AUTH_DEAD.has(error)) return 'auth_dead';
  if (TOO_LONG.has(error)) return 'too_long';
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

/** The code alone, for a log or a finding. */
export function codeOfFailure(error: unknown): string {
  const outcome = outcomeOfFailure(error);
  return outcome.kind === 'accepted' ? 'none' : outcome.code;
}

function outcomeOfNetwork(error: Error): SendOutcome {
  const words = `${error.message} ${error.cause instanceof Error ? `${error.cause.message} ${codeOf(error.cause)}` : ''} ${codeOf(error)}`;
  const never = NEVER_CONNECTED.exec(words);
  return never === null ? { kind: 'unknown', code: 'no_answer' } : { kind: 'not_sent', afterMs: null, code: never[0] };
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
