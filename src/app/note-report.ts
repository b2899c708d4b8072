// A report that a mandated reporter has made of a case (MR-01): the press that notes it, and what the thread is told
// while nobody has. Nobody approves, assigns or refuses a report, and there is no way to do so.

import { asEscalationId } from '../core/model/ids.ts';
import { type ReportKind, reportDueAt } from '../core/safety/mandated-report.ts';
import { redrawCards } from './apply-escalation.ts';
import { auditCase, isOfTeam, NOT_FOR_MENTORS } from './case-actions.ts';
import { postInThread } from './case-thread.ts';
import { CASE_GONE } from './case-words.ts';
import { DONE, type Doing, say } from './doing.ts';
import type { HouseDeps } from './house-deps.ts';
import type { Stores, Timer } from './ports/database.ts';
import type { ActResult, StaffAct } from './ports/staff-room.ts';
import { armNotice, REPORT_TIMER } from './report-duty.ts';
import { momentWords } from './time-words.ts';

const NOTED: Readonly<Record<ReportKind, string>> = {
  phone: 'made the report by phone',
  written: 'sent the written report',
};

/** "I have reported": the row, its timer ends, the card and the thread say who and when. */
export async function noteReport(doing: Doing<Extract<StaffAct, { kind: 'report_made' }>>): Promise<ActResult> {
  const { deps, stores, what, person, now } = doing;
  if (!isOfTeam(person)) return say(NOT_FOR_MENTORS);
  const escalation = await stores.escalations.byId(what.escalationId);
  if (escalation === null) return say(CASE_GONE);
  await stores.lockPerson(escalation.phoneHash);
  const { report } = what;
  const added = await stores.caseReports.add({ escalationId: escalation.id, report, by: person.actorId, at: now });
  if (!added) return say('You have noted this already.');
  await stores.timers.clear('escalation', escalation.id, REPORT_TIMER[report]);
  await auditCase(doing, report === 'phone' ? 'report_phoned' : 'report_written');
  const key = `report:${escalation.id}:${report}:${person.actorId}`;
  const title = `${person.name} ${NOTED[report]}`;
  await postInThread(stores, {
    key,
    escalationId: escalation.id,
    message: { kind: 'notice', title, lines: [] },
    now,
  });
  deps.log.info('case_report_noted', { escalationId: escalation.id, reason: report });
  await redrawCards(stores, escalation, { key, now });
  return DONE;
}

/** Tells the thread again of a report that nobody has noted. A case that was a false alarm has nothing to report. */
export async function tellOfReport(deps: HouseDeps, stores: Stores, timer: Timer, kind: ReportKind): Promise<void> {
  const now = deps.clock.now();
  const escalation = await stores.escalations.byId(asEscalationId(timer.subject));
  if (escalation?.dutySince == null) return;
  const { id, dutySince, state } = escalation;
  if ((await stores.caseReports.of(id)).some(({ report }) => report === kind)) return;
  await armNotice(stores, id, { kind, since: dutySince, now });
  // The timer goes on in silence: it may turn out that it was none, and the case is opened again.
  if (state.outcome === 'false_alarm') return;
  const isLate = kind === 'written' && now >= reportDueAt('written', dutySince);
  await postInThread(stores, {
    key: `report-notice:${id}:${kind}:${timer.dueAt}`,
    escalationId: id,
    message: { kind: 'notice', title: noticeTitle(kind, isLate), lines: [noticeLine(deps, dutySince, now, kind)] },
    now,
    broadcast: true,
  });
}

function noticeTitle(kind: ReportKind, isLate: boolean): string {
  if (kind === 'phone') return 'No report by phone is noted yet: the law wants it at once';
  return isLate ? 'The 36 hours for the written report are over' : 'No written report is noted yet: 36 hours, by law';
}

function noticeLine(deps: HouseDeps, since: number, now: number, kind: ReportKind) {
  const zone = deps.content.current().program.time_zone;
  const due = momentWords(reportDueAt('written', since), now, zone);
  const until = kind === 'written' ? `Due ${due}. ` : '';
  const text = `${until}The duty is personal: whoever of you must report does so, and nobody approves it. Press the button on the card when it is done.`;
  return { label: `Under 18, since ${momentWords(since, now, zone)}`, text };
}
