// The operator's own monitoring: told in plain JSON, and never a reason to fail.

import { afterEach, describe, expect, it } from 'vitest';
import { createOperatorWebhook } from '../../../src/adapters/system/operator-webhook.ts';
import { freePort, serve, type TestServer } from '../../support/http.ts';
import { createMemoryLog } from '../../support/log-lines.ts';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe('the operator webhook', () => {
  it('posts {"text"} to the address', async () => {
    const bodies: string[] = [];
    server = await serve((request, response) => {
      request.on('data', (piece: Buffer) => bodies.push(String(piece)));
      request.on('end', () => response.end());
    });
    const { log, text } = createMemoryLog();
    await createOperatorWebhook(server.url, log)?.('Texts cannot be stored.');
    expect(bodies.map((body) => JSON.parse(body))).toEqual([{ text: 'Texts cannot be stored.' }]);
    expect(text()).toBe('');
  });

  it('notes a refusal or silence in the log, and goes on', async () => {
    server = await serve((_, response) => response.writeHead(500).end());
    const { log, text } = createMemoryLog();
    await createOperatorWebhook(server.url, log)?.('one');
    await createOperatorWebhook(`http://127.0.0.1:${await freePort()}`, log)?.('two');
    expect(text()).toContain('"status":"500"');
    expect(text()).toContain('"status":"no_answer"');
  });

  it('is not there without an address', () => {
    expect(createOperatorWebhook(null, createMemoryLog().log)).toBeNull();
  });
});
