// Two ways to bring the real twilio client to the local Twilio: over HTTP to another address, or straight into the
// machine without a socket.

import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type { VendorAnswer, VendorRequest } from '../../src/rehearsal/wire/exchange.ts';

/** Sends every request to `base` instead of to Twilio's hosts. */
export class LocalTwilioClient extends twilio.RequestClient {
  readonly #base: string;

  constructor(base: string, timeout: number) {
    super({ timeout });
    this.#base = base;
  }

  override request<T>(options: RequestClient.RequestOptions<T>) {
    return super.request<T>({ ...options, uri: this.#base + toLocalPath(new URL(options.uri)) });
  }
}

/** Hands every request to a machine. A hang fails at once, with the error that a time limit would give. */
export class InProcessTwilioClient extends twilio.RequestClient {
  readonly #answer: (request: VendorRequest) => VendorAnswer;

  constructor(answer: (request: VendorRequest) => VendorAnswer) {
    super();
    this.#answer = answer;
  }

  override async request<T>(options: RequestClient.RequestOptions<T>) {
    const url = new URL(options.uri);
    for (const [name, value] of toPairs(options.params)) url.searchParams.append(name, value);
    const credentials = Buffer.from(`${options.username}:${options.password}`).toString('base64');
    const answer = this.#answer({
      method: options.method.toUpperCase(),
      path: toLocalPath(new URL(url.origin + url.pathname)),
      query: url.searchParams,
      headers: { authorization: `Basic ${credentials}` },
      body: new URLSearchParams(toPairs(options.data)).toString(),
    });
    if (answer.kind === 'reply') {
      return { statusCode: answer.status, body: toBody<T>(answer.body), headers: answer.headers };
    }
    const code = answer.kind === 'reset' ? 'ECONNRESET' : 'ECONNABORTED';
    throw Object.assign(new Error(`local Twilio: ${answer.kind}`), { code });
  }
}

function toLocalPath(url: URL): string {
  return (url.hostname.startsWith('messaging.') ? '/messaging' : '') + url.pathname + url.search;
}

function toPairs(values: unknown): [string, string][] {
  if (typeof values !== 'object' || values === null) return [];
  return Object.entries(values).flatMap(([name, value]: [string, unknown]) =>
    value === undefined ? [] : [value].flat().map((item): [string, string] => [name, String(item)]),
  );
}

// The client parses a body that is text, and its own type says that there is none.
function toBody<T>(text: string): T {
  return text as T;
}
