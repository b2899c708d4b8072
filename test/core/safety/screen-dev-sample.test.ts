// The authored development sample against floors. A change that loses a student in danger fails here, by name.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Tier } from '../../../src/core/model/message.ts';
import { read } from './screen-shipped.ts';

interface Line {
  readonly text: string;
  readonly lang: string;
  readonly label: Tier;
  readonly category: string;
  readonly accept?: readonly Tier[];
}

const source = readFileSync(new URL('./distress-dev.jsonl', import.meta.url), 'utf8');
const lines = source
  .trim()
  .split('\n')
  .map((row) => ({ ...(JSON.parse(row) as Line) }))
  .map((line) => ({ ...line, tier: read(line.text).tier }));
type Judged = (typeof lines)[number];

const isPaged = (line: Judged): boolean => line.tier === 'crisis' || line.tier === 'high';
const isAny = (line: Judged): boolean => line.tier !== 'none';
const of = (label: Tier): readonly Judged[] => lines.filter((line) => line.label === label);

/** Fails with the lines that were missed, so that the message says what to look at. */
function expectShare(rows: readonly Judged[], isRight: (line: Judged) => boolean, floor: number): void {
  const missed = rows.filter((line) => !isRight(line)).map((line) => `${line.tier}: ${line.text}`);
  expect(1 - missed.length / rows.length, missed.join('\n')).toBeGreaterThanOrEqual(floor);
}

describe('the development sample', () => {
  it('crisis: right tier, paged, any', () => {
    expectShare(of('crisis'), (line) => line.tier === 'crisis', 0.97);
    expectShare(of('crisis'), isPaged, 0.98);
    expectShare(of('crisis'), isAny, 0.99);
  });

  it('crisis: every category', () => {
    const categories = new Set(of('crisis').map((line) => line.category));
    for (const category of categories) {
      expectShare(
        of('crisis').filter((line) => line.category === category),
        isPaged,
        0.9,
      );
    }
  });

  it('crisis: Spanish and Spanglish', () => {
    expectShare(
      of('crisis').filter((line) => line.lang !== 'en'),
      (line) => line.tier === 'crisis',
      0.96,
    );
  });

  it('high and moderate', () => {
    expectShare(of('high'), isPaged, 0.95);
    expectShare(of('high'), isAny, 0.97);
    expectShare(of('moderate'), isAny, 0.97);
  });

  it('nobody is paged for an ordinary text', () => {
    expectShare(of('none'), (line) => !isPaged(line) || line.accept?.includes(line.tier) === true, 0.99);
    expectShare(of('none'), (line) => !isAny(line) || line.accept?.includes(line.tier) === true, 0.98);
  });

  it('gray lines stay within what is accepted', () => {
    const gray = lines.filter((line) => line.accept !== undefined);
    expectShare(gray, (line) => line.label === line.tier || line.accept?.includes(line.tier) === true, 0.95);
  });
});
