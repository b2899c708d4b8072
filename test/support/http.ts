// A listener behind a real server, and requests sent as they are: no client tidies up a path, a header or a body.

import { createServer, request as httpRequest, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TestServer {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** Serves on a free port of this machine. */
export async function serve(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = await serve(() => {});
  await server.close();
  return server.port;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface RawRequest {
  /** Path and query, letter by letter. */
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Several pieces are sent in chunks, without a length. */
  readonly body?: string | readonly string[];
}

/** Sends a request; the answer counts even when the server hangs up on the rest of the body. */
export function send(server: TestServer, given: RawRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { path, method = 'POST', headers = {}, body = '' } = given;
    const sent = httpRequest({
      host: '127.0.0.1',
      port: server.port,
      path,
      method,
      headers: { ...headers },
      agent: false,
    });
    let answered = false;
    sent.on('response', (response) => {
      answered = true;
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        text += piece;
      });
      const finish = () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      response.on('end', finish);
      response.on('error', finish);
    });
    sent.on('error', (error) => {
      if (!answered) reject(error);
    });
    if (typeof body === 'string') {
      sent.setHeader('content-length', headers['content-length'] ?? Buffer.byteLength(body));
      sent.end(body);
      return;
    }
    for (const piece of body) sent.write(piece);
    sent.end();
  });
}
