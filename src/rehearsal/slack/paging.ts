// Lists in pages, with a cursor that says nothing to the caller, as Slack gives them.

import type { MethodOutcome, SlackArguments } from './method.ts';

const MOST = 1000;

/** One page, and the cursor of the next ('' at the end). */
export interface Page<T> {
  readonly shown: readonly T[];
  readonly next: string;
}

/** The page that a call asks for by `limit` and `cursor`; `usual` is its length when the call does not say. */
export function readPage<T>(
  list: readonly T[],
  args: SlackArguments,
  usual: number,
): Page<T> | Extract<MethodOutcome, { readonly error: string }> {
  const limit = args.has('limit') ? Number(args.text('limit')) : usual;
  if (!Number.isInteger(limit) || limit < 0 || limit > MOST) return { error: 'invalid_limit' };
  const start = readCursor(args.text('cursor'));
  if (start === null || start > list.length) return { error: 'invalid_cursor' };
  const end = start + (limit === 0 ? usual : limit);
  return { shown: list.slice(start, end), next: end < list.length ? writeCursor(end) : '' };
}

function writeCursor(start: number): string {
  return Buffer.from(`next:${start}`).toString('base64');
}

function readCursor(cursor: string): number | null {
  if (cursor === '') return 0;
  const start = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'))?.[1];
  return start === undefined ? null : Number(start);
}
