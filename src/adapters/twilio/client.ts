// The one place that makes a Twilio client. It never retries by itself: a repeated create may text a student twice
// (platforms TX-03), so every repetition is decided by the relay.

import twilio, { type Twilio } from 'twilio';

export interface TwilioSettings {
  readonly accountSid: string;
  readonly authToken: string;
  readonly messagingServiceSid: string;
  /** A local stand-in of Twilio; null for the real one. */
  readonly apiBaseUrl: string | null;
}

const REQUEST_TIMEOUT_MS = 10_000;

type RequestOptions<TData> = Parameters<typeof twilio.RequestClient.prototype.request<TData>>[0];

/** Sends every request to one address: `api.twilio.com` at its root, other products under their own name. */
class RebasedClient extends twilio.RequestClient {
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    super({ timeout: REQUEST_TIMEOUT_MS, keepAlive: true });
    this.#baseUrl = baseUrl;
  }

  override request<TData>(options: RequestOptions<TData>) {
    const address = new URL(options.uri);
    const product = address.hostname.split('.')[0] ?? 'api';
    const prefix = product === 'api' ? '' : `/${product}`;
    return super.request<TData>({ ...options, uri: `${this.#baseUrl}${prefix}${address.pathname}${address.search}` });
  }
}

/** A client with a time limit of ten seconds a request and no retries. */
export function createTwilioClient(settings: TwilioSettings): Twilio {
  const httpClient =
    settings.apiBaseUrl === null
      ? new twilio.RequestClient({ timeout: REQUEST_TIMEOUT_MS, keepAlive: true })
      : new RebasedClient(settings.apiBaseUrl);
  return twilio(settings.accountSid, settings.authToken, { httpClient });
}
