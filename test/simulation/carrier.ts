// Carries what happens in the town to the house's door: late, twice or never as its callers decide, and again when the
// house is dead or refuses. Knows who still stands at the door.

import { accuse, type Witness } from './checks/witness.ts';
import type { House } from './house.ts';
import type { Stage } from './stage.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** When a webhook that was not taken comes again, as the console is to be set up (rc=2) and with the fallback. */
export const TWILIO_RETRIES = [2 * SECOND, 6 * SECOND, 14 * SECOND];
/** When Slack brings an event again that was not taken. */
export const SLACK_RETRIES = [5 * SECOND, MINUTE, 5 * MINUTE];

/** One thing that is brought to the door. */
interface Errand {
  readonly name: string;
  readonly ask: (house: House) => Promise<void>;
  /** When it comes again, each counted from the refusal before it; empty when it never does. */
  readonly retries: readonly number[];
  readonly onTaken?: () => void;
}

export class Carrier {
  readonly #stage: Stage;
  readonly #witness: Witness;
  #knocking = 0;

  constructor(stage: Stage, witness: Witness) {
    this.#stage = stage;
    this.#witness = witness;
  }

  /** Whether somebody stands at the door and the house is still deciding. */
  get isKnocking(): boolean {
    return this.#knocking > 0;
  }

  after(ms: number, name: string, run: () => void): void {
    this.#stage.agenda.add(this.#stage.steady + ms, name, run);
  }

  /** Asks the house in; one that is dead or dies meanwhile is asked again after each of the retries. */
  knock(errand: Errand): void {
    const { name, ask, retries, onTaken } = errand;
    const { house } = this.#stage;
    const refused = () => {
      const [next, ...rest] = retries;
      if (next !== undefined) this.after(next, `${name} once more`, () => this.knock({ ...errand, retries: rest }));
    };
    if (house === null || house.life.isOver) return refused();
    this.#knocking += 1;
    void Promise.race([ask(house).then(() => true), house.life.over.then(() => false)])
      .then(
        (taken) => (taken ? onTaken?.() : refused()),
        (error: unknown) => {
          if (!house.life.isOver) accuse(this.#witness, 'refused', `${name} was refused with ${String(error)}`);
          refused();
        },
      )
      .finally(() => {
        this.#knocking -= 1;
      });
  }
}
