// Hints: patterns that harmless texts share. They count only where a net leans the same way and as far as it leans, they
// never silence a pattern, and alone they are nothing.

import { describe, expect, it } from 'vitest';
import type { Tier } from '../../../src/core/model/message.ts';
import { NET_SLOTS } from '../../../src/core/safety/net-slots.ts';
import { type Screening, screen } from '../../../src/core/safety/screen.ts';
import { compileScreen } from '../../../src/core/safety/screen-compiler.ts';
import { createNet, NET_HEADS, type SecondNet } from '../../../src/core/safety/second-net.ts';
import { parseSafetyFile, type SafetyFile } from '../../../src/core/safety/signal-schema.ts';

const SILENT = { paged: 99, any: 99 };
const SURE = 5;

/** A net that never speaks for itself and leans by its bias alone. */
function leaning(lean: Tier): SecondNet {
  const [paged, any] = { none: [-SURE, -SURE], moderate: [-SURE, SURE], high: [SURE, SURE], crisis: [SURE, SURE] }[
    lean
  ];
  const thresholds = {
    alone: SILENT,
    beside: SILENT,
    hint: { paged: 0, any: 0 },
    crisis: { least: 99, apart: -99 },
    part: 1,
  };
  const bias = [-SURE, paged ?? 0, any ?? 0, -SURE, -SURE, -SURE];
  const weights = new Int8Array(NET_SLOTS * NET_HEADS.length);
  return createNet({ scale: [1, 1, 1, 1, 1, 1], bias, thresholds }, new Uint8Array(NET_SLOTS), weights);
}

function fileWith(hints: readonly string[]): SafetyFile {
  const examples = ['no more nights', 'no more nights', 'no more nights'];
  const signal = { category: 'despair', examples, counterexamples: ['good night', 'see you'] };
  const parsed = parseSafetyFile({
    language: 'en',
    negators: ['not'],
    negationCarriers: ['going'],
    slots: {},
    masks: [],
    context: {
      humour: ['lol'],
      earnest: ['seriously'],
      trivial: ['homework'],
      past: ['years ago'],
      present: ['tonight'],
      topic: ['my essay'],
    },
    yesAfterSafetyQuestion: ['yes'],
    signals: [
      { ...signal, id: 'explicit', tier: 'high', patterns: ['hate every day'] },
      { ...signal, id: 'shared', tier: 'crisis', hints },
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.file;
}

const file = fileWith(['no more nights']);

function readWith(lean: Tier, text: string, previous: readonly string[] = []): Screening {
  return screen(compileScreen([file], [leaning(lean)]), { text, previous });
}

describe('a hint', () => {
  it('counts where the net leans to a page', () => {
    const found = readWith('crisis', 'no more nights for me');
    expect(found.tier).toBe('crisis');
    expect(found.signals).toEqual([{ id: 'shared', category: 'despair' }]);
    expect(found.matched).toEqual(['no more nights']);
  });

  it('counts no farther than the net leans', () => {
    expect(readWith('moderate', 'no more nights for me').tier).toBe('moderate');
  });

  it('is nothing alone: where the net does not lean, or is not there', () => {
    expect(readWith('none', 'no more nights for me')).toMatchObject({ tier: 'none', signals: [], matched: [] });
    expect(screen(compileScreen([file], []), { text: 'no more nights for me' }).tier).toBe('none');
  });

  it('makes nothing of a net that leans where no hint stands', () => {
    expect(readWith('crisis', 'see you tomorrow').tier).toBe('none');
  });

  it.each(['none', 'moderate', 'crisis'] as const)('never silences a pattern, with a net that leans to %s', (lean) => {
    const found = readWith(lean, 'i hate every day. no more nights for me');
    expect(found.signals.map(({ id }) => id)).toContain('explicit');
    expect(found.tier).toBe(lean === 'crisis' ? 'crisis' : 'high');
  });

  it('counts in the newest text only', () => {
    expect(readWith('crisis', 'see you tomorrow', ['no more nights for me']).tier).toBe('none');
  });

  it('needs more where the text names a topic', () => {
    const net = leaning('crisis');
    const bias = net.bias.map((value) => value - SURE);
    const compiled = compileScreen([file], [{ ...net, bias }]);
    expect(screen(compiled, { text: 'no more nights for me' }).tier).toBe('crisis');
    expect(screen(compiled, { text: 'no more nights in my essay' }).tier).toBe('none');
  });
});
