// One life of the process: counts the places where it can die, dies at the one it was told, and from then on nothing it
// began ever ends. A transaction that was open is rolled back by SQLite, as after a kill.

/** Thrown inside a transaction that the process does not survive. Nobody outside ever sees it. */
class Dead extends Error {
  override readonly name = 'Dead';
}

export interface Life {
  readonly isOver: boolean;
  /** Resolves when the process dies. */
  readonly over: Promise<void>;
  /** Work under way that is not waiting for a vendor's answer. */
  readonly busy: number;
  /** Grows with everything that begins or ends: while it grows the house is not at rest. */
  readonly moves: number;
  /** Dies at the `count`-th place from now on. */
  dieAfter(count: number): void;
  die(): void;
  /** A place inside a transaction where it may die. */
  check(): void;
  /** Runs work with a place to die before it and one behind it. It may ask vendors, several at once. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Runs one thing at a time that is under way until it ends, but for what it waits for: a request, a transaction. */
  move<T>(work: () => Promise<T>): Promise<T>;
  /** Waits, in a `move`, for something that only the simulated clock brings. */
  wait(released: Promise<void>): Promise<void>;
}

/** `onDeath` closes what the operating system would close. */
export function createLife(onDeath: () => void): Life {
  let isOver = false;
  let under = 0;
  let waiting = 0;
  let moves = 0;
  let left: number | null = null;
  let announce: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const die = () => {
    if (isOver) return;
    isOver = true;
    onDeath();
    announce();
  };
  const strikes = (): boolean => {
    if (left !== null) {
      left -= 1;
      if (left <= 0) die();
    }
    return isOver;
  };
  const never = <T>() => new Promise<T>(() => {});
  return {
    get isOver() {
      return isOver;
    },
    over,
    get busy() {
      return isOver ? 0 : under - waiting;
    },
    dieAfter: (count) => {
      left = count;
    },
    die,
    check: () => {
      if (strikes()) throw new Dead();
    },
    get moves() {
      return moves;
    },
    run: async (work) => {
      if (isOver || strikes()) return never();
      moves += 1;
      try {
        const result = await work();
        return isOver || strikes() ? await never() : result;
      } catch (error) {
        if (isOver) return never();
        throw error;
      } finally {
        moves += 1;
      }
    },
    move: async (work) => {
      if (isOver) return never();
      under += 1;
      moves += 1;
      try {
        return await work();
      } finally {
        under -= 1;
        moves += 1;
      }
    },
    wait: async (released) => {
      waiting += 1;
      await released;
      waiting -= 1;
      moves += 1;
      if (isOver) await never();
    },
  };
}
