// What the people of the town are going to do, by time. A heap, since a year holds many thousands of deeds; what is at the
// same time happens in the order in which it was added.

interface Entry<T> {
  readonly at: number;
  readonly order: number;
  readonly deed: T;
}

export interface Agenda<T> {
  add(at: number, deed: T): void;
  /** When the next one is; null when there is none. */
  nextAt(): number | null;
  /** Takes the next one out; null when it is later than `limit`. */
  take(limit: number): T | null;
}

export function createAgenda<T>(): Agenda<T> {
  const heap: Entry<T>[] = [];
  let count = 0;
  const isBefore = (a: Entry<T>, b: Entry<T>) => (a.at === b.at ? a.order < b.order : a.at < b.at);
  const swap = (a: number, b: number) => {
    const [first, second] = [heap[a], heap[b]];
    if (first === undefined || second === undefined) return;
    heap[a] = second;
    heap[b] = first;
  };
  const stands = (upper: number, lower: number) => {
    const [above, below] = [heap[upper], heap[lower]];
    return above === undefined || below === undefined || isBefore(above, below);
  };
  const rise = (from: number) => {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (stands(parent, at)) return;
      swap(parent, at);
      at = parent;
    }
  };
  const sink = () => {
    for (let at = 0; at < heap.length; ) {
      const left = 2 * at + 1;
      const least = stands(left, left + 1) ? left : left + 1;
      if (stands(at, least)) return;
      swap(at, least);
      at = least;
    }
  };
  return {
    add: (at, deed) => {
      count += 1;
      heap.push({ at, order: count, deed });
      rise(heap.length - 1);
    },
    nextAt: () => heap[0]?.at ?? null,
    take: (limit) => {
      const first = heap[0];
      if (first === undefined || first.at > limit) return null;
      const last = heap.pop();
      if (last !== undefined && last !== first) {
        heap[0] = last;
        sink();
      }
      return first.deed;
    },
  };
}
