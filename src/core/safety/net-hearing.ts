// Asks the second nets about the newest text, and about it together with the earlier ones when danger is spread over
// several. An earlier text alone never makes the newest one grave.

import { graverTier, isGraver, type Tier } from '../model/message.ts';
import type { Edge } from './chart.ts';
import { leanOf, type NetReading, readNet } from './net-verdict.ts';
import type { CompiledScreen } from './screen-compiler.ts';
import type { PlacedReading } from './screen-reading.ts';
import { rangesOf } from './second-net.ts';

/** Words of the newest text from which it can carry on what earlier texts began; "ok" and "thanks" cannot. */
const CARRIES_ON = 3;
/** Words of earlier texts that are read along by the net. */
const EARLIER_WORDS = 60;

/** Log-odds that a topic takes away. */
const TOPIC_DOUBT = 4;

/** What the signals said already. */
interface Known {
  readonly tier: Tier;
  readonly earlier: Tier;
  /** Whether the text speaks of an essay, a class or a job. Then the net must be surer. */
  readonly isTopic: boolean;
}

/** The gravest tier up to which a hint in the newest text may count: as far as any net leans. */
export function leanOfNets(compiled: CompiledScreen, reading: PlacedReading, isTopic: boolean): Tier {
  const end = reading.words.length;
  if (compiled.nets.length === 0 || reading.current >= end) return 'none';
  const view = reading.view();
  const ranges = rangesOf(reading.current, end, sentencesOf(reading));
  return compiled.nets.reduce<Tier>(
    (lean, net) => graverTier(lean, leanOf(net, view, ranges, isTopic ? TOPIC_DOUBT : 0)),
    'none',
  );
}

/** Words of the newest text that begin a further sentence. */
function sentencesOf(reading: PlacedReading): readonly number[] {
  return reading.words.flatMap((word, at) => (word.opensSentence && at > reading.current ? [at] : []));
}

/** What the nets add to the newest text, and what they say of the earlier ones by themselves. */
export function hearSecondNet(
  compiled: CompiledScreen,
  reading: PlacedReading,
  known: Known,
): { readonly current: NetReading | null; readonly earlier: Tier } {
  if (compiled.nets.length === 0) return { current: null, earlier: 'none' };
  const view = reading.view();
  const end = reading.words.length;
  const ask = (ranges: readonly Edge[], tier: Tier): NetReading | null =>
    compiled.nets.reduce<NetReading | null>((best, net) => {
      const said = readNet(net, view, ranges, { tier: best?.tier ?? tier, doubt: known.isTopic ? TOPIC_DOUBT : 0 });
      return said ?? best;
    }, null);
  const alone = reading.current < end ? ask(rangesOf(reading.current, end, sentencesOf(reading)), known.tier) : null;
  const from = Math.max(0, reading.current - EARLIER_WORDS);
  if (from === reading.current) return { current: alone, earlier: 'none' };
  const before = ask([{ start: from, end: reading.current }], known.earlier)?.tier ?? 'none';
  if (end - reading.current < CARRIES_ON) return { current: alone, earlier: before };
  const floor = graverTier(graverTier(alone?.tier ?? 'none', known.tier), graverTier(before, known.earlier));
  const spread = ask([{ start: from, end }], floor);
  return { current: spread !== null && isGraver(spread.tier, alone?.tier ?? 'none') ? spread : alone, earlier: before };
}
