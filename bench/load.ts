// The load: raw keep-alive sockets, one request in flight on each, requests built before the clock starts, so that the
// generator takes as little as it can of the machine that it shares with the server.

import { connect, type Socket } from 'node:net';

export const CONNECTIONS = 64;

/** A whole HTTP/1.1 request as bytes. */
export function httpRequest(path: string, headers: Readonly<Record<string, string>>, body: string): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${lines.join('')}\r\n`;
  return Buffer.from(head + body);
}

export interface Load {
  /** Sends all of them, and resolves when all are answered. */
  send(requests: readonly Buffer[]): Promise<LoadResult>;
  close(): void;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** A server closes a connection that has rested for five seconds; one that is about to be closed takes no request. */
const REST_LIMIT_MS = 2_000;

/** Opens the connections. Node accepts one new connection a turn, so they are there before any clock starts. */
export async function openLoad(port: number, connections = CONNECTIONS): Promise<Load> {
  const openAll = () => Promise.all(Array.from({ length: connections }, () => open(port)));
  let sockets = await openAll();
  let usedAt = performance.now();
  return {
    send: async (requests) => {
      if (performance.now() - usedAt > REST_LIMIT_MS || sockets.some(({ readyState }) => readyState !== 'open')) {
        for (const socket of sockets) socket.destroy();
        sockets = await openAll();
      }
      const times = new Float64Array(requests.length);
      const statuses: Record<string, number> = {};
      let next = 0;
      const began = performance.now();
      await Promise.all(
        sockets.map(async (socket) => {
          while (next < requests.length) {
            const index = next;
            next += 1;
            const sentAt = performance.now();
            const status = await exchange(socket, requests[index] as Buffer);
            times[index] = performance.now() - sentAt;
            statuses[status] = (statuses[status] ?? 0) + 1;
          }
        }),
      );
      const seconds = (performance.now() - began) / 1_000;
      usedAt = performance.now();
      const sorted = times.sort();
      const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
      return { perSecond: requests.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), statuses };
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      // Between two exchanges nothing listens, and a reset must not end the measurement.
      socket.on('error', () => {});
      resolve(socket);
    });
  });
}

const END_OF_HEAD = '\r\n\r\n';

/** One request, one answer; gives its status. */
function exchange(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const onClose = () => reject(new Error('the server closed the connection'));
    const onData = (chunk: Buffer) => {
      received += chunk.toString('latin1');
      if (!isWhole(received)) return;
      socket.off('data', onData);
      socket.off('close', onClose);
      resolve(received.slice(9, 12));
    };
    socket.on('data', onData);
    socket.once('close', onClose);
    socket.write(request);
  });
}

function isWhole(answer: string): boolean {
  const headEnd = answer.indexOf(END_OF_HEAD);
  if (headEnd === -1) return false;
  const body = answer.slice(headEnd + END_OF_HEAD.length);
  const length = /^content-length: (\d+)/im.exec(answer)?.[1];
  return length === undefined ? body.endsWith('0\r\n\r\n') : body.length >= Number(length);
}
