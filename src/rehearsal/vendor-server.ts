// One HTTP server for both local vendors: Twilio under /vendors/twilio, Slack under /vendors/slack, and whatever a
// caller wants to serve beside them.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalSlack } from './slack/local-slack.ts';
import type { LocalTwilio } from './twilio/local-twilio.ts';
import type { VendorAnswer, VendorRequest } from './wire/exchange.ts';
import { giveAnswer, readVendorRequest } from './wire/serve.ts';

const TWILIO_MOUNT = '/vendors/twilio';
const SLACK_MOUNT = '/vendors/slack';

/** Handles what is for neither vendor. */
export type OtherRoutes = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

/** The running server and the addresses to give to the house. */
export interface VendorServer {
  readonly url: string;
  /** For `TWILIO_API_BASE_URL`. */
  readonly twilioBaseUrl: string;
  /** For `SLACK_API_BASE_URL`: ends in a slash. */
  readonly slackBaseUrl: string;
  /** Without `/api/`: what `response_url`s start with. */
  readonly slackUrl: string;
  close(): Promise<void>;
}

/** Starts the server on this machine only; port 0 takes a free one. The vendors may be made after it has an address. */
export async function startVendorServer(
  port: number,
  vendors: () => { readonly twilio: LocalTwilio; readonly slack: LocalSlack },
  other: OtherRoutes = answerNotFound,
): Promise<VendorServer> {
  const route = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const path = incoming.url ?? '/';
    if (path.startsWith(`${TWILIO_MOUNT}/`)) return serve(incoming, outgoing, TWILIO_MOUNT, vendors().twilio.answer);
    if (path.startsWith(`${SLACK_MOUNT}/`)) return serve(incoming, outgoing, SLACK_MOUNT, vendors().slack.answer);
    return other(incoming, outgoing);
  };
  const server = createServer((incoming, outgoing) => {
    route(incoming, outgoing).catch((error: unknown) => failRequest(outgoing, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    twilioBaseUrl: url + TWILIO_MOUNT,
    slackBaseUrl: `${url}${SLACK_MOUNT}/api/`,
    slackUrl: url + SLACK_MOUNT,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Hanging answers and event streams would hold it open for ever.
        server.closeAllConnections();
      }),
  };
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  mount: string,
  answer: (request: VendorRequest) => VendorAnswer,
): Promise<void> {
  giveAnswer(outgoing, answer(await readVendorRequest(incoming, mount)));
}

async function answerNotFound(_incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(404, { 'content-type': 'text/plain' }).end('Nothing here.\n');
}

function failRequest(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.headersSent) return void outgoing.destroy();
  const reason = error instanceof Error ? error.message : 'unknown';
  outgoing.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ error: reason }));
}
