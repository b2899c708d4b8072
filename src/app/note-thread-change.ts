// A message in the thread of a case was edited or deleted. What was texted cannot be taken back, so the thread says that
// the student has the first wording; nothing goes out.

import { postInThread } from './case-thread.ts';
import type { CommitTurn } from './commit-turn.ts';
import type { StaffDeps } from './doing.ts';
import type { Stores } from './ports/database.ts';
import type { ThreadChange } from './ports/staff-room.ts';
import { relayKey, wordsOfText } from './relayed-text.ts';
import { standingOf } from './show-relay-state.ts';

/** Resolves after the commit. A message that was never texted may be changed as its writer likes. */
export type NoteThreadChange = (change: ThreadChange) => Promise<void>;

export function createNoteThreadChange(deps: StaffDeps, commit: CommitTurn): NoteThreadChange {
  return async (change) => {
    if (await commit((stores) => note(stores, change, deps.clock.now()))) deps.wake();
  };
}

async function note(stores: Stores, { externalId, actKey }: ThreadChange, now: number): Promise<boolean> {
  const text = await stores.outbox.byKey(relayKey(externalId));
  if (text?.escalationId == null || standingOf(text) === 'not_sent') return false;
  const added = await postInThread(stores, {
    key: `relay-changed:${actKey}`,
    escalationId: text.escalationId,
    message: {
      kind: 'relay_state',
      state: 'already_sent',
      text: wordsOfText(text),
      reason: 'Already sent: the student has the first wording.',
      resend: null,
    },
    now,
  });
  return added !== null;
}
