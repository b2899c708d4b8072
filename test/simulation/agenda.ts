// What is going to happen, by time: the only thing that moves the simulated clock on.

export interface Happening {
  readonly at: number;
  readonly name: string;
  readonly run: () => void;
}

export interface Agenda {
  /** Gives what takes it out again. */
  add(at: number, name: string, run: () => void): () => void;
  /** When the next thing happens; null when nothing will. */
  nextAt(): number | null;
  /** Takes the next thing out; null when it is later than `limit`. */
  take(limit: number): Happening | null;
  clear(): void;
  readonly size: number;
}

/** Things at the same time happen in the order in which they were added. */
export function createAgenda(): Agenda {
  let list: Happening[] = [];
  return {
    add(at, name, run) {
      let low = 0;
      let high = list.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((list[middle]?.at ?? 0) <= at) low = middle + 1;
        else high = middle;
      }
      const happening = { at, name, run };
      list.splice(low, 0, happening);
      return () => {
        list = list.filter((one) => one !== happening);
      };
    },
    nextAt: () => list[0]?.at ?? null,
    take(limit) {
      const first = list[0];
      if (first === undefined || first.at > limit) return null;
      list.shift();
      return first;
    },
    clear() {
      list = [];
    },
    get size() {
      return list.length;
    },
  };
}
