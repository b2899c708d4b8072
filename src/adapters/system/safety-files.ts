// Reads flows/safety/*.yaml: the signals of each language and the locked replies, and says of a mistake where it stands.
// It reads files and nothing more; what a signal means is core/safety's.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { netsWith, OWN_NET } from '../../core/safety/built-in-net.ts';
import { checkExamples } from '../../core/safety/example-check.ts';
import { EXAMPLES, type ExamplesFile, parseExamples } from '../../core/safety/example-schema.ts';
import { parseReplies } from '../../core/safety/replies.ts';
import type { SafetyReplies } from '../../core/safety/reply-ids.ts';
import { checkSafetyFiles } from '../../core/safety/safety-check.ts';
import { compileScreen } from '../../core/safety/screen-compiler.ts';
import { parseSecondNet, type SecondNet } from '../../core/safety/second-net.ts';
import { parseSafetyFile, type SafetyFile, type SafetyProblem } from '../../core/safety/signal-schema.ts';

import type { FileProblem } from './file-problem.ts';

/** What was read, or everything that is wrong with it. */
export type SafetyContent =
  | {
      readonly ok: true;
      readonly files: readonly SafetyFile[];
      readonly ownNet: SecondNet | null;
      readonly examples: ExamplesFile;
      readonly replies: SafetyReplies;
    }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** How far the check goes. The examples take a second; a start that loads files already checked may leave them out. */
export interface ReadOptions {
  readonly runExamples: boolean;
}

interface Source {
  readonly file: string;
  readonly document: Document.Parsed | null;
  readonly lines: LineCounter;
  readonly problems: readonly FileProblem[];
}

const LANGUAGES = ['en', 'es'] as const;

/** Reads and checks the folder `<flowsFolder>/safety`. */
export function readSafetyFiles(flowsFolder: string, options: ReadOptions = { runExamples: true }): SafetyContent {
  const problems: FileProblem[] = [];
  const files: SafetyFile[] = [];
  const sources = new Map<string, Source>();
  for (const language of LANGUAGES) {
    const source = openSource(join(flowsFolder, 'safety', `${language}.yaml`));
    sources.set(language, source);
    problems.push(...source.problems);
    if (source.document === null) continue;
    const parsed = parseSafetyFile(source.document.toJS());
    if (parsed.ok && parsed.file.language === language) files.push(parsed.file);
    else if (parsed.ok)
      problems.push(place(source, { path: ['language'], message: 'not the language of this file', hint: language }));
    else problems.push(...parsed.problems.map((problem) => place(source, problem)));
  }
  const own = readOwnNet(flowsFolder);
  if (own !== null && !own.ok) problems.push(own.problem);
  const ownNet = own?.ok === true ? own.net : null;
  if (problems.length === 0 && options.runExamples) {
    for (const problem of checkSafetyFiles(files, netsWith(ownNet))) {
      const source = sources.get(problem.language);
      if (source !== undefined) problems.push(place(source, problem));
    }
  }
  const examples = readExamples(flowsFolder);
  problems.push(...examples.problems);
  if (problems.length === 0 && options.runExamples) {
    const compiled = compileScreen(files, netsWith(ownNet));
    problems.push(...checkExamples(compiled, examples.file).map((problem) => place(examples.source, problem)));
  }
  const replies = readReplies(flowsFolder);
  if (!replies.ok) return { ok: false, problems: [...problems, ...replies.problems] };
  return problems.length === 0
    ? { ok: true, files, ownNet, examples: examples.file, replies: replies.replies }
    : { ok: false, problems };
}

/** What counselors have taught; a folder without the file has nothing of it. */
function readExamples(flowsFolder: string): {
  readonly source: Source;
  readonly file: ExamplesFile;
  readonly problems: readonly FileProblem[];
} {
  const path = join(flowsFolder, EXAMPLES);
  const none: ExamplesFile = { examples: [], removed: [] };
  if (!existsSync(path)) {
    const source = { file: path, document: null, lines: new LineCounter(), problems: [] };
    return { source, file: none, problems: [] };
  }
  const source = openSource(path);
  if (source.document === null) return { source, file: none, problems: source.problems };
  const parsed = parseExamples(source.document.toJS());
  if (parsed.ok) return { source, file: parsed.file, problems: [] };
  return { source, file: none, problems: parsed.problems.map((problem) => place(source, problem)) };
}

/** The program's own second net; null when it has none. */
function readOwnNet(
  flowsFolder: string,
): { readonly ok: true; readonly net: SecondNet } | { readonly ok: false; readonly problem: FileProblem } | null {
  const file = join(flowsFolder, OWN_NET);
  if (!existsSync(file)) return null;
  const parsed = parseSecondNet(parseJson(readText(file) ?? ''));
  if (parsed.ok) return parsed;
  const hint = 'write it with npm run train:screen, or take the file away: the net that ships stays in use';
  return { ok: false, problem: { file, line: 1, column: 1, message: parsed.message, hint } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readReplies(
  flowsFolder: string,
):
  | { readonly ok: true; readonly replies: SafetyReplies }
  | { readonly ok: false; readonly problems: readonly FileProblem[] } {
  const source = openSource(join(flowsFolder, 'safety', 'replies.yaml'));
  if (source.document === null) return { ok: false, problems: source.problems };
  const parsed = parseReplies(source.document.toJS());
  return parsed.ok ? parsed : { ok: false, problems: parsed.problems.map((problem) => place(source, problem)) };
}

function openSource(file: string): Source {
  const lines = new LineCounter();
  const text = readText(file);
  if (text === null) {
    const problem = {
      file,
      line: 1,
      column: 1,
      message: 'this file cannot be read',
      hint: 'the distress screen needs it',
    };
    return { file, document: null, lines, problems: [problem] };
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problems = document.errors.map((error) => {
    const position = lines.linePos(error.pos[0]);
    return { file, line: position.line, column: position.col, message: error.message, hint: 'mend the YAML here' };
  });
  return { file, document: problems.length === 0 ? document : null, lines, problems };
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** Finds where in the file a path of keys stands; the nearest key that exists when the last one is missing. */
function place(source: Source, problem: SafetyProblem): FileProblem {
  const said = { file: source.file, message: problem.message, hint: problem.hint };
  for (let length = problem.path.length; length > 0; length -= 1) {
    const node: unknown = source.document?.getIn(problem.path.slice(0, length), true);
    if (isNode(node) && node.range) {
      const position = source.lines.linePos(node.range[0]);
      return { ...said, line: position.line, column: position.col };
    }
  }
  return { ...said, line: 1, column: 1 };
}
