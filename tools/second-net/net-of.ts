// From lines to a net: the features that the screen itself sees, the questions each line answers, and the weights as
// the bytes of the file.

import { fileURLToPath } from 'node:url';
import type { Tier } from '../../src/core/model/message.ts';
import { viewText, visitFeatures } from '../../src/core/safety/net-features.ts';
import type { NetFile } from '../../src/core/safety/net-schema.ts';
import type { CompiledScreen } from '../../src/core/safety/screen-compiler.ts';
import { readTexts } from '../../src/core/safety/screen-reading.ts';
import { NET_HEADS } from '../../src/core/safety/second-net.ts';
import type { Line } from './lines.ts';
import { type Options, type Row, train } from './logistic.ts';

export const SHIPPED = fileURLToPath(new URL('../../src/core/safety/built-in-net.json', import.meta.url));

/** The authored lines; see flows/safety/training. */
export const TRAINING = fileURLToPath(new URL('../../flows/safety/training', import.meta.url));

/** Log-odds. Alone: no signal spoke, so the net must be surer. */
const THRESHOLDS: NetFile['thresholds'] = {
  alone: { paged: -1, any: 0.2 },
  beside: { paged: -2, any: -2 },
  crisis: { least: 0.3, apart: 2 },
  length: { each: 0.4, words: 13 },
};
const OPTIONS: Options = { epochs: 40, rate: 0.06, decay: 1e-4, seed: 7, keep: 0.4 };
/** How much a line counts for the three tier questions, by its tier. */
const COUNTS: Readonly<Record<Tier, readonly number[]>> = {
  none: [3, 3, 3],
  moderate: [1, 1, 1],
  high: [1, 1, 1],
  crisis: [1, 1, 1],
};
const OF_SOMEONE = new Set(['third-person']);
const OF_ABUSE = new Set(['abuse-home', 'dating-violence', 'sexual-assault', 'stalking-blackmail', 'danger-now']);
const OF_THREAT = new Set(['threat-others']);

/** Trains a net on lines. `compiled` is the screen without any net. */
export function netOf(compiled: CompiledScreen, lines: readonly Line[], options: Options = OPTIONS): NetFile {
  const { weights, bias } = train(
    lines.map((line) => rowOf(compiled, line)),
    options,
  );
  const scale = NET_HEADS.map((_, head) => {
    let most = 0;
    for (let at = head; at < weights.length; at += NET_HEADS.length) most = Math.max(most, Math.abs(weights[at] ?? 0));
    return Number((Math.max(most, 1e-6) / 127).toPrecision(6));
  });
  const bytes = Int8Array.from(weights, (weight, at) => Math.round(weight / (scale[at % NET_HEADS.length] ?? 1)));
  return {
    version: 1,
    thresholds: THRESHOLDS,
    scale,
    bias: [...bias].map((value) => Number(value.toFixed(4))),
    weights: Buffer.from(bytes.buffer).toString('base64'),
  };
}

function rowOf(compiled: CompiledScreen, line: Line): Row {
  const reading = readTexts(compiled, [line.text]);
  const buckets = new Set<number>();
  visitFeatures(viewText(reading), 0, reading.words.length, (bucket) => buckets.add(bucket));
  const isCrisis = line.tier === 'crisis';
  const kinds = [OF_SOMEONE, OF_ABUSE, OF_THREAT].map((categories) => (categories.has(line.category) ? 1 : 0));
  return {
    features: Uint32Array.from(buckets),
    answers: [isCrisis ? 1 : 0, isCrisis || line.tier === 'high' ? 1 : 0, line.tier === 'none' ? 0 : 1, ...kinds],
    counts: [...COUNTS[line.tier], ...(isCrisis ? [1, 1, 1] : [0, 0, 0])],
  };
}
