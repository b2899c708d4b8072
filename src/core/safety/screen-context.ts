// What stands around a signal and may lower it: a denial, a joke about a form, the past, a topic. Lowering has a floor:
// an explicit word stays at least moderate; only a named topic or a plain denial of something lesser silences.

import type { Tier } from '../model/message.ts';
import type { Edge } from './chart.ts';
import { findMatches, type Reading } from './matcher.ts';
import { candidatesOf } from './pattern-index.ts';
import type { CompiledScreen, ContextName } from './screen-compiler.ts';
import { once, type PlacedReading } from './screen-reading.ts';
import type { Lowering, SignalDefinition } from './signal-schema.ts';

/** The context of a whole text. */
export interface TextContext {
  readonly isJoke: () => boolean;
  readonly isPast: () => boolean;
  readonly isTopic: () => boolean;
}

/** Words that a denial may be carried over, at most. */
const DENIAL_REACH = 8;
const BUT = new Set(['but', 'except', 'yet', 'pero', 'though', 'aunque', 'sino', 'until', 'hasta']);

/** Reads the context of the newest text. Each question is answered when it is asked first; most texts ask none. */
export function readContext(compiled: CompiledScreen, reading: PlacedReading): TextContext {
  const near = once(() => candidatesOf(compiled.context, reading.chart));
  const has = (name: ContextName): boolean =>
    near().some(
      ({ matcher, use }) =>
        use === name &&
        findMatches(matcher, reading.open)
          .flat()
          .some((span) => span.end > reading.current),
    );
  // Laughter alone, or a form alone, makes no joke of danger: "im bringing a gun to orientation".
  const isJoke = once(() => has('humour') && has('trivial') && !has('earnest'));
  const isPast = once(() => has('past') && !has('present'));
  const isTopic = once(() => has('topic'));
  return { isJoke, isPast, isTopic };
}

/** How grave a signal stays where it was found. The gravest of its places counts. */
export function lowerTier(
  signal: SignalDefinition,
  spans: readonly Edge[],
  reading: Reading,
  compiled: CompiledScreen,
  context: TextContext,
): Tier {
  const may = (lowering: Lowering): boolean => signal.loweredBy.includes(lowering);
  if (may('topic') && context.isTopic()) return 'none';
  if (may('denial') && spans.every((span) => isDenied(span, reading, compiled))) {
    return signal.tier === 'crisis' ? 'moderate' : 'none';
  }
  if (may('joke') && context.isJoke()) return signal.tier === 'crisis' ? 'moderate' : 'none';
  if (may('past') && context.isPast()) return signal.tier === 'crisis' ? 'high' : 'moderate';
  return signal.tier;
}

/** Whether a negation reaches the signal and no "but" follows. */
function isDenied(span: Edge, reading: Reading, compiled: CompiledScreen): boolean {
  for (let at = span.start - 1; at >= Math.max(0, span.start - DENIAL_REACH); at -= 1) {
    const word = reading.words[at];
    const next = reading.words[at + 1];
    // "No, I want to die" denies nothing.
    if (word === undefined || next?.opensSentence === true || next?.afterComma === true) return false;
    if (word.forms.some((form) => compiled.negators.has(form))) return !isFollowedByBut(span, reading);
    if (!word.forms.some((form) => compiled.carriers.has(form))) return false;
  }
  return false;
}

function isFollowedByBut(span: Edge, reading: Reading): boolean {
  return reading.words
    .slice(span.end, span.end + DENIAL_REACH)
    .some((word) => word.forms.some((form) => BUT.has(form)));
}
