// Where the tokens of a Slack app with token rotation are kept (platforms SL-23). A refresh token can be used once, so
// whoever uses it must have put its successor here before anything depends on it, and two instances must not race.

/** A pair as Slack gave it. `expiresAt` is real time, in epoch milliseconds: Slack's clock knows no program time. */
export interface SlackTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: number;
}

export interface TokenStore {
  /** The pair that was saved last; null before the first. Rejects when the database cannot be asked. */
  load(): Promise<SlackTokens | null>;
  /**
   * Saves `next` if the stored refresh token is still `spent`; null: if nothing is stored yet. False: somebody else has
   * saved meanwhile, and nothing was written. Resolves after the commit; rejects when nothing could be written.
   */
  saveIfUnchanged(spent: string | null, next: SlackTokens): Promise<boolean>;
  /**
   * Takes the lock for this instance, for at most `forMs` of real time, after which anybody may take it: the holder may
   * have died. False: another instance holds it.
   */
  lock(forMs: number): Promise<boolean>;
  /** Gives the lock back; nothing when it is another's by now. */
  unlock(): Promise<void>;
}
