// More people for a world: rows of a roster by column, imported as a file would be.

import { importRoster } from '../../src/app/import-roster.ts';
import { ROSTER_COLUMNS, type RosterColumn } from '../../src/app/roster-row.ts';
import type { World } from './world.ts';

export type Cells = Partial<Record<RosterColumn, string>>;

/** Imports them as they would come in one file. */
export function importRows(world: World, ...people: readonly Cells[]) {
  const rows = people.map((cells, index) => ({ line: index + 2, cells }));
  const tasks = [...world.content.current().tasks.keys()];
  return importRoster({ ...world, tasks }, { header: ROSTER_COLUMNS, rows }, false);
}

export const SAM: Cells = {
  role: 'staff',
  first_name: 'Sam',
  last_name: 'Ito',
  phone: '(213) 555-0105',
  time_zone: 'America/Los_Angeles',
  slack_user_id: 'U0SAM',
};

/** A counselor who is not on the on-call list. */
export const VERA: Cells = {
  role: 'counselor',
  first_name: 'Vera',
  last_name: 'Cruz',
  phone: '(213) 555-0103',
  time_zone: 'America/Los_Angeles',
  slack_user_id: 'U0VERA',
};
