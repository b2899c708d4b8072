// The HTTP shell of a vendor: reads a request off the socket, asks the machine, and does to the socket what it says.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { VendorAnswer, VendorRequest } from './exchange.ts';

const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Reads a whole request. `mount` is the path prefix that the vendor lives under and does not see. */
export async function readVendorRequest(incoming: IncomingMessage, mount: string): Promise<VendorRequest> {
  const url = new URL(incoming.url ?? '/', 'http://vendor.invalid');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname.slice(mount.length),
    query: url.searchParams,
    headers,
    body: await readBody(incoming),
  };
}

/** The body as text; more than 4 MB is refused by an error. */
export async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('request body is larger than 4 MB');
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Gives the answer to the socket: writes it, holds the connection open for ever, or cuts it. */
export function giveAnswer(outgoing: ServerResponse, answer: VendorAnswer): void {
  switch (answer.kind) {
    case 'reply':
      outgoing.writeHead(answer.status, answer.headers);
      outgoing.end(answer.body);
      return;
    case 'hang':
      return;
    case 'reset':
      outgoing.socket?.resetAndDestroy();
      return;
  }
}
