// The program's clock as the demo hands it in, and how far a button of the page moves it.

/** A clock that can be moved. Moving it waits until the house has done what fell due on the way. */
export interface RehearsalClock {
  now(): number;
  /** Epoch milliseconds of the next thing planned, or null. */
  nextEventAt(): Promise<number | null>;
  advanceTo(epochMs: number): Promise<void>;
  advanceToNextEvent(): Promise<void>;
}

/** What the buttons of the clock bar say. */
export type Advance = 'next' | '5m' | '1h' | '1d';

const STEP_MS: Readonly<Record<Exclude<Advance, 'next'>, number>> = {
  '5m': 300_000,
  '1h': 3_600_000,
  '1d': 86_400_000,
};

/** Whether a value is the name of a step. */
export function isAdvance(value: unknown): value is Advance {
  return value === 'next' || value === '5m' || value === '1h' || value === '1d';
}

/** Moves the clock. Says in words why it did not, or gives null. */
export async function moveClock(clock: RehearsalClock, advance: Advance): Promise<string | null> {
  if (advance !== 'next') {
    await clock.advanceTo(clock.now() + STEP_MS[advance]);
    return null;
  }
  if ((await clock.nextEventAt()) === null) return 'Nothing is planned: there is no next event.';
  await clock.advanceToNextEvent();
  return null;
}
