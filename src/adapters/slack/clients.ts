// The two Slack clients: one for alerts, one for everything else. A single 429 holds back a client's whole queue, so
// an alert must never share one (platforms finding 7). Neither retries: the relay decides about every repetition.

import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';

export interface SlackSettings {
  readonly botToken: string;
  /** With a slash at the end; null for the real Slack. */
  readonly apiBaseUrl: string | null;
}

const TIMEOUT_MS = 10_000;
/** With the channel's guard before it a Slack that hangs is given up within ten seconds, and the next rung is paged (F14). */
const URGENT_TIMEOUT_MS = 5_000;

export interface SlackClients {
  readonly urgent: WebClient;
  readonly everyday: WebClient;
}

/** Slack's own logger prints whole requests at debug level; ours says what matters, so this one says nothing. */
export const silentLogger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** Asks once, gives up after ten seconds, an alert after five, and reports a rate limit instead of waiting it out. */
export const CLIENT_OPTIONS = {
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: TIMEOUT_MS,
  logger: silentLogger,
  allowAbsoluteUrls: false,
} satisfies WebClientOptions;

/** `currentToken` is asked at every call when the app's tokens rotate (SL-23); left out, the token of the settings is. */
export function createSlackClients(settings: SlackSettings, currentToken?: () => string): SlackClients {
  const options = {
    ...CLIENT_OPTIONS,
    ...(settings.apiBaseUrl === null ? {} : { slackApiUrl: settings.apiBaseUrl }),
    ...(currentToken === undefined ? {} : { fetch: withToken(currentToken) }),
  };
  return {
    urgent: new WebClient(settings.botToken, { ...options, timeout: URGENT_TIMEOUT_MS }),
    everyday: new WebClient(settings.botToken, options),
  };
}

function withToken(currentToken: () => string): typeof fetch {
  return (url, init) => {
    const headers = new Headers(init?.headers);
    headers.set('Authorization', `Bearer ${currentToken()}`);
    return fetch(url, { ...init, headers });
  };
}
