// The counts of the report, against cases that were made up with known times.

import { describe, expect, it } from 'vitest';
import { type CountedCase, reportScreen, reportTier } from '../../../src/core/safety/safety-report.ts';

const MINUTE = 60_000;
const counted = (minutes: number | null, changes: Partial<CountedCase> = {}): CountedCase => ({
  tier: 'crisis',
  openedAt: 1_000,
  textedAt: null,
  acknowledgedAt: minutes === null ? null : 1_000 + minutes * MINUTE,
  verdict: null,
  reopened: 0,
  ...changes,
});

describe('the times of a tier', () => {
  it('are the median and the nearest rank of nine in ten', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100];
    const report = reportTier(minutes.map((one) => counted(one)));
    expect(report).toMatchObject({ cases: 10, medianMs: 5 * MINUTE, p90Ms: 9 * MINUTE });
  });

  it('are none while nobody acknowledged', () => {
    expect(reportTier([counted(null)])).toMatchObject({ cases: 1, medianMs: null, p90Ms: null, notYet: 1 });
    expect(reportTier([])).toMatchObject({ cases: 0, medianMs: null, notYet: 0 });
  });

  it('say how many came at once, after the text, later and not yet', () => {
    const textedAt = 1_000 + 5 * MINUTE;
    const cases = [
      counted(2),
      counted(4, { textedAt }),
      counted(7, { textedAt }),
      counted(16, { textedAt }),
      counted(null),
    ];
    expect(reportTier(cases)).toMatchObject({ atOnce: 2, afterText: 1, later: 1, notYet: 1 });
  });
});

describe('precision', () => {
  it('counts judged pages alone: a wrong tier was right when somebody had to be paged', () => {
    const cases = [
      counted(1, { verdict: { kind: 'real' } }),
      counted(1, { verdict: { kind: 'wrong_tier', tier: 'high' } }),
      counted(1, { verdict: { kind: 'wrong_tier', tier: 'moderate' } }),
      counted(1, { verdict: { kind: 'false_alarm' } }),
      counted(1, { reopened: 2 }),
    ];
    expect(reportScreen(cases)).toEqual({
      judged: 4,
      notJudged: 1,
      falseAlarms: 1,
      wrongTier: 2,
      precision: 0.5,
      reopened: 2,
    });
  });

  it('is none while nothing was judged', () => {
    expect(reportScreen([counted(1)]).precision).toBeNull();
  });
});
