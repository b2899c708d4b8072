// The house's real log, written to memory.

import { createLog } from '../../src/adapters/system/log.ts';
import type { Log } from '../../src/app/ports/log.ts';

/** A log, and everything that it has written so far. */
export function createMemoryLog(): { readonly log: Log; text(): string; events(): string[] } {
  let written = '';
  const log = createLog('info', {
    write: (line) => {
      written += line;
    },
  });
  const messageOf = (line: string): string => {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && 'msg' in parsed ? String(parsed.msg) : '';
  };
  return { log, text: () => written, events: () => written.trim().split('\n').filter(Boolean).map(messageOf) };
}
