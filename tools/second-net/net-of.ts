// From lines to a net: the features that the screen itself sees, the questions each line answers, and the weights as
// the bytes of the file.

import { fileURLToPath } from 'node:url';
import type { Tier } from '../../src/core/model/message.ts';
import { viewText, visitFeatures } from '../../src/core/safety/net-features.ts';
import type { NetFile } from '../../src/core/safety/net-schema.ts';
import { addSlot, findSlot, NET_SLOTS } from '../../src/core/safety/net-slots.ts';
import { STEPS } from '../../src/core/safety/net-weights.ts';
import type { CompiledScreen } from '../../src/core/safety/screen-compiler.ts';
import { readTexts } from '../../src/core/safety/screen-reading.ts';
import { NET_HEADS } from '../../src/core/safety/second-net.ts';
import type { Line } from './lines.ts';
import { type Options, type Row, type Trained, train } from './logistic.ts';

export const SHIPPED = fileURLToPath(new URL('../../src/core/safety/built-in-net.json', import.meta.url));

/** The authored lines; see flows/safety/training. */
export const TRAINING = fileURLToPath(new URL('../../flows/safety/training', import.meta.url));

/** Log-odds. Alone: no signal spoke, so the net must be surer. */
const THRESHOLDS: NetFile['thresholds'] = {
  alone: { paged: 2, any: 2.3 },
  beside: { paged: 1.6, any: 1.9 },
  hint: { paged: 0.35, any: 0.6 },
  crisis: { least: 0.3, apart: 2 },
  part: 1,
};
const OPTIONS: Options = { epochs: 40, rate: 0.5, decay: 2e-3, seed: 7, keep: 0.5 };
/** How much a line counts for the three tier questions, by its tier. */
const COUNTS: Readonly<Record<Tier, readonly number[]>> = {
  none: [3, 3, 3],
  moderate: [1, 1, 1],
  high: [1, 1, 1],
  crisis: [1, 1, 1],
};
const OF_SOMEONE = new Set(['third-person']);
const OF_ABUSE = new Set([
  'abuse-home',
  'abuse-violence',
  'dating-violence',
  'sexual-assault',
  'stalking-blackmail',
  'danger-now',
]);
const OF_THREAT = new Set(['threat-others']);

/** Trains a net on lines. `compiled` is the screen without any net. */
export function netOf(compiled: CompiledScreen, lines: readonly Line[], options: Options = OPTIONS): NetFile {
  const seen = lines.map((line) => featuresOf(compiled, line.text));
  const pass = (features: readonly number[], slots: number): Trained & { readonly tags: Uint8Array } => {
    const tags = tagsOf(features, slots);
    const rows = lines.map((line, at) => rowOf(tags, line, seen[at] ?? []));
    return { tags, ...train(rows, slots, options) };
  };
  const met = metOften(seen);
  // What weighs little in a table with room for all gives its place to what weighs more.
  const { tags, weights, bias } = pass(byWeight(met, pass(met, ROOM)), NET_SLOTS);
  const scale = NET_HEADS.map((_, head) => {
    let most = 0;
    for (let at = head; at < weights.length; at += NET_HEADS.length) most = Math.max(most, Math.abs(weights[at] ?? 0));
    return Number((Math.max(most, 1e-6) / LARGEST).toPrecision(6));
  });
  return {
    version: 2,
    thresholds: THRESHOLDS,
    scale,
    bias: [...bias].map((value) => Number(value.toFixed(4))),
    tags: Buffer.from(tags.buffer).toString('base64'),
    weights: Buffer.from(packWeights(weights, scale)).toString('base64'),
  };
}

/** The largest weight: squares, so that small weights are told apart as well as large ones. */
const LARGEST = STEPS * STEPS;

/** Two weights a byte. */
function packWeights(weights: Float64Array, scale: readonly number[]): Uint8Array {
  const step = (at: number): number => {
    const value = (weights[at] ?? 0) / (scale[at % NET_HEADS.length] ?? 1);
    return Math.round(Math.sqrt(Math.abs(value))) * Math.sign(value) + STEPS;
  };
  return Uint8Array.from(
    { length: Math.ceil(weights.length / 2) },
    (_, pair) => step(2 * pair) * 16 + step(2 * pair + 1),
  );
}

/** Lines that must have a feature before it is learned. */
const MET = 2;
/** Places of the first pass, in which every feature that was met has room. */
const ROOM = 1_000_000;

/** Features of at least MET lines, the most frequent first. */
function metOften(seen: readonly (readonly number[])[]): readonly number[] {
  const met = new Map<number, number>();
  for (const features of seen) for (const feature of features) met.set(feature, (met.get(feature) ?? 0) + 1);
  return [...met]
    .filter(([, lines]) => lines >= MET)
    .toSorted(([a, x], [b, y]) => y - x || a - b)
    .map(([feature]) => feature);
}

function byWeight(features: readonly number[], { tags, weights }: Trained & { readonly tags: Uint8Array }): number[] {
  const weightOf = (feature: number): number => {
    const at = findSlot(tags, feature) * NET_HEADS.length;
    let most = 0;
    for (let head = 0; head < 3; head += 1) most = Math.max(most, Math.abs(weights[at + head] ?? 0));
    return most;
  };
  return features
    .map((feature) => ({ feature, weight: weightOf(feature) }))
    .toSorted((a, b) => b.weight - a.weight || a.feature - b.feature)
    .map(({ feature }) => feature);
}

/** A table of these features, the first ones first. */
function tagsOf(features: readonly number[], slots: number): Uint8Array {
  const tags = new Uint8Array(slots);
  for (const feature of features) addSlot(tags, feature);
  return tags;
}

function featuresOf(compiled: CompiledScreen, text: string): readonly number[] {
  const reading = readTexts(compiled, [text]);
  const features = new Set<number>();
  visitFeatures(viewText(reading), 0, reading.words.length, (feature) => features.add(feature));
  return [...features];
}

function rowOf(tags: Uint8Array, line: Line, features: readonly number[]): Row {
  const isCrisis = line.tier === 'crisis';
  const kinds = [OF_SOMEONE, OF_ABUSE, OF_THREAT].map((categories) => (categories.has(line.category) ? 1 : 0));
  const slots = features.map((feature) => findSlot(tags, feature)).filter((slot) => slot >= 0);
  return {
    features: Uint32Array.from(new Set(slots)),
    answers: [isCrisis ? 1 : 0, isCrisis || line.tier === 'high' ? 1 : 0, line.tier === 'none' ? 0 : 1, ...kinds],
    counts: [...COUNTS[line.tier], ...(isCrisis ? [1, 1, 1] : [0, 0, 0])],
  };
}
