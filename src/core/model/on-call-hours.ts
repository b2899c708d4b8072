// The program's on-call calendar as a value: when somebody of the team answers. Who is on call is the roster's to say.

/** Wall-clock times of a day in the program's zone, `9:00` to `17:00`. */
export interface OpenHours {
  readonly from: string;
  readonly until: string;
}

/** Hours of each weekday (1 Monday to 7 Sunday; a day that is left out is closed). */
export interface OnCallHours {
  readonly days: ReadonlyMap<number, OpenHours>;
  /** Minutes within which a counselor on call answers. */
  readonly answerWithinMinutes: number;
}
