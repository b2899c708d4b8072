// Whether a page was right, said by a person after the case is over: on Resolve, or days later in Details. The report and
// the weekly review learn from it; it moves no case and pages nobody.

import { asCounselorId } from '../core/model/ids.ts';
import type { CaseVerdict, EscalationTier } from '../core/safety/escalation.ts';
import { auditCase, changeCase, isOfTeam, NOT_FOR_MENTORS, verdictDetail } from './case-actions.ts';
import { showCaseDetails } from './case-details.ts';
import { CASE_GONE } from './case-words.ts';
import { DONE, type Doing, say, wordModal } from './doing.ts';
import type { ActResult, StaffAct } from './ports/staff-room.ts';

const NOT_POSSIBLE =
  'Not changed: the case is not over, or emergency services were called and it cannot have been a false alarm.';

/** The press in Details. The last word stands; each stands in the audit. */
export async function giveVerdict(doing: Doing<Extract<StaffAct, { kind: 'give_verdict' }>>): Promise<ActResult> {
  const { deps, stores, what, person, now } = doing;
  if (!isOfTeam(person)) return say(NOT_FOR_MENTORS);
  const escalation = await stores.escalations.byId(what.escalationId);
  if (escalation === null) return say(CASE_GONE);
  const verdict = meant(what.verdict, escalation.state.tier);
  const event = { kind: 'verdict_given', at: now, by: asCounselorId(person.actorId), verdict } as const;
  if (!(await changeCase(deps, stores, escalation, event, now)))
    return { ...DONE, modal: wordModal('Details', NOT_POSSIBLE) };
  await auditCase(doing, 'case_verdict_given', verdictDetail(verdict));
  const modal = await showCaseDetails({ ...doing, what: { kind: 'case_details', escalationId: escalation.id } });
  return { ...DONE, modal };
}

/** A tier that is the one it had is no other tier. */
function meant(verdict: CaseVerdict, tier: EscalationTier): CaseVerdict {
  return verdict.kind === 'wrong_tier' && verdict.tier === tier ? { kind: 'real' } : verdict;
}
