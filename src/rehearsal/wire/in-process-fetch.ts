// A `fetch` that never leaves the process: it hands the request to a vendor's machine. For clients that take a fetch
// function, so that a simulation can run the real client without a socket.

import type { VendorAnswer, VendorRequest } from './exchange.ts';

/** Makes a `fetch` of a vendor. `baseUrl` is what the client was told the vendor's address is (no trailing slash). */
export function createInProcessFetch(
  baseUrl: string,
  answer: (request: VendorRequest) => VendorAnswer,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const given = answer({
      method: request.method,
      path: url.pathname.slice(new URL(baseUrl).pathname.replace(/\/$/, '').length),
      query: url.searchParams,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    });
    if (given.kind === 'reset') throw new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });
    if (given.kind === 'hang') return waitForAbort(request.signal);
    return new Response(given.body, { status: given.status, headers: given.headers });
  };
}

function waitForAbort(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
