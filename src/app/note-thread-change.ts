// A message in the thread of a case was edited or deleted. What was texted cannot be taken back, so the thread says what
// the student has of it; nothing goes out.

import { postInThread } from './case-thread.ts';
import type { CommitTurn } from './commit-turn.ts';
import type { StaffDeps } from './doing.ts';
import type { Stores } from './ports/database.ts';
import type { RelayState } from './ports/messages.ts';
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
  const shown = text === null ? null : whatTheyHave(standingOf(text));
  if (text?.escalationId == null || shown === null) return false;
  const added = await postInThread(stores, {
    key: `relay-changed:${actKey}`,
    escalationId: text.escalationId,
    message: { kind: 'relay_state', ...shown, text: wordsOfText(text), resend: null },
    now,
  });
  return added !== null;
}

/** What the student has of the wording that was texted; null when it never left. */
function whatTheyHave(standing: RelayState): { readonly state: RelayState; readonly reason: string } | null {
  switch (standing) {
    case 'not_sent':
      return null;
    case 'not_delivered':
      return {
        state: 'not_delivered',
        reason: 'It did not arrive: the student has neither wording. Phone them, or write again.',
      };
    case 'unknown':
      return { state: 'unknown', reason: 'The student may have the first wording. The new one is not sent.' };
    case 'queued':
      return { state: 'already_sent', reason: 'It goes out in its first wording.' };
    default:
      return { state: 'already_sent', reason: 'Already sent: the student has the first wording.' };
  }
}
