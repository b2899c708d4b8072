// A house that takes notes of what it is sent, and answers as the test says.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AnsweringHouse {
  readonly url: string;
  /** The bodies that came, oldest first. */
  readonly bodies: string[];
  /** What it answers from now on: a status and a body, JSON when it is an object. */
  answer: { readonly status: number; readonly body: string | object };
  close(): void;
}

export async function startAnsweringHouse(): Promise<AnsweringHouse> {
  const server = createServer((incoming, outgoing) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    incoming.on('end', () => {
      house.bodies.push(body);
      const { status, body: said } = house.answer;
      outgoing.writeHead(status).end(typeof said === 'string' ? said : JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const house: AnsweringHouse = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies: [],
    answer: { status: 200, body: '' },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return house;
}
