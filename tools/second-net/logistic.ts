// Trains one-vs-rest logistic regressions over hashed features, all questions at once. Seeded and in a fixed order, so
// that the same lines always give the same weights.

import { NET_HEADS } from '../../src/core/safety/second-net.ts';

/** One line to learn from: its features, and for each question the answer and how much it counts (0: not asked). */
export interface Row {
  readonly features: Uint32Array;
  readonly answers: readonly (0 | 1)[];
  readonly counts: readonly number[];
}

export interface Options {
  readonly epochs: number;
  readonly rate: number;
  /** Pull towards zero, for each feature of each line. */
  readonly decay: number;
  readonly seed: number;
  /** Share of a line's features that one step looks at, so that no single word carries a tier alone. */
  readonly keep: number;
}

/** Weights by slot and question, as the screen keeps them, but in floating point. */
export interface Trained {
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

const HEADS = NET_HEADS.length;

/** A small random source (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Stochastic gradient with a step of its own for each weight (AdaGrad). */
export function train(rows: readonly Row[], slots: number, options: Options): Trained {
  const weights = new Float64Array(slots * HEADS);
  const steps = new Float64Array(slots * HEADS).fill(1e-3);
  const bias = new Float64Array(HEADS).fill(-1);
  const random = randomFrom(options.seed);
  const order = rows.map((_, index) => index);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    shuffle(order, random);
    for (const index of order) {
      const row = rows[index];
      if (row === undefined) continue;
      const features = row.features.filter(() => random() < options.keep);
      learn({ ...row, features }, { weights, steps, bias }, options);
    }
  }
  // A step saw only a share of the features; the screen sees all of them.
  return { weights: weights.map((weight) => weight * Math.sqrt(options.keep)), bias };
}

function learn(
  row: Row,
  state: { readonly weights: Float64Array; readonly steps: Float64Array; readonly bias: Float64Array },
  { rate, decay }: Options,
): void {
  const { weights, steps, bias } = state;
  const share = 1 / Math.sqrt(row.features.length + 1);
  for (let head = 0; head < HEADS; head += 1) {
    const counts = row.counts[head] ?? 0;
    if (counts === 0) continue;
    let sum = 0;
    for (const slot of row.features) sum += weights[slot * HEADS + head] ?? 0;
    sum = sum * share + (bias[head] ?? 0);
    const error = (1 / (1 + Math.exp(-sum)) - (row.answers[head] ?? 0)) * counts;
    bias[head] = (bias[head] ?? 0) - 0.01 * error;
    for (const slot of row.features) {
      const at = slot * HEADS + head;
      const slope = error * share + decay * (weights[at] ?? 0);
      const step = (steps[at] ?? 0) + slope * slope;
      steps[at] = step;
      weights[at] = (weights[at] ?? 0) - (rate * slope) / Math.sqrt(step);
    }
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
}
