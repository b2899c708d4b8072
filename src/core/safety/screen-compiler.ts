// Turns the safety files into the tables that the screen reads a text with. Slots, words and signals of all languages
// go into one table, because students mix languages inside a sentence. Mistakes are returned, never thrown.

import { builtInNet } from './built-in-net.ts';
import { type CompiledExamples, compileExamples, NO_EXAMPLES } from './example-match.ts';
import type { Example } from './example-schema.ts';
import { buildLexicon, type Lexicon } from './lexicon.ts';
import { createMatcher, type Link, type Matcher } from './matcher.ts';
import { createSpeller, type Speller } from './misspelling.ts';
import { type Part, type PatternResult, type Phrase, readPattern, readSlots, type Slots } from './pattern.ts';
import { indexPatterns, type PatternIndex } from './pattern-index.ts';
import type { SecondNet } from './second-net.ts';
import type { SafetyFile, SafetyProblem, SignalDefinition } from './signal-schema.ts';

type Language = SafetyFile['language'];

/** A signal with its patterns ready to run. */
export interface CompiledSignal {
  readonly definition: SignalDefinition;
  readonly language: Language;
  readonly patterns: readonly Matcher[];
  /** Patterns that count only where a second net leans the same way. */
  readonly hints: readonly Matcher[];
  readonly unless: readonly Matcher[];
}

/** What a pattern of a signal is to it. */
export interface SignalUse {
  readonly signal: CompiledSignal;
  readonly isHint: boolean;
}

export type ContextName = keyof SafetyFile['context'];

/** Everything the screen knows. Made once at start, never changed. */
export interface CompiledScreen {
  readonly lexicon: Lexicon;
  readonly speller: Speller;
  readonly negators: ReadonlySet<string>;
  readonly carriers: ReadonlySet<string>;
  readonly masks: PatternIndex<'mask'>;
  readonly context: PatternIndex<ContextName>;
  readonly yes: readonly { readonly matcher: Matcher; readonly language: Language }[];
  readonly signals: readonly CompiledSignal[];
  /** The patterns and hints of all signals, by what each of them needs. */
  readonly index: PatternIndex<SignalUse>;
  /** The second nets: the one that ships, and the program's own beside it. */
  readonly nets: readonly SecondNet[];
  /** What counselors have taught it without a developer. */
  readonly examples: { readonly missed: CompiledExamples; readonly falsePages: CompiledExamples };
  /** Words that only one of the languages uses, to tell which one a signal was written in. */
  readonly wordsOf: Readonly<Record<Language, ReadonlySet<string>>>;
  /** Patterns that could not be read. They are left out; a start must refuse files that have any. */
  readonly problems: readonly (SafetyProblem & { readonly language: Language })[];
}

/** The work in progress: symbols are numbered as they are met. */
interface Bench {
  readonly slots: Slots;
  readonly symbols: Map<string, number>;
  readonly phrases: (readonly Phrase[])[];
  readonly problems: (SafetyProblem & { language: Language })[];
}

/** Compiles the files. An empty list gives a screen that finds nothing, so a start must also check that it has files. */
export function compileScreen(
  files: readonly SafetyFile[],
  nets: readonly SecondNet[] = [builtInNet()],
): CompiledScreen {
  const problems: Bench['problems'] = [];
  const slots = readSlots(files, (language, name, line, why) => {
    if (!why.ok) problems.push({ language, path: ['slots', name, line], message: why.message, hint: why.hint });
  });
  const bench: Bench = { slots, symbols: new Map(), phrases: [], problems };
  const masks = files.flatMap((file) =>
    file.masks.flatMap((mask, at) => readAll(bench, file.language, mask.patterns, ['masks', at, 'patterns'])),
  );
  const signals = files.flatMap((file) =>
    file.signals.map((signal, at) => compileSignal(bench, file.language, signal, at)),
  );
  const yes = files.flatMap((file) =>
    readAll(bench, file.language, file.yesAfterSafetyQuestion, ['yesAfterSafetyQuestion']).map((matcher) => ({
      matcher,
      language: file.language,
    })),
  );
  const context = compileContext(bench, files);
  const fillers = new Set(files.flatMap((file) => file.fillers));
  return {
    lexicon: buildLexicon(bench.phrases, fillers),
    speller: compileSpeller(bench, files),
    negators: new Set(files.flatMap((file) => file.negators)),
    carriers: new Set(files.flatMap((file) => file.negationCarriers)),
    masks: indexPatterns(masks.map((matcher) => ({ matcher, use: 'mask' }))),
    context,
    yes,
    signals,
    index: indexSignals(signals),
    nets,
    examples: { missed: NO_EXAMPLES, falsePages: NO_EXAMPLES },
    wordsOf: collectWords(files, bench),
    problems,
  };
}

/** The same screen with these examples in place of its own: the signals and nets beside them stay as they are. */
export function withExamples(compiled: CompiledScreen, examples: readonly Example[]): CompiledScreen {
  const of = (was: Example['was']) =>
    compileExamples(
      compiled,
      examples.filter((example) => example.was === was),
    );
  return { ...compiled, examples: { missed: of('missed'), falsePages: of('false_page') } };
}

function compileSignal(bench: Bench, language: Language, definition: SignalDefinition, at: number): CompiledSignal {
  return {
    definition,
    language,
    patterns: readAll(bench, language, definition.patterns, ['signals', at, 'patterns']),
    hints: readAll(bench, language, definition.hints ?? [], ['signals', at, 'hints']),
    unless: readAll(bench, language, definition.unless ?? [], ['signals', at, 'unless']),
  };
}

function indexSignals(signals: readonly CompiledSignal[]): PatternIndex<SignalUse> {
  const usesOf = (signal: CompiledSignal, isHint: boolean) =>
    (isHint ? signal.hints : signal.patterns).map((matcher) => ({ matcher, use: { signal, isHint } }));
  return indexPatterns(signals.flatMap((signal) => [...usesOf(signal, false), ...usesOf(signal, true)]));
}

const CONTEXTS: readonly ContextName[] = ['humour', 'earnest', 'trivial', 'past', 'present', 'topic'];

function compileContext(bench: Bench, files: readonly SafetyFile[]): PatternIndex<ContextName> {
  const read = (use: ContextName) =>
    files.flatMap((file) =>
      readAll(bench, file.language, file.context[use], ['context', use]).map((matcher) => ({ matcher, use })),
    );
  return indexPatterns(CONTEXTS.flatMap(read));
}

function readAll(
  bench: Bench,
  language: Language,
  sources: readonly string[],
  path: readonly (string | number)[],
): Matcher[] {
  return sources.flatMap((source, index) => {
    const read: PatternResult<readonly (readonly Part[])[]> = readPattern(source, language, bench.slots);
    if (read.ok) return [createMatcher(read.value.map((row) => row.map((part) => toLink(bench, part))))];
    bench.problems.push({ language, path: [...path, index], message: read.message, hint: read.hint });
    return [];
  });
}

function toLink(bench: Bench, part: Part): Link {
  if (part.kind !== 'phrase') return part;
  const known = bench.symbols.get(part.name);
  if (known !== undefined) return { kind: 'symbol', symbol: known, optional: part.optional };
  const symbol = bench.phrases.length;
  bench.symbols.set(part.name, symbol);
  bench.phrases.push(part.phrases);
  return { kind: 'symbol', symbol, optional: part.optional };
}

function compileSpeller(bench: Bench, files: readonly SafetyFile[]): Speller {
  const known = new Set(files.flatMap((file) => file.notMisspelt));
  for (const phrases of bench.phrases) for (const phrase of phrases) for (const key of phrase) known.add(key);
  return createSpeller(
    files.flatMap((file) => file.misspellable),
    known,
  );
}

function collectWords(files: readonly SafetyFile[], bench: Bench): CompiledScreen['wordsOf'] {
  const words: Record<Language, Set<string>> = { en: new Set(), es: new Set() };
  for (const phrases of bench.phrases) {
    for (const phrase of phrases) for (const key of phrase) words[key.startsWith('~') ? 'es' : 'en'].add(key);
  }
  for (const file of files) for (const word of file.negationCarriers) words[file.language].add(word);
  return words;
}
