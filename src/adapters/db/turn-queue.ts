// Gives one piece of work at a time its turn, in the order of asking: a connection has one transaction at a time.

export class TurnQueue {
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** Runs `work` when everything that asked before is done; settles as it settles. */
  take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Error('The database is closed.'));
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Refuses new work and waits for what was asked before. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last;
  }
}
