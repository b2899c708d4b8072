// The words for what a case can come to, as its card and its modal say them.

import type { CaseOutcome } from '../../../core/safety/escalation.ts';

export const OUTCOME_WORDS: Record<CaseOutcome, string> = {
  safe: 'Safe now',
  connected: 'In care of somebody else: family, campus counseling, clinic',
  emergency: 'Emergency services called',
  not_reached: 'Could not reach',
  false_alarm: 'False alarm',
  other: 'Other',
};

const HOURS_OF_A_DAY = 24;

/** Hours as people say them: "24 hours", "3 days", "1 week". */
export function hoursWords(hours: number): string {
  if (hours === 0) return 'Now';
  const days = hours / HOURS_OF_A_DAY;
  if (days === 7) return '1 week';
  if (days > 1 && Number.isInteger(days)) return `${days} days`;
  return hours === 1 ? '1 hour' : `${hours} hours`;
}
