// Whether a page was right, as a person says of a case that is over. Judges nothing by itself: it only sees to it that a
// verdict and the outcome beside it do not say two different things.

import type { CaseOutcome, CaseVerdict, EscalationTier } from './escalation.ts';

/**
 * The verdict that stands beside an outcome; `contradicts` when both were chosen and cannot be true together. The outcome
 * "false alarm" decides over a verdict that was only left as it was offered, and the tier that the case had is "real".
 * Null: a form of before asked for none, and the outcome says nothing either.
 */
export function settleVerdict(
  outcome: CaseOutcome,
  chosen: CaseVerdict | null,
  tier: EscalationTier,
): CaseVerdict | null | 'contradicts' {
  const meant: CaseVerdict | null = chosen?.kind === 'wrong_tier' && chosen.tier === tier ? { kind: 'real' } : chosen;
  if (outcome === 'false_alarm') return meant?.kind === 'wrong_tier' ? 'contradicts' : { kind: 'false_alarm' };
  if (outcome === 'emergency' && meant?.kind === 'false_alarm') return 'contradicts';
  return meant;
}

/**
 * The outcome beside a verdict that is given later: what was called a false alarm and was none ended otherwise. Null when
 * both cannot be true: nobody calls an emergency for nothing.
 */
export function outcomeBeside(outcome: CaseOutcome | null, verdict: CaseVerdict): CaseOutcome | null {
  if (outcome === 'false_alarm' && verdict.kind !== 'false_alarm') return 'other';
  if (outcome === 'emergency' && verdict.kind === 'false_alarm') return null;
  return outcome ?? 'other';
}

/** Whether a person was rightly paged: what precision counts. */
export function wasPageRight(verdict: CaseVerdict): boolean {
  return verdict.kind === 'real' || (verdict.kind === 'wrong_tier' && verdict.tier !== 'moderate');
}
