// A text, and the earlier ones that are read along, as words on a chart with the idioms masked. It finds nothing itself;
// it also quotes what was found as it was typed.

import { readWords, type Word } from '../language/normalise.ts';
import type { Language } from '../model/people.ts';
import { buildChart, type Edge } from './chart.ts';
import { findMatches, type Reading } from './matcher.ts';
import { mendSpelling } from './misspelling.ts';
import { type NetView, viewText } from './net-features.ts';
import { candidatesOf } from './pattern-index.ts';
import type { CompiledScreen } from './screen-compiler.ts';

/** A reading that knows which text each of its words came from. */
export interface PlacedReading extends Reading {
  readonly textOf: readonly number[];
  /** The same with nothing masked. */
  readonly open: Reading;
  /** The same as the nets see it; made when it is asked for first. */
  readonly view: () => NetView;
}

/** Reads the texts together, oldest first; the last one is the newest. */
export function readTexts(compiled: CompiledScreen, texts: readonly string[]): PlacedReading {
  const rows = texts.map((text) => mendSpelling(compiled.speller, readWords(text)));
  const words: readonly Word[] = rows.flat();
  const textOf = rows.flatMap((row, index) => row.map(() => index));
  const current = words.length - (rows.at(-1)?.length ?? 0);
  const open: Reading = { words, chart: buildChart(compiled.lexicon, words), masked: [], current };
  const reading = { ...open, masked: maskIdioms(compiled, open), textOf, open };
  return { ...reading, view: once(() => viewText(reading)) };
}

/** Answers when it is asked first, and the same ever after. */
export function once<Answer>(ask: () => Answer): () => Answer {
  let known: { readonly answer: Answer } | null = null;
  return () => {
    known ??= { answer: ask() };
    return known.answer;
  };
}

/** Which words belong to an idiom. The rest of the text is still read. */
function maskIdioms(compiled: CompiledScreen, open: Reading): readonly boolean[] {
  const masked = open.words.map(() => false);
  for (const { matcher } of candidatesOf(compiled.masks, open.chart)) {
    for (const span of findMatches(matcher, open).flat()) masked.fill(true, span.start, span.end);
  }
  return masked;
}

/** The typed words of the spans; one that lies inside another is left out. */
export function quote(spans: readonly Edge[], reading: PlacedReading, texts: readonly string[]): readonly string[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const quotes: string[] = [];
  let reached = -1;
  for (const span of sorted) {
    if (span.end <= reached) continue;
    reached = span.end;
    quotes.push(quoteSpan(span, reading, texts));
  }
  return [...new Set(quotes)];
}

function quoteSpan(span: Edge, reading: PlacedReading, texts: readonly string[]): string {
  const pieces: string[] = [];
  let from = span.start;
  while (from < span.end) {
    const text = reading.textOf[from] ?? 0;
    let to = from;
    while (to < span.end && reading.textOf[to] === text) to += 1;
    pieces.push((texts[text] ?? '').slice(reading.words[from]?.start ?? 0, reading.words[to - 1]?.end ?? 0));
    from = to;
  }
  return pieces.join(' … ');
}

/** The language of most words that fired; the file's own when they do not tell. */
export function writtenIn(
  otherwise: Language,
  spans: readonly Edge[],
  reading: Reading,
  compiled: CompiledScreen,
): Language {
  let spanish = 0;
  let english = 0;
  const { es, en } = compiled.wordsOf;
  for (const { start, end } of spans) {
    for (let at = start; at < end; at += 1) {
      const forms = reading.words[at]?.forms ?? [];
      const isSpanish = forms.some((form) => es.has(form));
      const isEnglish = forms.some((form) => en.has(form));
      if (isSpanish && !isEnglish) spanish += 1;
      if (isEnglish && !isSpanish) english += 1;
    }
  }
  if (spanish === english) return otherwise;
  return spanish > english ? 'es' : 'en';
}
