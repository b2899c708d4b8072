// The second net: a small linear model beside the signals, for the pleas that no grammar foresaw. It may only raise a
// tier, never lower one, and it says which words moved it. Its weights are data; training them is not done here.

import { isGraver, type Tier } from '../model/message.ts';
import type { Edge } from './chart.ts';
import { NET_BUCKETS, type NetView, visitFeatures } from './net-features.ts';
import { type NetFile, netFileSchema } from './net-schema.ts';
import type { Kind } from './signal-schema.ts';

/** What the net is asked, in the order of its weights: the tiers from the gravest on, then of what a text speaks. */
export const NET_HEADS = ['crisis', 'paged', 'any', 'someone_else', 'abuse', 'threat_to_others'] as const;

/** A net ready to run. `seen` and `round` are its scratch paper; what it says depends on the text alone. */
export interface SecondNet {
  readonly weights: Int8Array;
  readonly scale: readonly number[];
  readonly bias: readonly number[];
  readonly thresholds: NetFile['thresholds'];
  readonly scratch: { readonly seen: Uint32Array; round: number };
}

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
/** Fewer words are left to the signals. A sentence of more is also read by itself, lest logistics drown it. */
const SENTENCE_MIN = 3;

/** Reads parsed JSON as a net, or says what is wrong with it. */
export function parseSecondNet(
  data: unknown,
): { readonly ok: true; readonly net: SecondNet } | { readonly ok: false; readonly message: string } {
  const parsed = netFileSchema.safeParse(data);
  if (!parsed.success) return { ok: false, message: parsed.error.issues[0]?.message ?? 'not a net' };
  const weights = unpack(parsed.data.weights);
  if (weights.length !== NET_BUCKETS * NET_HEADS.length) {
    return { ok: false, message: `${weights.length} weights, not ${NET_BUCKETS * NET_HEADS.length}: train it again` };
  }
  return { ok: true, net: createNet(parsed.data, weights) };
}

/** A net from its settings and weights. */
export function createNet(file: Omit<NetFile, 'weights' | 'version'>, weights: Int8Array): SecondNet {
  const { scale, bias, thresholds } = file;
  return { weights, scale, bias, thresholds, scratch: { seen: new Uint32Array(NET_BUCKETS), round: 0 } };
}

/** Log-odds of each of the first `heads` questions for the words from `from` to `to`. */
export function scoreRange(net: SecondNet, view: NetView, range: Edge, heads: number): number[] {
  const sums = new Array<number>(heads).fill(0);
  const { seen } = net.scratch;
  net.scratch.round = (net.scratch.round + 1) >>> 0;
  const round = net.scratch.round;
  visitFeatures(view, range.start, range.end, (bucket) => {
    if (seen[bucket] === round) return;
    seen[bucket] = round;
    const at = bucket * NET_HEADS.length;
    for (let head = 0; head < heads; head += 1) sums[head] = (sums[head] ?? 0) + (net.weights[at + head] ?? 0);
  });
  return sums.map((sum, head) => sum * (net.scale[head] ?? 0) + (net.bias[head] ?? 0));
}

/** The whole text and, when it has several, each sentence. `opens` are the words that begin one. */
export function rangesOf(from: number, to: number, opens: readonly number[]): readonly Edge[] {
  const ranges: Edge[] = [{ start: from, end: to }];
  const cuts = [...new Set([from, ...opens.filter((at) => at > from && at < to), to])];
  if (cuts.length <= 2) return ranges;
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const range = { start: cuts[index] ?? from, end: cuts[index + 1] ?? to };
    if (range.end - range.start >= SENTENCE_MIN) ranges.push(range);
  }
  return ranges;
}

/** What is known of a text before the net reads it. */
export interface NetKnown {
  /** What the signals said already. */
  readonly tier: Tier;
  /** Log-odds that are taken away from every score. */
  readonly doubt: number;
}

/** Reads the ranges; null when the net says nothing graver than what is known. */
export function readNet(net: SecondNet, view: NetView, ranges: readonly Edge[], known: NetKnown): NetReading | null {
  let best: { readonly tier: Tier; readonly range: Edge; readonly over: number } | null = null;
  for (const range of ranges) {
    const words = range.end - range.start;
    if (words < SENTENCE_MIN) continue;
    const tier = tierOf(net, scoreRange(net, view, range, TIER_HEADS), words, known);
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
  words: number,
  known: NetKnown,
): { readonly tier: Tier; readonly over: number } | null {
  const { alone, beside, crisis: split, length } = net.thresholds;
  const limits = known.tier === 'none' ? alone : beside;
  const [crisis = 0, paged = 0, any = 0] = scores;
  const less = length.each * Math.min(words, length.words) + known.doubt;
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
  visitFeatures(view, range.start, range.end, (bucket, from, to) => {
    if (seen.has(bucket) || to <= from) return;
    seen.add(bucket);
    const share = (net.weights[bucket * NET_HEADS.length + head] ?? 0) / (to - from);
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

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 to signed bytes; core has no Buffer. */
function unpack(text: string): Int8Array {
  const values = new Uint8Array(128);
  for (let at = 0; at < BASE64.length; at += 1) values[BASE64.charCodeAt(at)] = at;
  const length = Math.floor((text.replace(/=+$/, '').length * 3) / 4);
  const bytes = new Int8Array(length);
  for (let at = 0, out = 0; out < length; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((step) => values[text.charCodeAt(at + step) & 127]);
    const row = (a << 18) | (b << 12) | (c << 6) | d;
    for (const shift of [16, 8, 0]) if (out < length) bytes[out++] = (row >> shift) & 255;
  }
  return bytes;
}
