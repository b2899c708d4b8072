// The content folder as plain data, by path: what a publish stores and every start compiles. Whether it is right, and
// where a mistake stands, is said by flow-files.ts, safety-files.ts and reply-files.ts, which read the same files.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isFlowTest } from '../../core/flow/flow-paths.ts';
import { builtInReplies } from '../../core/language/built-in-replies.ts';
import { OWN_NET } from '../../core/safety/built-in-net.ts';
import { systemClock } from './clock.ts';
import type { FileProblem } from './file-problem.ts';
import { readFlowFolder } from './flow-files.ts';
import { readReplyFiles } from './reply-files.ts';
import { reviewFolder } from './review-files.ts';
import { readSafetyFiles } from './safety-files.ts';

/** Parsed files by their path under the folder, with `/` between folders. */
export type ContentFiles = Readonly<Record<string, unknown>>;

export type ContentRead =
  | { readonly ok: true; readonly files: ContentFiles; readonly warnings: readonly FileProblem[] }
  /** At least one is a mistake; warnings come last. */
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

interface ReadOptions {
  /**
   * Also runs the examples of every safety signal, which takes a second, and reviews words, links and dates: for an author
   * who checks or publishes. A house that starts does without, and so never refuses what it ran on yesterday.
   */
  readonly runExamples: boolean;
  /** Epoch milliseconds by which dates are past; the time of the system when absent. */
  readonly now?: number;
}

/** Reads and checks the folder. */
export function readContent(folder: string, options: ReadOptions): ContentRead {
  const found = checkContent(folder, options);
  const warnings = found.filter(({ severity }) => severity === 'warning');
  const mistakes = found.filter(({ severity }) => severity !== 'warning');
  if (mistakes.length > 0) return { ok: false, problems: [...mistakes, ...warnings] };
  return { ok: true, files: parseAll(folder), warnings };
}

function checkContent(folder: string, options: ReadOptions): FileProblem[] {
  const flows = readFlowFolder(folder);
  const safety = readSafetyFiles(folder, options);
  const replies = readReplyFiles(folder, options);
  const book = replies.ok ? replies.book : builtInReplies();
  const now = options.now ?? systemClock.now();
  return [
    ...flows.problems,
    ...(safety.ok ? [] : safety.problems),
    ...(replies.ok ? [] : replies.problems),
    ...(options.runExamples ? reviewFolder(folder, flows, { now, book }) : []),
  ];
}

function parseAll(folder: string, under = ''): Record<string, unknown> {
  const files: Record<string, unknown> = {};
  for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) Object.assign(files, parseAll(folder, path));
    else if (path === OWN_NET) files[path] = JSON.parse(readFileSync(join(folder, path), 'utf8'));
    else if (entry.name.endsWith('.yaml') && !isFlowTest(path))
      files[path] = parse(readFileSync(join(folder, path), 'utf8'));
  }
  return files;
}
