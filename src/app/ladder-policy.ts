// How a program wants cases to be paged, in the words of core/safety: minutes of its file become milliseconds.

import type { Program } from '../core/flow/program-schema.ts';
import type { LadderPolicy, TierPace } from '../core/safety/ladder-policy.ts';

const MINUTE_MS = 60_000;

/** The policy that a case opened now is paged by, for its whole life. */
export function ladderPolicyOf({ ladder }: Pick<Program, 'ladder'>): LadderPolicy {
  return {
    crisis: paceOf(ladder.crisis),
    high: { ...paceOf(ladder.high), fromHour: ladder.high.from_hour, untilHour: ladder.high.until_hour },
    slowMs: ladder.after_two_rounds_every_minutes * MINUTE_MS,
    slowestMs: ladder.after_four_rounds_every_minutes * MINUTE_MS,
  };
}

function paceOf(tier: Program['ladder']['crisis']): TierPace {
  return {
    pageEveryMs: tier.page_every_minutes * MINUTE_MS,
    callAfterMs: tier.call_after_minutes * MINUTE_MS,
    tellMenteeAfterMs: tier.tell_mentee_after_minutes * MINUTE_MS,
  };
}
