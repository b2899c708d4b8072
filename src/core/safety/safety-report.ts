// What the last days say of the screen and of the ladder, in counts and times alone: no case, no name, no word. Knows
// neither where the cases come from nor how the page looks.

import type { CaseVerdict, EscalationTier } from './escalation.ts';
import { wasPageRight } from './verdict.ts';

/** One student's case, as far as it is counted. Instants are epoch milliseconds. */
export interface CountedCase {
  readonly tier: EscalationTier;
  readonly openedAt: number;
  /** When the first text about it was handed over; null: none was needed, or none left. */
  readonly textedAt: number | null;
  readonly acknowledgedAt: number | null;
  readonly verdict: CaseVerdict | null;
  /** How often it was opened again after its end. */
  readonly reopened: number;
}

export interface TierReport {
  readonly cases: number;
  /** Milliseconds from the opening; null while none was acknowledged. */
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
  /** Acknowledged before anybody had to be texted. */
  readonly atOnce: number;
  /** Acknowledged after the first text to staff, within a quarter of an hour of the opening. */
  readonly afterText: number;
  readonly later: number;
  readonly notYet: number;
}

export interface ScreenReport {
  readonly judged: number;
  readonly notJudged: number;
  readonly falseAlarms: number;
  readonly wrongTier: number;
  /** The share of judged pages that were right, 0 to 1; null when none was judged. */
  readonly precision: number | null;
  readonly reopened: number;
}

/** After so long the student is told that nobody has come yet: whatever is later is too late. */
const LATE_MS = 15 * 60_000;

/** The cases of one tier. */
export function reportTier(cases: readonly CountedCase[]): TierReport {
  const waits = cases
    .flatMap(({ openedAt, acknowledgedAt }) => (acknowledgedAt === null ? [] : [acknowledgedAt - openedAt]))
    .toSorted((a, b) => a - b);
  const count = (when: When): number => cases.filter((one) => whenTaken(one) === when).length;
  return {
    cases: cases.length,
    medianMs: percentile(waits, 0.5),
    p90Ms: percentile(waits, 0.9),
    atOnce: count('at_once'),
    afterText: count('after_text'),
    later: count('later'),
    notYet: count('not_yet'),
  };
}

type When = 'at_once' | 'after_text' | 'later' | 'not_yet';

function whenTaken({ openedAt, textedAt, acknowledgedAt }: CountedCase): When {
  if (acknowledgedAt === null) return 'not_yet';
  if (acknowledgedAt - openedAt > LATE_MS) return 'later';
  return textedAt === null || acknowledgedAt < textedAt ? 'at_once' : 'after_text';
}

/** What people have said of the pages. */
export function reportScreen(cases: readonly CountedCase[]): ScreenReport {
  const verdicts = cases.flatMap(({ verdict }) => verdict ?? []);
  const right = verdicts.filter(wasPageRight).length;
  return {
    judged: verdicts.length,
    notJudged: cases.length - verdicts.length,
    falseAlarms: verdicts.filter(({ kind }) => kind === 'false_alarm').length,
    wrongTier: verdicts.filter(({ kind }) => kind === 'wrong_tier').length,
    precision: verdicts.length === 0 ? null : right / verdicts.length,
    reopened: cases.reduce((sum, { reopened }) => sum + reopened, 0),
  };
}

/** By nearest rank, of values in order; null of none. */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
