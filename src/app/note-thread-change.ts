// Being built.

import type { CommitTurn } from './commit-turn.ts';
import type { StaffDeps } from './doing.ts';
import type { ThreadChange } from './ports/staff-room.ts';

export type NoteThreadChange = (change: ThreadChange) => Promise<void>;

export function createNoteThreadChange(_deps: StaffDeps, _commit: CommitTurn): NoteThreadChange {
  return async () => {
    throw new Error('not built');
  };
}
