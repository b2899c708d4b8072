// The one server of the house: who gets a request, and how it ends.

import { afterEach, describe, expect, it } from 'vitest';
import { type HttpServer, startHttpServer } from '../../../src/adapters/system/http-server.ts';

let server: HttpServer | undefined;
afterEach(async () => {
  await server?.stop(0);
  server = undefined;
});

const ask = (path: string) => fetch(`http://127.0.0.1:${server?.port}${path}`);

describe('the server', () => {
  it('hands a request to the room that its path names, and answers 404 for a path that no room has', async () => {
    server = await startHttpServer(0, [
      { prefix: '/twilio/', listener: (_, response) => response.end('twilio') },
      { prefix: '/slack/', listener: (_, response) => response.end('slack') },
    ]);
    expect(await (await ask('/twilio/inbound')).text()).toBe('twilio');
    expect(await (await ask('/slack/events?x=1')).text()).toBe('slack');
    for (const path of ['/', '/twilio', '/elsewhere', '/x/twilio/']) expect((await ask(path)).status).toBe(404);
  });

  it('rejects when the port is taken', async () => {
    server = await startHttpServer(0, []);
    await expect(startHttpServer(server.port, [])).rejects.toThrow('EADDRINUSE');
  });

  it('lets a running request finish when it stops, and takes no new one', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    server = await startHttpServer(0, [
      {
        prefix: '/',
        listener: (_, response) => {
          started.resolve();
          promise.then(
            () => response.end('done'),
            () => {},
          );
        },
      },
    ]);
    const running = ask('/slow');
    await started.promise;
    const stopping = server.stop(5_000);
    await expect(ask('/new')).rejects.toThrow();
    resolve();
    expect(await (await running).text()).toBe('done');
    await stopping;
  });

  it('cuts what is still running when the grace is over', async () => {
    const started = Promise.withResolvers<void>();
    server = await startHttpServer(0, [{ prefix: '/', listener: () => started.resolve() }]);
    const hanging = ask('/never').then(
      () => 'answered',
      () => 'cut',
    );
    await started.promise;
    await server.stop(30);
    expect(await hanging).toBe('cut');
  });
});
