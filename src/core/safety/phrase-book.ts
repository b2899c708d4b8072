// Named groups of patterns over one text, in the same small language as the distress signals.
// For word lists that belong to the code because a law or a carrier fixes them; a mistake in one is a programmer's.

import { readWords, type Word } from '../language/normalise.ts';
import { invariant } from '../model/invariant.ts';
import type { Language } from '../model/people.ts';
import { buildChart, type Edge } from './chart.ts';
import { buildLexicon, type Lexicon } from './lexicon.ts';
import { createMatcher, findMatches, type Link, type Matcher } from './matcher.ts';
import { expandPhrases, type Part, type Phrase, readPattern } from './pattern.ts';

/** One pattern or slot line and the language it is written in. */
export interface PhraseLine {
  readonly language: Language;
  readonly line: string;
}

/** What a phrase book is made from: slots, and named groups of patterns. */
export interface PhraseSource {
  readonly fillers: readonly string[];
  readonly slots: Readonly<Record<string, readonly PhraseLine[]>>;
  readonly groups: Readonly<Record<string, readonly PhraseLine[]>>;
}

/** A phrase book ready to be read with. */
export interface PhraseBook {
  readonly lexicon: Lexicon;
  readonly groups: ReadonlyMap<string, readonly Matcher[]>;
}

/** Prepares a phrase book. Slots may use only slots above them. */
export function compilePhraseBook(source: PhraseSource): PhraseBook {
  const slots = new Map<string, Phrase[]>();
  for (const [name, lines] of Object.entries(source.slots)) {
    const phrases = lines.flatMap(({ language, line }) => {
      const read = expandPhrases(line, language, slots);
      invariant(read.ok, `slot ${name} can be read: ${line}`);
      return read.value;
    });
    slots.set(name, phrases);
  }
  const symbols = new Map<string, number>();
  const table: (readonly Phrase[])[] = [];
  const link = (part: Part): Link => {
    if (part.kind !== 'phrase') return part;
    const symbol = symbols.get(part.name) ?? table.push(part.phrases) - 1;
    symbols.set(part.name, symbol);
    return { kind: 'symbol', symbol, optional: part.optional };
  };
  const groups = Object.entries(source.groups).map(([name, patterns]) => {
    const matchers = patterns.map(({ language, line: pattern }) => {
      const read = readPattern(pattern, language, slots);
      invariant(read.ok, `pattern of ${name} can be read: ${pattern}`);
      return createMatcher(read.value.map((row) => row.map(link)));
    });
    return [name, matchers] as const;
  });
  return { lexicon: buildLexicon(table, new Set(source.fillers)), groups: new Map(groups) };
}

/** The groups of which some pattern stands in the words. Words that the group `hiding` explains take part in no other. */
export function readGroups(
  book: PhraseBook,
  words: readonly Word[],
  hiding: string | null = null,
): ReadonlySet<string> {
  const chart = buildChart(book.lexicon, words);
  const open = { words, chart, masked: [], current: 0 };
  const hiders = hiding === null ? [] : (book.groups.get(hiding) ?? []);
  const reading = {
    ...open,
    masked: maskOf(
      words.length,
      hiders.flatMap((matcher) => findMatches(matcher, open).flat()),
    ),
  };
  const found = new Set<string>();
  for (const [name, matchers] of book.groups) {
    if (name === hiding) continue;
    if (matchers.some((matcher) => findMatches(matcher, reading).length > 0)) found.add(name);
  }
  return found;
}

function maskOf(length: number, spans: readonly Edge[]): readonly boolean[] {
  if (spans.length === 0) return [];
  const masked = new Array<boolean>(length).fill(false);
  for (const { start, end } of spans) masked.fill(true, start, end);
  return masked;
}

/** The sentences of a text, each as words, at most `most` of them. */
export function readSentences(text: string, most: number): readonly (readonly Word[])[] {
  const sentences: Word[][] = [];
  for (const word of readWords(text)) {
    const open = sentences.at(-1);
    if (open === undefined || (word.opensSentence && sentences.length < most)) sentences.push([word]);
    else open.push(word);
  }
  return sentences;
}
