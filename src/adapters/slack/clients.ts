// The two Slack clients: one for alerts, one for everything else. A single 429 holds back a client's whole queue, so
// an alert must never share one (platforms finding 7). Neither retries: the relay decides about every repetition.

import { LogLevel, WebClient } from '@slack/web-api';

export interface SlackSettings {
  readonly botToken: string;
  /** With a slash at the end; null for the real Slack. */
  readonly apiBaseUrl: string | null;
}

const TIMEOUT_MS = 10_000;

export interface SlackClients {
  readonly urgent: WebClient;
  readonly everyday: WebClient;
}

/** Makes one client that asks once, gives up after ten seconds, and reports a rate limit instead of waiting it out. */
function createClient(settings: SlackSettings): WebClient {
  return new WebClient(settings.botToken, {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    logger: silentLogger,
    allowAbsoluteUrls: false,
    ...(settings.apiBaseUrl === null ? {} : { slackApiUrl: settings.apiBaseUrl }),
  });
}

export function createSlackClients(settings: SlackSettings): SlackClients {
  return { urgent: createClient(settings), everyday: createClient(settings) };
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
