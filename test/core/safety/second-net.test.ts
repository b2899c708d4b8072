// The second net: it raises and never lowers, gives words as its reason, cannot be taken away, fits into its file, and
// the same lines always train the same weights.

import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isGraver } from '../../../src/core/model/message.ts';
import { builtInNet, netsWith } from '../../../src/core/safety/built-in-net.ts';
import { SECOND_NET, screen } from '../../../src/core/safety/screen.ts';
import { compileScreen } from '../../../src/core/safety/screen-compiler.ts';
import { parseSecondNet } from '../../../src/core/safety/second-net.ts';
import { everydayLines } from '../../../tools/second-net/everyday.ts';
import { bendLines, type Line, readLines } from '../../../tools/second-net/lines.ts';
import { netOf, SHIPPED, TRAINING } from '../../../tools/second-net/net-of.ts';
import { read, SAFETY_FILES } from './screen-shipped.ts';

const rulesAlone = compileScreen(SAFETY_FILES, []);
const lines = readLines(TRAINING);

describe('the second net', () => {
  it('finds what no signal foresaw, and quotes the words that moved it', () => {
    const text = 'ok. he sent me a picture of my front door and said dont bother locking it tonight';
    const found = read(text);
    expect(found.tier).toBe('crisis');
    expect(found.signals[0]?.id).toBe(SECOND_NET);
    expect(found.matched.length).toBeGreaterThan(0);
    for (const quote of found.matched) expect(text).toContain(quote);
  });

  it('never lowers what the signals say', () => {
    for (const { text } of lines.filter((_, index) => index % 7 === 0)) {
      const without = screen(rulesAlone, { text }).tier;
      expect(isGraver(without, read(text).tier), text).toBe(false);
    }
  });

  it('keeps still at ordinary texts', () => {
    const paged = everydayLines(400, 99).filter(({ text }) => {
      const found = read(text);
      return found.signals.some((signal) => signal.id === SECOND_NET) && found.tier !== 'moderate';
    });
    expect(paged.map((line) => line.text)).toEqual([]);
  });

  it('is heard beside a net of the program, which can only add', () => {
    const silent = { ...builtInNet(), bias: [-99, -99, -99, -99, -99, -99] };
    const both = compileScreen(SAFETY_FILES, netsWith(silent));
    const text = 'the man who pays for my room makes me meet people and he keeps the money';
    expect(screen(both, { text }).tier).toBe(read(text).tier);
    expect(screen(both, { text }).tier).toBe('crisis');
  });

  it('refuses a file that is no net', () => {
    expect(parseSecondNet({ version: 1 }).ok).toBe(false);
    expect(parseSecondNet(undefined).ok).toBe(false);
  });

  it('stays under a megabyte', () => {
    expect(statSync(SHIPPED).size).toBeLessThan(1_000_000);
  });
});

describe('training', () => {
  const few: readonly Line[] = [...lines.slice(0, 60), ...everydayLines(60, 4)];

  it('gives the same weights for the same lines', () => {
    const once = netOf(rulesAlone, bendLines(few, 3));
    expect(netOf(rulesAlone, bendLines(few, 3))).toEqual(once);
    expect(parseSecondNet(once).ok).toBe(true);
  });

  it('has lines of every tier in both languages', () => {
    expect(lines.length).toBeGreaterThan(1500);
    for (const tier of ['crisis', 'high', 'moderate', 'none']) {
      for (const lang of ['en', 'es', 'spanglish']) {
        expect(
          lines.some((line) => line.tier === tier && line.lang === lang),
          `${tier} ${lang}`,
        ).toBe(true);
      }
    }
  });
});
