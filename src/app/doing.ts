// The noun between the doors of Slack and the use cases behind them: one deed of one person, inside a running
// transaction, done at most once.

import type { HouseDeps } from './house-deps.ts';
import type { Person } from './person.ts';
import type { Database, Stores } from './ports/database.ts';
import type { FlowsFolder } from './ports/flows-folder.ts';
import type { ActResult, Modal } from './ports/staff-room.ts';

export interface StaffDeps extends HouseDeps {
  readonly database: Database;
  /** Wakes the relay after a commit. */
  readonly wake: () => void;
  /** Where flows are published from in Slack; left out: from nowhere. */
  readonly flows?: FlowsFolder | undefined;
}

/** One deed. Only store calls may be awaited with it. */
export interface Doing<What> {
  readonly deps: HouseDeps;
  readonly stores: Stores;
  readonly what: What;
  readonly person: Person;
  readonly now: number;
}

/** Done, and nothing to say. */
export const DONE: ActResult = { word: null, modal: null, homeChanged: false };

/** A sentence for the one who pressed. */
export function say(word: string): ActResult {
  return { ...DONE, word };
}

/** A sentence in place of the modal that was asked for. */
export function wordModal(title: string, text: string): Modal {
  return { kind: 'word', title, text };
}
