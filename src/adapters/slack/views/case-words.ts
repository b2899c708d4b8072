// The words for what a case can come to, as its card and its modal say them.

import type { CaseOutcome, CaseVerdict } from '../../../core/safety/escalation.ts';

export const OUTCOME_WORDS: Record<CaseOutcome, string> = {
  safe: 'Safe now',
  connected: 'In care of somebody else: family, campus counseling, clinic',
  emergency: 'Emergency services called',
  not_reached: 'Could not reach',
  false_alarm: 'False alarm',
  other: 'Other',
};

/** The choices of a verdict, by the value that a form bears. */
export const VERDICT_VALUES: Readonly<Record<string, CaseVerdict>> = {
  real: { kind: 'real' },
  false_alarm: { kind: 'false_alarm' },
  wrong_crisis: { kind: 'wrong_tier', tier: 'crisis' },
  wrong_high: { kind: 'wrong_tier', tier: 'high' },
  wrong_moderate: { kind: 'wrong_tier', tier: 'moderate' },
};

const TIER_WORDS = {
  crisis: 'Wrong tier: it was a crisis',
  high: 'Wrong tier: it was high, no crisis',
  moderate: 'Wrong tier: nobody had to be paged, a look was enough',
} as const;

/** A verdict as people read it. */
export function verdictWords(verdict: CaseVerdict): string {
  if (verdict.kind === 'wrong_tier') return TIER_WORDS[verdict.tier];
  return verdict.kind === 'real' ? 'Real: the page was right' : 'False alarm: nobody was needed';
}

/** The choices for a case of this tier: its own is no wrong one. */
export function verdictChoices(tier: 'crisis' | 'high'): readonly (readonly [value: string, words: string])[] {
  return Object.entries(VERDICT_VALUES).flatMap(([value, verdict]) =>
    verdict.kind === 'wrong_tier' && verdict.tier === tier ? [] : [[value, verdictWords(verdict)] as const],
  );
}

const HOURS_OF_A_DAY = 24;

/** Hours as people say them: "24 hours", "3 days", "1 week". */
export function hoursWords(hours: number): string {
  if (hours === 0) return 'Now';
  const days = hours / HOURS_OF_A_DAY;
  if (days === 7) return '1 week';
  if (days > 1 && Number.isInteger(days)) return `${days} days`;
  return hours === 1 ? '1 hour' : `${hours} hours`;
}
