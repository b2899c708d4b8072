// The shapes in which requests travel between the house and a local vendor, apart from any transport: what the vendors'
// pure machines take and give, so that HTTP and the in-process shells can carry the same thing.

/** The two times a machine is told: `now` is the program's time, `realNow` the time that signatures and triggers live in. */
export interface Times {
  readonly now: number;
  readonly realNow: number;
}

/** A request to a vendor. `path` has no query; header names are lower-case. */
export interface VendorRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A complete HTTP answer. */
export interface Reply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a vendor does with a request: answers, leaves the caller waiting for ever, or cuts the connection. */
export type VendorAnswer = Reply | { readonly kind: 'hang' } | { readonly kind: 'reset' };

/** A request to the house, signed and ready to be posted. `url` is where it goes; the signature may speak of another. */
export interface HouseRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where the house listens, and the address that it believes to have (Twilio signs the latter). Read at every use. */
export interface HouseAddress {
  readonly baseUrl: string;
  readonly publicBaseUrl: string;
}

/** A reply with a JSON body. */
export function replyJson(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    kind: 'reply',
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** A reply with an HTML body, as a proxy in front of a vendor gives it when the vendor is in trouble. */
export function replyHtml(status: number, title: string): Reply {
  return {
    kind: 'reply',
    status,
    headers: { 'content-type': 'text/html' },
    body: `<html><head><title>${status} ${title}</title></head><body><h1>${status} ${title}</h1></body></html>`,
  };
}
