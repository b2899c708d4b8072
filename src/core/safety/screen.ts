// The distress screen: how grave a text is, which words say so, and of what they speak. Pure, local and explainable.
// Any doubt is settled upward: context may lower a word, a joke or a "jk" never silences one.

import { readWords, type Word } from '../language/normalise.ts';
import { graverTier, isGraver, type Tier } from '../model/message.ts';
import type { Language } from '../model/people.ts';
import { buildChart, type Edge } from './chart.ts';
import { findMatches, type Matcher, type Reading } from './matcher.ts';
import { mendSpelling } from './misspelling.ts';
import type { CompiledScreen, CompiledSignal } from './screen-compiler.ts';
import { lowerTier, readContext, type TextContext } from './screen-context.ts';
import type { Kind } from './signal-schema.ts';

/** One finding. `id` and `category` are those of the safety file. */
export interface Signal {
  readonly id: string;
  readonly category: string;
}

/** What the screen says about a text. */
export interface Screening {
  readonly tier: Tier;
  /** The words that fired, as they were typed, in the order of the text. */
  readonly matched: readonly string[];
  /** The signals that fired, the gravest first. */
  readonly signals: readonly Signal[];
  /** Of what the gravest signal speaks; null when nothing fired. */
  readonly kind: Kind | null;
  /** The language that the gravest signal was written in; null when nothing fired. */
  readonly language: Language | null;
}

/** A text to be read. */
export interface ScreenInput {
  readonly text: string;
  /** Earlier texts of the same person within the last hours, oldest first. They are read together with the new one. */
  readonly previous?: readonly string[];
  /** Whether the last thing the person was asked is whether they are safe. Then a "yes" or "a little" is a crisis. */
  readonly afterSafetyQuestion?: boolean;
}

/** A signal where it was found and as grave as the context leaves it. */
interface Finding {
  readonly signal: Signal;
  readonly kind: Kind;
  readonly language: Language;
  readonly tier: Tier;
  readonly spans: readonly Edge[];
}

/** Earlier texts that are read along; older ones are left out. */
export const PREVIOUS_LIMIT = 20;
/** Words between a signal and what speaks against it; farther apart they are about different things. */
const UNLESS_REACH = 10;

/** Reads one text. Deterministic, linear in its length, a fraction of a millisecond at 160 characters. */
export function screen(compiled: CompiledScreen, input: ScreenInput): Screening {
  const texts = [...(input.previous ?? []).slice(-PREVIOUS_LIMIT), input.text];
  const alone = findAll(compiled, texts, 0, texts.length - 1);
  const findings = alone.current;
  if (input.afterSafetyQuestion === true) findings.push(...answersYes(compiled, alone.reading));
  if (findings.some((finding) => finding.tier === 'moderate') && alone.earlier) findings.push(repeated(findings));
  return report(findings, alone.reading, texts);
}

interface Found {
  readonly current: Finding[];
  /** Whether an earlier text already spoke of distress. */
  readonly earlier: boolean;
  readonly reading: PlacedReading;
}

/** A reading that knows which text each of its words came from. */
interface PlacedReading extends Reading {
  readonly textOf: readonly number[];
}

function findAll(compiled: CompiledScreen, texts: readonly string[], from: number, last: number): Found {
  const reading = readTexts(compiled, texts.slice(from, last + 1));
  const context = readContext(compiled, reading);
  const findings = compiled.signals.flatMap((signal) => findSignal(signal, reading, compiled, context));
  const current = findings.filter((finding) => finding.spans.some((span) => span.end > reading.current));
  const earlier = findings.some((finding) => finding.spans.every((span) => span.end <= reading.current));
  return { current, earlier, reading };
}

function readTexts(compiled: CompiledScreen, texts: readonly string[]): PlacedReading {
  const rows = texts.map((text) => mendSpelling(compiled.speller, readWords(text)));
  const words: readonly Word[] = rows.flat();
  const textOf = rows.flatMap((row, index) => row.map(() => index));
  const current = words.length - (rows.at(-1)?.length ?? 0);
  const open = words.map(() => false);
  const reading = {
    words,
    lexicon: compiled.lexicon,
    chart: buildChart(compiled.lexicon, words),
    masked: open,
    current,
    textOf,
  };
  return { ...reading, masked: maskIdioms(compiled, reading) };
}

/** Which words belong to an idiom. The rest of the text is still read. */
function maskIdioms(compiled: CompiledScreen, reading: Reading): readonly boolean[] {
  const masked = [...reading.masked];
  for (const mask of compiled.masks) {
    for (const span of findMatches(mask, reading).flat()) masked.fill(true, span.start, span.end);
  }
  return masked;
}

function findSignal(
  signal: CompiledSignal,
  reading: Reading,
  compiled: CompiledScreen,
  context: TextContext,
): Finding[] {
  const { definition } = signal;
  return signal.patterns.flatMap((pattern) => {
    const rows = findMatches(pattern, reading);
    if (rows.length === 0) return [];
    const spans = rows.flat().filter((span) => !isExcused(signal, span, reading));
    // With several rows each must still have a place that nothing speaks against.
    if (!rows.every((row) => row.some((span) => spans.includes(span)))) return [];
    const tier = lowerTier(definition, rows.length === 1 ? spans : spans.slice(0, 1), reading, compiled, context);
    if (tier === 'none') return [];
    const found = { id: definition.id, category: definition.category };
    return [
      { signal: found, kind: definition.kind, language: writtenIn(signal, spans, reading, compiled), tier, spans },
    ];
  });
}

function isExcused(signal: CompiledSignal, span: Edge, reading: Reading): boolean {
  if (signal.unless.length === 0) return false;
  const unmasked = { ...reading, masked: [] };
  const near = (other: Edge): boolean =>
    other.start - span.end <= UNLESS_REACH && span.start - other.end <= UNLESS_REACH;
  return signal.unless.some((matcher: Matcher) => findMatches(matcher, unmasked).flat().some(near));
}

/** The language of most words that fired; the file's own when they do not tell. */
function writtenIn(
  signal: CompiledSignal,
  spans: readonly Edge[],
  reading: Reading,
  compiled: CompiledScreen,
): Language {
  let spanish = 0;
  let english = 0;
  for (const span of spans) {
    for (const word of reading.words.slice(span.start, span.end)) {
      const isSpanish = word.forms.some((form) => compiled.wordsOf.es.has(form));
      const isEnglish = word.forms.some((form) => compiled.wordsOf.en.has(form));
      if (isSpanish && !isEnglish) spanish += 1;
      if (isEnglish && !isSpanish) english += 1;
    }
  }
  if (spanish === english) return signal.language;
  return spanish > english ? 'es' : 'en';
}

function answersYes(compiled: CompiledScreen, reading: Reading): Finding[] {
  return compiled.yes.flatMap(({ matcher, language }) => {
    const spans = findMatches(matcher, reading)
      .flat()
      .filter((span) => span.end > reading.current);
    if (spans.length === 0) return [];
    const signal = { id: 'yes-after-safety-question', category: 'safety-answer' };
    return [{ signal, kind: 'self', language, tier: 'crisis', spans }];
  });
}

/** Two texts of moderate distress within hours are read as one of high. */
function repeated(findings: readonly Finding[]): Finding {
  const last = findings.find((finding) => finding.tier === 'moderate');
  return {
    signal: { id: 'distress-again', category: 'repeated' },
    kind: last?.kind ?? 'self',
    language: last?.language ?? 'en',
    tier: 'high',
    spans: last?.spans ?? [],
  };
}

const KIND_ORDER: readonly Kind[] = ['self', 'threat_to_others', 'abuse', 'someone_else', 'immigration', 'not_going'];

function report(findings: readonly Finding[], reading: PlacedReading, texts: readonly string[]): Screening {
  const sorted = findings.toSorted((a, b) => {
    if (a.tier !== b.tier) return isGraver(a.tier, b.tier) ? -1 : 1;
    return KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind);
  });
  const tier = sorted.reduce<Tier>((gravest, finding) => graverTier(gravest, finding.tier), 'none');
  const signals = [...new Map(sorted.map((finding) => [finding.signal.id, finding.signal])).values()];
  const grave = sorted.filter((finding) => finding.tier === tier);
  return {
    tier,
    matched: quote(
      grave.flatMap((finding) => finding.spans),
      reading,
      texts,
    ),
    signals,
    kind: sorted[0]?.kind ?? null,
    language: sorted[0]?.language ?? null,
  };
}

/** The typed words of the spans; one that lies inside another is left out. */
function quote(spans: readonly Edge[], reading: PlacedReading, texts: readonly string[]): readonly string[] {
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
