// The published words and rules in use: compiled once per revision and handed to whoever needs them.

import { restoreFlow, rewordFlow } from '../core/flow/compile.ts';
import { compileFlows } from '../core/flow/compile-all.ts';
import type { CompiledFlow } from '../core/flow/compiled-flow.ts';
import { isFlowPath } from '../core/flow/flow-paths.ts';
import { compileProgram, type Program } from '../core/flow/program-schema.ts';
import { parseReplyWords } from '../core/flow/replies-schema.ts';
import { compileTasks, type TaskDefinition } from '../core/flow/task-schema.ts';
import { builtInReplies } from '../core/language/built-in-replies.ts';
import { compileReplies, type ReplyBook } from '../core/language/reply-book.ts';
import type { StructureHash } from '../core/model/ids.ts';
import { invariant } from '../core/model/invariant.ts';
import { netsWith, OWN_NET } from '../core/safety/built-in-net.ts';
import { EXAMPLES, type ExamplesFile, parseExamples } from '../core/safety/example-schema.ts';
import { parseReplies } from '../core/safety/replies.ts';
import type { SafetyReplies } from '../core/safety/reply-ids.ts';
import { type CompiledScreen, compileScreen, withExamples } from '../core/safety/screen-compiler.ts';
import { parseSecondNet, type SecondNet } from '../core/safety/second-net.ts';
import { parseSafetyFile } from '../core/safety/signal-schema.ts';
import type { Stores } from './ports/database.ts';

/** One published revision, ready to use. */
export interface Content {
  readonly revision: number;
  readonly program: Program;
  readonly tasks: ReadonlyMap<string, TaskDefinition>;
  readonly flows: ReadonlyMap<string, CompiledFlow>;
  readonly screen: CompiledScreen;
  readonly replies: SafetyReplies;
  /** The words by which replies to questions are read. */
  readonly replyBook: ReplyBook;
}

/** Parsed files by their path under `flows/`. */
export type ContentFiles = Readonly<Record<string, unknown>>;

/** Content that was checked and stored does not compile with this code: the message says which part. */
export class ContentError extends Error {
  override readonly name = 'ContentError';
}

const PROGRAM = 'program.yaml';
const TASKS = 'tasks.yaml';
const REPLIES = 'safety/replies.yaml';
const SIGNALS = ['safety/en.yaml', 'safety/es.yaml'];

/** @throws ContentError naming the file that does not compile. */
export function compileContent(revision: number, files: ContentFiles): Content {
  const flows = flowsOf(files);
  const program = compileProgram(files[PROGRAM]);
  if (program.program === null) throw refused(PROGRAM, program.problems);
  const tasks = compileTasks(files[TASKS], flows);
  if (tasks.problems.length > 0) throw refused(TASKS, tasks.problems);
  const replies = parseReplies(files[REPLIES]);
  if (!replies.ok) throw refused(REPLIES, replies.problems);
  return {
    revision,
    program: program.program,
    tasks: new Map(tasks.tasks.map((task) => [task.key, task])),
    flows: new Map(flows.map((flow) => [flow.id, flow])),
    screen: withExamples(screenOf(files), examplesOf(files).examples),
    replies: replies.replies,
    replyBook: replyBookOf(files),
  };
}

/** The screen compiled last, with the signals it was made from: it takes a second, and most publishes do not change it. */
let known: { readonly from: string; readonly screen: CompiledScreen } | null = null;

function screenOf(files: ContentFiles): CompiledScreen {
  const from = JSON.stringify([...SIGNALS, OWN_NET].map((path) => files[path]));
  if (known?.from === from) return known.screen;
  const signals = SIGNALS.map((path) => signalsOf(path, files[path]));
  const screen = compileScreen(signals, netsWith(ownNetOf(files)));
  known = { from, screen };
  return screen;
}

const REPLY_WORDS = { en: 'replies/en.yaml', es: 'replies/es.yaml' } as const;

/** The book compiled last, with the words it was made from. */
let knownBook: { readonly from: string; readonly book: ReplyBook } | null = null;

/** The words of the program; those that ship for content that was published without any. */
function replyBookOf(files: ContentFiles): ReplyBook {
  if (Object.values(REPLY_WORDS).every((path) => files[path] === undefined)) return builtInReplies();
  const from = JSON.stringify(Object.values(REPLY_WORDS).map((path) => files[path]));
  if (knownBook?.from === from) return knownBook.book;
  const { book, problems } = compileReplies((['en', 'es'] as const).map((language) => replyWordsOf(files, language)));
  const [first] = problems;
  if (first !== undefined) throw refused(REPLY_WORDS[first.language], [{ message: first.failure }]);
  knownBook = { from, book };
  return book;
}

function replyWordsOf(files: ContentFiles, language: 'en' | 'es') {
  const parsed = parseReplyWords(files[REPLY_WORDS[language]], language);
  if ('problems' in parsed) throw refused(REPLY_WORDS[language], parsed.problems);
  return parsed.value;
}

/**
 * What counselors have taught the screen; content of before has nothing of it.
 * @throws ContentError
 */
export function examplesOf(files: ContentFiles): ExamplesFile {
  const parsed = parseExamples(files[EXAMPLES]);
  if (!parsed.ok) throw refused(EXAMPLES, parsed.problems);
  return parsed.file;
}

/** The program's own net. It is heard beside the one that ships, which no content can take away. */
function ownNetOf(files: ContentFiles): SecondNet | null {
  if (files[OWN_NET] === undefined) return null;
  const parsed = parseSecondNet(files[OWN_NET]);
  if (!parsed.ok) throw refused(OWN_NET, [parsed]);
  return parsed.net;
}

function flowsOf(files: ContentFiles): readonly CompiledFlow[] {
  const { flows, problems } = compileFlows(new Map(Object.entries(files).filter(([path]) => isFlowPath(path))));
  for (const [path, found] of problems) if (found.length > 0) throw refused(path, found);
  return flows;
}

function signalsOf(path: string, data: unknown) {
  const parsed = parseSafetyFile(data);
  if (!parsed.ok) throw refused(path, parsed.problems);
  return parsed.file;
}

function refused(path: string, problems: readonly { readonly message: string }[]): ContentError {
  return new ContentError(`${path}: ${problems[0]?.message ?? 'does not compile'}`);
}

/** Where everybody takes the content in use from; a publish swaps it in one step. */
export interface ContentShelf {
  current(): Content;
  swap(content: Content): void;
  /** A flow that is not published any more, compiled from the definition that conversations pinned. */
  pinned(structureHash: StructureHash, definition: unknown): CompiledFlow;
  /** Such a flow in its newest words: of the flows that it leads through, those that did not change speak as published. */
  wordingOf(pinned: CompiledFlow): CompiledFlow;
}

export function createContentShelf(first: Content): ContentShelf {
  let content = first;
  const pinned = new Map<StructureHash, CompiledFlow>();
  const reworded = new Map<StructureHash, CompiledFlow>();
  return {
    current: () => content,
    swap: (next) => {
      content = next;
      reworded.clear();
    },
    pinned: (structureHash, definition) => {
      const known = pinned.get(structureHash);
      if (known !== undefined) return known;
      const flow = restoreFlow(definition);
      invariant(flow !== null, 'a stored definition was compiled before it was stored');
      pinned.set(structureHash, flow);
      return flow;
    },
    wordingOf: (flow) => {
      const known = reworded.get(flow.structureHash);
      if (known !== undefined || flow.scopes.size === 0) return known ?? flow;
      const wording = rewordFlow(flow, content.flows);
      reworded.set(flow.structureHash, wording);
      return wording;
    },
  };
}

/**
 * The flow as a conversation pinned it, and the wording to speak: the newest published revision with the same
 * structure, or the pinned definition itself when the structure is not published any more. What it calls is judged by
 * itself: a called flow that did not change speaks its newest words.
 */
export async function flowFor(
  stores: Stores,
  shelf: ContentShelf,
  conversation: { readonly flowId: string; readonly structureHash: StructureHash },
): Promise<{ flow: CompiledFlow; wording: CompiledFlow }> {
  const published = shelf.current().flows.get(conversation.flowId);
  if (published !== undefined && published.structureHash === conversation.structureHash) {
    return { flow: published, wording: published };
  }
  const stored = await stores.content.structure(conversation.structureHash);
  invariant(stored !== null, 'a conversation pins a structure that is stored');
  const flow = shelf.pinned(conversation.structureHash, stored.definition);
  return { flow, wording: shelf.wordingOf(flow) };
}
