// The second net: a small linear model beside the signals, for the pleas that no grammar foresaw. It scores
// words and gives nobody a tier: see net-verdict. Its weights are data; training them is not done here.

import type { Edge } from './chart.ts';
import {
  featureOfFirst,
  featureOfLast,
  featureOfLength,
  featureOfPair,
  featureOfSkip,
  featureOfTriple,
  type NetView,
  type SeenWord,
} from './net-features.ts';
import { type NetFile, netFileSchema } from './net-schema.ts';
import { findSlot, NET_SLOTS } from './net-slots.ts';
import { readWeights, unpack } from './net-weights.ts';

/** What the net is asked, in the order of its weights: the tiers from the gravest on, then of what a text speaks. */
export const NET_HEADS = ['crisis', 'paged', 'any', 'someone_else', 'abuse', 'threat_to_others'] as const;

/** A net ready to run. What it says depends on the text alone. */
export interface SecondNet {
  /** Which feature stands where; see net-slots.ts. */
  readonly tags: Uint8Array;
  readonly weights: Int8Array;
  readonly scale: readonly number[];
  readonly bias: readonly number[];
  readonly thresholds: NetFile['thresholds'];
  readonly scratch: Scratch;
}

/** A sentence of so many words is also read by itself, lest logistics drown it. */
const SENTENCE_MIN = 3;

/** A net's scratch paper, which only saves time. */
interface Scratch {
  /** By place of the table, the last round in which it was counted. */
  readonly seen: Uint32Array;
  round: number;
  /** Where the features of words met before stand. */
  readonly words: WeakMap<SeenWord, Int32Array>;
  readonly views: WeakMap<NetView, SlottedView>;
}

/** A text as one net sees it: where the features of each word stand, whatever range it is in. */
interface SlottedView {
  /** By word. */
  readonly own: readonly Int32Array[];
  /** By word, the pair, the skip and the triple that it begins. */
  readonly rows: Int32Array;
  /** Scores given before, by range and count of questions. */
  readonly scores: Map<number, readonly number[]>;
}

/** Reads parsed JSON as a net, or says what is wrong with it. */
export function parseSecondNet(
  data: unknown,
): { readonly ok: true; readonly net: SecondNet } | { readonly ok: false; readonly message: string } {
  const parsed = netFileSchema.safeParse(data);
  if (!parsed.success) return { ok: false, message: parsed.error.issues[0]?.message ?? 'not a net' };
  const weights = readWeights(unpack(parsed.data.weights));
  if (weights.length !== NET_SLOTS * NET_HEADS.length) {
    return { ok: false, message: `${weights.length} weights, not ${NET_SLOTS * NET_HEADS.length}: train it again` };
  }
  const tags = unpack(parsed.data.tags);
  if (tags.length !== NET_SLOTS) return { ok: false, message: `${tags.length} tags, not ${NET_SLOTS}: train it again` };
  return { ok: true, net: createNet(parsed.data, tags, weights) };
}

/** A net from its settings and weights. */
export function createNet(
  file: Omit<NetFile, 'tags' | 'weights' | 'version'>,
  tags: Uint8Array,
  weights: Int8Array,
): SecondNet {
  const { scale, bias, thresholds } = file;
  const scratch = { seen: new Uint32Array(tags.length), round: 0, words: new WeakMap(), views: new WeakMap() };
  return { tags, weights, scale, bias, thresholds, scratch };
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

/** Log-odds of each of the first `heads` questions for the words from `from` to `to`. */
export function scoreRange(net: SecondNet, view: NetView, range: Edge, heads: number): readonly number[] {
  const slotted = slotsOf(net, view);
  const key = (range.start * (view.words.length + 1) + range.end) * (NET_HEADS.length + 1) + heads;
  const known = slotted.scores.get(key) ?? scoreAfresh(net, view, range, startTally(net, heads));
  slotted.scores.set(key, known);
  return known;
}

function scoreAfresh(net: SecondNet, view: NetView, range: Edge, tally: Tally): readonly number[] {
  tallyRange(net, view, range, tally);
  const share = 1 / Math.sqrt(tally.count + 1);
  return Array.from(tally.sums, (sum, head) => sum * share * (net.scale[head] ?? 0) + (net.bias[head] ?? 0));
}

function tallyRange(net: SecondNet, view: NetView, { start, end }: Edge, tally: Tally): void {
  const { own, rows } = slotsOf(net, view);
  for (let at = start; at < end; at += 1) {
    if (at === start) addPlace(tally, findSlot(net.tags, featureOfFirst(view, at)));
    if (view.words[at]?.hash === 0) continue;
    const places = own[at] ?? NO_PLACES;
    for (let index = 0; index < places.length; index += 1) addPlace(tally, places[index] ?? -1);
    addPlace(tally, at + 1 < end ? (rows[at * ROWS] ?? -1) : findSlot(net.tags, featureOfLast(view, at)));
    if (at + 2 >= end) continue;
    addPlace(tally, rows[at * ROWS + 1] ?? -1);
    addPlace(tally, rows[at * ROWS + 2] ?? -1);
  }
  addPlace(tally, findSlot(net.tags, featureOfLength(end - start)));
}

/** The sums of one range. */
interface Tally {
  readonly weights: Int8Array;
  readonly seen: Uint32Array;
  readonly round: number;
  readonly sums: Int32Array;
  count: number;
}

function startTally({ weights, scratch }: SecondNet, heads: number): Tally {
  scratch.round = (scratch.round + 1) >>> 0;
  return { weights, seen: scratch.seen, round: scratch.round, sums: new Int32Array(heads), count: 0 };
}

/** Counts a feature by its place, once; an unknown one (-1) weighs nothing. */
function addPlace(tally: Tally, slot: number): void {
  if (slot < 0 || tally.seen[slot] === tally.round) return;
  tally.seen[slot] = tally.round;
  tally.count += 1;
  const { sums, weights } = tally;
  const at = slot * NET_HEADS.length;
  for (let head = 0; head < sums.length; head += 1) sums[head] = (sums[head] ?? 0) + (weights[at + head] ?? 0);
}

const NO_PLACES = new Int32Array(0);
/** A pair, a skip and a triple. */
const ROWS = 3;

function slotsOf(net: SecondNet, view: NetView): SlottedView {
  const known = net.scratch.views.get(view);
  if (known !== undefined) return known;
  const { words } = view;
  const rows = new Int32Array(words.length * ROWS).fill(-1);
  for (let at = 0; at + 1 < words.length; at += 1) {
    if (words[at]?.hash === 0) continue;
    rows[at * ROWS] = findSlot(net.tags, featureOfPair(view, at));
    if (at + 2 >= words.length) continue;
    rows[at * ROWS + 1] = findSlot(net.tags, featureOfSkip(view, at));
    rows[at * ROWS + 2] = findSlot(net.tags, featureOfTriple(view, at));
  }
  const slotted = { own: words.map((word) => ownSlots(net, word)), rows, scores: new Map() };
  net.scratch.views.set(view, slotted);
  return slotted;
}

function ownSlots({ tags, scratch }: SecondNet, word: SeenWord): Int32Array {
  const known = scratch.words.get(word);
  if (known !== undefined) return known;
  const slots = word.own.map((feature) => findSlot(tags, feature));
  const own = Int32Array.from(new Set(slots.filter((slot) => slot >= 0)));
  scratch.words.set(word, own);
  return own;
}
