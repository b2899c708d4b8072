// `icehouse understand`: how replies are read, on JSON lines from standard input. Its output is stable: authors of flows
// try wordings with it, and tests read it.

import { createInterface } from 'node:readline';
import { z } from 'zod';
import { systemClock } from '../adapters/system/clock.ts';
import { formatFileProblem } from '../adapters/system/file-problem.ts';
import { readReplyFiles } from '../adapters/system/reply-files.ts';
import { OWN_FLOWS, readEnvironment, readSettings } from '../config.ts';
import type { ReplyBook } from '../core/language/reply-book.ts';
import { EXPECTATIONS, understand } from '../core/language/understand.ts';
import { isLocalDate, localDateOf } from '../core/model/local-time.ts';

const option = z.union([z.string(), z.object({ label: z.string() }).transform(({ label }) => label)]);

const line = z
  .object({
    id: z.union([z.string(), z.number()]).transform(String).optional(),
    text: z.string(),
    language: z.enum(['en', 'es']).default('en'),
    expects: z.enum(EXPECTATIONS),
    options: z.array(option).optional(),
    /** The mentee's local date; today in UTC when absent. */
    today: z.string().refine(isLocalDate).optional(),
  })
  .refine(({ expects, options }) => expects !== 'choice' || (options?.length ?? 0) > 0);
type Line = z.infer<typeof line>;

const HINT =
  `write {"id":"1","text":"...","language":"en","expects":"task"} on a line of its own; ` +
  `expects is ${EXPECTATIONS.join(', ')}; a choice needs "options", and "today" is a date like 2027-06-16`;

export async function understandLines({ json = false }: { readonly json?: boolean }): Promise<void> {
  const book = loadBook();
  let number = 0;
  let unread = 0;
  for await (const raw of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (raw.trim() === '') continue;
    const read = line.safeParse(parseJson(raw));
    if (read.success) {
      const said = answer(book, read.data);
      process.stdout.write(`${json ? JSON.stringify(said) : inWords(read.data.text, said)}\n`);
      continue;
    }
    unread += 1;
    process.stderr.write(`line ${number}: not a reply to read; ${HINT}\n`);
  }
  if (unread > 0) process.exitCode = 1;
}

interface Said {
  readonly id: string | null;
  readonly band: string;
  readonly value?: string | number;
  readonly family?: string;
  readonly date?: string;
  readonly rest?: string;
}

function answer(book: ReplyBook, { id, text, language, expects, options = [], today }: Line): Said {
  const found = understand(book, {
    text,
    language,
    expects,
    options: options.map((label, index) => ({ value: String(index), label })),
    today: () => today ?? localDateOf(systemClock.now(), 'UTC'),
  });
  const { band, value, family, rest } = found;
  const said = { id: id ?? null, band };
  const more = rest === null ? {} : { rest };
  const day = found.date === undefined ? {} : { date: found.date };
  if (expects === 'task') return { ...said, family, ...day, ...more };
  if (value === null) return { ...said, family };
  if (expects === 'date') return { ...said, date: String(value), ...more };
  if (typeof value === 'boolean') {
    const later = family === 'later' ? { family } : {};
    return { ...said, value: value ? 'yes' : 'no', ...later, ...more };
  }
  return { ...said, value: expects === 'choice' ? (options[Number(value)] ?? '') : value, ...more };
}

function inWords(text: string, { band, value, family, date, rest }: Said): string {
  const meaning = value ?? date ?? family ?? '';
  return `${band} ${meaning}: ${JSON.stringify(text)}${rest === undefined ? '' : `, and then ${JSON.stringify(rest)}`}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function loadBook(): ReplyBook {
  const folder = readSettings(['FLOWS_DIR'], readEnvironment()).FLOWS_DIR ?? OWN_FLOWS;
  const read = readReplyFiles(folder, { runExamples: false });
  if (!read.ok) {
    throw new Error(`the files of replies have mistakes:\n${read.problems.map(formatFileProblem).join('\n')}`);
  }
  return read.book;
}
