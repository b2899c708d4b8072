// Being built.

import type { CommitTurn } from './commit-turn.ts';
import type { StaffDeps } from './doing.ts';
import type { ThreadMessage } from './ports/staff-room.ts';

export type ReceiveThreadMessage = (message: ThreadMessage) => Promise<void>;

export function createReceiveThreadMessage(_deps: StaffDeps, _commit: CommitTurn): ReceiveThreadMessage {
  return async () => {
    throw new Error('not built');
  };
}
