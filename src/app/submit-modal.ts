// A modal that was submitted → its use case, once.

import { unreachable } from '../core/model/invariant.ts';
import { saveAway } from './away.ts';
import { resolveCase } from './case-actions.ts';
import type { CommitTurn } from './commit-turn.ts';
import type { Doing, StaffDeps } from './doing.ts';
import { saveOverride } from './override-on-call.ts';
import { findPerson } from './person.ts';
import type { Actor, ModalAnswer, ModalSubmission } from './ports/staff-room.ts';
import { saveSlot } from './prompt-slot.ts';
import { saveMenteeUpdate, saveWeeklyUpdate } from './save-update.ts';
import { saveWorry } from './worry.ts';

/** Resolves after the commit. A second submission of the same view closes it and changes nothing. */
export type SubmitModal = (submission: ModalSubmission, actor: Actor) => Promise<ModalAnswer>;

export function createSubmitModal(deps: StaffDeps, commit: CommitTurn): SubmitModal {
  return async (submission, actor) => {
    const answer = await commit(async (stores) => {
      const now = deps.clock.now();
      const person = await findPerson(stores, actor.slackUserId);
      const doing: Doing<ModalSubmission> = { deps, stores, what: submission, person, now };
      if (await stores.house.hasSlot('slack-submit', actor.actKey)) return { kind: 'close' } as const;
      const said = await save(doing);
      // What was refused may be submitted again from the same view.
      if (said.kind !== 'errors') await stores.house.takeSlot('slack-submit', actor.actKey, now);
      return said;
    });
    deps.wake();
    return answer;
  };
}

function save(doing: Doing<ModalSubmission>): Promise<ModalAnswer> {
  const { what } = doing;
  switch (what.kind) {
    case 'resolve_case':
      return resolveCase({ ...doing, what });
    case 'weekly_update':
      return saveWeeklyUpdate({ ...doing, what });
    case 'mentee_update':
      return saveMenteeUpdate({ ...doing, what });
    case 'worried':
      return saveWorry({ ...doing, what });
    case 'away':
      return saveAway({ ...doing, what });
    case 'slot':
      return saveSlot({ ...doing, what });
    case 'on_call_override':
      return saveOverride({ ...doing, what });
    default:
      return unreachable(what);
  }
}
