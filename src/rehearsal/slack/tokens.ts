// The app's tokens: which ones are good, and oauth.v2.access with a refresh token. Each refresh token is good once; a
// new token lives twelve hours, and the one before it goes on until its own end (SL-23).

import type { Times, VendorRequest } from '../wire/exchange.ts';
import { makeHex } from '../wire/make-id.ts';
import type { MethodOutcome, SlackArguments } from './method.ts';
import type { SlackState } from './state.ts';

const LIFE_SECONDS = 43_200;
const MOST_TOKENS = 2;

/** Why a call is not let in, or null. `call.args` may hold the token of a form. */
export function checkToken(
  state: SlackState,
  request: VendorRequest,
  call: { readonly args: SlackArguments; readonly realNow: number },
): string | null {
  const header = request.headers.authorization ?? '';
  const given = header.startsWith('Bearer ') ? header.slice('Bearer '.length) : call.args.text('token');
  if (given === '') return 'not_authed';
  const token = state.tokens.find((candidate) => candidate.token === given);
  if (token === undefined) return 'invalid_auth';
  if (token.expiresAt !== null && token.expiresAt <= call.realNow) return 'token_expired';
  return state.authError;
}

/** oauth.v2.access with grant_type=refresh_token */
export function renewToken(before: SlackState, args: SlackArguments, times: Times): MethodOutcome {
  const { rotation, ...settings } = before.settings;
  if (args.text('grant_type') !== 'refresh_token') return { error: 'invalid_grant_type' };
  if (rotation === undefined) return { error: 'invalid_refresh_token' };
  if (args.text('client_id') !== rotation.clientId) return { error: 'invalid_client_id' };
  if (args.text('client_secret') !== rotation.clientSecret) return { error: 'bad_client_secret' };
  if (before.authError !== null) return { error: before.authError };
  if (args.text('refresh_token') !== before.refreshToken) return { error: 'invalid_refresh_token' };
  const idCount = before.idCount + 1;
  const token = `xoxe.xoxb-1-${makeHex(settings.seed, 'token', idCount)}`;
  const refreshToken = `xoxe-1-${makeHex(settings.seed, 'refresh', idCount)}`;
  const expiresAt = times.realNow + LIFE_SECONDS * 1000;
  const tokens = [...before.tokens, { token, expiresAt }].slice(-MOST_TOKENS);
  return {
    state: { ...before, idCount, refreshToken, tokens },
    result: {
      access_token: token,
      expires_in: LIFE_SECONDS,
      refresh_token: refreshToken,
      token_type: 'bot',
      scope: settings.scopes.join(','),
      bot_user_id: settings.botUserId,
      app_id: settings.appId,
      team: { id: settings.teamId, name: 'Rehearsal' },
      enterprise: null,
      is_enterprise_install: false,
    },
  };
}

/** The arguments with client id and secret from a Basic header, where a caller sends them so. */
export function withClient(args: SlackArguments, request: VendorRequest): SlackArguments {
  const header = request.headers.authorization ?? '';
  if (!header.startsWith('Basic ')) return args;
  const [id = '', secret = ''] = Buffer.from(header.slice('Basic '.length), 'base64').toString('utf8').split(':');
  const text = (name: string) => (name === 'client_id' ? id : name === 'client_secret' ? secret : args.text(name));
  return { ...args, text };
}
