// The operator's own webhook and the monitor outside, as one server on this machine that writes down what it is told.

import { createServer } from 'node:http';

export interface Operator {
  readonly url: string;
  /** Every body that was posted, oldest first. */
  readonly heard: readonly string[];
  /** How often it was asked without a body, as a heartbeat asks. */
  beats(): number;
  close(): void;
}

export async function startOperator(): Promise<Operator> {
  const heard: string[] = [];
  let beats = 0;
  const server = createServer((request, response) => {
    if (request.method === 'GET') beats += 1;
    request.on('data', (chunk: Buffer) => heard.push(chunk.toString()));
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    heard,
    beats: () => beats,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
