// What a second net's scores say of a text: which tier, of what it speaks, and which words moved it. It may only raise a
// tier, never lower one.

import { isGraver, type Tier } from '../model/message.ts';
import type { Edge } from './chart.ts';
import { type NetView, visitFeatures } from './net-features.ts';
import { findSlot } from './net-slots.ts';
import { NET_HEADS, type SecondNet, scoreRange } from './second-net.ts';
import type { Kind } from './signal-schema.ts';

/** What the net says of a text. Scores are log-odds. */
export interface NetReading {
  readonly tier: Tier;
  readonly kind: Kind;
  /** The words that moved it most. */
  readonly spans: readonly Edge[];
}

const TIER_HEADS = 3;
/** Words given as the reason, at most. */
const REASON_WORDS = 5;
/** Fewer words are left to the signals. */
const TEXT_MIN = 3;
/** What is known of a text before the net reads it. */
export interface NetKnown {
  /** What the signals said already. */
  readonly tier: Tier;
  /** Log-odds that are taken away from every score. */
  readonly doubt: number;
}

/**
 * How a net leans where a hint was found, which it need not be as sure of: the tier up to which the hint may count. The
 * net gives nobody a tier here.
 */
export function leanOf(net: SecondNet, view: NetView, ranges: readonly Edge[], doubt: number): Tier {
  const { hint, part } = net.thresholds;
  let lean: Tier = 'none';
  for (const range of ranges) {
    const less = (range === ranges[0] ? 0 : part) + doubt;
    const [, paged = 0, any = 0] = scoreRange(net, view, range, TIER_HEADS);
    if (paged - less >= hint.paged) return 'crisis';
    if (any - less >= hint.any) lean = 'moderate';
  }
  return lean;
}

/** Reads the ranges, the whole text first; null when the net says nothing graver than what is known. */
export function readNet(net: SecondNet, view: NetView, ranges: readonly Edge[], known: NetKnown): NetReading | null {
  let best: { readonly tier: Tier; readonly range: Edge; readonly over: number } | null = null;
  for (const range of ranges) {
    if (range.end - range.start < TEXT_MIN) continue;
    const isPart = range !== ranges[0];
    const tier = tierOf(net, scoreRange(net, view, range, TIER_HEADS), isPart, known);
    if (tier === null || !isGraver(tier.tier, known.tier)) continue;
    const better =
      best === null || isGraver(tier.tier, best.tier) || (tier.tier === best.tier && tier.over > best.over);
    if (better) best = { ...tier, range };
  }
  if (best === null) return null;
  const head = best.tier === 'crisis' ? 0 : best.tier === 'high' ? 1 : 2;
  return {
    tier: best.tier,
    kind: kindOf(net, view, best.range, best.tier),
    spans: reasons(net, view, best.range, head),
  };
}

/** The gravest tier whose threshold is passed. Beside a signal less is needed. */
function tierOf(
  net: SecondNet,
  scores: readonly number[],
  isPart: boolean,
  known: NetKnown,
): { readonly tier: Tier; readonly over: number } | null {
  const { alone, beside, crisis: split, part } = net.thresholds;
  const limits = known.tier === 'none' ? alone : beside;
  const [crisis = 0, paged = 0, any = 0] = scores;
  const less = (isPart ? part : 0) + known.doubt;
  const isCrisis = crisis >= split.least || crisis >= paged - split.apart;
  if (paged - less >= limits.paged) return { tier: isCrisis ? 'crisis' : 'high', over: paged - less };
  if (any - less >= limits.any) return { tier: 'moderate', over: any - less };
  return null;
}

function kindOf(net: SecondNet, view: NetView, range: Edge, tier: Tier): Kind {
  if (tier !== 'crisis') return 'self';
  const scores = scoreRange(net, view, range, NET_HEADS.length);
  const [other = 0, abuse = 0, threat = 0] = scores.slice(TIER_HEADS);
  const most = Math.max(other, abuse, threat);
  if (most < 0) return 'self';
  if (most === threat) return 'threat_to_others';
  return most === abuse ? 'abuse' : 'someone_else';
}

/** The words that speak for it most, neighbours put together. */
function reasons(net: SecondNet, view: NetView, range: Edge, head: number): readonly Edge[] {
  const weight = new Array<number>(range.end - range.start).fill(0);
  const seen = new Set<number>();
  visitFeatures(view, range.start, range.end, (feature, from, to) => {
    const slot = findSlot(net.tags, feature);
    if (slot < 0 || seen.has(slot) || to <= from) return;
    seen.add(slot);
    const share = (net.weights[slot * NET_HEADS.length + head] ?? 0) / (to - from);
    for (let at = Math.max(from, range.start); at < to; at += 1) {
      weight[at - range.start] = (weight[at - range.start] ?? 0) + share;
    }
  });
  const top = weight
    .map((value, index) => ({ value, at: range.start + index }))
    .filter((entry) => entry.value > 0)
    .sort((a, b) => b.value - a.value || a.at - b.at)
    .slice(0, REASON_WORDS)
    .map((entry) => entry.at)
    .sort((a, b) => a - b);
  return top.length === 0 ? [range] : join(top);
}

function join(places: readonly number[]): readonly Edge[] {
  const spans: { start: number; end: number }[] = [];
  for (const at of places) {
    const last = spans.at(-1);
    if (last !== undefined && at - last.end <= 1) last.end = at + 1;
    else spans.push({ start: at, end: at + 1 });
  }
  return spans;
}
