// A press of a button in Slack → its use case, once. Whatever it changes is one transaction with its row in the audit.

import { unreachable } from '../core/model/invariant.ts';
import { comeBack } from './away.ts';
import { acknowledgeCase, keepCase, logCall, releaseCase, reopenCase, takeOverCase } from './case-actions.ts';
import { closeTodo } from './close-todo.ts';
import type { CommitTurn } from './commit-turn.ts';
import { DONE, type Doing, type StaffDeps } from './doing.ts';
import { giveVerdict } from './give-verdict.ts';
import { markAllRead, markRead } from './mark-read.ts';
import { raiseText } from './needed-page.ts';
import { noteReport } from './note-report.ts';
import { clearOverride } from './override-on-call.ts';
import { findPerson } from './person.ts';
import type { Actor, ActResult, StaffAct } from './ports/staff-room.ts';
import { resendText } from './resend-text.ts';
import { resumeNudges } from './resume-nudges.ts';
import { sameForAll, setReached } from './set-reached.ts';

/** Resolves after the commit. Rejects when the database could not take it; then Slack's user sees that nothing happened. */
export type Act = (act: StaffAct, actor: Actor) => Promise<ActResult>;

export function createAct(deps: StaffDeps, commit: CommitTurn): Act {
  return async (act, actor) => {
    const result = await commit(async (stores) => {
      const now = deps.clock.now();
      if (!(await stores.house.takeSlot('slack-act', actor.actKey, now))) return DONE;
      const person = await findPerson(stores, actor.slackUserId);
      return perform({ deps, stores, what: act, person, now });
    });
    deps.wake();
    return result;
  };
}

function perform(doing: Doing<StaffAct>): Promise<ActResult> {
  const { what } = doing;
  switch (what.kind) {
    case 'acknowledge':
      return acknowledgeCase({ ...doing, what });
    case 'take_over':
      return takeOverCase({ ...doing, what });
    case 'release':
      return releaseCase({ ...doing, what });
    case 'still_on_it':
      return keepCase({ ...doing, what });
    case 'reopen':
      return reopenCase({ ...doing, what });
    case 'resume_nudges':
      return resumeNudges({ ...doing, what });
    case 'report_made':
      return noteReport({ ...doing, what });
    case 'log_call':
      return logCall({ ...doing, what });
    case 'resend':
      return resendText({ ...doing, what });
    case 'give_verdict':
      return giveVerdict({ ...doing, what });
    case 'needed_page':
      return raiseText({ ...doing, what });
    case 'close_todo':
      return closeTodo({ ...doing, what });
    case 'mark_read':
      return markRead({ ...doing, what });
    case 'mark_all_read':
      return markAllRead({ ...doing, what });
    case 'set_reached':
      return setReached({ ...doing, what });
    case 'same_for_all':
      return sameForAll({ ...doing, what });
    case 'back':
      return comeBack({ ...doing, what });
    case 'clear_override':
      return clearOverride({ ...doing, what });
    default:
      return unreachable(what);
  }
}
