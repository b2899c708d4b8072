// The two times of the house. A rehearsal may move the first; nobody may move the second.

/** Where the house takes its time from. */
export interface Clock {
  /** Program time (epoch milliseconds): quiet hours, deadlines, timers, everything a person would notice. */
  now(): number;
  /** Real time (epoch milliseconds): leases, network timeouts, signatures. */
  realNow(): number;
}

/** New opaque ids, for rows that no effect key names. */
export interface Ids {
  next(): string;
}
