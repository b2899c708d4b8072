// A verdict and an outcome never say two different things, whichever of them was said first.

import { describe, expect, it } from 'vitest';
import { asCounselorId } from '../../../src/core/model/ids.ts';
import { escalate, openEscalation } from '../../../src/core/safety/escalate.ts';
import type { CaseOutcome, CaseVerdict, Escalation } from '../../../src/core/safety/escalation.ts';
import { settleVerdict, wasPageRight } from '../../../src/core/safety/verdict.ts';

const REAL: CaseVerdict = { kind: 'real' };
const FALSE_ALARM: CaseVerdict = { kind: 'false_alarm' };
const wrong = (tier: 'crisis' | 'high' | 'moderate'): CaseVerdict => ({ kind: 'wrong_tier', tier });
const by = asCounselorId('counselor-1');

describe('a verdict on Resolve', () => {
  it.each<[CaseOutcome, CaseVerdict | null, CaseVerdict | null | 'contradicts']>([
    ['safe', REAL, REAL],
    ['safe', FALSE_ALARM, FALSE_ALARM],
    ['safe', wrong('moderate'), wrong('moderate')],
    ['false_alarm', REAL, FALSE_ALARM],
    ['false_alarm', null, FALSE_ALARM],
    ['false_alarm', wrong('high'), 'contradicts'],
    ['emergency', FALSE_ALARM, 'contradicts'],
    ['emergency', REAL, REAL],
    ['other', null, null],
    ['safe', wrong('crisis'), REAL],
  ])('beside the outcome %s and %j is %j', (outcome, chosen, settled) => {
    expect(settleVerdict(outcome, chosen, 'crisis')).toEqual(settled);
  });
});

function resolved(outcome: CaseOutcome, verdict: CaseVerdict | null = null): Escalation {
  const { escalation } = openEscalation({ kind: 'opened', at: 0, tier: 'crisis', onCall: [by] });
  return escalate(escalation, { kind: 'resolved', at: 1, by, outcome, verdict, nudgesResumeAt: null }).escalation;
}

describe('a verdict that is given later', () => {
  const give = (escalation: Escalation, verdict: CaseVerdict) =>
    escalate(escalation, { kind: 'verdict_given', at: 2, by, verdict }).escalation;

  it('takes the place of the one before', () => {
    expect(give(resolved('safe', REAL), wrong('high'))).toMatchObject({ outcome: 'safe', verdict: wrong('high') });
  });

  it('takes the outcome "false alarm" back when it was none', () => {
    expect(give(resolved('false_alarm', FALSE_ALARM), REAL)).toMatchObject({ outcome: 'other', verdict: REAL });
  });

  it('is not taken when an emergency was called for it, nor before the case is over', () => {
    const emergency = resolved('emergency', REAL);
    expect(give(emergency, FALSE_ALARM)).toBe(emergency);
    const { escalation } = openEscalation({ kind: 'opened', at: 0, tier: 'high', onCall: [by] });
    expect(give(escalation, REAL)).toBe(escalation);
  });

  it('is gone when the case is opened again', () => {
    const again = escalate(resolved('safe', REAL), { kind: 'reopened', at: 3, by }).escalation;
    expect(again.verdict).toBeNull();
  });
});

it('a page was right when it was real or meant for another page, and not when a look was enough', () => {
  expect([REAL, wrong('high'), wrong('crisis'), wrong('moderate'), FALSE_ALARM].map(wasPageRight)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
