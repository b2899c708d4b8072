// Reads flows/replies/*.yaml: the words by which replies are read, and says of a mistake where it stands. A folder without
// them uses the words that ship.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../core/flow/problem.ts';
import { checkReplyWords, parseReplyWords } from '../../core/flow/replies-schema.ts';
import { builtInReplies } from '../../core/language/built-in-replies.ts';
import { compileReplies, type ReplyBook } from '../../core/language/reply-book.ts';
import type { ReplyWords } from '../../core/language/reply-words.ts';
import type { FileProblem } from './file-problem.ts';
import { parseFile } from './flow-files.ts';

const LANGUAGES = ['en', 'es'] as const;

/** The book of a folder, or everything that is wrong with its files. */
type ReplyFiles =
  | { readonly ok: true; readonly book: ReplyBook }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

interface ReadFile {
  readonly words: ReplyWords | null;
  readonly toFileProblem?: (problem: Problem) => FileProblem;
  readonly problems: readonly FileProblem[];
}

/** Reads and checks `<flowsFolder>/replies`. The examples take a moment; a start may leave them out. */
export function readReplyFiles(flowsFolder: string, options: { readonly runExamples: boolean }): ReplyFiles {
  const paths = LANGUAGES.map((language) => ({ language, file: join(flowsFolder, 'replies', `${language}.yaml`) }));
  if (paths.every(({ file }) => !existsSync(file))) return { ok: true, book: builtInReplies() };
  const read = paths.map(({ language, file }) => ({ language, ...readReplyFile(file, language) }));
  const problems = read.flatMap((one) => one.problems);
  if (problems.length > 0) return { ok: false, problems };
  const files = read.flatMap(({ words }) => (words === null ? [] : [words]));
  const found = checkReplyWords(files, options.runExamples).flatMap(({ language, problem }) => {
    const place = read.find((one) => one.language === language)?.toFileProblem;
    return place === undefined ? [] : [place(problem)];
  });
  return found.length > 0 ? { ok: false, problems: found } : { ok: true, book: compileReplies(files).book };
}

function readReplyFile(file: string, language: ReplyWords['language']): ReadFile {
  if (!existsSync(file)) {
    const hint = 'Each language has one; copy it from the checkout.';
    return { words: null, problems: [{ file, line: 1, column: 1, message: 'this file is missing', hint }] };
  }
  const { data, toFileProblem, problems } = parseFile(readFileSync(file, 'utf8'), file);
  if (problems.length > 0) return { words: null, problems };
  const parsed = parseReplyWords(data, language);
  if ('value' in parsed) return { words: parsed.value, toFileProblem, problems: [] };
  return { words: null, problems: parsed.problems.map(toFileProblem) };
}
