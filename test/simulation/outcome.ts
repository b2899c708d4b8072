// What a run is asked for, and what it gives: its figures, or the violation that ended it.

import type { Witness } from './checks/witness.ts';
import type { Stage } from './stage.ts';

export interface SimulationOptions {
  readonly seed: number;
  readonly steps: number;
  /** Hears each event as it happens. */
  readonly onEvent?: (line: string) => void;
  /** Called once the house is up, before the first step; the meta-tests plant their violations here. */
  readonly meddle?: (stage: Stage, witness: Witness) => void | Promise<void>;
}

export interface Figures {
  readonly seed: number;
  readonly steps: number;
  readonly days: number;
  readonly texts: number;
  readonly sent: number;
  readonly posts: number;
  readonly cases: number;
  /** Texts of counselors that went from a thread to a student. */
  readonly relayed: number;
  readonly crashes: number;
  readonly troubles: number;
  readonly ms: number;
  /** Two runs with one digest went the same way. */
  readonly digest: string;
}

/** Something that must never happen did. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly found: readonly string[];
  readonly events: readonly string[];
  constructor(seed: number, found: readonly string[], events: readonly string[]) {
    super(`seed ${seed}: ${found.join('; ')}`);
    this.found = found;
    this.events = events;
  }
}
