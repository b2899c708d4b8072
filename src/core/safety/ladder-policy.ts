// How fast the ladder of a case is climbed, by tier: the values that a program may set. A case keeps those it was opened
// with, so that a change of the program never moves one that runs.

const MINUTE_MS = 60_000;

/** How a case of one tier is paged. Milliseconds. */
export interface TierPace {
  /** From one person of the list to the next, while the ladder is quick (CR-02). */
  readonly pageEveryMs: number;
  /** From the text to the call to the same person; 0: nobody is phoned. */
  readonly callAfterMs: number;
  /** So long nobody may acknowledge before the mentee is told that nobody was reached yet. */
  readonly tellMenteeAfterMs: number;
}

export interface LadderPolicy {
  readonly crisis: TierPace;
  /** Between the two hours (program time) a `high` case pages; outside them only one that cannot wait. */
  readonly high: TierPace & { readonly fromHour: number; readonly untilHour: number };
  /** From one person to the next after two full rounds that nobody answered, and after four. It goes on for ever (CR-04). */
  readonly slowMs: number;
  readonly slowestMs: number;
}

const QUICK: TierPace = {
  pageEveryMs: 5 * MINUTE_MS,
  callAfterMs: 2 * MINUTE_MS,
  tellMenteeAfterMs: 15 * MINUTE_MS,
};

/** What stands where a program says nothing, and in cases that were opened before it could. */
export const DEFAULT_LADDER: LadderPolicy = {
  crisis: QUICK,
  high: { ...QUICK, fromHour: 8, untilHour: 22 },
  slowMs: 15 * MINUTE_MS,
  slowestMs: 30 * MINUTE_MS,
};
