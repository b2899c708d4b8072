// A pause of one turn of the event loop. Work in SQLite is done within a turn, so a loop over rows that never pauses lets
// nothing in: no text, no press, no answer of a vendor.

/** Resolves when whatever came in meanwhile has had its turn. Never inside a transaction. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
