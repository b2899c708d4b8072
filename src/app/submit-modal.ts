// A modal that was submitted → its use case, once.

import { unreachable } from '../core/model/invariant.ts';
import { saveAway } from './away.ts';
import { resolveCase } from './case-actions.ts';
import type { CommitTurn } from './commit-turn.ts';
import type { Doing, StaffDeps } from './doing.ts';
import { submitFlows } from './flows-in-slack.ts';
import { saveOverride } from './override-on-call.ts';
import { savePause, saveRevive } from './pause-mentee.ts';
import { findPerson } from './person.ts';
import type { Actor, ModalAnswer, ModalSubmission } from './ports/staff-room.ts';
import { saveSlot } from './prompt-slot.ts';
import { followPublished } from './published-content.ts';
import { saveExample } from './safety-example.ts';
import { saveMenteeUpdate, saveWeeklyUpdate } from './save-update.ts';
import { saveWorry } from './worry.ts';

/** Resolves after the commit. The same submission once more closes its view and changes nothing. */
export type SubmitModal = (submission: ModalSubmission, actor: Actor) => Promise<ModalAnswer>;

export function createSubmitModal(deps: StaffDeps, commit: CommitTurn): SubmitModal {
  return async (submission, actor) => {
    if (submission.kind === 'flows_publish' || submission.kind === 'flows_roll_back') {
      return submitFlows(deps, commit, submission, actor);
    }
    const answer = await commit(async (stores) => {
      const now = deps.clock.now();
      const person = await findPerson(stores, actor.slackUserId);
      const doing: Doing<SavedAtOnce> = { deps, stores, what: submission, person, now };
      return once(doing, actor.actKey);
    });
    // What a counselor has just taught is heard in the next text, not in a minute.
    if (submission.kind === 'safety_example') await followPublished(deps);
    deps.wake();
    return answer;
  };
}

type SavedAtOnce = Exclude<ModalSubmission, { kind: 'flows_publish' | 'flows_roll_back' }>;

/** What is wrong with a submission: all that it wrote is undone with it. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly answer: ModalAnswer;

  constructor(answer: ModalAnswer) {
    super('the submission has errors');
    this.answer = answer;
  }
}

/**
 * The slot is taken before anything is saved, so that of two instances that are handed the same submission one waits for
 * the other. What was refused gives it back and may be submitted again from the same view.
 */
async function once(doing: Doing<SavedAtOnce>, actKey: string): Promise<ModalAnswer> {
  const { stores, now } = doing;
  try {
    return await stores.savepoint(async () => {
      if (!(await stores.house.takeSlot('slack-submit', actKey, now))) return { kind: 'close' };
      const answer = await save(doing);
      if (answer.kind === 'errors') throw new RefusedError(answer);
      return answer;
    });
  } catch (error) {
    if (error instanceof RefusedError) return error.answer;
    throw error;
  }
}

function save(doing: Doing<SavedAtOnce>): Promise<ModalAnswer> {
  const { what } = doing;
  switch (what.kind) {
    case 'resolve_case':
      return resolveCase({ ...doing, what });
    case 'weekly_update':
      return saveWeeklyUpdate({ ...doing, what });
    case 'mentee_update':
      return saveMenteeUpdate({ ...doing, what });
    case 'pause_mentee':
      return savePause({ ...doing, what });
    case 'revive_mentee':
      return saveRevive({ ...doing, what });
    case 'worried':
      return saveWorry({ ...doing, what });
    case 'away':
      return saveAway({ ...doing, what });
    case 'slot':
      return saveSlot({ ...doing, what });
    case 'on_call_override':
      return saveOverride({ ...doing, what });
    case 'safety_example':
      return saveExample({ ...doing, what });
    default:
      return unreachable(what);
  }
}
