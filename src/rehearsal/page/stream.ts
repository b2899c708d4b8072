// The page's live updates: Server-Sent Events, each with the whole state, at most one in 40 ms.

import type { ServerResponse } from 'node:http';

const LEAST_PAUSE_MS = 40;

/** All open pages. */
export interface Stream {
  /** Adds a page; it gets the state at once. */
  open(outgoing: ServerResponse): void;
  /** Tells all pages soon; calls in between fall together. */
  announce(): void;
  close(): void;
}

/** Makes a stream of what `read` gives. */
export function createStream(read: () => Promise<unknown>): Stream {
  const pages = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | undefined;

  const send = async (to: Iterable<ServerResponse>) => {
    const frame = `event: state\ndata: ${JSON.stringify(await read())}\n\n`;
    for (const page of to) page.write(frame);
  };
  const sendSoon = (to: Iterable<ServerResponse>) => {
    // A state that cannot be read now (the house is being restarted) is told with the next change.
    send(to).catch(() => {});
  };

  return {
    open(outgoing) {
      outgoing.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      pages.add(outgoing);
      outgoing.on('close', () => pages.delete(outgoing));
      sendSoon([outgoing]);
    },
    announce() {
      timer ??= setTimeout(() => {
        timer = undefined;
        sendSoon(pages);
      }, LEAST_PAUSE_MS);
    },
    close() {
      clearTimeout(timer);
      for (const page of pages) page.end();
    },
  };
}
