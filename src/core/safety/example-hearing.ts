// What the examples that counselors wrote say of a text: a missed one raises it, one of a false page lowers what fired on
// it, to moderate at the lowest. What an explicit signal calls a crisis is never lowered: the floor can only be added to.

import type { Tier } from '../model/message.ts';
import type { Edge } from './chart.ts';
import { findLike } from './example-match.ts';
import type { CompiledScreen } from './screen-compiler.ts';
import type { PlacedReading } from './screen-reading.ts';
import type { Kind } from './signal-schema.ts';

/** The category of what an example found or lowered. */
export const EXAMPLE = 'example';

/** A missed example that the newest text is like. */
export interface HeardExample {
  readonly id: string;
  readonly tier: Tier;
  readonly kind: Kind;
  readonly span: Edge;
}

export function hearMissed(compiled: CompiledScreen, reading: PlacedReading): readonly HeardExample[] {
  return findLike(compiled.examples.missed, compiled, reading.words, reading.current).flatMap(({ example, span }) =>
    example.was === 'missed' ? [{ id: example.id, tier: example.tier, kind: example.kind, span }] : [],
  );
}

/** Content words beside a false page that may say something else: with more, the text is not the example's any more. */
const OUTSIDE_MAX = 3;

/** The example of a false page that the whole newest text is like, with the span; null when there is none. */
export function hearFalsePage(
  compiled: CompiledScreen,
  reading: PlacedReading,
): { readonly id: string; readonly span: Edge } | null {
  const like = findLike(compiled.examples.falsePages, compiled, reading.words, reading.current);
  const whole = like.find(({ outside }) => outside <= OUTSIDE_MAX);
  return whole === undefined ? null : { id: whole.example.id, span: whole.span };
}
