// Refuses a handler that awaits a stranger. Store calls finish in microtasks (SQLite) or are counted while they are
// under way (PostgreSQL); a handler that is still unsettled when the event loop turns and none is under way waits for
// something else, and would hold the write lock for as long as that takes.

// Taken at load, so that a test's fake timers cannot stop the guard.
import { setImmediate } from 'node:timers';
import { StrangerAwaitedError } from './session.ts';

/** Watches one handler. The session tells it when store calls begin and end. */
export class HandlerGuard {
  #underWay = 0;
  #isSettled = false;
  #refuse: (error: StrangerAwaitedError) => void = () => {};

  /** Runs `work`; rejects with StrangerAwaitedError as soon as it is caught waiting for a stranger. */
  watch<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#refuse = reject;
      work().then(
        (value) => {
          this.#isSettled = true;
          resolve(value);
        },
        (error: unknown) => {
          this.#isSettled = true;
          reject(error);
        },
      );
      this.#checkNextTurn();
    });
  }

  callBegins(): void {
    this.#underWay += 1;
  }

  callEnds(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#checkNextTurn();
  }

  #checkNextTurn(): void {
    setImmediate(() => {
      if (this.#isSettled || this.#underWay > 0) return;
      this.#isSettled = true;
      this.#refuse(new StrangerAwaitedError());
    });
  }
}
