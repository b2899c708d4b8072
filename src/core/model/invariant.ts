// The one way in which the core may throw: a programmer's error, never bad input.

/** Stops the work when a fact that the code relies on does not hold. `fact` says what should have been true. */
export function invariant(holds: unknown, fact: string): asserts holds {
  if (!holds) throw new Error(`invariant broken: ${fact}`);
}

/** Marks the end of an exhaustive switch: the compiler refuses a case that was forgotten. */
export function unreachable(value: never): never {
  throw new Error(`invariant broken: no case for ${JSON.stringify(value)}`);
}
