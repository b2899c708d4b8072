// The heartbeat against a real HTTP server: it asks once, survives every answer, and says so in the log.

import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createHeartbeat } from '../../../src/adapters/system/heartbeat.ts';
import type { Log } from '../../../src/app/ports/log.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function monitor(status: number) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/ping/7`, asked };
}

function logged() {
  const lines: unknown[] = [];
  const write = (event: string, fields: object = {}) => void lines.push({ event, ...fields });
  const log: Log = { info: write, warn: write, error: write };
  return { log, lines };
}

describe('the heartbeat', () => {
  it('fetches its address once', async () => {
    const { url, asked } = await monitor(200);
    const { log, lines } = logged();
    await createHeartbeat(url, log)?.();
    expect(asked).toEqual(['GET /ping/7']);
    expect(lines).toEqual([]);
  });

  it('never rejects: a monitor that refuses or is gone is logged, without its address', async () => {
    const { url } = await monitor(500);
    const { log, lines } = logged();
    await createHeartbeat(url, log)?.();
    await createHeartbeat('http://127.0.0.1:1/', log)?.();
    expect(lines).toEqual([
      { event: 'heartbeat_failed', status: '500' },
      { event: 'heartbeat_failed', status: 'no_answer' },
    ]);
  });

  it('is none without an address', () => expect(createHeartbeat(null, logged().log)).toBeNull());
});
