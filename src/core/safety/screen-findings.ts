// What the signals find in a text, each with its place and as grave as the context leaves it. It knows nothing of the
// nets, of a counselor's examples or of the tiers of texts before.

import type { Tier } from '../model/message.ts';
import type { Language } from '../model/people.ts';
import type { Edge } from './chart.ts';
import { findMatches } from './matcher.ts';
import { candidatesOf, type Indexed } from './pattern-index.ts';
import type { CompiledScreen, CompiledSignal, SignalUse } from './screen-compiler.ts';
import { lowerTier, readContext, type TextContext } from './screen-context.ts';
import { type PlacedReading, readTexts, writtenIn } from './screen-reading.ts';
import type { Kind } from './signal-schema.ts';

/** One finding. `id` and `category` are those of the safety file. */
export interface Signal {
  readonly id: string;
  readonly category: string;
}

/** A signal where it was found and as grave as the context leaves it. */
export interface Finding {
  readonly signal: Signal;
  readonly kind: Kind;
  readonly language: Language;
  readonly tier: Tier;
  readonly spans: readonly Edge[];
}

/** All that the signals find in the texts of one person. */
export interface Found {
  readonly current: readonly Finding[];
  /** Findings in the newest text that count only where a net leans the same way. */
  readonly hints: readonly Finding[];
  /** What the earlier texts say by themselves. */
  readonly earlier: readonly Finding[];
  readonly context: TextContext;
  readonly reading: PlacedReading;
}

/** Words between a signal and what speaks against it; farther apart they are about different things. */
const UNLESS_REACH = 10;

/** Reads the texts, oldest first, and holds them against every signal. */
export function findAll(compiled: CompiledScreen, texts: readonly string[]): Found {
  const reading = readTexts(compiled, texts);
  const context = readContext(compiled, reading);
  const place: Place = { reading, compiled, context, excuses: new Map() };
  const isCurrent = (finding: Finding): boolean => finding.spans.some((span) => span.end > reading.current);
  const findings: Finding[] = [];
  const hints: Finding[] = [];
  for (const candidate of candidatesOf(compiled.index, reading.chart)) {
    const finding = findPattern(candidate, place);
    if (finding !== null) (candidate.use.isHint ? hints : findings).push(finding);
  }
  const current = findings.filter(isCurrent);
  const earlier = findings.filter((finding) => finding.spans.every((span) => span.end <= reading.current));
  return { current, hints: hints.filter(isCurrent), earlier, context, reading };
}

interface Place {
  readonly reading: PlacedReading;
  readonly compiled: CompiledScreen;
  readonly context: TextContext;
  /** Where something stands that speaks against a signal; looked for once. */
  readonly excuses: Map<CompiledSignal, readonly Edge[]>;
}

function findPattern({ matcher, use }: Indexed<SignalUse>, place: Place): Finding | null {
  const { signal } = use;
  const { reading, compiled, context } = place;
  const rows = findMatches(matcher, reading);
  if (rows.length === 0) return null;
  const excuses = excusesOf(signal, place);
  const spans = rows.flat().filter((span) => !isExcused(span, excuses));
  // With several rows each must still have a place that nothing speaks against.
  if (!rows.every((row) => row.some((span) => spans.includes(span)))) return null;
  const heard = rows.length === 1 ? spans : spans.slice(0, 1);
  const tier = lowerTier(signal.definition, heard, reading, compiled, context);
  if (tier === 'none') return null;
  const { id, category, kind } = signal.definition;
  const language = writtenIn(signal.language, spans, reading, compiled);
  return { signal: { id, category }, kind, language, tier, spans };
}

function excusesOf(signal: CompiledSignal, { reading, excuses }: Place): readonly Edge[] {
  const known = excuses.get(signal);
  if (known !== undefined) return known;
  const found = signal.unless.flatMap((matcher) => findMatches(matcher, reading.open).flat());
  excuses.set(signal, found);
  return found;
}

function isExcused(span: Edge, excuses: readonly Edge[]): boolean {
  return excuses.some((other) => other.start - span.end <= UNLESS_REACH && span.start - other.end <= UNLESS_REACH);
}

/** What answers the question whether somebody is safe with a no, or only half with a yes. */
export function answersYes(compiled: CompiledScreen, reading: PlacedReading): Finding[] {
  return compiled.yes.flatMap(({ matcher, language }) => {
    const spans = findMatches(matcher, reading)
      .flat()
      .filter((span) => span.end > reading.current);
    if (spans.length === 0) return [];
    const signal = { id: 'yes-after-safety-question', category: 'safety-answer' };
    return [{ signal, kind: 'self', language, tier: 'crisis', spans }];
  });
}
