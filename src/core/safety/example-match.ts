// Whether a text is like an example that a counselor wrote: its content words in their order, with a few others between,
// and in a long one a few of them missing. Bounded in both lengths; it knows nothing of tiers.

import { readWords, type Word } from '../language/normalise.ts';
import type { Edge } from './chart.ts';
import type { Example } from './example-schema.ts';
import { isSkippable, type Lexicon } from './lexicon.ts';
import { mendSpelling, type Speller } from './misspelling.ts';

/** What reads words as the screen does. */
export interface WordReader {
  readonly lexicon: Lexicon;
  readonly speller: Speller;
  readonly negators: ReadonlySet<string>;
}

/** An example ready to be compared. */
export interface CompiledExample {
  readonly example: Example;
  /** The ways in which each of its content words may be read. */
  readonly words: readonly ReadonlySet<string>[];
  /** For each of them how many negations stand before it: none of these may be missing. */
  readonly negations: readonly number[];
  /** So many of the others may be missing in a text that is like it. */
  readonly spare: number;
}

/** The examples by the words that stand out in them, so that most texts are compared with none. */
export interface CompiledExamples {
  readonly all: readonly CompiledExample[];
  readonly byWord: ReadonlyMap<string, readonly number[]>;
}

/** A word of a text that carries meaning, and its place among all of them. */
interface Content {
  readonly forms: readonly string[];
  readonly at: number;
}

export const NO_EXAMPLES: CompiledExamples = { all: [], byWord: new Map() };

/** Fewer content words than this say too little to be told from an ordinary text. */
export const CONTENT_MIN = 3;
/** More than this are a letter: what matters in it is shorter. */
export const CONTENT_MAX = 30;
/** Content words that may stand between two of an example. */
const GAP = 2;
/** One of so many words may be missing, and never more than SPARE_MAX. */
const SPARE_EVERY = 6;
const SPARE_MAX = 3;
/** Letters of a word that stands out. */
const OUTSTANDING = 4;
/** Shorter than this, a word's sound says too little. */
const SOUND_MIN = 5;

/** Words without a meaning of their own. Negations and persons are not among them: they turn what is said. */
const LOOSE: ReadonlySet<string> = new Set(
  'a an the to of and so at in on for that this it its is are am be been do did does will would with as el la los las un una unos unas de y a en que lo le se es por con al del me te'.split(
    ' ',
  ),
);

/** Prepares the examples; one that says too little, or too much, is left out, and the check says so. */
export function compileExamples(reader: WordReader, examples: readonly Example[]): CompiledExamples {
  const all = examples.flatMap((example) => compileExample(reader, example) ?? []);
  const byWord = new Map<string, number[]>();
  all.forEach(({ words, spare }, index) => {
    const outstanding = words.filter((forms) => [...forms].some((form) => form.length >= OUTSTANDING));
    const keys = outstanding.length > spare ? outstanding : words;
    for (const form of new Set(keys.flatMap((forms) => [...forms]))) {
      byWord.set(form, [...(byWord.get(form) ?? []), index]);
    }
  });
  return { all, byWord };
}

function compileExample(reader: WordReader, example: Example): CompiledExample | null {
  const content = contentOf(reader, wordsOf(reader, example.words));
  if (content.length < CONTENT_MIN || content.length > CONTENT_MAX) return null;
  const spare = Math.min(SPARE_MAX, Math.floor(content.length / SPARE_EVERY));
  const negations = [0];
  for (const { forms } of content) {
    negations.push((negations.at(-1) ?? 0) + (forms.some((form) => reader.negators.has(form)) ? 1 : 0));
  }
  return { example, words: content.map(({ forms }) => new Set(forms)), negations, spare };
}

/** The ways in which each content word of a text may be read. */
export function contentForms(reader: WordReader, text: string): readonly (readonly string[])[] {
  return contentOf(reader, wordsOf(reader, text)).map(({ forms }) => forms);
}

/** A text as the screen reads its words. */
export function wordsOf({ speller }: WordReader, text: string): readonly Word[] {
  return mendSpelling(speller, readWords(text));
}

/** A text letter by letter as far as its words go: case, accents and signs are no difference. */
export function bareWords(text: string): string {
  return readWords(text)
    .map(({ forms }) => forms.find((form) => form !== '#') ?? '')
    .join(' ');
}

function contentOf({ lexicon }: WordReader, words: readonly Word[], from = 0): readonly Content[] {
  const content: Content[] = [];
  for (let at = from; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined || isSkippable(lexicon, word) || word.forms.some((form) => LOOSE.has(form))) continue;
    content.push({ forms: word.forms.filter((form) => !form.startsWith('~') || form.length > SOUND_MIN), at });
  }
  return content;
}

/** An example that a text is like: where, and how many of its content words stand outside of it. */
export interface Likeness {
  readonly example: Example;
  readonly span: Edge;
  readonly outside: number;
}

/** Every example that the words from `from` on are like. */
export function findLike(
  { all, byWord }: CompiledExamples,
  reader: WordReader,
  words: readonly Word[],
  from: number,
): readonly Likeness[] {
  if (all.length === 0) return [];
  const content = contentOf(reader, words, from);
  const near = new Set(content.flatMap(({ forms }) => forms.flatMap((form) => byWord.get(form) ?? [])));
  return [...near].flatMap((index) => {
    const compiled = all[index];
    const span = compiled === undefined ? null : align(compiled, content);
    if (compiled === undefined || span === null) return [];
    const outside = content.filter(({ at }) => at < span.start || at >= span.end).length;
    return [{ example: compiled.example, span, outside }];
  });
}

/** An alignment that ends at a word of the text: how many of the example's words it lacks so far, and where it began. */
interface Ending {
  readonly place: number;
  readonly lacking: number;
  readonly start: number;
}

/** The place in which most of the example's words stand in their order; null when nowhere enough of them do. */
function align(compiled: CompiledExample, content: readonly Content[]): Edge | null {
  const { words, spare } = compiled;
  const endings: (readonly Ending[])[] = [];
  let best: { readonly lacking: number; readonly span: Edge } | null = null;
  for (const [index, { forms, at }] of content.entries()) {
    const before = endings.slice(Math.max(0, index - 1 - GAP)).flat();
    const here = words.flatMap((word, place): Ending[] => {
      if (!forms.some((form) => word.has(form))) return [];
      const ending = bestEnding(compiled, { place, at }, before);
      return ending.lacking <= spare ? [ending] : [];
    });
    for (const { place, lacking: soFar, start } of here) {
      const lacking = soFar + lackingIn(compiled, place + 1, words.length);
      if (lacking <= spare && lacking < (best?.lacking ?? spare + 1)) best = { lacking, span: { start, end: at + 1 } };
    }
    if (best?.lacking === 0) break;
    endings.push(here);
  }
  return best?.span ?? null;
}

/** What it costs to leave out the words from `from` to `to`: without its negation a sentence says the opposite. */
function lackingIn({ negations }: CompiledExample, from: number, to: number): number {
  return (negations[from] ?? 0) < (negations[to] ?? 0) ? Number.POSITIVE_INFINITY : to - from;
}

function bestEnding(
  compiled: CompiledExample,
  { place, at }: { readonly place: number; readonly at: number },
  before: readonly Ending[],
): Ending {
  let best: Ending = { place, lacking: lackingIn(compiled, 0, place), start: at };
  for (const { place: earlier, lacking, start } of before) {
    if (earlier >= place) continue;
    const sum = lacking + lackingIn(compiled, earlier + 1, place);
    if (sum < best.lacking) best = { place, lacking: sum, start };
  }
  return best;
}
