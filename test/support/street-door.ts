// A door in front of a vendor that can be shut: while it is, a connection is refused, as by a host on which nothing listens.

import { connect, createServer, type Server, type Socket } from 'node:net';

export interface StreetDoor {
  readonly port: number;
  /** Everything that comes in goes to this port. Null: nothing gets through. */
  leadTo(port: number | null): void;
  shut(): Promise<void>;
  open(): Promise<void>;
}

export async function buildDoor(): Promise<StreetDoor> {
  let target: number | null = null;
  const sockets = new Set<Socket>();
  const take = (incoming: Socket) => {
    if (target === null) return void incoming.destroy();
    const outgoing = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  };
  const listen = (at: number) =>
    new Promise<Server>((resolve) => {
      const made = createServer(take).listen(at, '127.0.0.1', () => resolve(made));
    });
  let server = await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port,
    leadTo: (next) => {
      target = next;
    },
    shut: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
    open: async () => {
      server = await listen(port);
    },
  };
}
