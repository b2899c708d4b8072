// The content folder as plain data, by path: what a publish stores and every start compiles. Whether it is right, and
// where a mistake stands, is said by flow-files.ts, safety-files.ts and reply-files.ts, which read the same files.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { OWN_NET } from '../../core/safety/built-in-net.ts';
import type { FileProblem } from './file-problem.ts';
import { readFlowFolder } from './flow-files.ts';
import { readReplyFiles } from './reply-files.ts';
import { readSafetyFiles } from './safety-files.ts';

/** Parsed files by their path under the folder, with `/` between folders. */
export type ContentFiles = Readonly<Record<string, unknown>>;

export type ContentRead =
  | { readonly ok: true; readonly files: ContentFiles }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Reads and checks the folder. `runExamples` also runs the examples of every safety signal, which takes a second. */
export function readContent(folder: string, options: { readonly runExamples: boolean }): ContentRead {
  const problems = checkContent(folder, options);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, files: parseAll(folder) };
}

function checkContent(folder: string, options: { readonly runExamples: boolean }): FileProblem[] {
  const flows = readFlowFolder(folder);
  const safety = readSafetyFiles(folder, options);
  const replies = readReplyFiles(folder, options);
  return [...flows.problems, ...(safety.ok ? [] : safety.problems), ...(replies.ok ? [] : replies.problems)];
}

function parseAll(folder: string, under = ''): Record<string, unknown> {
  const files: Record<string, unknown> = {};
  for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) Object.assign(files, parseAll(folder, path));
    else if (path === OWN_NET) files[path] = JSON.parse(readFileSync(join(folder, path), 'utf8'));
    else if (entry.name.endsWith('.yaml')) files[path] = parse(readFileSync(join(folder, path), 'utf8'));
  }
  return files;
}
