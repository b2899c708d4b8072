// The table of features: what it was given it finds again, what it does not know it nearly always calls unknown, and the
// same features in the same order always make the same table.

import { describe, expect, it } from 'vitest';
import { readWords } from '../../../src/core/language/normalise.ts';
import { viewText } from '../../../src/core/safety/net-features.ts';
import { addSlot, findSlot, NET_SLOTS } from '../../../src/core/safety/net-slots.ts';
import { createNet, NET_HEADS, scoreRange } from '../../../src/core/safety/second-net.ts';

/** Numbers of 32 bits without an order, the same in every run. */
function features(count: number, seed: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => Math.imul(at * 2 + seed, 0x9e3779b1) >>> 0);
}

function tableOf(given: readonly number[], slots: number): Uint8Array {
  const tags = new Uint8Array(slots);
  for (const feature of given) addSlot(tags, feature);
  return tags;
}

describe('the table of features', () => {
  it('finds a feature where it was put, and no second time', () => {
    const tags = new Uint8Array(1_000);
    for (const feature of features(100, 1)) {
      const isNew = findSlot(tags, feature) < 0;
      expect(addSlot(tags, feature)).toBe(isNew);
      expect(findSlot(tags, feature)).toBeGreaterThanOrEqual(0);
      expect(addSlot(tags, feature)).toBe(false);
    }
  });

  it('knows nothing when it is empty, and few strangers when it is full', () => {
    const strangers = features(10_000, 2);
    expect(strangers.every((feature) => findSlot(new Uint8Array(NET_SLOTS), feature) < 0)).toBe(true);
    const tags = tableOf(features(NET_SLOTS, 1), NET_SLOTS);
    const mistaken = strangers.filter((feature) => findSlot(tags, feature) >= 0);
    // Six places are tried, each of them mistaken once in 256.
    expect(mistaken.length).toBeLessThan((strangers.length * 6) / 128);
  });

  it('is the same for the same features in the same order', () => {
    expect(tableOf(features(5_000, 1), 4_000)).toEqual(tableOf(features(5_000, 1), 4_000));
  });

  it('gives up a feature whose neighbourhood is full', () => {
    const tags = new Uint8Array(10).fill(255);
    expect(addSlot(tags, 7)).toBe(false);
  });
});

describe('a feature that a net does not know', () => {
  const settings = {
    scale: [1, 1, 1, 1, 1, 1],
    bias: [-1, -2, -3, -4, -5, -6],
    thresholds: {
      alone: { paged: 0, any: 0 },
      beside: { paged: 0, any: 0 },
      hint: { paged: 0, any: 0 },
      crisis: { least: 0, apart: 0 },
      part: 1,
    },
  };

  it('weighs nothing, however heavy the table is', () => {
    const net = createNet(settings, new Uint8Array(NET_SLOTS), new Int8Array(NET_SLOTS * NET_HEADS.length).fill(49));
    const words = readWords('words that nobody has taught it');
    const reading = { words, chart: { met: [], marks: new Uint8Array(), skippable: [], finds: [], lists: new Map() } };
    const view = viewText({ ...reading, masked: [], current: 0 });
    const range = { start: 0, end: words.length };
    expect(scoreRange(net, view, range, NET_HEADS.length)).toEqual(settings.bias);
  });
});
