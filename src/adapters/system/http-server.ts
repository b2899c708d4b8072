// The one HTTP server of the house. It hands each request to the vendor room whose path it names, and bounds what a
// slow or hostile client can hold (platforms, "HTTP server"). It knows no vendor.

import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Route {
  /** A path below this one (`/twilio/`) belongs to the listener. */
  readonly prefix: string;
  readonly listener: RequestListener;
}

export interface HttpServer {
  readonly port: number;
  /** Takes no new connections, lets running requests finish for at most `graceMs`, then closes what is left. */
  stop(graceMs: number): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 15_000;
const CHECK_EVERY_MS = 5_000;
const CONNECTION_LIMIT = 1_000;
const SWEEP_EVERY_MS = 50;

/** Listens on `port` (0 takes a free one) of all addresses. Rejects when the port is taken. */
export function startHttpServer(port: number, routes: readonly Route[]): Promise<HttpServer> {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
    },
    (request, response) => {
      const path = request.url ?? '/';
      const route = routes.find(({ prefix }) => path.startsWith(prefix));
      if (route !== undefined) return route.listener(request, response);
      response.writeHead(404, { 'content-length': 0 });
      response.end();
    },
  );
  server.maxConnections = CONNECTION_LIMIT;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      const address = server.address();
      const listening = typeof address === 'object' && address !== null ? address.port : port;
      resolve({ port: listening, stop: (graceMs) => stop(server, sockets, graceMs) });
    });
  });
}

function stop(server: Server, sockets: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, graceMs);
    // A connection falls idle when its last request ends, and would then be kept alive for seconds.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_EVERY_MS);
    server.close(() => {
      clearTimeout(force);
      clearInterval(sweep);
      resolve();
    });
  });
}
