// Keeps the access token of an app with token rotation alive (platforms SL-23): one instance refreshes, under a lock,
// when two hours are left, and stores the new pair before it is used, because a refresh token works only once. Tokens
// stand in no log and no error.

import { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { nameOf } from '../../app/error-name.ts';
import type { Log } from '../../app/ports/log.ts';
import type { SlackTokens, TokenStore } from '../../app/ports/token-store.ts';
import { CLIENT_OPTIONS } from './clients.ts';
import { codeOfFailure } from './failure.ts';

/** What the operator sets once, from the app's pages at Slack. */
export interface RotationSettings {
  /** The access token that came with the refresh token; used until the first pair is stored. */
  readonly botToken: string;
  readonly refreshToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** With a slash at the end; null for the real Slack. */
  readonly apiBaseUrl: string | null;
}

export interface TokenKeeper {
  /** The access token to be used now. */
  current(): string;
  /** Looks whether it is time, and refreshes; for the start and for every minute. Never throws. */
  keep(): Promise<void>;
}

interface Parts {
  readonly settings: RotationSettings;
  readonly store: TokenStore;
  readonly log: Log;
  /** Epoch milliseconds of real time. */
  readonly realNow: () => number;
}

const REFRESH_AT_LEFT_MS = 2 * 3_600_000;
/** Longer than a refresh can take with its time limit, shorter than anybody would notice after a crash. */
const LOCK_MS = 60_000;
/** Slack says these of a refresh token that was used or taken back. */
const SPENT = new Set(['invalid_refresh_token', 'invalid_grant', 'token_expired', 'token_revoked']);

const refreshed = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});

export function createTokenKeeper(parts: Parts): TokenKeeper {
  const { settings, store, log, realNow } = parts;
  /** The pair as stored; null until one was. */
  let stored: SlackTokens | null = null;
  /** Got of Slack and not stored yet: nobody else has it, and the token before it is spent. */
  let unsaved: { readonly spent: string | null; readonly next: SlackTokens } | null = null;
  let keeping: Promise<void> | null = null;

  const isDue = (tokens: SlackTokens | null) => tokens === null || tokens.expiresAt - realNow() <= REFRESH_AT_LEFT_MS;

  const save = async (): Promise<void> => {
    if (unsaved === null) return;
    const { spent, next } = unsaved;
    const isOurs = await store.saveIfUnchanged(spent, next);
    stored = isOurs ? next : await store.load();
    unsaved = null;
  };

  const refresh = async (): Promise<void> => {
    const spent = stored?.refreshToken ?? null;
    const next = await askFirstThatWorks(parts, [...(spent === null ? [] : [spent]), settings.refreshToken]);
    unsaved = { spent, next };
    await save();
    log.info('slack_token_refreshed');
  };

  const keep = async (): Promise<void> => {
    await save();
    if (!isDue(stored)) return;
    stored = (await store.load()) ?? stored;
    if (!isDue(stored) || !(await store.lock(LOCK_MS))) return;
    try {
      // Whoever held the lock before may have refreshed.
      stored = (await store.load()) ?? stored;
      if (isDue(stored)) await refresh();
    } finally {
      await store.unlock();
    }
  };

  return {
    current() {
      // What is not stored is used only when what was stored is over: a restart would lose it.
      if (unsaved !== null && (stored === null || stored.expiresAt <= realNow())) return unsaved.next.accessToken;
      return stored?.accessToken ?? settings.botToken;
    },
    keep() {
      keeping ??= keep()
        .catch((error: unknown) => log.error('slack_token_not_refreshed', failureOf(error)))
        .finally(() => {
          keeping = null;
        });
      return keeping;
    },
  };
}

/** The stored refresh token first; then the operator's, which is newer after the app was installed again. */
async function askFirstThatWorks({ settings, realNow }: Parts, candidates: readonly string[]): Promise<SlackTokens> {
  const client = new WebClient(undefined, {
    ...CLIENT_OPTIONS,
    ...(settings.apiBaseUrl === null ? {} : { slackApiUrl: settings.apiBaseUrl }),
  });
  const { clientId: client_id, clientSecret: client_secret } = settings;
  let failure: unknown;
  for (const refresh_token of new Set(candidates)) {
    const askedAt = realNow();
    try {
      const answer = refreshed.parse(
        await client.oauth.v2.access({ client_id, client_secret, grant_type: 'refresh_token', refresh_token }),
      );
      return {
        accessToken: answer.access_token,
        refreshToken: answer.refresh_token,
        expiresAt: askedAt + answer.expires_in * 1_000,
      };
    } catch (error) {
      failure = error;
      if (!SPENT.has(codeOfFailure(error))) throw error;
    }
  }
  throw failure;
}

/** Slack's code, or the name of an error of ours; an error's message never. */
function failureOf(error: unknown): { code: string; error: ReturnType<typeof nameOf> } {
  return { code: codeOfFailure(error), error: nameOf(error) };
}
