// The screen stays linear in the length of a text, whatever a stranger sends. Ratios within one run; never milliseconds.

import { describe, expect, it } from 'vitest';
import { read } from './screen-shipped.ts';

const HOSTILE: Readonly<Record<string, string>> = {
  'the words of a signal': 'i want to ',
  'negations without end': 'not going to be ',
  'a pronoun only': 'he he ',
  'spaced letters': 's u i c i d e ',
  'spaced digits': '1 2 3 4 ',
  'stretched letters': 'aaaaaaa ',
  'one endless word': 'k1ll',
  'Spanish denials': 'no quiero ',
  'fillers only': 'just really so ',
  'the whole of a signal': 'kill myself ',
  'emoji only': '🔪🩸',
  'sentences of the second net': 'she left me notes. ',
  'commas and stops': 'a. b, c! ',
  'every letter row': 'abcdefghijklmnop ',
  'an abuser again and again': 'my dad he hit ',
};

/** The quickest of several readings: the one that nothing else disturbed. */
function quickest(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 7; run += 1) {
    const from = performance.now();
    read(text);
    best = Math.min(best, performance.now() - from);
  }
  return best;
}

describe('cost', () => {
  it.each(Object.entries(HOSTILE))('is linear in %s', (_, unit) => {
    const text = (length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
    read(text(400));
    const short = quickest(text(400));
    const long = quickest(text(1600));
    // Four times the text: linear is 4, quadratic 16.
    expect(long / Math.max(short, 0.02)).toBeLessThan(10);
  });

  it('is linear in the number of earlier texts', () => {
    const previous = (count: number): string[] => Array.from({ length: count }, () => 'i dont know what to do anymore');
    const time = (count: number): number => {
      let best = Number.POSITIVE_INFINITY;
      for (let run = 0; run < 7; run += 1) {
        const from = performance.now();
        read('ok', { previous: previous(count) });
        best = Math.min(best, performance.now() - from);
      }
      return best;
    };
    time(20);
    expect(time(20) / Math.max(time(5), 0.02)).toBeLessThan(10);
  });
});
